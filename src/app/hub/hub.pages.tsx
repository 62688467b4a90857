import type { FC } from "hono/jsx";
import { sentErrors } from "../../platform/web/sent.ts";
import { Card } from "../../ui/card.tsx";
import { ErrorSummary } from "../../ui/form.tsx";
import { HUB_PATH, START_PATH } from "./hub-addresses.ts";
import { ColorsForm, type HubFormProps, LogoForm, NameForm, TimeZoneForm } from "./hub-forms.tsx";
import { MailSection, type MailState } from "./mail-section.tsx";

/** The parts of the hub's page that are saved by themselves. */
export type Section = "name" | "logo" | "colors" | "time-zone";

interface HubPageProps {
  hub: HubFormProps["hub"];
  mail: MailState;
  now: Date;
  /** How many of the first steps are done, where some are not. */
  openSteps: { done: number; total: number } | null;
  /** The form that was refused. */
  refused?: { section: Section; sent: NonNullable<HubFormProps["sent"]> } | undefined;
}

/** What the hub says of itself, each part saved by itself. */
export const HubPage: FC<HubPageProps> = ({ hub, mail, now, openSteps, refused }) => {
  const of = (section: Section): HubFormProps => ({
    hub,
    from: "hub",
    sent: refused?.section === section ? refused.sent : undefined,
  });
  return (
    <div class="stack narrow">
      <h1>Your hub</h1>
      {openSteps ? (
        <p>
          First steps: {openSteps.done} of {openSteps.total} done. <a href={START_PATH}>Go on with them</a>
        </p>
      ) : null}
      <ErrorSummary errors={sentErrors(refused?.sent)} />
      <Card heading="Name">
        <NameForm {...of("name")} />
      </Card>
      <Card heading="Logo">
        <LogoForm {...of("logo")} />
      </Card>
      <Card heading="Colors">
        <ColorsForm {...of("colors")} />
      </Card>
      <Card heading="Time zone">
        <TimeZoneForm {...of("time-zone")} now={now} />
      </Card>
      <Card heading="Mail">
        <MailSection mail={mail} back={HUB_PATH} level={3} />
      </Card>
    </div>
  );
};
