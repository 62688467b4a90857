// What the report counts, over loaded rows: roster format v1, section 6.
import { CompactKeys, TextNumbers } from "./compact-keys.rules.ts";
import { canonicalHundredths } from "./quick-readings.rules.ts";
import { canonicalColumns, positionOf, raceCategories, typedAwards } from "./roster-format.rules.ts";
import type { RosterRow } from "./roster-reading.types.ts";

export interface Count {
  rows: number;
  /** Distinct trainees; a trainee in two codes counts in both. */
  trainees: number;
}

export interface RaceCount {
  alone: number;
  in_combination: number;
  any: number;
}

export interface YearTotals {
  rows: number;
  trainees: number;
  by: Record<string, Record<string, Count>>;
  race_ethnicity: Record<string, RaceCount | number>;
  awards_usd: Record<string, number>;
  hours: Record<string, number>;
  completions: number;
  attrition: number;
  continuing: number;
  employed_1y: { employed: number; known: number; completed: number };
}

export interface Totals extends YearTotals {
  by_year: Record<string, YearTotals>;
}

const BANDED = "age_band";
const NOT_COUNTED: ReadonlySet<string> = new Set(["apprenticeship_approach"]);
const NOT_SUMMED: ReadonlySet<string> = new Set(["hours_ojl_to_date"]);
/** Columns counted by code: every coded column but the approach, and the academic year. */
const COUNTED = canonicalColumns
  .filter((column) => (column.type === "code" && !NOT_COUNTED.has(column.name)) || column.type === "ay")
  .map((column) => ({ name: column.name, position: positionOf(column.name) }))
  .concat([{ name: BANDED, position: positionOf("age") }]);
const AWARDS = ["award_total_usd", ...typedAwards].map((name) => ({
  name: name.slice("award_".length, -"_usd".length),
  position: positionOf(name),
}));
const HOURS = canonicalColumns
  .filter((column) => column.type === "hours" && !NOT_SUMMED.has(column.name))
  .map((column) => ({ name: column.name.slice("hours_".length), position: positionOf(column.name) }));
const RACE = positionOf("race_ethnicity");
const OUTCOME = positionOf("outcome");
const EMPLOYED = positionOf("employment_1y");

/** The band of an age, or of a blank one. */
export function ageBand(age: string): string {
  if (age === "") return "not_reported";
  const years = Number(age);
  if (years < 20) return "<20";
  return years >= 60 ? "60+" : `${Math.floor(years / 10) * 10}-${Math.floor(years / 10) * 10 + 9}`;
}

/** Which trainees have been counted: one bit each, outside the heap. */
class TraineeBits {
  #bits = new Uint32Array(32);
  count = 0;

