import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

export interface EvidenceRow {
  id: string;
  practice_id: string;
  kind: string;
  design: string;
  setting: string;
  participants: number | null;
  outcome: string;
  direction: string;
  source_title: string;
  source_publisher: string;
  source_year: number | null;
  source_url: string;
  note: string;
  replaces: string | null;
  added_at: Date;
  archived_at: Date | null;
  archived_because: string | null;
}

/** Every item, in the order in which they came: what corrects another one comes after it. */
export async function listEvidenceIds(trx: Trx): Promise<string[]> {
  const rows = await trx
    .selectFrom("library.evidence")
    .select("id")
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function findEvidenceRows(trx: Trx, ids: readonly string[]): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select id, practice_id, kind, design, setting, participants, outcome, direction, source_title, source_publisher,
      source_year, source_url, note, replaces, added_at, archived_at, archived_because
    from library.evidence where id = any (${sql.val([...ids])}::uuid[])`.execute(trx);
  return rows;
}

type Written = {
  [Column in keyof EvidenceRow]: EvidenceRow[Column] extends Date ? string : EvidenceRow[Column];
};
export type EvidenceBrought = Omit<Written, "archived_at"> & { archived_at: string | null };

/** In one statement, so that items may correct each other in any order. */
export async function insertBroughtEvidence(trx: Trx, items: readonly EvidenceBrought[]): Promise<void> {
  if (items.length > 0)
    await trx
      .insertInto("library.evidence")
      .values([...items])
      .execute();
}

/** Takes items out of use that were taken out of use there. */
export async function archiveBroughtEvidence(trx: Trx, items: readonly EvidenceBrought[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    update library.evidence e set archived_at = b.archived_at, archived_because = b.archived_because
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) b (id uuid, archived_at timestamptz, archived_because text)
    where e.id = b.id and e.archived_at is null`.execute(trx);
}
