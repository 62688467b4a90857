import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

export interface SubmissionRow {
  id: string;
  kind: string;
  practice_id: string | null;
  state: string;
  content: { title?: string; part?: string; language?: string };
  version: number;
  result_id: string | null;
  sent_at: Date;
  decided_at: Date | null;
}

export interface DecisionRow {
  submission_id: string;
  version: number;
  decision: string;
  reason: string | null;
  practice_id: string | null;
  decided_at: Date;
}

/** Submissions that are settled, in the order in which they came. */
export async function listSettledIds(trx: Trx, states: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom("library.submission")
    .select("id")
    .where("state", "in", [...states])
    .orderBy("sent_at")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function findSubmissionRows(
  trx: Trx,
  ids: readonly string[],
): Promise<{ submissions: SubmissionRow[]; decisions: DecisionRow[] }> {
  const { rows: submissions } = await sql<SubmissionRow>`
    select id, kind, practice_id, state, content, version, result_id, sent_at, decided_at
    from library.submission where id = any (${sql.val([...ids])}::uuid[])`.execute(trx);
  const { rows: decisions } = await sql<DecisionRow>`
    select submission_id, version, decision, reason, practice_id, decided_at from library.submission_decision
    where submission_id = any (${sql.val([...ids])}::uuid[]) order by submission_id, version`.execute(trx);
  return { submissions, decisions };
}

/** Settled submissions without what was written and by whom. No secret leads to them. */
export async function insertBroughtSubmissions(
  trx: Trx,
  submissions: readonly {
    id: string;
    token_hash: Buffer;
    kind: string;
    practice_id: string | null;
    state: string;
    content: string;
    version: number;
    result_id: string | null;
    sent_at: string;
    decided_at: string;
  }[],
  decisions: readonly {
    submission_id: string;
    version: number;
    decision: string;
    reason: string | null;
    practice_id: string | null;
    decided_at: string;
  }[],
): Promise<void> {
  if (submissions.length === 0) return;
  await trx
    .insertInto("library.submission")
    .values([...submissions])
    .execute();
  if (decisions.length > 0)
    await trx
      .insertInto("library.submission_decision")
      .values([...decisions])
      .execute();
}
