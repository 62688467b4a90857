import type { Child, FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Checkbox, Checkboxes } from "../../../ui/choices.tsx";
import { Details } from "../../../ui/details.tsx";
import { DateField, Select, TextArea, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, FieldRow, Fieldset, Form, Hidden } from "../../../ui/form.tsx";
import { LANGUAGE_NAMES, LANGUAGES } from "../../../ui/language.ts";
import { CONTENT_FIELDS, type FacetKey } from "./facets.ts";
import { CERTAINTIES } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import { ROWS, type RowsName, rowsOf, type Typed } from "./practice-form.ts";
import type { PracticeLabels } from "./practice-labels.ts";

/** Empty rows offered after those that are filled. */
const SPARE_ROWS = 2;

const options = (labels: PracticeLabels, key: FacetKey | "license") =>
  [...(labels.get(key) ?? [])].map(([value, label]) => ({ value, label }));

export type PracticeFormProps = {
  heading: string;
  action: string;
  cancelHref: string;
  labels: PracticeLabels;
  typed: Typed;
  errors?: Sent["errors"] | undefined;
  /** The version that is being edited; null for a new practice. */
  version: number | null;
  /** Somebody else has saved meanwhile: what is theirs can be seen before this is saved over it. */
  isBehind?: boolean | undefined;
  submit: string;
  /** What the librarian writes after: it stays in sight beside the form. */
  beside?: Child;
  /** Further values that travel with the form. */
  kept?: Readonly<Record<string, string>> | undefined;
};

/** Everything about a practice, to write or to change. */
export const PracticeFormPage: FC<PracticeFormProps> = (props) => {
  const { heading, action, labels, typed, errors = {}, version } = props;
  const field = (name: string) => ({ name, value: textOf(typed, name), error: errors[name]?.[0] });
  return (
    <div class="stack">
      <h1>{heading}</h1>
      <ErrorSummary errors={sentErrors({ values: typed, errors })} />
      {props.isBehind ? (
        <Alert kind="warn" heading="Somebody else has changed this practice meanwhile">
          <p>
            Your text is below and not saved yet. Look at their change in the history, then save again: yours
            becomes the newest version, theirs stays in the history.
          </p>
        </Alert>
      ) : null}
      <div class={props.beside ? "written-after" : undefined}>
        {props.beside ? (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it, a keyboard cannot scroll a long text
          <div class="sent-beside stack-tight" role="region" aria-label="What was sent" tabindex={0}>
            {props.beside}
          </div>
        ) : null}
        <Form action={action}>
          {Object.entries(props.kept ?? {}).map(([name, value]) => (
            <Hidden name={name} value={value} />
          ))}
          {version === null ? null : <Hidden name="version" value={version} />}
          <Fieldset legend="What it is">
            <TextField {...field("title")} label="Title" required maxlength={200} />
            <TextArea
              {...field("summary")}
              label="In one or two sentences"
              required
              rows={3}
              maxlength={500}
            />
            <TextArea
              {...field("description")}
              label="Description"
              hint="Leave an empty line between paragraphs."
              required={false}
              rows={8}
            />
            <FieldRow>
              <TextField {...field("sponsor")} label="Sponsor" required={false} maxlength={300} />
              <TextField {...field("startYear")} label="Since (year)" type="number" required={false} />
              <Select {...field("status")} label="Status" options={options(labels, "status")} empty={null} />
              <Select
                {...field("language")}
                label="Language of this text"
                options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
                empty={null}
              />
            </FieldRow>
          </Fieldset>
          <Fieldset legend="What it is filed under" hint="Choose what is known. Leave out what is not.">
            {Object.entries(CONTENT_FIELDS).map(([key, name]) => (
              <Details
                summary={`${say(`group_${key as FacetKey}`)} (${listOf(typed, name).length})`}
                open={Boolean(errors[name])}
              >
                <Checkboxes
                  name={name}
                  label={say(`group_${key as FacetKey}`)}
                  options={options(labels, key as FacetKey)}
                  values={listOf(typed, name)}
                  error={errors[name]?.[0]}
                  columns
                />
              </Details>
            ))}
          </Fieldset>
          <Fieldset legend="Money">
            <TextArea {...field("funding-note")} label="How it is paid for" required={false} rows={3} />
            <Rows part="amounts" legend="Amounts" typed={typed} errors={errors} />
          </Fieldset>
          <Fieldset legend="Service obligation">
            <Checkbox
              name="has-obligation"
              label="People owe service in return"
              checked={textOf(typed, "has-obligation") === "yes"}
            />
            <FieldRow>
              <TextField
                {...field("obligation-yearsLow")}
                label="Years at least"
                type="number"
                required={false}
              />
              <TextField
                {...field("obligation-yearsHigh")}
                label="Years at most"
                type="number"
                required={false}
              />
            </FieldRow>
            <TextArea
              {...field("obligation-siteRule")}
              label="Where it must be served"
              required={false}
              rows={2}
            />
            <TextArea
              {...field("obligation-buyOut")}
              label="What leaving early costs"
              required={false}
              rows={2}
            />
          </Fieldset>
          <Fieldset legend="Running and adapting it">
            <TextArea {...field("costToRun")} label="Cost to run" required={false} rows={3} />
            <TextArea {...field("staffing")} label="Staffing" required={false} rows={3} />
            <TextArea {...field("adaptation")} label="How to adapt it" required={false} rows={4} />
          </Fieldset>
          <Fieldset legend="People, links and sources" hint="More empty rows appear after saving.">
            <Rows part="contacts" legend="Contacts" typed={typed} errors={errors} />
            <Rows part="links" legend="Links" typed={typed} errors={errors} />
            <Rows part="sources" legend="Sources" typed={typed} errors={errors} />
          </Fieldset>
          <Fieldset legend="Keeping it right">
            <FieldRow>
              <DateField {...field("lastVerifiedOn")} label="Last verified on" required={false} />
              <DateField {...field("reviewBy")} label="Look at it again by" required={false} />
              <Select
                {...field("license")}
                label="License of this text"
                options={options(labels, "license")}
                empty={null}
              />
            </FieldRow>
            <TextField
              {...field("reason")}
              label={version === null ? "Where does this come from?" : "Why do you change it?"}
              hint="Everybody can read it in the history."
              required
              maxlength={1000}
            />
          </Fieldset>
          <Buttons main={{ label: props.submit }} quiet={[{ label: "Cancel", href: props.cancelHref }]} />
        </Form>
      </div>
    </div>
  );
};

