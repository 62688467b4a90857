import { Readable } from "node:stream";
import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import type { PerformWork } from "../../../platform/events/work.ts";
import { FileDamaged, FileMissing, type FileStore } from "../../../platform/files/files.ts";
import { readPictureHeader } from "../../../platform/files/picture.ts";
import { readPdf } from "../../../platform/files/read-pdf.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { SpreadsheetError } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { cleanText } from "../../../platform/web/clean-text.ts";
import { readDocumentText } from "./document-text.ts";
import { kindOf } from "./file-kinds.ts";
import { READ_MATERIAL_JOB } from "./material.actions.ts";
import { indexMaterial } from "./material.store.ts";
import type { MaterialVersion, StoredMaterialFile } from "./material.types.ts";
import { listMaterialVersions, saveReading } from "./material-version.store.ts";

/** What the job needs. */
export interface MaterialServices {
  perform: PerformWork;
  files: FileStore;
}

const payload = z.object({ material: z.uuid(), version: z.number().int() });
const LARGEST_PICTURE = 1024 * 1024;

interface Reading {
  pages: number | null;
  text: string;
  picture: MaterialVersion["picture"];
}

/** What is in a file, or null where it cannot be read: it is kept and given out all the same. */
async function readFile(files: FileStore, { hash, ending }: StoredMaterialFile): Promise<Reading | null> {
  const path = await files.pathOf(hash);
  if (ending === "pdf") {
    const pdf = await readPdf(path);
    if (!pdf) return null;
    const { pages, text, picture } = pdf;
    if (!picture) return { pages, text, picture };
    const { hash: drawn } = await files.put(Readable.from([picture.png]), { limit: LARGEST_PICTURE });
    return { pages, text, picture: { hash: drawn, width: picture.width, height: picture.height } };
  }
  if (kindOf(ending).group === "picture") {
    const header = await readPictureHeader(path);
    return { pages: null, text: "", picture: header && { hash, width: header.width, height: header.height } };
  }
  return { pages: null, text: await readDocumentText(path, ending), picture: null };
}

async function readMaterial(
  { perform, files }: MaterialServices,
  { material, version }: z.infer<typeof payload>,
): Promise<void> {
  const versions = await perform(system, (work) => listMaterialVersions(work.trx, material));
  const file = versions.find((one) => one.version === version)?.file;
  if (!file) return;
  const found = await readFile(files, file).catch((error: unknown) => {
    // A damaged document is no failure of the hub; its page says that nothing could be read.
    if (error instanceof SpreadsheetError || error instanceof FileMissing || error instanceof FileDamaged)
      return null;
    throw error;
  });
  await perform(system, async (work) => {
    const { pages, text, picture } = found ?? { pages: null, text: "", picture: null };
    await saveReading(work.trx, material, version, {
      state: found ? "done" : "failed",
      pages,
      text: cleanText(text).replaceAll(/\s+/g, " ").trim(),
      picture,
    });
    await indexMaterial(work.trx, material);
  });
}

/** What goes on in the background. */
export const materialJobs: JobDefinition<MaterialServices>[] = [
  defineJob<MaterialServices, typeof payload>({
    name: READ_MATERIAL_JOB,
    label: "Reading a material",
    payload,
    retries: 2,
    handle: readMaterial,
  }),
];
