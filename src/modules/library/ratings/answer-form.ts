// What a reviewer types, as an answer to the rubric.
import type { Sent } from "../../../platform/web/route.ts";
import type { Typed } from "../practices/practice-form.ts";
import type { Answer } from "./rating.actions.ts";
import type { Answers } from "./rubric.rules.ts";
import { findLevel, questionsOf, type Scale } from "./scales.ts";

const MOST = 4000;

/** The field of a question. */
export const answerField = (questionId: string): string => `answer-${questionId}`;

const textOf = (typed: Typed, name: string): string =>
  ([typed[name] ?? ""].flat()[0] ?? "").trim().replaceAll("\r\n", "\n");

/** The answers to a scale's questions, and what is wrong with them. */
export function readAnswers(typed: Typed, scale: Scale): { answers: Answers; errors: Sent["errors"] } {
  const answers: Record<string, string> = {};
  const errors: Sent["errors"] = {};
  for (const question of questionsOf(scale)) {
    const code = textOf(typed, answerField(question.id));
    if (question.answers.some((answer) => answer.code === code)) answers[question.id] = code;
    else errors[answerField(question.id)] = ["Choose an answer."];
  }
  return { answers, errors };
}

/** The whole of what a reviewer sends; the third answers no questions. */
export function readAnswerForm(
  typed: Typed,
  scale: Scale,
  isThird: boolean,
): { answer: Answer; errors: Sent["errors"] } {
  const { answers, errors } = isThird
    ? { answers: {}, errors: {} as Sent["errors"] }
    : readAnswers(typed, scale);
  const level = textOf(typed, "level");
  const reason = textOf(typed, "reason");
  if (!findLevel(scale, level)) errors["level"] = ["Choose a level."];
  if (reason === "") errors["reason"] = ["Say why, in a few sentences: it stands on the practice's page."];
  else if (reason.length > MOST) errors["reason"] = ["Use at most 4,000 characters."];
  return { answer: { answers, level, reason }, errors };
}
