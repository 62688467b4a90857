import type { Child, FC } from "hono/jsx";
import { FIRST_STEPS, type FirstStep, type Hub, NewOrganizationForm } from "../../modules/directory/index.ts";
import { UploadForm } from "../../modules/pathways/index.ts";
import type { Sent } from "../../platform/web/route.ts";
import { sentErrors } from "../../platform/web/sent.ts";
import { Alert } from "../../ui/alert.tsx";
import { ActionButton, Buttons, ErrorSummary } from "../../ui/form.tsx";
import { Steps } from "../../ui/steps.tsx";
import { ProcessList } from "../../ui/summary-box.tsx";
import { type FirstSteps, STEP_LABELS } from "./first-steps.ts";
import { START_PATH } from "./hub-addresses.ts";
import { ColorsForm, LogoForm, NameForm, TimeZoneForm } from "./hub-forms.tsx";
import { MailSection, type MailState } from "./mail-section.tsx";

const stepPath = (step: FirstStep): string => `${START_PATH}/${step}`;

/** Why a step is worth its minutes. */
const WHY: Readonly<Record<FirstStep, { heading: string; why: string }>> = {
  name: {
    heading: "What your hub is called",
    why: "The name stands on every page, in every mail and on the published results.",
  },
  logo: {
    heading: "Your logo",
    why: "People see at once that they are in the right place. Without one, the drawn trellis stands there.",
  },
  colors: {
    heading: "Your color",
    why: "Links and buttons take the color of your agency. It is measured first, so that everybody can read it, on light and on dark pages.",
  },
  "time-zone": {
    heading: "Your time zone",
    why: "Pages say when something happened. They say it in the time of your clocks.",
  },
  mail: {
    heading: "Mail",
    why: "Invitations, sign-in links and reminders leave by mail. Send one to yourself to see whether it arrives.",
  },
  organization: {
    heading: "The first organization",
    why: "Organizations train, employ or serve: your grantees, schools, providers. Begin with one whose roster you have, and give it the grantee code that stands in the roster.",
  },
  roster: {
    heading: "The first roster",
    why: "The spreadsheet of its trainees, as it is. Nothing is stored before you have seen what it would change, and a commit can be undone.",
  },
};

export interface StartPageProps {
  hub: Hub;
  steps: FirstSteps;
  step: FirstStep;
  mail: MailState;
  now: Date;
  types: ReadonlyMap<string, string>;
  states: readonly { code: string; name: string }[];
  targets: Parameters<typeof UploadForm>[0]["targets"];
  limitMegabytes: number;
  sent?: Sent | undefined;
}

const Body: FC<StartPageProps> = ({ step, ...props }): Child => {
  const form = { hub: props.hub, from: "start" as const, sent: props.sent };
  switch (step) {
    case "name":
      return <NameForm {...form} />;
    case "logo":
      return <LogoForm {...form} />;
    case "colors":
      return <ColorsForm {...form} />;
    case "time-zone":
      return <TimeZoneForm {...form} now={props.now} />;
    case "mail":
      return (
        <>
          <MailSection mail={props.mail} back={stepPath("mail")} level={2} />
          {props.mail.server ? (
            <ActionButton action={stepPath("mail")} label="Go on" fields={{ how: "done" }} quiet={false} />
          ) : null}
        </>
      );
    case "organization":
      return (
        <NewOrganizationForm types={props.types} states={props.states} to={START_PATH} cancelHref={null} />
      );
    case "roster":
      return <RosterStep {...props} />;
  }
};

const RosterStep: FC<Omit<StartPageProps, "step">> = ({ steps, targets, limitMegabytes }) =>
  steps.rosterUnderWay ? (
    <>
      <Alert kind="info" heading="A roster is on its way">
        <p>The step is done as soon as it is committed.</p>
      </Alert>
      <Buttons main={{ label: "Go on with it", href: `/pathways/rosters/${steps.rosterUnderWay}` }} />
    </>
  ) : targets.length === 0 ? (
    <>
      <p>
        Rosters name their organization by its grantee code, and no organization has one yet. Add one with its
        code first.
      </p>
      <Buttons main={{ label: "Add an organization", href: stepPath("organization") }} />
    </>
  ) : (
    <UploadForm targets={targets} limitMegabytes={limitMegabytes} cancelHref={null} />
  );

const Way: FC<{ steps: FirstSteps; at: FirstStep | null }> = ({ steps, at }) => (
  <Steps
    label="First steps"
    steps={FIRST_STEPS.map((step) => ({
      label: STEP_LABELS[step],
      state: step === at ? "current" : steps.done.has(step) ? "done" : "ahead",
      href: stepPath(step),
    }))}
  />
);

/** One of the first steps: why, the form itself, and the way past it. */
export const StartPage: FC<StartPageProps> = (props) => {
  const { step, steps, sent } = props;
  const { heading, why } = WHY[step];
  return (
    <div class="stack">
      <Way steps={steps} at={step} />
      <div class="stack narrow">
        <h1>{heading}</h1>
        <p>{why}</p>
        <ErrorSummary errors={sentErrors(sent)} />
        <Body {...props} />
        {steps.done.has(step) ? (
          <p>
            This step is done. <a href={START_PATH}>Go on</a>
          </p>
        ) : (
          <ActionButton action={stepPath(step)} label="Later" fields={{ how: "later" }} />
        )}
      </div>
    </div>
  );
};

/** The end of the way: what was left out, and what comes next. */
export const ReadyPage: FC<{ hub: Hub; steps: FirstSteps; hubOrganization: string }> = ({
  hub,
  steps,
  hubOrganization,
}) => (
  <div class="stack">
    {steps.isEnded ? null : <Way steps={steps} at={null} />}
    <div class="stack narrow">
      <h1>Your hub is ready</h1>
      <p>{hub.name} can be used now. Everything you set here can be changed under "Hub" in the menu.</p>
      {steps.later.size > 0 ? (
        <>
          <h2>Left for later</h2>
          <ul class="usa-list">
            {[...steps.later].map((step) => (
              <li>
                <a href={stepPath(step)}>{WHY[step].heading}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>What to do next</h2>
      <ProcessList
        items={[
          {
            heading: <a href={`/directory/organizations/${hubOrganization}`}>Invite the people of the hub</a>,
            text: "Each gets a mail with a link, and chooses a password.",
          },
          {
            heading: <a href="/directory/organizations">Add your organizations and their leads</a>,
            text: "A lead brings in the rosters of the own organization and files its report.",
          },
          {
            heading: <a href="/status">Look whether everything works</a>,
            text: "The page says when the last backup was made, and how to make one.",
          },
        ]}
      />
      {steps.isEnded ? (
        <Buttons main={{ label: "To my work", href: "/work" }} />
      ) : (
        <ActionButton action={START_PATH} label="Finish the first steps" quiet={false} />
      )}
    </div>
  </div>
);
