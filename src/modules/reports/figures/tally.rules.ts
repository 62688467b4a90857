// Turns what the database counted into the figures of each year, and of all years together.
import { RACES_1997, raceEthnicity1997 } from "../../../methods/race-1997.ts";
import { type CountedRow, FAMILIES, PAID_BITS, type SummedYear } from "./counts.store.ts";
import {
  AWARD_TYPES,
  type Count,
  DIMENSIONS,
  type Dimension,
  type EmploymentFigures,
  HOUR_KINDS,
  SPD15_CATEGORIES,
  type YearFigures,
} from "./report-figures.types.ts";

/** The place of a figure: a dimension and its code, a race predicate, an award. */
type Place = string;

/** What the bits of one dimension stand for: the places a trainee with this bit counts in. */
type BitPlaces = readonly (readonly Place[])[];

const ALL: Place = "all";
const place = (dimension: string, code: string): Place => `${dimension}\t${code}`;

/** Everything a list of race categories counts in, under SPD 15 (2024) and under the standard of 1997. */
function racePlaces(given: readonly string[]): Place[] {
  const categories = SPD15_CATEGORIES.filter((code) => given.includes(code));
  const kind = categories.length > 1 ? "in_combination" : "alone";
  const derived = raceEthnicity1997(categories);
  const races = derived.races;
  return [
    ...categories.flatMap((code) => [place("any", code), place(kind, code)]),
    place("race", categories.length === 0 ? "not_reported" : "reported"),
    ...(categories.length > 1 ? [place("race", "two_or_more")] : []),
    ...races.flatMap((code) => [
      place("any1997", code),
      ...(races.length === 1 ? [place("alone1997", code)] : []),
    ]),
    place("race1997", races.length === 0 ? "not_reported" : "reported"),
    ...(races.length > 1 ? [place("race1997", "two_or_more")] : []),
    place("hispanic", derived.hispanic),
  ];
}

const paidPlaces: BitPlaces = PAID_BITS.map((award) => [place("paid", award)]);

/** Counts enrollments and trainees of one year, or of all years, place by place. */
class Tally {
  readonly counts = new Map<Place, Count>();
  /** Enrollments by training program type and outcome. */
  readonly outcomes: Record<string, Record<string, number>> = {};
  readonly leftReasons: Record<string, number> = {};
  readonly employment = { employment_at_completion: emptyEmployment(), employment_1y: emptyEmployment() };
  readonly awards = new Map<string, number>();
  readonly hours = new Map<string, number>();

  at(name: Place): Count {
    const known = this.counts.get(name);
    if (known) return known;
    const made = { rows: 0, trainees: 0 };
    this.counts.set(name, made);
    return made;
  }

  /** Enrollments, each counted as a trainee until `correct` takes off those who are there already. */
  add(name: Place, n: number): void {
    const count = this.at(name);
    count.rows += n;
    count.trainees += n;
  }

  correct(name: Place, trainees: number): void {
    this.at(name).trainees += trainees;
  }

  addFamily(family: keyof typeof FAMILIES, key: CountedRow["key"], n: number): void {
    FAMILIES[family].forEach((dimension, position) => {
      // The outcome stands in two families, so that it can be crossed with both; it counts once.
      if (!(family === "outcome" && position === 0)) this.add(place(dimension, key[position] ?? ""), n);
    });
    if (family === "program") {
      this.add(ALL, n);
      const [programType, , , , outcome] = key;
      const outcomes = (this.outcomes[programType ?? ""] ??= {});
      outcomes[outcome ?? ""] = (outcomes[outcome ?? ""] ?? 0) + n;
    }
    if (family === "outcome" && key[0] === "left")
      this.leftReasons[key[1] ?? ""] = (this.leftReasons[key[1] ?? ""] ?? 0) + n;
    if (family === "outcome" && key[0] === "completed") {
      addEmployment(this.employment.employment_at_completion, key[2] ?? "", n);
      addEmployment(this.employment.employment_1y, key[3] ?? "", n);
    }
  }

  addSums(sums: SummedYear): void {
    // In cents and hundredths of hours: whole numbers add up exactly.
    for (const [name, text] of Object.entries(sums.awards))
      this.awards.set(name, (this.awards.get(name) ?? 0) + Math.round(Number(text) * 100));
    for (const [name, text] of Object.entries(sums.hours))
      this.hours.set(name, (this.hours.get(name) ?? 0) + Math.round(Number(text) * 100));
  }

