import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Select, TextArea, TextField } from "../../../ui/fields.tsx";
import {
  ActionButton,
  Button,
  Buttons,
  ErrorSummary,
  FieldRow,
  Fieldset,
  Form,
  Hidden,
} from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import type { Typed } from "../practices/practice-form.ts";
import { MATERIAL_LANGUAGES, type Material } from "./material.types.ts";
import {
  DESK_MATERIALS_PATH,
  deskMaterialPath,
  languageName,
  MATERIALS_PATH,
  materialPath,
} from "./material-addresses.ts";
import { textOf } from "./material-form.ts";
import type { MaterialLabels } from "./material-labels.ts";

/** What a librarian may do with a material. */
export const MaterialWays: FC<{ material: Material; hasFile: boolean; isPlayed: boolean }> = ({
  material,
  hasFile,
  isPlayed,
}) => {
  const here = deskMaterialPath(material.slug);
  return (
    <div class="buttons no-print">
      {material.state !== "published" && hasFile ? (
        <ActionButton
          action={`${here}/publish`}
          label={material.state === "archived" ? "Offer it again" : "Publish"}
          quiet={false}
        />
      ) : null}
      <Button
        quiet={hasFile}
        label={hasFile ? "New version" : "Add the file or link"}
        href={`${here}/file`}
      />
      {isPlayed ? <Button quiet label="Captions" href={`${here}/captions`} /> : null}
      <Button quiet label="Edit" href={`${here}/edit`} />
      {material.state === "published" ? <Button quiet label="Archive" href={`${here}/archive`} /> : null}
    </div>
  );
};

const STATE_WORDS = { draft: "Draft", published: "Published", archived: "Archived" } as const;

/** Materials that the public is not offered. */
export const MaterialDeskPage: FC<{ materials: Material[] }> = ({ materials }) => (
  <div class="stack">
    <h1>Materials</h1>
    <Buttons
      main={{ label: "Add a material", href: `${DESK_MATERIALS_PATH}/new` }}
      quiet={[{ label: "See what is offered", href: MATERIALS_PATH }]}
    />
    <section class="stack-tight" aria-labelledby="unoffered-heading">
      <h2 id="unoffered-heading">Not offered</h2>
      {materials.length === 0 ? (
        <p class="soft">There are no drafts. What you add is a draft until you publish it.</p>
      ) : (
        <SimpleTable
          caption="Drafts, and what was archived"
          captionHidden
          columns={[{ label: "Material" }, { label: "State" }, { label: "Last change" }]}
          rows={materials.map((material) => [
            <a href={materialPath(material.slug)}>{material.content.title}</a>,
            <Tag tone={material.state === "draft" ? "warn" : "neutral"}>{STATE_WORDS[material.state]}</Tag>,
            dayInWords(material.changedAt),
          ])}
        />
      )}
    </section>
  </div>
);

export type MaterialFormProps = {
  heading: string;
  action: string;
  cancelHref: string;
  labels: MaterialLabels;
  typed: Typed;
  errors?: Sent["errors"] | undefined;
  /** The edition that is being changed; null for a new material. */
  edition: number | null;
  /** Somebody else has saved meanwhile. */
  isBehind?: boolean | undefined;
  submit: string;
};

/** The description of a material, to write or to change. */
export const MaterialFormPage: FC<MaterialFormProps> = (props) => {
  const { typed, errors = {}, labels, edition } = props;
  const field = (name: string) => ({ name, value: textOf(typed, name), error: errors[name]?.[0] });
  const options = (list: ReadonlyMap<string, string>) =>
    [...list].map(([value, label]) => ({ value, label }));
  return (
    <div class="stack">
      <h1>{props.heading}</h1>
      <ErrorSummary errors={sentErrors({ values: typed, errors })} />
      {props.isBehind ? (
        <Alert kind="warn" heading="Somebody else has changed this material meanwhile">
          <p>
            Your text is below and not saved yet. Look at the material in another window, then save again:
            yours takes the place of theirs.
          </p>
        </Alert>
      ) : null}
      <Form action={props.action}>
        {edition === null ? null : <Hidden name="edition" value={edition} />}
        <Fieldset legend="What it is">
          <TextField {...field("title")} label="Title" required maxlength={200} />
          <TextArea
            {...field("summary")}
            label="What it is, and for whom"
            required
            rows={4}
            maxlength={1000}
          />
          <FieldRow>
            <Select {...field("kind")} label="Kind" options={options(labels.kind)} required />
            <Select
              {...field("language")}
              label="Language"
              options={MATERIAL_LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
              empty={null}
            />
          </FieldRow>
        </Fieldset>
        <Fieldset legend="Where it comes from">
          <TextField {...field("authors")} label="Authors" required={false} maxlength={500} />
          <FieldRow>
            <TextField {...field("publisher")} label="Publisher" required={false} maxlength={300} />
            <TextField
              {...field("date")}
              label="Date"
              hint="A year, a month (2025-09) or a day (2025-09-30)."
              required={false}
              width="medium"
              maxlength={10}
            />
          </FieldRow>
          <Select {...field("license")} label="License" options={options(labels.license)} required />
        </Fieldset>
        <Fieldset legend="What it belongs to">
          <TextArea
            {...field("practices")}
            label="Practices"
            hint="The address of a practice in each line, such as /library/practices/club-scrub-wisconsin."
            required={false}
            rows={3}
          />
        </Fieldset>
        <Buttons main={{ label: props.submit }} quiet={[{ label: "Cancel", href: props.cancelHref }]} />
      </Form>
    </div>
  );
};

/** Why a material is no longer offered. */
export const ArchiveMaterialPage: FC<{ material: Material; sent?: Sent | undefined }> = ({
  material,
  sent,
}) => (
  <div class="stack narrow">
    <h1>Archive “{material.content.title}”</h1>
    <ErrorSummary errors={sentErrors(sent)} />
    <p>
      It leaves the lists, and its files are given out to nobody outside the hub. Its address goes on
      answering, and says why. You can offer it again at any time.
    </p>
    <Form action={`${deskMaterialPath(material.slug)}/archive`}>
      <TextArea
        name="because"
        label="Why?"
        hint="Everybody can read it."
        value={sentText(sent, "because")}
        error={sentError(sent, "because")}
        required
        maxlength={2000}
      />
      <Buttons
        main={{ label: "Archive the material", danger: true }}
        quiet={[{ label: "Cancel", href: materialPath(material.slug) }]}
      />
    </Form>
  </div>
);
