import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { MaterialContent } from "../materials/material.types.ts";

export interface MaterialRow {
  id: string;
  slug: string;
  state: string;
  archived_because: string | null;
  edition: number;
  content: MaterialContent;
  created_at: Date;
  published_at: Date | null;
  changed_at: Date;
  practices: string[];
}

export interface MaterialVersionRow {
  material_id: string;
  version: number;
  reason: string;
  added_at: Date;
  url: string | null;
  file_hash: string | null;
  file_name: string | null;
  file_kind: string | null;
  file_bytes: number | null;
}

export interface CaptionsRow {
  material_id: string;
  version: number;
  language: string;
  file_hash: string;
  added_at: Date;
}

/** Every material, by its address. */
export async function listMaterialIds(trx: Trx): Promise<string[]> {
  const rows = await trx.selectFrom("library.material").select("id").orderBy(sql`slug collate "C"`).execute();
  return rows.map(({ id }) => id);
}

export async function findMaterialRows(
  trx: Trx,
  ids: readonly string[],
): Promise<{ materials: MaterialRow[]; versions: MaterialVersionRow[]; captions: CaptionsRow[] }> {
  const these = sql.val([...ids]);
  const { rows: materials } = await sql<MaterialRow>`
    select id, slug, state, archived_because, edition, content, created_at, published_at, changed_at,
      array(select practice_id from library.material_practice where material_id = m.id order by practice_id) as practices
    from library.material m where id = any (${these}::uuid[])`.execute(trx);
  const { rows: versions } = await sql<MaterialVersionRow>`
    select material_id, version, reason, added_at, url, file_hash, file_name, file_kind, file_bytes
    from library.material_version where material_id = any (${these}::uuid[]) order by material_id, version`.execute(
    trx,
  );
  const { rows: captions } = await sql<CaptionsRow>`
    select material_id, version, language, file_hash, added_at from library.material_captions
    where material_id = any (${these}::uuid[]) order by material_id, version, language`.execute(trx);
  return { materials, versions, captions };
}

export interface MaterialBrought {
  id: string;
  slug: string;
  state: string;
  archived_because: string | null;
  edition: number;
  content: string;
  keywords: string;
  created_at: string;
  published_at: string | null;
  changed_at: string;
}

export async function insertBroughtMaterials(trx: Trx, materials: readonly MaterialBrought[]): Promise<void> {
  if (materials.length > 0)
    await trx
      .insertInto("library.material")
      .values([...materials])
      .execute();
}

export async function updateBroughtMaterials(trx: Trx, materials: readonly MaterialBrought[]): Promise<void> {
  if (materials.length === 0) return;
  await sql`
    update library.material m set state = b.state, archived_because = b.archived_because, edition = b.edition,
      content = b.content::jsonb, keywords = b.keywords, published_at = b.published_at, changed_at = b.changed_at
    from jsonb_to_recordset(${JSON.stringify(materials)}::jsonb) b (id uuid, state text, archived_because text, edition int,
      content text, keywords text, published_at timestamptz, changed_at timestamptz)
    where m.id = b.id`.execute(trx);
}

/** Adds versions that are not here. @returns those that were added and have a file. */
export async function insertBroughtMaterialVersions(
  trx: Trx,
  versions: readonly {
    material_id: string;
    version: number;
    reason: string;
    added_at: string;
    url: string | null;
    file_hash: string | null;
    file_name: string | null;
    file_kind: string | null;
    file_bytes: number | null;
    reading: string;
  }[],
): Promise<void> {
  if (versions.length === 0) return;
  await trx
    .insertInto("library.material_version")
    .values([...versions])
    .onConflict((conflict) => conflict.columns(["material_id", "version"]).doNothing())
    .execute();
}

/** Attaches materials to practices, as they are attached there. */
export async function replaceAttachments(
  trx: Trx,
  materialIds: readonly string[],
  attached: readonly { material_id: string; practice_id: string }[],
): Promise<void> {
  await trx
    .deleteFrom("library.material_practice")
    .where("material_id", "in", [...materialIds])
    .execute();
  if (attached.length > 0)
    await trx
      .insertInto("library.material_practice")
      .values([...attached])
      .execute();
}

/** What finds these materials is made anew. */
export async function indexBroughtMaterials(trx: Trx, ids: readonly string[]): Promise<void> {
  await sql`update library.material set search = library.material_search(id)
    where id = any (${sql.val([...ids])}::uuid[])`.execute(trx);
}
