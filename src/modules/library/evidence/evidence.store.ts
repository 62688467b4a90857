import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Direction, EvidenceContent, EvidenceItem } from "./evidence.types.ts";

const selectEvidence = (trx: Trx) =>
  trx
    .selectFrom("library.evidence as e")
    .leftJoin("directory.person as person", "person.id", "e.added_by")
    .selectAll("e")
    .select("person.name as added_by_name");

type Row = Awaited<ReturnType<ReturnType<typeof selectEvidence>["executeTakeFirstOrThrow"]>>;

const read = (row: Row): EvidenceItem => ({
  id: row.id,
  kind: row.kind,
  design: row.design,
  setting: row.setting,
  participants: row.participants,
  outcome: row.outcome,
  direction: row.direction as Direction,
  sourceTitle: row.source_title,
  sourcePublisher: row.source_publisher,
  sourceYear: row.source_year,
  sourceUrl: row.source_url,
  note: row.note,
  addedAt: row.added_at,
  addedBy: row.added_by_name,
  archived:
    row.archived_at && row.archived_because ? { at: row.archived_at, because: row.archived_because } : null,
});

/** Everything that was found out about a practice, the newest source first; what is archived comes last. */
export async function listEvidence(trx: Trx, practiceId: string): Promise<EvidenceItem[]> {
  const rows = await selectEvidence(trx)
    .where("e.practice_id", "=", practiceId)
    .orderBy((order) => order("e.archived_at", "is", null), "desc")
    .orderBy("e.source_year", (order) => order.desc().nullsLast())
    .orderBy("e.added_at", "desc")
    .orderBy("e.id")
    .execute();
  return rows.map(read);
}

/** What is in use of many practices at once, by practice, each in the order of its page. */
export async function listEvidenceInUse(
  trx: Trx,
  practiceIds: readonly string[],
): Promise<ReadonlyMap<string, EvidenceItem[]>> {
  if (practiceIds.length === 0) return new Map();
  const rows = await selectEvidence(trx)
    .where(sql<boolean>`e.practice_id = any (${sql.val([...practiceIds])}::uuid[])`)
    .where("e.archived_at", "is", null)
    .orderBy("e.source_year", (order) => order.desc().nullsLast())
    .orderBy("e.added_at", "desc")
    .orderBy("e.id")
    .execute();
  const byPractice = new Map<string, EvidenceItem[]>();
  for (const row of rows) {
    const items = byPractice.get(row.practice_id) ?? [];
    items.push(read(row));
    byPractice.set(row.practice_id, items);
  }
  return byPractice;
}

/** Writes an item down. */
export async function insertEvidence(
  trx: Trx,
  item: EvidenceContent & {
    id: string;
    practiceId: string;
    replaces: string | null;
    addedBy: string | null;
    at: Date;
  },
): Promise<void> {
  await trx
    .insertInto("library.evidence")
    .values({
      id: item.id,
      practice_id: item.practiceId,
      kind: item.kind,
      design: item.design,
      setting: item.setting,
      participants: item.participants,
      outcome: item.outcome,
      direction: item.direction,
      source_title: item.sourceTitle,
      source_publisher: item.sourcePublisher,
      source_year: item.sourceYear,
      source_url: item.sourceUrl,
      note: item.note,
      replaces: item.replaces,
      added_by: item.addedBy,
      added_at: item.at,
    })
    .execute();
}

/** Takes an item out of use. @returns false where somebody has done so already. */
export async function archiveEvidenceItem(
  trx: Trx,
  id: string,
  archiving: { by: string | null; at: Date; because: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.evidence")
    .set({ archived_by: archiving.by, archived_at: archiving.at, archived_because: archiving.because })
    .where("id", "=", id)
    .where("archived_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How many items of a practice are in use. */
export async function countEvidence(trx: Trx, practiceId: string): Promise<number> {
  const { count } = await trx
    .selectFrom("library.evidence")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("practice_id", "=", practiceId)
    .where("archived_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Notes that the public sees something else of a practice than before. */
export async function noteChangedPractice(trx: Trx, practiceId: string, at: Date): Promise<void> {
  await trx.updateTable("library.practice").set({ changed_at: at }).where("id", "=", practiceId).execute();
}

/** What was found on a practice that is merged into another one is evidence on that one. Its ratings stay with what was rated. */
export async function repointEvidence(trx: Trx, fromId: string, toId: string): Promise<void> {
  await trx
    .updateTable("library.evidence")
    .set({ practice_id: toId })
    .where("practice_id", "=", fromId)
    .execute();
}
