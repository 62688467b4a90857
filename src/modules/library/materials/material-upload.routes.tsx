// Where the files of materials come in: received before any transaction opens, looked at before they are stored.
import { readFile } from "node:fs/promises";
import type { Child } from "hono/jsx";
import { z } from "zod";
import type { Config } from "../../../platform/config/config.ts";
import type { Work } from "../../../platform/events/work.ts";
import { FileRefused, type FileStore, FileTooLarge } from "../../../platform/files/files.ts";
import { safeFileName } from "../../../platform/files/safe-file-name.ts";
import { receiveUpload, type Upload } from "../../../platform/files/upload.ts";
import { setFlash } from "../../../platform/web/flash.ts";
import { notFound, RequestProblem } from "../../../platform/web/problems.ts";
import {
  type PageOptions,
  type RouteDefinition,
  route,
  type Sent,
  uploadRoute,
  type WebPlatform,
} from "../../../platform/web/route.ts";
import { captionsAdded, materialVersionAdded } from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { type Cue, captionText, readCaptions } from "./captions.rules.ts";
import { listCaptionTracks } from "./captions.store.ts";
import { examineFile } from "./examine-file.ts";
import { type FileEnding, isRecording, kindOf } from "./file-kinds.ts";
import { addCaptions, addMaterialVersion } from "./material.actions.ts";
import { getMaterial, materialSlug } from "./material.routes.tsx";
import { findMaterial } from "./material.store.ts";
import { MATERIAL_LANGUAGES, type Material, type MaterialVersion, materialUrl } from "./material.types.ts";
import {
  CAPTIONS_UPLOAD_PATH,
  DESK_MATERIALS_PATH,
  deskMaterialPath,
  materialPath,
  UPLOAD_PATH,
} from "./material-addresses.ts";
import { deskCrumbs } from "./material-desk.routes.tsx";
import { CaptionsPage, VersionPage } from "./material-upload.pages.tsx";
import { listMaterialVersions } from "./material-version.store.ts";

const MEGABYTE = 1024 * 1024;
const LARGEST_CAPTIONS = 2 * MEGABYTE;
const SCRIPTS = ["error-summary-focus", "file-drop", "submit-once"];

/** What the app adds: taking away a stored file that nothing names, of whatever module. */
export interface UploadNeeds {
  dropRefusedFile(platform: WebPlatform, hash: string): Promise<void>;
}

/** The store, which says in the form's own words that a file is too large. */
const sayingTooLarge = (files: FileStore, said: string): FileStore => ({
  ...files,
  put: (content, acceptance) =>
    files.put(content, acceptance).catch((error: unknown) => {
      throw error instanceof FileTooLarge ? new FileRefused(said) : error;
    }),
});

type Shown = [options: PageOptions, body: Child];

async function versionPage(work: Work, config: Config, material: Material, sent?: Sent): Promise<Shown> {
  const [newest] = await listMaterialVersions(work.trx, material.id);
  const next = (newest?.version ?? 0) + 1;
  const title = next === 1 ? "Add the file or link" : `Version ${next}`;
  return [
    {
      title: `${title}: ${material.content.title}`,
      breadcrumbs: deskCrumbs(title, material),
      status: sent ? 422 : 200,
      scripts: SCRIPTS,
    },
    <VersionPage
      material={material}
      next={next}
      documentMegabytes={Math.floor(config.maxDocumentBytes / MEGABYTE)}
      recordingMegabytes={Math.floor(config.maxRecordingBytes / MEGABYTE)}
      sent={sent}
    />,
  ];
}

async function captionsPage(
  work: Work,
  material: Material,
  newest: MaterialVersion,
  sent?: Sent,
): Promise<Shown> {
  return [
    {
      title: `Captions: ${material.content.title}`,
      breadcrumbs: deskCrumbs("Captions", material),
      status: sent ? 422 : 200,
      scripts: SCRIPTS,
    },
    <CaptionsPage
      material={material}
      version={newest.version}
      tracks={await listCaptionTracks(work.trx, material.id, newest.version)}
      sent={sent}
    />,
  ];
}

/** The newest version, if it is a recording. */
async function getRecording(work: Work, material: Material): Promise<MaterialVersion> {
  const [newest] = await listMaterialVersions(work.trx, material.id);
  if (!newest?.file || !isRecording(kindOf(newest.file.ending)))
    throw new RequestProblem(409, "Only recordings have captions, and this material has none.");
  return newest;
}

async function materialOf(work: Work, upload: Upload): Promise<Material> {
  const slug = upload.fields["material"] ?? "";
  const material = materialSlug.safeParse({ slug }).success ? await findMaterial(work.trx, slug) : null;
  if (!material) throw notFound("This material");
  return material;
}

interface VersionForm {
  reason: string;
  url: string;
  errors: Sent["errors"];
}

/** What is wrong with the fields of a version: either a file or a link, and a reason. */
function checkVersion(upload: Upload): VersionForm {
  const reason = (upload.fields["reason"] ?? "").trim();
  const url = (upload.fields["url"] ?? "").trim();
  const errors: Sent["errors"] = {};
  if (upload.refusal) errors["file"] = [upload.refusal];
  else if (upload.file && url)
    errors["url"] = ["Bring in a file or a link, not both. Add the other as a material of its own."];
  else if (!upload.file && !url) errors["file"] = ["Choose a file, or enter a link."];
  if (url && !materialUrl.safeParse(url).success)
    errors["url"] = ["Enter a whole web address, such as https://example.org/guide."];
  if (reason === "") errors["reason"] = ["Say it in a few words: it stands beside the version."];
  if (reason.length > 1000) errors["reason"] = ["Use at most 1,000 characters."];
  return { reason, url, errors };
}

