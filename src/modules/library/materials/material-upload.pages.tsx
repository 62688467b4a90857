import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { FileField, Select, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Fieldset, Form, Hidden } from "../../../ui/form.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import type { CaptionTrack } from "./captions.store.ts";
import { MATERIAL_LANGUAGES, type Material } from "./material.types.ts";
import {
  CAPTIONS_UPLOAD_PATH,
  captionsPath,
  deskMaterialPath,
  languageName,
  materialPath,
  UPLOAD_PATH,
} from "./material-addresses.ts";

const ACCEPT =
  ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.png,.jpg,.jpeg,.webp,.gif,.svg,.html,.mp3,.m4a,.ogg,.mp4,.webm";

const inWords = (megabytes: number): string =>
  megabytes % 1024 === 0 ? `${megabytes / 1024} GB` : `${megabytes.toLocaleString("en-US")} MB`;

/** Where the file or the link of a material comes in. */
export const VersionPage: FC<{
  material: Material;
  /** The number that it will have. */
  next: number;
  documentMegabytes: number;
  recordingMegabytes: number;
  sent?: Sent | undefined;
}> = ({ material, next, documentMegabytes, recordingMegabytes, sent }) => (
  <div class="stack narrow">
    <h1>{next === 1 ? "Add the file or link" : `Version ${next}`}</h1>
    <p class="lead">{material.content.title}</p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={UPLOAD_PATH} multipart>
      <Hidden name="material" value={material.slug} />
      <Fieldset legend="A file or a link">
        <FileField
          name="file"
          label="File"
          hint={`PDF, Office, OpenDocument, text, pictures (at most ${inWords(documentMegabytes)}); MP4, WebM, MP3, M4A, OGG (at most ${inWords(recordingMegabytes)}).`}
          error={sentError(sent, "file")}
          accept={ACCEPT}
        />
        <TextField
          name="url"
          label="Or a link"
          hint="A whole web address, such as https://example.org/guide."
          type="url"
          value={sentText(sent, "url")}
          error={sentError(sent, "url")}
          maxlength={2000}
        />
      </Fieldset>
      <TextField
        name="reason"
        label={next === 1 ? "Where does it come from?" : "What is new about it?"}
        hint="Everybody can read it beside the version."
        value={sentText(sent, "reason")}
        error={sentError(sent, "reason")}
        required
        maxlength={1000}
      />
      {next > 1 ? (
        <p class="small soft">
          Earlier versions stay, under their numbers. Captions belong to one version: a new recording needs
          its own.
        </p>
      ) : null}
      <Buttons main={{ label: "Save" }} quiet={[{ label: "Cancel", href: materialPath(material.slug) }]} />
    </Form>
  </div>
);

/** The captions of a recording: those that are there, and where further ones come in. */
export const CaptionsPage: FC<{
  material: Material;
  version: number;
  tracks: readonly CaptionTrack[];
  sent?: Sent | undefined;
}> = ({ material, version, tracks, sent }) => (
  <div class="stack narrow">
    <h1>Captions</h1>
    <p class="lead">
      {material.content.title}, version {version}
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    {tracks.length > 0 ? (
      <SimpleTable
        caption="Captions of this version"
        columns={[
          { label: "Language" },
          { label: "File" },
          { label: <span class="usa-sr-only">Remove</span> },
        ]}
        rows={tracks.map(({ language }) => [
          languageName(language),
          <a href={captionsPath(material.slug, version, language)}>WebVTT</a>,
          <ActionButton
            action={`${deskMaterialPath(material.slug)}/captions/remove`}
            label={`Remove ${languageName(language)}`}
            fields={{ version: String(version), language }}
          />,
        ])}
      />
    ) : (
      <p class="soft">There are none yet. With captions people can read along, and find what is said.</p>
    )}
    <Form action={CAPTIONS_UPLOAD_PATH} multipart>
      <Hidden name="material" value={material.slug} />
      <Hidden name="version" value={version} />
      <Fieldset legend={tracks.length > 0 ? "Add or replace captions" : "Add captions"}>
        <Select
          name="language"
          label="Language of the captions"
          value={sentText(sent, "language") ?? material.content.language}
          error={sentError(sent, "language")}
          options={MATERIAL_LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
          empty={null}
        />
        <FileField
          name="file"
          label="Caption file"
          hint="WebVTT (.vtt) or SubRip (.srt), at most 2 MB."
          error={sentError(sent, "file")}
          accept=".vtt,.srt"
          required
        />
      </Fieldset>
      <Buttons
        main={{ label: "Save the captions" }}
        quiet={[{ label: "Back to the material", href: materialPath(material.slug) }]}
      />
    </Form>
  </div>
);
