import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { AttachedPractice, Material, MaterialContent, MaterialState } from "./material.types.ts";

const columns = [
  "material.id",
  "material.slug",
  "material.state",
  "material.archived_because",
  "material.edition",
  "material.content",
  "material.published_at",
  "material.changed_at",
] as const;

interface MaterialRow {
  id: string;
  slug: string;
  state: string;
  archived_because: string | null;
  edition: number;
  content: unknown;
  published_at: Date | null;
  changed_at: Date;
}

const read = (row: MaterialRow): Material => ({
  id: row.id,
  slug: row.slug,
  state: row.state as MaterialState,
  archivedBecause: row.archived_because,
  edition: row.edition,
  content: row.content as MaterialContent,
  publishedAt: row.published_at,
  changedAt: row.changed_at,
});

/** A material by its place in the address; drafts are found by those of the hub only. */
export async function findMaterial(trx: Trx, slug: string): Promise<Material | null> {
  const row = await trx
    .selectFrom("library.material as material")
    .select(columns)
    .where("slug", "=", slug)
    .executeTakeFirst();
  return row ? read(row) : null;
}

/** What the public is not offered: drafts, and what was archived; the newest change first. */
export async function listUnofferedMaterials(trx: Trx, limit: number): Promise<Material[]> {
  const rows = await trx
    .selectFrom("library.material as material")
    .select(columns)
    .where("state", "<>", "published")
    .orderBy("changed_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Whether a slug is in use, by whatever material. */
export async function isMaterialSlugTaken(trx: Trx, slug: string): Promise<boolean> {
  const row = await trx
    .selectFrom("library.material")
    .select("id")
    .where("slug", "=", slug)
    .executeTakeFirst();
  return row !== undefined;
}

export interface MaterialWrite {
  id: string;
  content: MaterialContent;
  keywords: string;
  practices: readonly string[];
  at: Date;
}

export async function insertMaterial(trx: Trx, material: MaterialWrite & { slug: string }): Promise<void> {
  await trx
    .insertInto("library.material")
    .values({
      id: material.id,
      slug: material.slug,
      content: JSON.stringify(material.content),
      keywords: material.keywords,
      created_at: material.at,
      changed_at: material.at,
    })
    .execute();
  await attachPractices(trx, material.id, material.practices);
  await indexMaterial(trx, material.id);
}

/** @returns false where somebody else has changed it since `seenEdition` was read; nothing is written then. */
export async function updateMaterial(
  trx: Trx,
  material: MaterialWrite & { seenEdition: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.material")
    .set({
      edition: material.seenEdition + 1,
      content: JSON.stringify(material.content),
      keywords: material.keywords,
      changed_at: material.at,
    })
    .where("id", "=", material.id)
    .where("edition", "=", material.seenEdition)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await trx.deleteFrom("library.material_practice").where("material_id", "=", material.id).execute();
  await attachPractices(trx, material.id, material.practices);
  await indexMaterial(trx, material.id);
  return true;
}

async function attachPractices(trx: Trx, materialId: string, slugs: readonly string[]): Promise<void> {
  if (slugs.length === 0) return;
  await trx
    .insertInto("library.material_practice")
    .columns(["material_id", "practice_id"])
    .expression((of) =>
      of
        .selectFrom("library.practice")
        // What was merged stands for what tells it now: a material belongs to it once.
        .select([
          sql<string>`${materialId}::uuid`.as("material_id"),
          sql<string>`coalesce(merged_into, id)`.as("practice_id"),
        ])
        .distinct()
        .where("slug", "in", [...slugs]),
    )
    .execute();
}

/** Offers a material to everybody, or takes it away; its address goes on answering. */
export async function updateMaterialState(
  trx: Trx,
  id: string,
  change: { state: "published"; at: Date } | { state: "archived"; because: string; at: Date },
): Promise<void> {
  await trx
    .updateTable("library.material")
    .set({
      state: change.state,
      archived_because: change.state === "archived" ? change.because : null,
      published_at: sql<Date>`coalesce(published_at, ${change.at})`,
      changed_at: change.at,
    })
    .where("id", "=", id)
    .execute();
}

/** Notes a change that the public can see. */
export async function touchMaterial(trx: Trx, id: string, at: Date): Promise<void> {
  await trx.updateTable("library.material").set({ changed_at: at }).where("id", "=", id).execute();
}

/** Makes anew what finds a material: after each change of its description, its newest file or its captions. */
export async function indexMaterial(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable("library.material")
    .set({ search: sql`library.material_search(id)` })
    .where("id", "=", id)
    .execute();
}

/** The practices that a material belongs to, as far as the actor may see them; what was merged leads to what tells it now. */
export async function listAttachedPractices(trx: Trx, materialId: string): Promise<AttachedPractice[]> {
  const { rows } = await sql<AttachedPractice>`
    select distinct shown.slug, shown.title, shown.content ->> 'language' as language from library.material_practice mp
      join library.practice p on p.id = mp.practice_id
      join library.practice shown on shown.id = coalesce(p.merged_into, p.id)
    where mp.material_id = ${materialId} and shown.state in ('published', 'draft') order by shown.title`.execute(
    trx,
  );
  return rows;
}

/**
 * What belongs to a practice that is merged belongs to the other one, once. Whoever has a material's form open meanwhile is
 * told, as after any edit; what is archived keeps the day on which it was.
 */
export async function repointMaterials(trx: Trx, fromId: string, toId: string, at: Date): Promise<void> {
  await sql`
    with moved as (delete from library.material_practice where practice_id = ${fromId} returning material_id),
    added as (
      insert into library.material_practice (material_id, practice_id) select material_id, ${toId}::uuid from moved
      on conflict do nothing)
    update library.material m set edition = m.edition + 1, changed_at = case m.state when 'archived' then m.changed_at else ${at} end
    from moved where m.id = moved.material_id`.execute(trx);
}

/** Which of these slugs are practices. */
export async function listKnownPracticeSlugs(trx: Trx, slugs: readonly string[]): Promise<Set<string>> {
  if (slugs.length === 0) return new Set();
  const rows = await trx
    .selectFrom("library.practice")
    .select("slug")
    .where("slug", "in", [...slugs])
    .execute();
  return new Set(rows.map(({ slug }) => slug));
}
