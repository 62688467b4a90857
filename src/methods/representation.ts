import { wilsonInterval, Z_95 } from "./wilson.ts";

/** One category of trainees beside the same category of the population of the counties served. */
export interface RepresentationInput {
  readonly category: string;
  /** Trainees in the category. */
  readonly trainees: number;
  /** People in the category in the counties served; undefined where the county data do not have it. */
  readonly population: number | undefined;
}

interface RepresentationCounts {
  readonly category: string;
  /** Trainees in the category. */
  readonly trainees: number;
  /** All trainees whose answer is known. */
  readonly n: number;
  readonly population: number | undefined;
  readonly populationTotal: number | undefined;
}

/** Why there is no ratio: no figure for the population, nobody of the category there, or no trainees at all. */
export type NoRatioReason = "population-absent" | "population-zero" | "no-trainees";

/** The ratio without unit: 1 = as many trainees as the population would lead one to expect. */
export type Representation = RepresentationCounts &
  (
    | {
        readonly kind: "ratio";
        readonly traineeShare: number;
        readonly populationShare: number;
        readonly ratio: number;
        readonly low: number;
        readonly high: number;
      }
    | { readonly kind: "none"; readonly reason: NoRatioReason }
  );

/**
 * How far the trainees mirror the population, per category:
 * ratio = (trainees / n) / (population / populationTotal); its bounds are the Wilson bounds of trainees / n (95 % by
 * default) divided by the population share, which is taken as known without error.
 *
 * `n` and `populationTotal` are given, not summed, because categories may overlap (of any race, alone) and people
 * without an answer belong to neither. Source of the bounds: see `wilsonInterval`.
 */
export function representation(
  categories: readonly RepresentationInput[],
  n: number,
  populationTotal: number | undefined,
  z: number = Z_95,
): Representation[] {
  return categories.map(({ category, trainees, population }): Representation => {
    const counts = { category, trainees, n, population, populationTotal };
    const none = (reason: NoRatioReason): Representation => ({ ...counts, kind: "none", reason });
    if (population === undefined || populationTotal === undefined) return none("population-absent");
    if (!(population >= 0 && population <= populationTotal))
      throw new RangeError(`${category}: ${population} of a population of ${populationTotal}`);
    const interval = wilsonInterval(trainees, n, z);
    if (population === 0 || populationTotal === 0) return none("population-zero");
    if (interval === null) return none("no-trainees");
    const populationShare = population / populationTotal;
    const traineeShare = trainees / n;
    return {
      ...counts,
      kind: "ratio",
      traineeShare,
      populationShare,
      ratio: traineeShare / populationShare,
      low: interval.low / populationShare,
      high: interval.high / populationShare,
    };
  });
}