  add(trainee: number): void {
    const word = trainee >>> 5;
    if (word >= this.#bits.length) {
      const larger = new Uint32Array(Math.max(word + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    const bit = 1 << (trainee & 31);
    const before = this.#bits[word] ?? 0;
    if ((before & bit) !== 0) return;
    this.#bits[word] = before | bit;
    this.count++;
  }
}

/** Rows and trainees of one code in one year; the bits of all years are shared by the years' counters. */
class Counter {
  rows = 0;
  readonly trainees = new TraineeBits();
  readonly everyYear: TraineeBits;

  constructor(everyYear: TraineeBits) {
    this.everyYear = everyYear;
  }

  add(trainee: number): void {
    this.rows++;
    this.trainees.add(trainee);
    this.everyYear.add(trainee);
  }
}

const ALL = "";

/** Distinct trainees by column and code over all years. */
class EveryYear {
  readonly #bits = new Map<string, TraineeBits>();

  of(column: string, code: string): TraineeBits {
    const place = `${column}\t${code}`;
    let bits = this.#bits.get(place);
    if (bits === undefined) {
      bits = new TraineeBits();
      this.#bits.set(place, bits);
    }
    return bits;
  }
}

class YearTally {
  readonly all: Counter;
  readonly by: Map<string, Counter>[];
  readonly race = new Map<string, RaceCount>(
    raceCategories.map((code) => [code, { alone: 0, in_combination: 0, any: 0 }]),
  );
  twoOrMore = 0;
  raceNotReported = 0;
  readonly awards = new Float64Array(AWARDS.length);
  readonly hours = new Float64Array(HOURS.length);
  employed = 0;
  known = 0;
  readonly #everyYear: EveryYear;

  constructor(everyYear: EveryYear) {
    this.#everyYear = everyYear;
    this.all = new Counter(everyYear.of(ALL, ALL));
    this.by = COUNTED.map(() => new Map());
  }

  add(values: readonly string[], trainee: number): void {
    this.all.add(trainee);
    for (let i = 0; i < COUNTED.length; i++) {
      const column = COUNTED[i];
      if (column === undefined) continue;
      const value = values[column.position] ?? "";
      const code = column.name === BANDED ? ageBand(value) : value;
      let counter = this.by[i]?.get(code);
      if (counter === undefined) {
        counter = new Counter(this.#everyYear.of(column.name, code));
        this.by[i]?.set(code, counter);
      }
      counter.add(trainee);
    }
    this.#addRace(values[RACE] ?? "");
    addHundredths(this.awards, AWARDS, values, true);
    addHundredths(this.hours, HOURS, values, false);
    if (values[OUTCOME] !== "completed") return;
    const employment = values[EMPLOYED] ?? "";
    if (employment !== "not_reported") this.known++;
    if (employment.startsWith("employed_")) this.employed++;
  }

  #addRace(text: string): void {
    if (text === "not_reported" || text === "") {
      this.raceNotReported++;
      return;
    }
    const several = text.includes(";");
    if (several) this.twoOrMore++;
    for (const code of several ? text.split(";") : [text]) {
      const race = this.race.get(code);
      if (race === undefined) continue;
      race.any++;
      if (several) race.in_combination++;
      else race.alone++;
    }
  }
}

function addHundredths(
  sums: Float64Array,
  columns: readonly { position: number }[],
  values: readonly string[],
  isAmount: boolean,
): void {
  for (let i = 0; i < columns.length; i++) {
    const text = values[columns[i]?.position ?? 0];
    if (text === undefined || text === "") continue;
    const quick = canonicalHundredths(text, isAmount);
    // Whole numbers of hundredths: no cent is lost however many rows are added.
    sums[i] = (sums[i] ?? 0) + (quick < 0 ? Math.round(Number(text) * 100) : quick);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The totals of some years together; `trainees` gives the distinct ones of a column and code. */
function totalsOf(
  years: readonly YearTally[],
  trainees: (column: string, code: string) => number,
): YearTotals {
  const by: Record<string, Record<string, Count>> = {};
  for (const [i, { name }] of COUNTED.entries()) {
    const codes = new Map<string, number>();
    for (const year of years) {
      for (const [code, counter] of year.by[i] ?? []) codes.set(code, (codes.get(code) ?? 0) + counter.rows);
    }
    if (codes.size === 0) continue;
    const ordered = [...codes].toSorted(([one], [other]) => (one < other ? -1 : 1));
    by[name] = Object.fromEntries(
      ordered.map(([code, rows]) => [code, { rows, trainees: trainees(name, code) }]),
    );
  }
  const race = (code: string, kind: keyof RaceCount): number =>
    sum(years.map((year) => year.race.get(code)?.[kind] ?? 0));
  const outcome = (code: string): number => by["outcome"]?.[code]?.rows ?? 0;
  return {
    rows: sum(years.map((year) => year.all.rows)),
    trainees: trainees(ALL, ALL),
    by,
    race_ethnicity: {
      ...Object.fromEntries(
        raceCategories.map((code) => [
          code,
          {
            alone: race(code, "alone"),
            in_combination: race(code, "in_combination"),
            any: race(code, "any"),
          },
        ]),
      ),
      two_or_more: sum(years.map((year) => year.twoOrMore)),
      not_reported: sum(years.map((year) => year.raceNotReported)),
    },
    awards_usd: Object.fromEntries(
      AWARDS.map(({ name }, i) => [name, sum(years.map((year) => year.awards[i] ?? 0)) / 100]),
    ),
    hours: Object.fromEntries(
      HOURS.map(({ name }, i) => [name, sum(years.map((year) => year.hours[i] ?? 0)) / 100]),
    ),
    completions: outcome("completed"),
    attrition: outcome("left"),
    continuing: outcome("continuing"),
    employed_1y: {
      employed: sum(years.map((year) => year.employed)),
      known: sum(years.map((year) => year.known)),
      completed: outcome("completed"),
    },
  };
}

/** Adds up loaded rows; exact for any number of rows, with a few bits per trainee. */
export class RosterTotals {
  readonly #trainees = new CompactKeys();
  readonly #grantees = new TextNumbers();
  readonly #everyYear = new EveryYear();
  readonly #years = new Map<string, YearTally>();

  add(row: RosterRow): void {
    if (row.values === null) return;
    const grantee = this.#grantees.numberOf(row.granteeCode.toUpperCase());
    const trainee = this.#trainees.add(grantee, 0, row.traineeKey);
    let tally = this.#years.get(row.academicYear);
    if (tally === undefined) {
      tally = new YearTally(this.#everyYear);
      this.#years.set(row.academicYear, tally);
    }
    tally.add(row.values, trainee);
  }

  result(): Totals {
    const years = [...this.#years].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const everyYear = totalsOf(
      years.map(([, tally]) => tally),
      (column, code) => this.#everyYear.of(column, code).count,
    );
    const byYear = years.map(([year, tally]): [string, YearTotals] => {
      const inYear = (column: string, code: string): number => {
        const position = COUNTED.findIndex(({ name }) => name === column);
        return (column === ALL ? tally.all : tally.by[position]?.get(code))?.trainees.count ?? 0;
      };
      return [year, totalsOf([tally], inYear)];
    });
    return { ...everyYear, by_year: Object.fromEntries(byYear) };
  }
}
