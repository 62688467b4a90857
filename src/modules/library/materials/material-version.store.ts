// The files and links of materials, what was read out of them, and how often they were taken along.
import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { FileEnding } from "./file-kinds.ts";
import type { MaterialVersion, StoredMaterialFile } from "./material.types.ts";

interface VersionRow {
  version: number;
  reason: string;
  added_at: Date;
  added_by_name: string | null;
  url: string | null;
  file_hash: string | null;
  file_name: string | null;
  file_kind: string | null;
  file_bytes: number | string | null;
  reading: string;
  pages: number | null;
  picture_hash: string | null;
  picture_width: number | null;
  picture_height: number | null;
  downloads: number;
}

const read = (row: VersionRow): MaterialVersion => ({
  version: row.version,
  reason: row.reason,
  addedAt: row.added_at,
  addedBy: row.added_by_name,
  url: row.url,
  file: row.file_hash
    ? {
        hash: row.file_hash,
        name: row.file_name ?? "",
        ending: row.file_kind as FileEnding,
        bytes: Number(row.file_bytes),
      }
    : null,
  reading: row.reading as MaterialVersion["reading"],
  pages: row.pages,
  picture: row.picture_hash
    ? { hash: row.picture_hash, width: row.picture_width ?? 0, height: row.picture_height ?? 0 }
    : null,
  downloads: row.downloads,
});

/** Every version of a material, the newest first. */
export async function listMaterialVersions(trx: Trx, materialId: string): Promise<MaterialVersion[]> {
  const { rows } = await sql<VersionRow>`
    select v.version, v.reason, v.added_at, person.name as added_by_name, v.url, v.file_hash, v.file_name, v.file_kind,
      v.file_bytes, v.reading, v.pages, v.picture_hash, v.picture_width, v.picture_height,
      (select coalesce(sum(d.count), 0)::int from library.material_download d
        where d.material_id = v.material_id and d.version = v.version) as downloads
    from library.material_version v left join directory.person person on person.id = v.added_by
    where v.material_id = ${materialId} order by v.version desc`.execute(trx);
  return rows.map(read);
}

/** Adds the next version. @returns its number. */
export async function insertMaterialVersion(
  trx: Trx,
  version: {
    materialId: string;
    reason: string;
    addedBy: string | null;
    at: Date;
    url: string | null;
    file: StoredMaterialFile | null;
    isRead: boolean;
  },
): Promise<number> {
  const { file } = version;
  // Two librarians at once: the second waits for the first, and gets the next number.
  await sql`select from library.material where id = ${version.materialId} for no key update`.execute(trx);
  const { rows } = await sql<{ version: number }>`
    insert into library.material_version (material_id, version, reason, added_by, added_at, url, file_hash, file_name, file_kind, file_bytes, reading)
    select ${version.materialId}, coalesce(max(version), 0) + 1, ${version.reason}, ${version.addedBy}, ${version.at}, ${version.url},
      ${file?.hash ?? null}, ${file?.name ?? null}, ${file?.ending ?? null}, ${file?.bytes ?? null}, ${version.isRead ? "waiting" : "none"}
    from library.material_version where material_id = ${version.materialId} returning version`.execute(trx);
  return rows[0]?.version ?? 1;
}

/** Writes down what was read out of a file. */
export async function saveReading(
  trx: Trx,
  materialId: string,
  version: number,
  found: {
    state: "done" | "failed";
    pages: number | null;
    text: string;
    picture: MaterialVersion["picture"];
  },
): Promise<void> {
  await trx
    .updateTable("library.material_version")
    .set({
      reading: found.state,
      pages: found.pages,
      text: found.text,
      picture_hash: found.picture?.hash ?? null,
      picture_width: found.picture?.width ?? null,
      picture_height: found.picture?.height ?? null,
    })
    .where("material_id", "=", materialId)
    .where("version", "=", version)
    .execute();
}

/** Counts one download of a version. */
export async function countDownload(
  trx: Trx,
  materialId: string,
  version: number,
  day: string,
): Promise<void> {
  await sql`
    insert into library.material_download (material_id, version, day, count) values (${materialId}, ${version}, ${day}, 1)
    on conflict (material_id, version, day) do update set count = library.material_download.count + 1`.execute(
    trx,
  );
}

/** Whether a material needs a stored file: as a version, as its picture, as captions. */
export async function isMaterialFile(trx: Trx, hash: string): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select exists (select from library.material_version where file_hash = ${hash})
      or exists (select from library.material_version where picture_hash = ${hash})
      or exists (select from library.material_captions where file_hash = ${hash}) as needed`.execute(trx);
  return rows[0]?.needed ?? true;
}
