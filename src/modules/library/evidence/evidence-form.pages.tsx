import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Radios } from "../../../ui/choices.tsx";
import { TextArea, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, FieldRow, Fieldset, Form, Hidden } from "../../../ui/form.tsx";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import type { Typed } from "../practices/practice-form.ts";
import { DIRECTIONS, type Direction, type EvidenceItem } from "./evidence.types.ts";
import { typedText } from "./evidence-form.ts";
import { type EvidenceLabels, findingInWords } from "./evidence-labels.ts";

const DIRECTION_LABELS: Record<Direction, string> = {
  favors: "It works",
  no_difference: "It makes no difference",
  mixed: "It works in part, or for some",
  against: "It does not work, or does harm",
  unclear: "It cannot be said",
};

const options = (labels: ReadonlyMap<string, string>) =>
  [...labels].map(([value, label]) => ({ value, label }));

/** Adds what was found out about a practice, or corrects an item. */
export const EvidenceFormPage: FC<{
  practice: Practice;
  labels: EvidenceLabels;
  typed: Typed;
  errors?: Sent["errors"] | undefined;
  /** The item that is corrected. */
  corrects: EvidenceItem | null;
}> = ({ practice, labels, typed, errors = {}, corrects }) => {
  const field = (name: string) => ({ name, value: typedText(typed, name), error: errors[name]?.[0] });
  return (
    <div class="stack">
      <h1>
        {corrects ? "Correct evidence on" : "Add evidence on"} “{practice.content.title}”
      </h1>
      <p>
        What did not work is as welcome as what did. {corrects ? "The item as it was stays readable." : null}
      </p>
      <ErrorSummary errors={sentErrors({ values: typed, errors })} />
      <Form action={`${practicePath(practice.slug)}/evidence/new`}>
        {corrects ? <Hidden name="corrects" value={corrects.id} /> : null}
        <Fieldset legend="What was found">
          <TextField
            {...field("outcome")}
            label="What was measured or watched"
            hint="For example: graduates who still work in the county after two years."
            required
            maxlength={500}
          />
          <Radios
            {...field("direction")}
            label="What it found for the practice"
            options={DIRECTIONS.map((value) => ({ value, label: DIRECTION_LABELS[value] }))}
            required
          />
          <TextArea
            {...field("note")}
            label="In a few sentences"
            hint="How much, for whom, and what to be careful about."
            required={false}
            rows={4}
            maxlength={4000}
          />
        </Fieldset>
        <Fieldset legend="How it was found out">
          <Radios {...field("kind")} label="What it is" options={options(labels.kinds)} required />
          <Radios {...field("design")} label="Design" options={options(labels.designs)} required />
          <TextField {...field("setting")} label="Where and with whom" required={false} maxlength={500} />
          <TextField
            {...field("participants")}
            label="How many people took part"
            hint="Leave it empty where it is not known."
            type="number"
            required={false}
          />
        </Fieldset>
        <Fieldset legend="Source">
          <TextField {...field("sourceTitle")} label="Title" required maxlength={500} />
          <FieldRow>
            <TextField {...field("sourcePublisher")} label="Publisher" required={false} maxlength={300} />
            <TextField {...field("sourceYear")} label="Year" type="number" required={false} />
          </FieldRow>
          <TextField
            {...field("sourceUrl")}
            label="Web address"
            type="url"
            required={false}
            maxlength={2000}
          />
        </Fieldset>
        {corrects ? (
          <TextField
            {...field("because")}
            label="What is corrected, and why?"
            hint="Everybody can read it beside the old item."
            required
            maxlength={2000}
          />
        ) : null}
        <Buttons
          main={{ label: corrects ? "Save the correction" : "Add it" }}
          quiet={[{ label: "Cancel", href: practicePath(practice.slug) }]}
        />
      </Form>
    </div>
  );
};

/** Asks for the reason before an item is taken out of use. */
export const ArchiveEvidencePage: FC<{ practice: Practice; item: EvidenceItem; sent?: Sent | undefined }> = ({
  practice,
  item,
  sent,
}) => (
  <div class="stack">
    <h1>Archive this evidence</h1>
    <p>
      {findingInWords(item)}: {item.outcome} ({item.sourceTitle}).
    </p>
    <p>
      It counts no more, and stays readable on the page of “{practice.content.title}” with your reason. That a
      finding is unwelcome is none.
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={`${practicePath(practice.slug)}/evidence/${item.id}/archive`}>
      <TextArea
        name="because"
        label="The reason, for everybody to read"
        value={sentText(sent, "because")}
        error={sentError(sent, "because")}
        required
        maxlength={2000}
      />
      <Buttons
        main={{ label: "Archive it", danger: true }}
        quiet={[{ label: "Cancel", href: practicePath(practice.slug) }]}
      />
    </Form>
  </div>
);
