import { randomUUID } from "node:crypto";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, forbidden } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { practiceCreated, practiceEdited, practicePublished, practiceWithdrawn } from "../events.ts";
import { mayEditLibrary } from "../library.policy.ts";
import { changedFields } from "./changed-fields.ts";
import { insertPractice, isSlugTaken, updatePractice, updatePracticeState } from "./practice.store.ts";
import type { Practice, PracticeContent } from "./practice.types.ts";
import { keywordsOf } from "./practice-labels.ts";
import { slugOf } from "./slug.ts";

const personOf = (work: Work): string | null => (work.actor.kind === "person" ? work.actor.personId : null);

function mustEdit(work: Work): void {
  if (!mayEditLibrary(work.actor))
    throw forbidden("Only librarians and administrators of the hub write the library.");
}

const mergedMeanwhile = () =>
  conflict("Somebody else has merged this practice into another one meanwhile. Edit that one.");

/** Makes a practice, as a draft. @returns its slug. */
export async function createPractice(
  work: Work,
  content: PracticeContent,
  reason: string,
): Promise<{ id: string; slug: string }> {
  mustEdit(work);
  const id = randomUUID();
  const slug = await freeSlug(work, content.title);
  const [keywords = ""] = await keywordsOf(work.trx, [content]);
  await insertPractice(work.trx, {
    id,
    slug,
    state: "draft",
    version: 1,
    content,
    keywords,
    reason,
    changedBy: personOf(work),
    at: work.now,
  });
  await work.record(practiceCreated, await about(work, id, { practice: slug }));
  return { id, slug };
}

/**
 * Writes an edit as a new version. Nothing happens where nothing has changed, unless the reason alone is worth a version.
 * @param seenVersion the version that the editor began with.
 * @throws a conflict where somebody else has changed the practice since.
 */
export async function editPractice(
  work: Work,
  practice: Practice,
  edit: { content: PracticeContent; reason: string; seenVersion: number; isAlwaysVersion?: boolean },
): Promise<boolean> {
  mustEdit(work);
  const fields = changedFields(practice.content, edit.content);
  if (fields.length === 0 && !edit.isAlwaysVersion) return false;
  const version = edit.seenVersion + 1;
  const [keywords = ""] = await keywordsOf(work.trx, [edit.content]);
  const isWritten = await updatePractice(work.trx, {
    id: practice.id,
    version,
    content: edit.content,
    keywords,
    reason: edit.reason,
    changedBy: personOf(work),
    at: work.now,
  });
  if (!isWritten)
    throw conflict(
      "Somebody else has changed this practice since you opened it. Your changes are not saved yet.",
    );
  await work.record(
    practiceEdited,
    await about(work, practice.id, { practice: practice.slug, version, fields }),
  );
  return true;
}

/** Offers a draft, or one that was withdrawn, to everybody. */
export async function publishPractice(work: Work, practice: Practice): Promise<void> {
  mustEdit(work);
  if (practice.state === "published") throw conflict("The practice is published already.");
  if (!(await updatePracticeState(work.trx, practice.id, { state: "published", at: work.now })))
    throw mergedMeanwhile();
  await work.record(practicePublished, await about(work, practice.id, { practice: practice.slug }));
}

/** Takes a practice out of the library. Its address goes on answering, with the reason. */
export async function withdrawPractice(work: Work, practice: Practice, because: string): Promise<void> {
  mustEdit(work);
  if (practice.state !== "published") throw conflict("Only a published practice can be withdrawn.");
  if (!(await updatePracticeState(work.trx, practice.id, { state: "withdrawn", because, at: work.now })))
    throw mergedMeanwhile();
  await work.record(practiceWithdrawn, await about(work, practice.id, { practice: practice.slug }));
}

async function about<Data>(work: Work, id: string, data: Data) {
  const { id: organizationId } = await getHubOrganization(work.trx);
  return { organizationId, subject: ["practice", id] as [string, string], data };
}

/** The title's slug, with a number behind it where another practice has it. */
async function freeSlug(work: Work, title: string): Promise<string> {
  const wanted = slugOf(title) || "practice";
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!(await isSlugTaken(work.trx, slug))) return slug;
  }
}
