import { randomUUID } from "node:crypto";
import { system } from "../../../platform/database/actor.ts";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, forbidden, unusable } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { ratingAsked, ratingCancelled, ratingGiven, ratingSettled, thirdAsked } from "../events.ts";
import { countEvidence } from "../evidence/evidence.store.ts";
import { mayEditLibrary, mayRate } from "../library.policy.ts";
import type { Practice } from "../practices/practice.types.ts";
import { listPossibleReviewers, listRatings, listSeatsGiven } from "./rating.store.ts";
import type { Rating, Round, Seat } from "./rating.types.ts";
import {
  cancelRoundRow,
  insertRating,
  insertRound,
  lockRound,
  markDisagreed,
  settleRound,
  updateThird,
} from "./rating-write.store.ts";
import { judgeRound } from "./round.rules.ts";
import { type Answers, rateByRubric } from "./rubric.rules.ts";
import { findLevel, type Scale } from "./scales.ts";

function mustAsk(work: Work): void {
  if (!mayEditLibrary(work.actor))
    throw forbidden("Only librarians and administrators of the hub ask for ratings.");
}

async function about(work: Work, practiceId: string) {
  const { id: organizationId } = await getHubOrganization(work.trx);
  return { organizationId, subject: ["practice", practiceId] as [string, string] };
}

/** Asks two people for a rating of a practice. @returns the round's id. */
export async function askForRating(
  work: Work,
  practice: Practice,
  asked: { scale: Scale; reviewers: readonly [string, string] },
): Promise<string> {
  mustAsk(work);
  if (practice.state !== "published" && practice.state !== "draft")
    throw conflict("This practice is not in the library any more, so it is not rated.");
  const possible = new Set((await listPossibleReviewers(work.trx)).map(({ personId }) => personId));
  const [first, second] = asked.reviewers;
  if (first === second || !possible.has(first) || !possible.has(second))
    throw unusable("Choose two different people who are reviewers or librarians of the hub.");
  const id = randomUUID();
  const isOpened = await insertRound(work.trx, {
    id,
    practiceId: practice.id,
    scale: asked.scale.id,
    scaleVersion: asked.scale.version,
    reviewers: asked.reviewers,
    openedBy: work.actor.kind === "person" ? work.actor.personId : null,
    at: work.now,
  });
  if (!isOpened) throw conflict("This practice is being rated already. One rating goes on at a time.");
  await work.record(ratingAsked, {
    ...(await about(work, practice.id)),
    data: { practice: practice.slug, round: id, scale: asked.scale.id },
  });
  return id;
}

/** The seat in which somebody still has to answer; null where nothing waits for them. */
export function seatOf(round: Round, personId: string | null): Seat | null {
  const reviewer = round.reviewers.find((one) => one.personId === personId && !one.hasAnswered);
  if (!reviewer) return null;
  const isTurn = reviewer.seat === 3 ? round.state === "disagreed" : round.state === "open";
  return isTurn ? reviewer.seat : null;
}

/** What a reviewer sends: the rubric's answers (none from the third), the level, and why. */
export interface Answer {
  answers: Answers;
  level: string;
  reason: string;
}

/**
 * Gives a reviewer's answer, once and for all. The second of two that agree, or the third's, closes the round and gives
 * the practice its rating.
 */
export async function answerRound(
  work: Work,
  round: Round,
  answer: Answer,
): Promise<"waits" | "disagreed" | "closed"> {
  const { actor } = work;
  if (!mayRate(actor)) throw forbidden("Only reviewers and librarians of the hub rate practices.");
  const seat = seatOf(round, actor.personId);
  if (seat === null) throw conflict("This rating does not wait for your answer any more.");
  if (!round.scale || !findLevel(round.scale, answer.level))
    throw unusable("Choose a level of the scale that this rating is on.");
  // Two who answer at the same moment go on one after the other, so that the later one sees that both are in.
  const state = await asHub(work, (hub) => lockRound(hub.trx, round.id));
  const given = await listSeatsGiven(work.trx, round.id);
  if (state !== round.state || given.includes(seat))
    throw conflict("Somebody has gone on with this rating meanwhile. Look at how it stands now.");
  await insertRating(work.trx, {
    roundId: round.id,
    reviewer: actor.personId,
    seat,
    answers: seat === 3 ? {} : answer.answers,
    proposed: seat === 3 ? null : rateByRubric(round.scale, answer.answers),
    level: answer.level,
    reason: answer.reason,
    givenAt: work.now,
  });
  await work.record(ratingGiven, {
    ...(await about(work, round.practice.id)),
    data: { practice: round.practice.slug, round: round.id, seat },
  });
  // Before both are in, this reads the own answer only.
  const ratings = (await listRatings(work.trx, [round.id])).get(round.id) ?? [];
  return goOn(work, round, round.scale, ratings);
}

/** What the answers come to. Only the hub itself may write it, whoever gave the last of them. */
async function goOn(
  work: Work,
  round: Round,
  scale: Scale,
  ratings: readonly Rating[],
): Promise<"waits" | "disagreed" | "closed"> {
  const verdict = judgeRound(ratings);
  if (verdict.state === "open") return "waits";
  if (verdict.state === "disagreed") {
    await asHub(work, (hub) => markDisagreed(hub.trx, round.id));
    return "disagreed";
  }
  const level = findLevel(scale, verdict.level);
  if (!level) throw unusable("The scale has no such level.");
  const outcome = {
    level: level.code,
    rating: level.ladder,
    hasAgreed: verdict.hasAgreed,
    evidenceItems: await countEvidence(work.trx, round.practice.id),
  };
  await asHub(work, (hub) =>
    settleRound(hub.trx, { id: round.id, practiceId: round.practice.id }, outcome, work.now),
  );
  await work.record(ratingSettled, {
    ...(await about(work, round.practice.id)),
    data: {
      practice: round.practice.slug,
      round: round.id,
      scale: scale.id,
      level: outcome.level,
      rating: outcome.rating,
      agreed: outcome.hasAgreed,
    },
  });
  return "closed";
}

/** Does a part of the work as the hub itself, in the same transaction, and goes on as who acted before. */
async function asHub<T>(work: Work, task: (hub: Work) => Promise<T>): Promise<T> {
  const done = await task(await work.actAs(system));
  await work.actAs(work.actor);
  return done;
}

/** Asks a third person to decide where two disagree. */
export async function askThird(work: Work, round: Round, personId: string): Promise<void> {
  mustAsk(work);
  const possible = await listPossibleReviewers(work.trx);
  if (
    !possible.some((one) => one.personId === personId) ||
    round.reviewers.some((one) => one.seat !== 3 && one.personId === personId)
  )
    throw unusable("Choose a reviewer or librarian of the hub who has not rated this practice now.");
  if (!(await updateThird(work.trx, round.id, personId)))
    throw conflict("A third is asked only while two disagree.");
  await work.record(thirdAsked, {
    ...(await about(work, round.practice.id)),
    data: { practice: round.practice.slug, round: round.id },
  });
}

/** Ends a round without a rating, with the reason. What was answered stays in the history. */
export async function cancelRound(work: Work, round: Round, because: string): Promise<void> {
  mustAsk(work);
  if (!(await cancelRoundRow(work.trx, round.id, { because, at: work.now })))
    throw conflict("This rating is over already.");
  await work.record(ratingCancelled, {
    ...(await about(work, round.practice.id)),
    data: { practice: round.practice.slug, round: round.id },
  });
}
