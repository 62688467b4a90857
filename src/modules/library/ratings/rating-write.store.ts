import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Outcome, Rating } from "./rating.types.ts";

/** Opens a round. @returns false where the practice has one that goes on. */
export async function insertRound(
  trx: Trx,
  round: {
    id: string;
    practiceId: string;
    scale: string;
    scaleVersion: number;
    reviewers: readonly [string, string];
    openedBy: string | null;
    at: Date;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("library.rating_round")
    .values({
      id: round.id,
      practice_id: round.practiceId,
      scale: round.scale,
      scale_version: round.scaleVersion,
      reviewer_1: round.reviewers[0],
      reviewer_2: round.reviewers[1],
      opened_by: round.openedBy,
      opened_at: round.at,
    })
    .onConflict((conflict) =>
      conflict
        .column("practice_id")
        .where("state", "in", [sql.lit("open"), sql.lit("disagreed")])
        .doNothing(),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows !== 0n;
}

/** Lets nobody else go on with a round until the transaction ends. @returns its state now. */
export async function lockRound(trx: Trx, id: string): Promise<string | null> {
  const row = await trx
    .selectFrom("library.rating_round")
    .select("state")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row?.state ?? null;
}

/** Writes a reviewer's answer. It is never changed afterwards. */
export async function insertRating(
  trx: Trx,
  rating: Rating & { roundId: string; reviewer: string },
): Promise<void> {
  await trx
    .insertInto("library.rating")
    .values({
      round_id: rating.roundId,
      seat: rating.seat,
      reviewer: rating.reviewer,
      answers: JSON.stringify(rating.answers),
      proposed: rating.proposed,
      level: rating.level,
      reason: rating.reason,
      given_at: rating.givenAt,
    })
    .execute();
}

/** Notes that the first two disagree. */
export async function markDisagreed(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable("library.rating_round")
    .set({ state: "disagreed" })
    .where("id", "=", id)
    .where("state", "=", "open")
    .execute();
}

/** Names the third. @returns false where the round needs none, or has had its third answer. */
export async function updateThird(trx: Trx, id: string, personId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.rating_round")
    .set({ reviewer_3: personId })
    .where("id", "=", id)
    .where("state", "=", "disagreed")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends a round without a rating. @returns false where it is over already. */
export async function cancelRoundRow(
  trx: Trx,
  id: string,
  cancelling: { because: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.rating_round")
    .set({ state: "cancelled", cancelled_because: cancelling.because, closed_at: cancelling.at })
    .where("id", "=", id)
    .where("state", "in", ["open", "disagreed"])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Closes a round with its outcome, and gives the practice its rating. */
export async function settleRound(
  trx: Trx,
  round: { id: string; practiceId: string },
  outcome: Outcome,
  at: Date,
): Promise<void> {
  await trx
    .updateTable("library.rating_round")
    .set({
      state: "closed",
      level: outcome.level,
      rating: outcome.rating,
      has_agreed: outcome.hasAgreed,
      evidence_items: outcome.evidenceItems,
      closed_at: at,
    })
    .where("id", "=", round.id)
    .where("state", "in", ["open", "disagreed"])
    .execute();
  await trx
    .updateTable("library.practice")
    .set({ rating: outcome.rating, changed_at: at })
    .where("id", "=", round.practiceId)
    .execute();
}
