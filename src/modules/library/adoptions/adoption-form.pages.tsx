import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Radios } from "../../../ui/choices.tsx";
import { DateField, Select, TextArea } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { typedText } from "../evidence/evidence-form.ts";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import type { Typed } from "../practices/practice-form.ts";
import type { Adoption, Contact } from "./adoption.types.ts";
import { adoptionPath, adoptPath } from "./adoption-addresses.ts";
import { outcomesOf } from "./adoption-form.ts";
import { OUTCOME_LABELS, STATE_LABELS } from "./adoption-labels.ts";

/** For the hub's staff: which organization is it about? */
export const ChooseOrganizationPage: FC<{
  practice: Practice;
  organizations: { id: string; name: string }[];
}> = ({ practice, organizations }) => (
  <div class="stack">
    <h1>Which organization uses “{practice.content.title}”?</h1>
    <Form action={adoptPath(practice.slug)} method="get">
      <Select
        name="organization"
        label="Organization"
        options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        required
      />
      <Buttons main={{ label: "Go on" }} quiet={[{ label: "Cancel", href: practicePath(practice.slug) }]} />
    </Form>
  </div>
);

type FormProps = {
  contacts: readonly Contact[];
  typed: Typed;
  errors?: Sent["errors"] | undefined;
};

const fieldsOf = (typed: Typed, errors: NonNullable<Sent["errors"]>) => (name: string) => ({
  name,
  value: typedText(typed, name),
  error: errors[name]?.[0],
});

const AdoptionFields: FC<FormProps & { hasEnded: boolean }> = ({
  contacts,
  typed,
  errors = {},
  hasEnded,
}) => {
  const field = fieldsOf(typed, errors);
  return (
    <>
      {hasEnded ? null : (
        <Radios
          {...field("state")}
          label="How far is it?"
          options={(["considering", "running"] as const).map((value) => ({
            value,
            label: STATE_LABELS[value],
          }))}
          required
        />
      )}
      <DateField {...field("since")} label="Since" required />
      <TextArea
        {...field("takesOn")}
        label="What do you take on?"
        hint="All of it, or which part, and with whom."
        required
        maxlength={4000}
      />
      <TextArea
        {...field("adapts")}
        label="What do you change, and why?"
        hint="It helps those who come after you most. Name nobody."
        required={false}
        maxlength={4000}
      />
      <TextArea
        {...field("need")}
        label="Which need is it for?"
        hint="For example: counselors leave within a year."
        required={false}
        rows={3}
        maxlength={2000}
      />
      <Select
        {...field("contactId")}
        label="Whom to ask"
        hint="Read by your organization and the hub, never by everybody."
        options={contacts.map(({ id, name }) => ({ value: id, label: name }))}
        empty="Nobody"
        required={false}
      />
    </>
  );
};

/** An organization takes a practice up. */
export const AdoptPage: FC<
  FormProps & { practice: Practice; organization: { id: string; name: string }; isOfHub: boolean }
> = ({ practice, organization, isOfHub, ...form }) => (
  <div class="stack">
    <h1>
      {isOfHub ? organization.name : "We"} {isOfHub ? "uses" : "use"} “{practice.content.title}”
    </h1>
    <p>
      Only {organization.name} and the hub can read this. Its lead can let everybody read a part of it later.
    </p>
    <ErrorSummary errors={sentErrors({ values: form.typed, errors: form.errors ?? {} })} />
    <Form action={adoptPath(practice.slug)}>
      {isOfHub ? <Hidden name="organization" value={organization.id} /> : null}
      <AdoptionFields {...form} hasEnded={false} />
      <Buttons main={{ label: "Save" }} quiet={[{ label: "Cancel", href: practicePath(practice.slug) }]} />
    </Form>
  </div>
);

/** What a change means for what everybody reads. */
const ShownNote: FC<{ adoption: Adoption; isOfHub: boolean }> = ({ adoption, isOfHub }) =>
  adoption.consent ? (
    <Alert kind="info">
      <p>
        {isOfHub
          ? "Everybody can read a part of this. If you change that part, it is not shown any more until the organization’s lead allows it again: the words must be their own."
          : "Everybody can read how far this is, since when, what you change and how it went. What you save here is shown at once."}
      </p>
    </Alert>
  ) : null;

/** Changes what an organization tells of its use of a practice. */
export const EditAdoptionPage: FC<FormProps & { adoption: Adoption; isOfHub: boolean }> = ({
  adoption,
  isOfHub,
  ...form
}) => (
  <div class="stack">
    <h1>Change the entry on “{adoption.practice.title}”</h1>
    <ShownNote adoption={adoption} isOfHub={isOfHub} />
    <ErrorSummary errors={sentErrors({ values: form.typed, errors: form.errors ?? {} })} />
    <Form action={`${adoptionPath(adoption.id)}/edit`}>
      <Hidden name="edition" value={typedText(form.typed, "edition") || adoption.edition} />
      <AdoptionFields {...form} hasEnded={adoption.state === "ended"} />
      <Buttons main={{ label: "Save" }} quiet={[{ label: "Cancel", href: adoptionPath(adoption.id) }]} />
    </Form>
  </div>
);

/** How it went: asked when it ends, and to be mended later. */
export const EndAdoptionPage: FC<Omit<FormProps, "contacts"> & { adoption: Adoption; isOfHub: boolean }> = ({
  adoption,
  isOfHub,
  typed,
  errors = {},
}) => {
  const field = fieldsOf(typed, errors);
  const outcomes = outcomesOf(adoption);
  const hasEnded = adoption.state === "ended";
  const isNotTakenUp = outcomes.length === 1;
  return (
    <div class="stack">
      <h1>
        {adoption.practice.title}: {isNotTakenUp ? "why was it not taken up?" : "how did it go?"}
      </h1>
      <p>
        {isNotTakenUp
          ? "What kept you from it helps others to decide."
          : "That it did not work is as useful to others as that it did."}
      </p>
      <ShownNote adoption={adoption} isOfHub={isOfHub} />
      <ErrorSummary errors={sentErrors({ values: typed, errors })} />
      <Form action={`${adoptionPath(adoption.id)}/end`}>
        <Hidden name="edition" value={typedText(typed, "edition") || adoption.edition} />
        <DateField
          {...field("endedOn")}
          label={isNotTakenUp ? "The day on which it was decided" : "The day on which it ended"}
          required
        />
        {isNotTakenUp ? null : (
          <Radios
            {...field("outcome")}
            label="How did it go?"
            options={outcomes.map((value) => ({ value, label: OUTCOME_LABELS[value] }))}
            required
          />
        )}
        <TextArea
          {...field("howItWent")}
          label="In your own words"
          hint="What happened, for whom, and what you would tell somebody who begins. Name nobody."
          required
          rows={6}
          maxlength={4000}
        />
        <Buttons
          main={{ label: hasEnded ? "Save" : "End it" }}
          quiet={[{ label: "Cancel", href: adoptionPath(adoption.id) }]}
        />
      </Form>
    </div>
  );
};
