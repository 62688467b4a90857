import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { PracticeContent } from "../practices/practice.types.ts";

export interface PracticeRow {
  id: string;
  slug: string;
  state: string;
  merged_into: string | null;
  withdrawn_because: string | null;
  created_at: Date;
  published_at: Date | null;
  changed_at: Date;
}

export interface VersionRow {
  practice_id: string;
  version: number;
  content: PracticeContent;
  reason: string;
  changed_at: Date;
}

/** Every practice, by its address. */
export async function listPracticeIds(trx: Trx): Promise<string[]> {
  const rows = await trx.selectFrom("library.practice").select("id").orderBy(sql`slug collate "C"`).execute();
  return rows.map(({ id }) => id);
}

export async function findPracticeRows(
  trx: Trx,
  ids: readonly string[],
): Promise<{ practices: PracticeRow[]; versions: VersionRow[] }> {
  const { rows: practices } = await sql<PracticeRow>`
    select id, slug, state, merged_into, withdrawn_because, created_at, published_at, changed_at
    from library.practice where id = any (${sql.val([...ids])}::uuid[])`.execute(trx);
  const { rows: versions } = await sql<VersionRow>`
    select practice_id, version, content, reason, changed_at from library.practice_version
    where practice_id = any (${sql.val([...ids])}::uuid[]) order by practice_id, version`.execute(trx);
  return { practices, versions };
}

/** Whose these addresses are here. */
export async function findSlugOwners(
  trx: Trx,
  table: "practice" | "material",
  slugs: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ slug: string; id: string }>`
    select slug, id from ${sql.id("library", table)} where slug = any (${sql.val([...slugs])}::text[])`.execute(
    trx,
  );
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

export interface PracticeBrought {
  id: string;
  slug: string;
  state: "draft" | "published" | "withdrawn";
  withdrawn_because: string | null;
  version: number;
  content: string;
  keywords: string;
  review_by: string | null;
  created_at: string;
  published_at: string | null;
  changed_at: string;
}

export async function insertBroughtPractices(trx: Trx, practices: readonly PracticeBrought[]): Promise<void> {
  if (practices.length > 0)
    await trx
      .insertInto("library.practice")
      .values([...practices])
      .execute();
}

/** Puts what comes in the place of what is here, all at once. What has been public here has been so, whatever comes. */
export async function updateBroughtPractices(trx: Trx, practices: readonly PracticeBrought[]): Promise<void> {
  if (practices.length === 0) return;
  await sql`
    update library.practice p set state = b.state, merged_into = null, withdrawn_because = b.withdrawn_because,
      version = b.version, content = b.content::jsonb, keywords = b.keywords, review_by = b.review_by,
      published_at = coalesce(b.published_at, p.published_at), changed_at = b.changed_at
    from jsonb_to_recordset(${JSON.stringify(practices)}::jsonb) b (id uuid, state text, withdrawn_because text, version int,
      content text, keywords text, review_by date, published_at timestamptz, changed_at timestamptz)
    where p.id = b.id`.execute(trx);
}

/** Adds versions; those that are here already stay as they are. */
export async function insertBroughtVersions(
  trx: Trx,
  versions: readonly {
    practice_id: string;
    version: number;
    content: string;
    reason: string;
    changed_at: string;
  }[],
): Promise<void> {
  if (versions.length === 0) return;
  await sql`
    insert into library.practice_version (practice_id, version, content, reason, changed_by, changed_at)
    select b.practice_id, b.version, b.content::jsonb, b.reason, null, b.changed_at
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) b (practice_id uuid, version int, content text, reason text, changed_at timestamptz)
    on conflict (practice_id, version) do nothing`.execute(trx);
}

/** Lets merged practices lead to those that tell them now. */
export async function updateMerges(trx: Trx, merges: readonly { id: string; into: string }[]): Promise<void> {
  if (merges.length === 0) return;
  await sql`
    update library.practice p set state = 'merged', merged_into = b.into, withdrawn_because = null
    from jsonb_to_recordset(${JSON.stringify(merges)}::jsonb) b (id uuid, "into" uuid) where p.id = b.id`.execute(
    trx,
  );
}

/** Whether following merged practices would ever come back to where it began. */
export async function hasMergeCircle(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with recursive way (start, at, seen) as (
      select id, merged_into, array[id] from library.practice where merged_into is not null
      union all
      select way.start, p.merged_into, way.seen || p.id from way join library.practice p on p.id = way.at
      where p.merged_into is not null and not p.id = any (way.seen))
    select exists (select from way where at = any (seen)) as found`.execute(trx);
  return rows[0]?.found ?? false;
}
