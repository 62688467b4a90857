import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Practice, PracticeContent, PracticeState, PracticeVersion } from "./practice.types.ts";

const columns = [
  "practice.id",
  "practice.slug",
  "practice.state",
  "practice.version",
  "practice.content",
  "practice.rating",
  "practice.withdrawn_because",
  "practice.published_at",
  "practice.changed_at",
] as const;

interface PracticeRow {
  id: string;
  slug: string;
  state: string;
  version: number;
  content: unknown;
  rating: string | null;
  withdrawn_because: string | null;
  published_at: Date | null;
  changed_at: Date;
  into_slug: string | null;
  into_title: string | null;
}

const read = (row: PracticeRow): Practice => ({
  id: row.id,
  slug: row.slug,
  state: row.state as PracticeState,
  version: row.version,
  content: row.content as PracticeContent,
  rating: row.rating,
  mergedInto: row.into_slug === null ? null : { slug: row.into_slug, title: row.into_title ?? "" },
  withdrawnBecause: row.withdrawn_because,
  publishedAt: row.published_at,
  changedAt: row.changed_at,
});

const selectPractices = (trx: Trx) =>
  trx
    .selectFrom("library.practice as practice")
    .leftJoin("library.practice as into", "into.id", "practice.merged_into")
    .select([...columns, "into.slug as into_slug", "into.title as into_title"]);

/** A practice by its place in the address; drafts are found by those of the hub only. */
export async function findPractice(trx: Trx, slug: string): Promise<Practice | null> {
  const row = await selectPractices(trx).where("practice.slug", "=", slug).executeTakeFirst();
  return row ? read(row) : null;
}

/** Several practices at once, in the order of the slugs; what is not there is left out. */
export async function listPracticesBySlug(trx: Trx, slugs: readonly string[]): Promise<Practice[]> {
  if (slugs.length === 0) return [];
  const rows = await selectPractices(trx)
    .where("practice.slug", "in", [...slugs])
    .execute();
  const bySlug = new Map(rows.map((row) => [row.slug, read(row)]));
  return [...new Set(slugs)].flatMap((slug) => bySlug.get(slug) ?? []);
}

/** What the public is not offered: drafts, and what was withdrawn or merged. The newest change first. */
export async function listUnpublished(trx: Trx, limit: number): Promise<Practice[]> {
  const rows = await selectPractices(trx)
    .where("practice.state", "<>", "published")
    .orderBy("practice.changed_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Published practices whose review is due by a day, the longest due first. */
export async function listDueForReview(trx: Trx, by: string, limit: number): Promise<Practice[]> {
  const rows = await selectPractices(trx)
    .where("practice.state", "=", "published")
    .where("practice.review_by", "<=", by)
    .orderBy("practice.review_by")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** How many published practices are due for review by a day. */
export async function countDueForReview(trx: Trx, by: string): Promise<number> {
  const { count } = await trx
    .selectFrom("library.practice")
    .select((of) => of.fn.countAll<number>().as("count"))
    .where("state", "=", "published")
    .where("review_by", "<=", by)
    .executeTakeFirstOrThrow();
  return count;
}

/** How many practices the public is offered. */
export async function countPublished(trx: Trx): Promise<number> {
  const row = await trx
    .selectFrom("library.practice")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("state", "=", "published")
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Whether a slug is in use, by whatever practice. */
export async function isSlugTaken(trx: Trx, slug: string): Promise<boolean> {
  const row = await trx
    .selectFrom("library.practice")
    .select("id")
    .where("slug", "=", slug)
    .executeTakeFirst();
  return row !== undefined;
}

/** What an edit writes; `version` is the new one. */
export interface PracticeWrite {
  id: string;
  version: number;
  content: PracticeContent;
  keywords: string;
  reason: string;
  changedBy: string | null;
  at: Date;
}

export async function insertPractice(
  trx: Trx,
  practice: PracticeWrite & { slug: string; state: "draft" | "published" },
): Promise<void> {
  await trx
    .insertInto("library.practice")
    .values({
      id: practice.id,
      slug: practice.slug,
      state: practice.state,
      version: practice.version,
      content: JSON.stringify(practice.content),
      keywords: practice.keywords,
      review_by: practice.content.reviewBy,
      created_at: practice.at,
      published_at: practice.state === "published" ? practice.at : null,
      changed_at: practice.at,
    })
    .execute();
  await insertVersion(trx, practice);
}

/** @returns false where somebody else has changed it since `version - 1` was read; nothing is written then. */
export async function updatePractice(trx: Trx, practice: PracticeWrite): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.practice")
    .set({
      version: practice.version,
      content: JSON.stringify(practice.content),
      keywords: practice.keywords,
      review_by: practice.content.reviewBy,
      changed_at: practice.at,
    })
    .where("id", "=", practice.id)
    .where("version", "=", practice.version - 1)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await insertVersion(trx, practice);
  return true;
}

async function insertVersion(trx: Trx, practice: PracticeWrite): Promise<void> {
  await trx
    .insertInto("library.practice_version")
    .values({
      practice_id: practice.id,
      version: practice.version,
      content: JSON.stringify(practice.content),
      reason: practice.reason,
      changed_by: practice.changedBy,
      changed_at: practice.at,
    })
    .execute();
}

/**
 * Offers a practice to the public, or takes it away; its address goes on answering. A draft that is merged was never
 * published, and says so by having no day of it.
 * @returns false where it was merged meanwhile: that is never taken back.
 */
export async function updatePracticeState(
  trx: Trx,
  id: string,
  change:
    | { state: "published"; at: Date }
    | { state: "withdrawn"; because: string; at: Date }
    | { state: "merged"; into: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.practice")
    .set({
      state: change.state,
      withdrawn_because: change.state === "withdrawn" ? change.because : null,
      merged_into: change.state === "merged" ? change.into : null,
      ...(change.state === "merged" ? {} : { published_at: sql<Date>`coalesce(published_at, ${change.at})` }),
      changed_at: change.at,
    })
    .where("id", "=", id)
    .where("state", "<>", "merged")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Every edit of a practice, the newest first; who made it is known to the hub only. */
export async function listVersions(trx: Trx, practiceId: string): Promise<PracticeVersion[]> {
  const rows = await trx
    .selectFrom("library.practice_version as version")
    .leftJoin("directory.person as person", "person.id", "version.changed_by")
    .select([
      "version.version",
      "version.content",
      "version.reason",
      "version.changed_at",
      "person.name as changed_by",
    ])
    .where("version.practice_id", "=", practiceId)
    .orderBy("version.version", "desc")
    .execute();
  return rows.map((row) => ({
    version: row.version,
    content: row.content as PracticeContent,
    reason: row.reason,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }));
}
