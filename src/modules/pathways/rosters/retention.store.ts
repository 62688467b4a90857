import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

export interface RemovableFile {
  organizationId: string;
  id: string;
  fileHash: string;
}

/** Rosters put aside before a moment whose files no other roster needs. */
export async function listRemovableFiles(trx: Trx, before: Date): Promise<RemovableFile[]> {
  const { rows } = await sql<RemovableFile>`
    select organization_id as "organizationId", id, file_hash as "fileHash" from pathways.roster r
    where state = 'discarded' and updated_at < ${before} and file_removed_at is null and file_hash ~ '^[0-9a-f]{64}$'
      and not exists (select from pathways.roster other where other.file_hash = r.file_hash and other.file_removed_at is null
        and (other.state <> 'discarded' or other.updated_at >= ${before}))
    order by organization_id, id`.execute(trx);
  return rows;
}

/** Whether a roster of any organization needs this file. */
export async function isRosterFile(trx: Trx, hash: string): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select exists (select from pathways.roster where file_hash = ${hash} and file_removed_at is null) as needed`.execute(
    trx,
  );
  return rows[0]?.needed ?? true;
}

/** Notes that the files of these rosters are gone; when they were put aside stays as it was. */
export async function noteFilesRemoved(trx: Trx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("pathways.roster")
    .set({ file_removed_at: at })
    .where("id", "in", [...ids])
    .execute();
}
