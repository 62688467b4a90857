import type { Scale } from "./scales.ts";

/** Question to answer, by their codes. */
export type Answers = Readonly<Record<string, string>>;

const fits = (conditions: Readonly<Record<string, readonly string[]>>, answers: Answers): boolean =>
  Object.entries(conditions).every(([question, codes]) => codes.includes(answers[question] ?? ""));

/**
 * The level that a scale's rules give for these answers: that of the first rule that fits. Null where the scale has no
 * level for them, as two of the scales have none for what does not work. The rules and their sources are data of
 * reference/rating-scales.json.
 */
export function rateByRubric(scale: Pick<Scale, "rules">, answers: Answers): string | null {
  const rule = scale.rules.find(
    ({ all, any }) => fits(all, answers) && (any === undefined || any.some((one) => fits(one, answers))),
  );
  return rule?.level ?? null;
}
