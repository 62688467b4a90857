import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

export interface RoundRow {
  id: string;
  practice_id: string;
  scale: string;
  scale_version: number;
  state: string;
  opened_at: Date;
  level: string | null;
  rating: string | null;
  has_agreed: boolean | null;
  evidence_items: number | null;
  closed_at: Date | null;
}

export interface AnswerRow {
  round_id: string;
  seat: number;
  answers: Record<string, string>;
  proposed: string | null;
  level: string;
  reason: string;
  given_at: Date;
}

/** The rounds that came to an end with a rating, in the order in which they did. */
export async function listClosedRoundIds(trx: Trx): Promise<string[]> {
  const rows = await trx
    .selectFrom("library.rating_round")
    .select("id")
    .where("state", "=", "closed")
    .orderBy("closed_at")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function findRoundRows(
  trx: Trx,
  ids: readonly string[],
): Promise<{ rounds: RoundRow[]; answers: AnswerRow[] }> {
  const { rows: rounds } = await sql<RoundRow>`
    select id, practice_id, scale, scale_version, state, opened_at, level, rating, has_agreed, evidence_items, closed_at
    from library.rating_round where id = any (${sql.val([...ids])}::uuid[])`.execute(trx);
  const { rows: answers } = await sql<AnswerRow>`
    select round_id, seat, answers, proposed, level, reason, given_at from library.rating
    where round_id = any (${sql.val([...ids])}::uuid[]) order by round_id, seat`.execute(trx);
  return { rounds, answers };
}

/** Rounds of another hub: nobody here has rated in them. */
export async function insertBroughtRounds(
  trx: Trx,
  rounds: readonly {
    id: string;
    practice_id: string;
    scale: string;
    scale_version: number;
    opened_at: string;
    level: string;
    rating: string;
    has_agreed: boolean;
    evidence_items: number;
    closed_at: string;
  }[],
  answers: readonly {
    round_id: string;
    seat: number;
    answers: string;
    proposed: string | null;
    level: string;
    reason: string;
    given_at: string;
  }[],
): Promise<void> {
  if (rounds.length === 0) return;
  await trx
    .insertInto("library.rating_round")
    .values(rounds.map((round) => ({ ...round, state: "closed", reviewer_1: null, reviewer_2: null })))
    .execute();
  await trx
    .insertInto("library.rating")
    .values(answers.map((answer) => ({ ...answer, reviewer: null })))
    .execute();
}

/** Gives practices the rating of their last round. */
export async function settleRatings(trx: Trx, practiceIds: readonly string[]): Promise<void> {
  await sql`
    update library.practice p set rating = last.rating, changed_at = greatest(p.changed_at, last.closed_at)
    from (select distinct on (practice_id) practice_id, rating, closed_at from library.rating_round
      where state = 'closed' and practice_id = any (${sql.val([...practiceIds])}::uuid[])
      order by practice_id, closed_at desc, id) last
    where p.id = last.practice_id and p.rating is distinct from last.rating`.execute(trx);
}
