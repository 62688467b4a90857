import { randomUUID } from "node:crypto";
import type { Work } from "../../../platform/events/work.ts";
import { holdStoredFiles } from "../../../platform/files/file-lock.store.ts";
import { conflict, forbidden } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import {
  captionsAdded,
  captionsRemoved,
  materialArchived,
  materialCreated,
  materialEdited,
  materialPublished,
  materialVersionAdded,
} from "../events.ts";
import { mayEditLibrary } from "../library.policy.ts";
import { slugOf } from "../practices/slug.ts";
import type { Cue } from "./captions.rules.ts";
import { deleteCaptions, replaceCaptions } from "./captions.store.ts";
import { kindOf } from "./file-kinds.ts";
import {
  indexMaterial,
  insertMaterial,
  isMaterialSlugTaken,
  touchMaterial,
  updateMaterial,
  updateMaterialState,
} from "./material.store.ts";
import type { Material, MaterialContent, StoredMaterialFile } from "./material.types.ts";
import { kindWordsOf } from "./material-labels.ts";
import { insertMaterialVersion, listMaterialVersions } from "./material-version.store.ts";

export const READ_MATERIAL_JOB = "library.read-material";

const personOf = (work: Work): string | null => (work.actor.kind === "person" ? work.actor.personId : null);

function mustEdit(work: Work): void {
  if (!mayEditLibrary(work.actor))
    throw forbidden("Only librarians and administrators of the hub write the library.");
}

async function about<Data>(work: Work, id: string, data: Data) {
  const { id: organizationId } = await getHubOrganization(work.trx);
  return { organizationId, subject: ["material", id] as [string, string], data };
}

/** Makes a material, as a draft without a file. @returns its slug. */
export async function createMaterial(
  work: Work,
  content: MaterialContent,
  practices: readonly string[],
): Promise<string> {
  mustEdit(work);
  const id = randomUUID();
  const slug = await freeSlug(work, content.title);
  await insertMaterial(work.trx, {
    id,
    slug,
    content,
    keywords: await kindWordsOf(work.trx, content.kind),
    practices,
    at: work.now,
  });
  await work.record(materialCreated, await about(work, id, { material: slug }));
  return slug;
}

/** Changes the description. @returns false where somebody else has changed it since; nothing is saved then. */
export async function editMaterial(
  work: Work,
  material: Material,
  edit: { content: MaterialContent; practices: readonly string[]; seenEdition: number },
): Promise<boolean> {
  mustEdit(work);
  const isWritten = await updateMaterial(work.trx, {
    id: material.id,
    content: edit.content,
    keywords: await kindWordsOf(work.trx, edit.content.kind),
    practices: edit.practices,
    seenEdition: edit.seenEdition,
    at: work.now,
  });
  if (isWritten)
    await work.record(
      materialEdited,
      await about(work, material.id, { material: material.slug, edition: edit.seenEdition + 1 }),
    );
  return isWritten;
}

/** Adds a file or a link as the newest version; what was there before stays under its number. */
export async function addMaterialVersion(
  work: Work,
  material: Material,
  version: { reason: string } & ({ url: string; file: null } | { url: null; file: StoredMaterialFile }),
): Promise<number> {
  mustEdit(work);
  if (version.file) await holdStoredFiles(work.trx);
  const group = version.file ? kindOf(version.file.ending).group : null;
  const isRead = group === "document" || group === "picture";
  const number = await insertMaterialVersion(work.trx, {
    materialId: material.id,
    ...version,
    addedBy: personOf(work),
    at: work.now,
    isRead,
  });
  await touchMaterial(work.trx, material.id, work.now);
  await indexMaterial(work.trx, material.id);
  await work.record(
    materialVersionAdded,
    await about(work, material.id, {
      material: material.slug,
      version: number,
      kind: version.file?.ending ?? "link",
    }),
  );
  if (isRead) await work.enqueue(READ_MATERIAL_JOB, { material: material.id, version: number });
  return number;
}

/** Offers a material to everybody; one that was archived, again. */
export async function publishMaterial(work: Work, material: Material): Promise<void> {
  mustEdit(work);
  if (material.state === "published") throw conflict("The material is published already.");
  if ((await listMaterialVersions(work.trx, material.id)).length === 0)
    throw conflict("There is no file and no link yet. Add one, then publish the material.");
  await updateMaterialState(work.trx, material.id, { state: "published", at: work.now });
  await work.record(materialPublished, await about(work, material.id, { material: material.slug }));
}

/** Takes a material out of use. Its address goes on answering, with the reason. */
export async function archiveMaterial(work: Work, material: Material, because: string): Promise<void> {
  mustEdit(work);
  if (material.state !== "published") throw conflict("Only a published material can be archived.");
  await updateMaterialState(work.trx, material.id, { state: "archived", because, at: work.now });
  await work.record(materialArchived, await about(work, material.id, { material: material.slug }));
}

/** What captions belong to. */
export interface CaptionsOf {
  material: Material;
  version: number;
  language: string;
}

/** Adds captions in a language, or puts them in the place of those that are there. */
export async function addCaptions(
  work: Work,
  { material, version, language }: CaptionsOf,
  { fileHash, cues }: { fileHash: string; cues: readonly Cue[] },
): Promise<void> {
  mustEdit(work);
  await holdStoredFiles(work.trx);
  const captions = { materialId: material.id, version, language, fileHash, cues };
  await replaceCaptions(work.trx, { ...captions, addedBy: personOf(work), at: work.now });
  await touchMaterial(work.trx, material.id, work.now);
  await indexMaterial(work.trx, material.id);
  await work.record(
    captionsAdded,
    await about(work, material.id, { material: material.slug, version, language, cues: cues.length }),
  );
}

/** Takes captions away that came to the wrong place. @returns the hash of their file, which may be needed elsewhere. */
export async function removeCaptions(
  work: Work,
  { material, version, language }: CaptionsOf,
): Promise<string | null> {
  mustEdit(work);
  const hash = await deleteCaptions(work.trx, material.id, version, language);
  if (hash === null) throw conflict("These captions are gone already.");
  await touchMaterial(work.trx, material.id, work.now);
  await indexMaterial(work.trx, material.id);
  await work.record(
    captionsRemoved,
    await about(work, material.id, { material: material.slug, version, language }),
  );
  return hash;
}

/** The title's slug, with a number behind it where another material has it. */
async function freeSlug(work: Work, title: string): Promise<string> {
  const wanted = slugOf(title) || "material";
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!(await isMaterialSlugTaken(work.trx, slug))) return slug;
  }
}