  figures(): YearFigures {
    const count = (dimension: string, code: string): Count => ({
      ...(this.counts.get(place(dimension, code)) ?? { rows: 0, trainees: 0 }),
    });
    const record = <Name extends string, Value>(names: readonly Name[], read: (name: Name) => Value) =>
      Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, Value>;
    return {
      ...(this.counts.get(ALL) ?? { rows: 0, trainees: 0 }),
      by: record(DIMENSIONS, (dimension) => this.#codes(dimension)),
      race: {
        categories: record(SPD15_CATEGORIES, (code) => ({
          any: count("any", code),
          alone: count("alone", code),
          in_combination: count("in_combination", code),
        })),
        two_or_more: count("race", "two_or_more"),
        not_reported: count("race", "not_reported"),
        reported: count("race", "reported"),
      },
      race1997: {
        categories: record(RACES_1997, (code) => ({
          any: count("any1997", code),
          alone: count("alone1997", code),
        })),
        two_or_more: count("race1997", "two_or_more"),
        race_not_reported: count("race1997", "not_reported"),
        race_reported: count("race1997", "reported"),
        hispanic: record(["yes", "no", "not_reported"], (code) => count("hispanic", code)),
      },
      awards: record(["total", ...AWARD_TYPES], (name) => ({
        usd: (this.awards.get(name) ?? 0) / 100,
        trainees: count("paid", name).trainees,
      })),
      hours: record(HOUR_KINDS, (name) => (this.hours.get(name) ?? 0) / 100),
      outcomesByProgramType: this.outcomes,
      leftReasons: this.leftReasons,
      employmentAtCompletion: this.employment.employment_at_completion,
      employmentOneYearLater: this.employment.employment_1y,
    };
  }

  #codes(dimension: Dimension): Record<string, Count> {
    const prefix = `${dimension}\t`;
    const found = [...this.counts]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, count]): [string, Count] => [name.slice(prefix.length), count]);
    return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }
}

function emptyEmployment(): EmploymentFigures {
  return { employed: 0, known: 0, completed: 0, byCode: {} };
}

function addEmployment(figures: EmploymentFigures, employment: string, n: number): void {
  figures.completed += n;
  figures.byCode[employment] = (figures.byCode[employment] ?? 0) + n;
  if (employment !== "not_reported") figures.known += n;
  if (employment.startsWith("employed_")) figures.employed += n;
}

/** The positions of the bits that are set. A race's bits come as text, first position first; the others as a number. */
function bitsIn(dimension: string, bits: string): number[] {
  if (dimension === "race")
    return Array.from({ length: bits.length }, (_, position) => position).filter(
      (position) => bits[position] === "1",
    );
  const number = BigInt(bits);
  return Array.from({ length: 63 }, (_, position) => position).filter(
    (position) => (number >> BigInt(position)) & 1n,
  );
}

const MOST_CODES = 62;

function readBitPlaces(rows: readonly CountedRow[]): Map<string, BitPlaces> {
  const places = new Map<string, BitPlaces>([["paid", paidPlaces]]);
  const races: Place[][] = [];
  for (const { kind, key } of rows) {
    if (kind === "codes") {
      const [dimension = "", ...codes] = key;
      if (codes.length > MOST_CODES)
        throw new Error(`${dimension} has ${codes.length} codes; a report can count ${MOST_CODES}`);
      places.set(
        dimension ?? "",
        codes.map((code) => [place(dimension ?? "", code ?? "")]),
      );
    }
    if (kind === "races") races[Number(key[0])] = racePlaces(key.slice(1).map((code) => code ?? ""));
  }
  return places.set("race", races);
}

/** The figures of each year in which there are enrollments, and of all of them together. */
export function tally(
  rows: readonly CountedRow[],
  sums: readonly SummedYear[],
): { all: YearFigures; byYear: Record<string, YearFigures> } {
  const all = new Tally();
  const years = new Map<string, Tally>();
  const ofYear = (year: string): Tally => {
    const found = years.get(year) ?? new Tally();
    years.set(year, found);
    return found;
  };
  const bitPlaces = readBitPlaces(rows);
  for (const row of rows) addRow(row, bitPlaces, all, ofYear);
  for (const year of sums) for (const target of [all, ofYear(year.year)]) target.addSums(year);
  const ordered = [...years].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    all: all.figures(),
    byYear: Object.fromEntries(ordered.map(([year, counted]) => [year, counted.figures()])),
  };
}

function addRow(
  { kind, year, key, n }: CountedRow,
  bitPlaces: ReadonlyMap<string, BitPlaces>,
  all: Tally,
  ofYear: (year: string) => Tally,
): void {
  if (kind === "program" || kind === "outcome" || kind === "person") {
    for (const target of [all, ofYear(year ?? "")]) target.addFamily(kind, key, n);
  } else if (kind === "race" || kind === "paid") {
    const places =
      kind === "race"
        ? racePlaces(key.map((code) => code ?? ""))
        : bitsIn(kind, key[0] ?? "0").flatMap((bit) => paidPlaces[bit] ?? []);
    for (const target of [all, ofYear(year ?? "")]) for (const name of places) target.add(name, n);
  } else if (kind === "repeated" || kind === "several") {
    const [dimension, bits] = key;
    const places =
      dimension === ALL
        ? [ALL]
        : new Set(
            bitsIn(dimension ?? "", bits ?? "0").flatMap(
              (bit) => bitPlaces.get(dimension ?? "")?.[bit] ?? [],
            ),
          );
    // Enrollments are taken off in their year and in all; trainees were put together in each on their own.
    const targets = kind === "several" ? [year === null ? all : ofYear(year)] : [all, ofYear(year ?? "")];
    for (const target of targets)
      for (const name of places) target.correct(name, kind === "repeated" ? -n : n);
  }
}