/** Answers; a file that nothing names after that does not stay, whether the form was refused or broke off. */
async function keepingOnlyTaken(
  { dropRefusedFile }: UploadNeeds,
  platform: WebPlatform,
  upload: Upload,
  answer: (take: () => void) => Promise<Response>,
): Promise<Response> {
  let isTaken = false;
  try {
    return await answer(() => {
      isTaken = true;
    });
  } finally {
    if (upload.file && !isTaken) await dropRefusedFile(platform, upload.file.hash);
  }
}

/** The kind of a plain text is told by its name alone: a table or prose, neither can do anything. */
const endingOf = (found: FileEnding, name: string): FileEnding =>
  found === "txt" && /\.csv$/i.test(name) ? "csv" : found;

/** Receiving files, and captions. */
export const materialUploadRoutes = (needs: UploadNeeds): RouteDefinition[] => [
  route({
    method: "GET",
    path: `${DESK_MATERIALS_PATH}/:slug/file`,
    who: LIBRARIANS,
    params: materialSlug,
    handle: async (visit) =>
      visit.page(...(await versionPage(visit, visit.platform.config, await getMaterial(visit)))),
  }),
  uploadRoute({
    path: UPLOAD_PATH,
    who: LIBRARIANS,
    events: [materialVersionAdded],
    stream: async (c, platform, actor, requestId, render) => {
      const { maxDocumentBytes, maxRecordingBytes } = platform.config;
      const limit = Math.max(maxDocumentBytes, maxRecordingBytes);
      let ending: FileEnding | undefined;
      const upload = await receiveUpload(
        c,
        sayingTooLarge(
          platform.files,
          `This file is larger than ${Math.floor(limit / MEGABYTE).toLocaleString("en-US")} MB, the most that the library takes. Bring in a link to it instead.`,
        ),
        {
          limit,
          refuse: async (path) => {
            const examined = await examineFile(path, {
              documentBytes: maxDocumentBytes,
              recordingBytes: maxRecordingBytes,
            });
            ({ ending } = examined);
            return examined.refusal ?? null;
          },
        },
      );
      return keepingOnlyTaken(needs, platform, upload, (take) =>
        platform.perform(
          actor,
          async (work) => {
            const material = await materialOf(work, upload);
            const { reason, url, errors } = checkVersion(upload);
            if (Object.keys(errors).length > 0)
              return render(
                work,
                ...(await versionPage(work, platform.config, material, { values: upload.fields, errors })),
              );
            const { file } = upload;
            if (file && ending) {
              const kind = endingOf(ending, file.name);
              const { hash, bytes } = file;
              await addMaterialVersion(work, material, {
                reason,
                url: null,
                file: { hash, bytes, ending: kind, name: safeFileName(file.name, kind) },
              });
            } else await addMaterialVersion(work, material, { reason, url, file: null });
            take();
            setFlash(c, { kind: "good", text: "It is saved. Look at it as others will see it." });
            return c.redirect(materialPath(material.slug), 303);
          },
          requestId,
        ),
      );
    },
  }),
  route({
    method: "GET",
    path: `${DESK_MATERIALS_PATH}/:slug/captions`,
    who: LIBRARIANS,
    params: materialSlug,
    handle: async (visit) => {
      const material = await getMaterial(visit);
      return visit.page(...(await captionsPage(visit, material, await getRecording(visit, material))));
    },
  }),
  uploadRoute({
    path: CAPTIONS_UPLOAD_PATH,
    who: LIBRARIANS,
    events: [captionsAdded],
    stream: async (c, platform, actor, requestId, render) => {
      let cues: Cue[] | undefined;
      const upload = await receiveUpload(
        c,
        sayingTooLarge(
          platform.files,
          "This file is larger than 2 MB, which no captions are. Choose another.",
        ),
        {
          limit: LARGEST_CAPTIONS,
          refuse: async (path) => {
            const read = readCaptions(captionText(await readFile(path)));
            ({ cues } = read);
            return read.problem ? `Line ${read.problem.line}: ${read.problem.message}` : null;
          },
        },
      );
      return keepingOnlyTaken(needs, platform, upload, (take) =>
        platform.perform(
          actor,
          async (work) => {
            const material = await materialOf(work, upload);
            const newest = await getRecording(work, material);
            const errors: Sent["errors"] = {};
            const language = z.enum(MATERIAL_LANGUAGES).safeParse(upload.fields["language"]);
            if (!language.success) errors["language"] = ["Choose a language of the list."];
            if (!upload.file || !cues) errors["file"] = [upload.refusal ?? "Choose a caption file."];
            if (upload.fields["version"] !== String(newest.version))
              errors["file"] = [
                "There is a newer version of the recording since you opened this form. Choose the captions of that one.",
              ];
            if (!language.success || !upload.file || !cues || Object.keys(errors).length > 0)
              return render(
                work,
                ...(await captionsPage(work, material, newest, { values: upload.fields, errors })),
              );
            await addCaptions(
              work,
              { material, version: newest.version, language: language.data },
              { fileHash: upload.file.hash, cues },
            );
            take();
            setFlash(c, { kind: "good", text: `${cues.length.toLocaleString("en-US")} captions are saved.` });
            return c.redirect(`${deskMaterialPath(material.slug)}/captions`, 303);
          },
          requestId,
        ),
      );
    },
  }),
];
