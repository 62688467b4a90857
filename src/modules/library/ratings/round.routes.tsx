import { z } from "zod";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { ratingCancelled, ratingGiven, ratingSettled, thirdAsked } from "../events.ts";
import { listEvidence } from "../evidence/evidence.store.ts";
import { readEvidenceLabels } from "../evidence/evidence-labels.ts";
import { LIBRARIANS, mayEditLibrary, mayRate, RATERS } from "../library.policy.ts";
import { findPractice } from "../practices/practice.store.ts";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { AnswerForm, DecideForm, type Proposal } from "./answer-form.pages.tsx";
import { readAnswerForm, readAnswers } from "./answer-form.ts";
import { answerRound, askThird, cancelRound, seatOf } from "./rating.actions.ts";
import { ratingCrumbs } from "./rating.routes.tsx";
import { findRound, listPossibleReviewers, listRatings } from "./rating.store.ts";
import type { Round } from "./rating.types.ts";
import { RATINGS_PATH, roundPath } from "./rating-addresses.ts";
import { RoundPage, type RoundPageProps } from "./round.pages.tsx";
import { rateByRubric } from "./rubric.rules.ts";

const roundParams = z.object({ round: z.uuid() });
type RoundVisit = Visit<z.infer<typeof roundParams>, unknown>;

async function getRound(visit: RoundVisit): Promise<Round> {
  const round = await findRound(visit.trx, visit.params.round);
  if (!round) throw notFound("This rating");
  return round;
}

/** A reviewer's form as it was sent, with what the rubric made of it. */
interface SentAnswer {
  typed: Typed;
  errors: Sent["errors"];
  proposal: Proposal;
}

async function showRound(
  visit: RoundVisit,
  shown: { answer?: SentAnswer; sent?: RoundPageProps["sent"] } = {},
): Promise<Response> {
  const round = await getRound(visit);
  const practice = await findPractice(visit.trx, round.practice.slug);
  const hasErrors = shown.sent !== undefined || Object.keys(shown.answer?.errors ?? {}).length > 0;
  const isLibrarian = mayEditLibrary(visit.actor);
  const asked = round.reviewers.filter(({ seat }) => seat !== 3).map(({ personId }) => personId);
  return visit.page(
    {
      title: `Rating of “${round.practice.title}”`,
      breadcrumbs: ratingCrumbs(visit, round.practice.title),
      status: hasErrors ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <RoundPage
      round={round}
      ratings={(await listRatings(visit.trx, [round.id])).get(round.id) ?? []}
      items={await listEvidence(visit.trx, round.practice.id)}
      language={practice?.content.language ?? "en"}
      evidenceLabels={await readEvidenceLabels(visit.trx)}
      labels={await readPracticeLabels(visit.trx)}
      form={formOf(visit, round, shown.answer)}
      thirds={
        isLibrarian && round.state === "disagreed"
          ? (await listPossibleReviewers(visit.trx)).filter(({ personId }) => !asked.includes(personId))
          : null
      }
      mayCancel={isLibrarian && (round.state === "open" || round.state === "disagreed")}
      sent={shown.sent}
    />,
  );
}

/** The form that waits for the reader; null where none does. */
function formOf(visit: RoundVisit, round: Round, answer: SentAnswer | undefined) {
  const seat = mayRate(visit.actor) ? seatOf(round, visit.actor.personId) : null;
  if (seat === null || !round.scale) return null;
  const sent = answer ? { values: answer.typed, errors: answer.errors } : undefined;
  return seat === 3 ? (
    <DecideForm roundId={round.id} scale={round.scale} sent={sent} />
  ) : (
    <AnswerForm roundId={round.id} scale={round.scale} sent={sent} proposal={answer?.proposal} />
  );
}

const SAID = {
  waits: "Your answer is in. You can read the other one when it is in too.",
  disagreed: "Your answer is in. The two of you disagree: a third will decide.",
  closed: "Your answer is in, and the practice is rated.",
} as const;

/** One round: reviewers answer, librarians ask a third or cancel. */
export const roundRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${RATINGS_PATH}/:round`,
    who: RATERS,
    params: roundParams,
    handle: (visit) => showRound(visit),
  }),
  route({
    method: "POST",
    path: `${RATINGS_PATH}/:round/answer`,
    who: ["reviewer", "librarian"],
    params: roundParams,
    form: anyFields,
    events: [ratingGiven, ratingSettled],
    handle: async (visit, typed) => {
      const round = await getRound(visit);
      const seat = mayRate(visit.actor) ? seatOf(round, visit.actor.personId) : null;
      if (seat === null) throw conflict("This rating does not wait for your answer, or not any more.");
      const isThird = seat === 3;
      const { scale } = round;
      if (!scale) throw notFound("The scale of this rating");
      const isSent = typed["step"] === "send";
      if (!isThird) {
        const { answers, errors } = readAnswers(typed, scale);
        const isAnswered = Object.keys(errors).length === 0;
        if (!isSent || !isAnswered)
          return showRound(visit, {
            answer: {
              // Asked to propose, the level is the rubric's again.
              typed: isSent ? typed : { ...typed, level: undefined },
              errors,
              proposal: isAnswered ? { level: rateByRubric(scale, answers) } : undefined,
            },
          });
      }
      const { answer, errors } = readAnswerForm(typed, scale, isThird);
      if (Object.keys(errors).length > 0)
        return showRound(visit, {
          answer: { typed, errors, proposal: { level: rateByRubric(scale, answer.answers) } },
        });
      const came = await answerRound(visit, round, answer);
      return visit.redirect(roundPath(round.id), { kind: "good", text: SAID[came] });
    },
  }),
  route({
    method: "POST",
    path: `${RATINGS_PATH}/:round/third`,
    who: LIBRARIANS,
    params: roundParams,
    form: z.object({ third: z.uuid("Choose the third reviewer.") }),
    events: [thirdAsked],
    again: (visit, sent) => showRound(visit, { sent: { at: "third", sent } }),
    handle: async (visit, { third }) => {
      const round = await getRound(visit);
      await askThird(visit, round, third);
      return visit.redirect(roundPath(round.id), { kind: "good", text: "The third is asked." });
    },
  }),
  route({
    method: "POST",
    path: `${RATINGS_PATH}/:round/cancel`,
    who: LIBRARIANS,
    params: roundParams,
    form: z.object({
      because: z
        .string()
        .trim()
        .min(1, "Say why, in a few words.")
        .max(2000, "Use at most 2,000 characters."),
    }),
    events: [ratingCancelled],
    again: (visit, sent) => showRound(visit, { sent: { at: "cancel", sent } }),
    handle: async (visit, { because }) => {
      const round = await getRound(visit);
      await cancelRound(visit, round, because);
      return visit.redirect(RATINGS_PATH, { kind: "good", text: "The rating is cancelled." });
    },
  }),
];
