// The scales that practices are rated on, and the questions that lead to a level: data of reference/rating-scales.json.
import { z } from "zod";
import data from "../../../../reference/rating-scales.json" with { type: "json" };
import { type Language, languageNow } from "../../../ui/language.ts";

/** The library's own ladder, to which the levels of every scale are mapped, from the surest success to the surest failure. */
export const LADDER = ["strong", "some", "expert", "insufficient", "mixed", "ineffective"] as const;
export type Rung = (typeof LADDER)[number];

const text = z.object({ en: z.string().min(1), es: z.string().min(1) }) satisfies z.ZodType<
  Record<Language, string>
>;
export type Text = z.infer<typeof text>;
/** For each question that matters, the answers that fit. */
const answersThatFit = z.record(z.string(), z.array(z.string()).min(1));

const question = z.object({
  id: z.string(),
  label: text,
  hint: text.nullable(),
  answers: z.array(z.object({ code: z.string(), label: text })).min(2),
});
export type Question = z.infer<typeof question>;

const scale = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  publisher: z.string(),
  url: z.url(),
  /** Whether somebody has compared it with what its publisher says now. */
  verified: z.boolean(),
  /** What was compared with what, and what the scale lacks. */
  note: text,
  /** The rubric's questions that its rules need. */
  questions: z.array(z.string()).min(1),
  /** From the surest success to the surest failure. */
  levels: z.array(z.object({ code: z.string(), ladder: z.enum(LADDER), label: text, criteria: text })).min(2),
  /** The first rule that fits gives the level: all of `all`, and one of `any` where there is one. */
  rules: z.array(
    z.object({ level: z.string(), all: answersThatFit, any: z.array(answersThatFit).min(1).optional() }),
  ),
});
export type Scale = z.infer<typeof scale>;
export type Level = Scale["levels"][number];

const file = z.object({
  source: z.string(),
  rubric: z.object({ version: z.number().int(), source: z.string(), questions: z.array(question) }),
  scales: z.array(scale),
});
const { rubric, scales } = file.parse(data);

export const QUESTIONS: readonly Question[] = rubric.questions;
/** Every version of every scale; the newest of each is offered. */
export const SCALES: readonly Scale[] = scales;

/** What is offered for a new rating: the newest version of each scale. */
export const offeredScales = (): Scale[] =>
  SCALES.filter((one) =>
    SCALES.every((other) => other.id !== one.id || other.version <= one.version || other === one),
  );

/** The scale of a round, as it was when the round was opened; null where no file has it any more. */
export const findScale = (id: string, version: number): Scale | null =>
  SCALES.find((one) => one.id === id && one.version === version) ?? null;

export const findLevel = (of: Scale | null, code: string): Level | null =>
  of?.levels.find((level) => level.code === code) ?? null;

/** The questions that a scale asks, in the rubric's order. */
export const questionsOf = (of: Scale): Question[] => QUESTIONS.filter(({ id }) => of.questions.includes(id));

/** A text in the language of the page. */
export const inWords = (said: Text): string => said[languageNow()];
