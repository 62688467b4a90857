import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Outcome, Rating, Reviewer, Round, RoundState, Seat } from "./rating.types.ts";
import type { Answers } from "./rubric.rules.ts";
import { findScale, type Rung } from "./scales.ts";

const selectRounds = (trx: Trx) =>
  trx
    .selectFrom("library.rating_round as round")
    .innerJoin("library.practice as practice", "practice.id", "round.practice_id")
    .leftJoin("directory.person as first", "first.id", "round.reviewer_1")
    .leftJoin("directory.person as second", "second.id", "round.reviewer_2")
    .leftJoin("directory.person as third", "third.id", "round.reviewer_3")
    .selectAll("round")
    .select([
      "practice.slug",
      "practice.title",
      "first.name as name_1",
      "second.name as name_2",
      "third.name as name_3",
      sql<number[]>`library.seats_given(round.id)`.as("given"),
    ]);

type RoundRow = Awaited<ReturnType<ReturnType<typeof selectRounds>["execute"]>>[number];

function outcomeOf(row: RoundRow): Outcome | null {
  const { level, rating, has_agreed: hasAgreed, evidence_items: evidenceItems } = row;
  if (level === null || rating === null || hasAgreed === null || evidenceItems === null) return null;
  return { level, rating: rating as Rung, hasAgreed, evidenceItems };
}

function read(row: RoundRow): Round {
  const reviewer = (seat: Seat, personId: string | null, name: string | null): Reviewer[] =>
    personId === null ? [] : [{ seat, personId, name, hasAnswered: row.given.includes(seat) }];
  return {
    id: row.id,
    practice: { id: row.practice_id, slug: row.slug, title: row.title ?? "" },
    scaleId: row.scale,
    scaleVersion: row.scale_version,
    scale: findScale(row.scale, row.scale_version),
    state: row.state as RoundState,
    reviewers: [
      ...reviewer(1, row.reviewer_1, row.name_1),
      ...reviewer(2, row.reviewer_2, row.name_2),
      ...reviewer(3, row.reviewer_3, row.name_3),
    ],
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    outcome: outcomeOf(row),
    closedAt: row.closed_at,
    cancelledBecause: row.cancelled_because,
  };
}

/** A round that the actor may know of. */
export async function findRound(trx: Trx, id: string): Promise<Round | null> {
  const row = await selectRounds(trx).where("round.id", "=", id).executeTakeFirst();
  return row ? read(row) : null;
}

/** Rounds that go on, the oldest first. */
export async function listOpenRounds(trx: Trx, limit: number): Promise<Round[]> {
  const rows = await selectRounds(trx)
    .where("round.state", "in", ["open", "disagreed"])
    .orderBy("round.opened_at")
    .orderBy("round.id")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Rounds that are over, the newest first. */
export async function listPastRounds(trx: Trx, limit: number): Promise<Round[]> {
  const rows = await selectRounds(trx)
    .where("round.state", "in", ["closed", "cancelled"])
    .orderBy("round.closed_at", "desc")
    .orderBy("round.id")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Every round of a practice that the actor may know of, the newest first. */
export async function listRoundsOfPractice(trx: Trx, practiceId: string): Promise<Round[]> {
  const rows = await selectRounds(trx)
    .where("round.practice_id", "=", practiceId)
    .orderBy(sql`coalesce(round.closed_at, 'infinity')`, "desc")
    .orderBy("round.id")
    .execute();
  return rows.map(read);
}

/** The answers of rounds that the actor may read, by round and seat. */
export async function listRatings(
  trx: Trx,
  roundIds: readonly string[],
): Promise<ReadonlyMap<string, Rating[]>> {
  const ratings = new Map<string, Rating[]>(roundIds.map((id) => [id, []]));
  if (roundIds.length === 0) return ratings;
  const rows = await trx
    .selectFrom("library.rating")
    .select(["round_id", "seat", "answers", "proposed", "level", "reason", "given_at"])
    .where("round_id", "in", [...roundIds])
    .orderBy("seat")
    .execute();
  for (const row of rows)
    ratings.get(row.round_id)?.push({
      seat: row.seat as Seat,
      answers: row.answers as Answers,
      proposed: row.proposed,
      level: row.level,
      reason: row.reason,
      givenAt: row.given_at,
    });
  return ratings;
}

/** Which seats of a round have answered, without what. */
export async function listSeatsGiven(trx: Trx, roundId: string): Promise<number[]> {
  const { rows } = await sql<{ given: number[] }>`select library.seats_given(${roundId}) as given`.execute(
    trx,
  );
  return rows[0]?.given ?? [];
}

/** Both first answers of every closed round: the scale, and the level that each of the two gave. */
export async function listAnsweredPairs(
  trx: Trx,
): Promise<{ scaleId: string; scaleVersion: number; first: string; second: string }[]> {
  return trx
    .selectFrom("library.rating_round as round")
    .innerJoin("library.rating as one", (join) =>
      join.onRef("one.round_id", "=", "round.id").on("one.seat", "=", 1),
    )
    .innerJoin("library.rating as two", (join) =>
      join.onRef("two.round_id", "=", "round.id").on("two.seat", "=", 2),
    )
    .select([
      "round.scale as scaleId",
      "round.scale_version as scaleVersion",
      "one.level as first",
      "two.level as second",
    ])
    .where("round.state", "=", "closed")
    .execute();
}

/** Published practices by the ladder's rung that they stand on; null: not yet rated. */
export async function countByRating(trx: Trx): Promise<ReadonlyMap<string | null, number>> {
  const rows = await trx
    .selectFrom("library.practice")
    .select(["rating", ({ fn }) => fn.countAll<number>().as("count")])
    .where("state", "=", "published")
    .groupBy("rating")
    .execute();
  return new Map(rows.map(({ rating, count }) => [rating, count]));
}

/** People of the hub who may rate, by name. */
export async function listPossibleReviewers(trx: Trx): Promise<{ personId: string; name: string }[]> {
  const { rows } = await sql<{ personId: string; name: string }>`
    select p.id as "personId", p.name from directory.person p
    where p.archived_at is null and exists (select from directory.membership m
      where m.person_id = p.id and m.ended_on is null and m.role = 'hub_staff' and m.grants && array['reviewer', 'librarian'])
    order by p.name, p.id`.execute(trx);
  return rows;
}
