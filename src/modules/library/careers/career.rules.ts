// From where somebody stands to the first credential and to the license. Pure.
import type { CareerStep, Careers, Occupation, Stage } from "./career.types.ts";

/** The least and the most months; null where one of the steps has no figure. */
export type Months = readonly [number, number] | null;

export interface Way {
  occupation: Occupation;
  /** What is still ahead, in order. */
  ahead: { key: string; step: CareerStep; months: Months }[];
  /** Null besides "unknown": there is no license, or it is behind. */
  toFirstCredential: Months;
  toLicense: Months;
  /** Somebody at this stage has the first credential already. */
  hasFirstCredential: boolean;
}

const monthsOf = (step: CareerStep, stage: Stage): Months => step.monthsFrom[stage] ?? step.months;

/** The sum of the steps' months up to and with one of them; null where a figure is missing, or it is not ahead. */
function monthsTo(ahead: Way["ahead"], key: string | null): Months {
  const end = ahead.findIndex((one) => one.key === key);
  if (end === -1) return null;
  let [least, most] = [0, 0];
  for (const { months } of ahead.slice(0, end + 1)) {
    if (!months) return null;
    least += months[0];
    most += months[1];
  }
  return [least, most];
}

/** The way into an occupation from a stage. */
export function wayInto(careers: Careers, occupation: Occupation, stage: Stage): Way {
  const ahead = occupation.steps.slice(occupation.start[stage]).flatMap((key) => {
    const step = careers.steps[key];
    return step ? [{ key, step, months: monthsOf(step, stage) }] : [];
  });
  return {
    occupation,
    ahead,
    toFirstCredential: monthsTo(ahead, occupation.firstCredential),
    toLicense: monthsTo(ahead, occupation.license),
    hasFirstCredential: !ahead.some(({ key }) => key === occupation.firstCredential),
  };
}

/** The ways from a stage, the shortest to a first credential first; those that have it already come by their license. */
export function waysFrom(careers: Careers, stage: Stage): Way[] {
  const least = (way: Way): number =>
    (way.hasFirstCredential ? way.toLicense?.[0] : way.toFirstCredential?.[0]) ?? Number.MAX_SAFE_INTEGER;
  return careers.occupations
    .map((occupation) => wayInto(careers, occupation, stage))
    .toSorted((a, b) => least(a) - least(b) || (a.toLicense?.[0] ?? 0) - (b.toLicense?.[0] ?? 0));
}