const listOf = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat();
const textOf = (typed: Typed, name: string): string => listOf(typed, name)[0] ?? "";

const COLUMN_LABELS: Record<string, string> = {
  label: "Label",
  low: "From (dollars)",
  high: "To (dollars)",
  per: "Per (person, year)",
  name: "Name",
  role: "Role",
  organization: "Organization",
  email: "E-mail",
  phone: "Phone",
  url: "Web address",
  title: "Title",
  publisher: "Publisher",
  year: "Year",
  supports: "What it supports",
  certainty: "How sure",
};

const Rows: FC<{ part: RowsName; legend: string; typed: Typed; errors: Sent["errors"] }> = ({
  part,
  legend,
  typed,
  errors,
}) => {
  const filled = rowsOf(typed, part);
  const rows = [...filled, ...Array.from({ length: SPARE_ROWS }, (): Record<string, string> => ({}))];
  return (
    <Details
      summary={`${legend} (${filled.length})`}
      open={Object.keys(errors).some((name) => name.startsWith(`${part}-`))}
    >
      {rows.map((row, index) => (
        <fieldset class="usa-fieldset form-row">
          <legend class="usa-legend">{`${legend}, ${index + 1}`}</legend>
          <FieldRow>
            {ROWS[part].map((column) => {
              const shared = {
                id: `field-${part}-${index}-${column}`,
                name: `${part}-${column}`,
                label: COLUMN_LABELS[column] ?? column,
                value: row[column] ?? "",
                error: errors[`${part}-${index}-${column}`]?.[0],
              };
              return column === "certainty" ? (
                <Select
                  {...shared}
                  value={row[column] || "found"}
                  options={CERTAINTIES.map((value) => ({ value, label: say(`certainty_${value}`) }))}
                  empty={null}
                />
              ) : (
                <TextField {...shared} />
              );
            })}
          </FieldRow>
        </fieldset>
      ))}
    </Details>
  );
};
