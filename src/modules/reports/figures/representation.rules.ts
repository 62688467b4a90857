import { RACES_1997, type Race1997 } from "../../../methods/race-1997.ts";
import { type NoRatioReason, representation } from "../../../methods/representation.ts";
import type { Race1997Figures } from "./report-figures.types.ts";

/** People by race (alone, of any ethnicity) and Hispanic origin (of any race); null: no figures for this county. */
export interface CountyPopulation {
  fips: string;
  total: number | null;
  races: Record<Race1997, number | null>;
  hispanic: number | null;
}

export interface RepresentationRow {
  /** A race of 1997, or "hispanic_or_latino". */
  category: Race1997 | "hispanic_or_latino";
  /** "alone": of this race only; "any": of this race, alone or with others; "hispanic": of any race, never added to the races. */
  basis: "alone" | "any" | "hispanic";
  trainees: number;
  /** Trainees whose answer is known. */
  known: number;
  population: number | null;
  traineeShare: number | null;
  populationShare: number | null;
  /** Trainees' share / population share, with the Wilson bounds (95 %) of the trainees' share over the population share. */
  ratio: { value: number; low: number; high: number } | null;
  why: NoRatioReason | null;
}

export interface RepresentationFigures {
  rows: RepresentationRow[];
  /** Counties of training sites. */
  counties: number;
  /** Of them, those without population figures (superseded codes, places outside the survey). */
  countiesWithoutFigures: string[];
  /** People in the counties that have figures. */
  population: number;
}

/**
 * The trainees beside the people of the counties served, each county once however many train there.
 *
 * The county data (American Community Survey 2019-2023, five years) give the races of 1997 alone, and Hispanic origin of
 * any race; "of any race" has no population figure, so it gets no ratio.
 */
export function representationOf(
  race: Race1997Figures,
  counties: readonly CountyPopulation[],
): RepresentationFigures {
  const withFigures = counties.filter((county) => county.total !== null && county.total > 0);
  const population = sum(withFigures.map((county) => county.total ?? 0));
  const people = (read: (county: CountyPopulation) => number | null): number | undefined => {
    const known = withFigures.map(read);
    return withFigures.length === 0 || known.includes(null)
      ? undefined
      : sum(known.map((value) => value ?? 0));
  };
  const total = withFigures.length === 0 ? undefined : population;
  const races = race.race_reported.trainees;
  const answered = race.hispanic.yes.trainees + race.hispanic.no.trainees;
  const rows = [
    ...RACES_1997.map((category) =>
      row({
        category,
        basis: "alone",
        trainees: race.categories[category].alone.trainees,
        known: races,
        population: people((county) => county.races[category]),
        total,
      }),
    ),
    ...RACES_1997.map((category) =>
      row({
        category,
        basis: "any",
        trainees: race.categories[category].any.trainees,
        known: races,
        population: undefined,
        total,
      }),
    ),
    row({
      category: "hispanic_or_latino",
      basis: "hispanic",
      trainees: race.hispanic.yes.trainees,
      known: answered,
      population: people((county) => county.hispanic),
      total,
    }),
  ];
  return {
    rows,
    counties: counties.length,
    countiesWithoutFigures: counties
      .filter((county) => !withFigures.includes(county))
      .map((county) => county.fips),
    population,
  };
}

interface RowInput {
  category: RepresentationRow["category"];
  basis: RepresentationRow["basis"];
  trainees: number;
  known: number;
  population: number | undefined;
  total: number | undefined;
}

function row({ category, basis, trainees, known, population, total }: RowInput): RepresentationRow {
  const [found] = representation([{ category, trainees, population }], known, total);
  const ratio = found?.kind === "ratio" ? found : null;
  return {
    category,
    basis,
    trainees,
    known,
    population: population ?? null,
    traineeShare: known > 0 ? trainees / known : null,
    populationShare: population !== undefined && total ? population / total : null,
    ratio: ratio ? { value: ratio.ratio, low: ratio.low, high: ratio.high } : null,
    why: found?.kind === "none" ? found.reason : null,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
