/** The five races of the 1997 standard, in its order of codes here. */
export const RACES_1997 = [
  "american_indian_or_alaska_native",
  "asian",
  "black_or_african_american",
  "native_hawaiian_or_pacific_islander",
  "white",
] as const;

export type Race1997 = (typeof RACES_1997)[number];

/** An answer to the combined question of 2024; several may be ticked. */
export type Spd15Answer =
  | Race1997
  | "hispanic_or_latino"
  | "middle_eastern_or_north_african"
  | "not_reported";

/** The two questions of 1997. An empty list of races means that race was not reported. */
export interface RaceEthnicity1997 {
  readonly hispanic: "yes" | "no" | "not_reported";
  readonly races: readonly Race1997[];
}

/**
 * Derives the two questions of 1997 (Hispanic or Latino; race, one or more of five) from the answers to the one
 * combined question of 2024, for the forms that still ask in the old way.
 *
 * - Middle Eastern or North African counts as White, as the 1997 definition of White has it.
 * - Hispanic or Latino alone: Hispanic yes, race not reported.
 * - Any answer without Hispanic or Latino: Hispanic no (the combined question offered it).
 * - No answer, or only "not reported": both not reported. "not reported" beside an answer says nothing more.
 *
 * Races come once each, in the order of `RACES_1997`, whatever the order of the answers.
 * Source: OMB Statistical Policy Directive No. 15, revision of 2024, 89 FR 22182; the 1997 standards, 62 FR 58782.
 */
export function raceEthnicity1997(answers: readonly Spd15Answer[]): RaceEthnicity1997 {
  const given = new Set<Spd15Answer>(answers);
  given.delete("not_reported");
  if (given.size === 0) return { hispanic: "not_reported", races: [] };
  if (given.has("middle_eastern_or_north_african")) given.add("white");
  return {
    hispanic: given.has("hispanic_or_latino") ? "yes" : "no",
    races: RACES_1997.filter((race) => given.has(race)),
  };
}
