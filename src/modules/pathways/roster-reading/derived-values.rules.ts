// Values that a row gives only together: helpers folded into canonical columns, totals; roster format v1, section 1.
import { isAge } from "./cell-conversion.rules.ts";
import { blankReading, type CellReading, plainReading, unreadable } from "./cell-reading.types.ts";
import { findCounty } from "./county.rules.ts";
import { shortestDecimal, twoDecimals } from "./number.rules.ts";
import { codeList } from "./roster-format.rules.ts";
import type { CheckCode } from "./roster-reading.types.ts";
import {
  AGE,
  AWARD_PAIRS,
  AWARD_TOTAL,
  awardPosition,
  BIRTH_YEAR,
  COUNTY,
  DIDACTIC,
  ETHNICITY,
  FIPS,
  HAS_LEFT,
  HOURS_TOTAL,
  IS_COMPLETED,
  OJL,
  OUTCOME,
  RACE,
  RACE_ETHNICITY,
  RACE_MARKS,
  STATE,
  TYPED_AWARDS,
  YEAR,
} from "./row-positions.rules.ts";

export type Report = (position: number, code: CheckCode) => void;

/** A row read into the order of `allColumns`. */
export type RowReadings = CellReading[];

export const NOTHING: CellReading = blankReading("");
const NOT_READABLE: CellReading = { ...NOTHING, readable: false };
const HISPANIC = "hispanic_or_latino";

/** A cell of a row; the array is always complete. */
export const at = (row: RowReadings, position: number): CellReading => row[position] ?? NOTHING;

/** Whether all these cells could be read. */
export function allReadable(row: RowReadings, positions: readonly number[]): boolean {
  for (const position of positions) if (!at(row, position).readable) return false;
  return true;
}

/** Age = first year of the academic year - birth year. */
export function ageFromBirthYear(row: RowReadings, report: Report): void {
  const age = at(row, AGE);
  const born = at(row, BIRTH_YEAR);
  const year = at(row, YEAR);
  if (!age.blank || !age.readable || born.blank || !born.readable || !year.readable) return;
  const years = year.number - born.number;
  if (isAge(years)) row[AGE] = plainReading(String(years), years);
  else report(BIRTH_YEAR, "AGE_RANGE");
}

/** race_ethnicity from race, ethnicity and the seven race_<code> columns, beside its own column. */
export function foldRace(row: RowReadings): void {
  const marks = RACE_MARKS.map((mark) => mark.position);
  if (!allReadable(row, [RACE_ETHNICITY, RACE, ETHNICITY, ...marks])) {
    row[RACE_ETHNICITY] = NOT_READABLE;
    return;
  }
  const given = new Set([...at(row, RACE_ETHNICITY).text.split(";"), ...at(row, RACE).text.split(";")]);
  if (at(row, ETHNICITY).text === "yes") given.add(HISPANIC);
  for (const mark of RACE_MARKS) if (at(row, mark.position).text === "yes") given.add(mark.code);
  const list = codeList("race_ethnicity");
  const named = list.codes.filter((code) => given.has(code) && code !== list.blank);
  row[RACE_ETHNICITY] = plainReading(named.length > 0 ? named.join(";") : (list.blank ?? ""));
}

/** outcome from is_completed and has_left, where the outcome column says nothing. */
export function foldOutcome(row: RowReadings, report: Report): void {
  const outcome = at(row, OUTCOME);
  const completed = at(row, IS_COMPLETED);
  const left = at(row, HAS_LEFT);
  if (!outcome.blank || !outcome.readable) return;
  if (!completed.readable || !left.readable) {
    row[OUTCOME] = NOT_READABLE;
  } else if (completed.text === "yes" && left.text === "yes") {
    report(OUTCOME, "OUTCOME_CONFLICT");
    row[OUTCOME] = NOT_READABLE;
  } else if (completed.text === "yes") {
    row[OUTCOME] = plainReading("completed");
  } else if (left.text === "yes") {
    row[OUTCOME] = plainReading("left");
  } else if (completed.blank && left.blank) {
    report(OUTCOME, "REQUIRED_MISSING");
    row[OUTCOME] = unreadable("REQUIRED_MISSING", true);
  } else {
    row[OUTCOME] = plainReading("continuing");
  }
}

/** Award type and amount pairs to typed awards. False when one of the cells could not be read. */
export function foldAwardPairs(row: RowReadings, report: Report): boolean {
  let complete = true;
  for (const [typeAt, amountAt] of AWARD_PAIRS) {
    const type = at(row, typeAt);
    const amount = at(row, amountAt);
    if (!type.readable || !amount.readable) {
      complete = false;
    } else if (!amount.blank && !type.blank) {
      const position = awardPosition(type.text);
      const other = at(row, position);
      const sum = (other.blank ? 0 : other.number) + amount.number;
      if (other.readable) row[position] = plainReading(twoDecimals(sum), sum);
    } else if (type.blank && amount.number > 0) {
      // Money without a type has no column to go to; dropping it silently would falsify the sums.
      report(typeAt, "REQUIRED_MISSING");
      complete = false;
    }
  }
  return complete;
}

/** Stored award_total_usd: the sum of the typed awards, or the stated total when none is typed. */
export function totalAwards(row: RowReadings, report: Report): void {
  const stated = at(row, AWARD_TOTAL);
  let sum = 0;
  let typed = false;
  for (const position of TYPED_AWARDS) {
    const award = at(row, position);
    if (!award.readable) {
      row[AWARD_TOTAL] = NOT_READABLE;
      return;
    }
    if (award.blank) continue;
    typed = true;
    sum += award.number;
  }
  if (!typed || !stated.readable) return;
  if (!stated.blank && stated.number !== sum) report(AWARD_TOTAL, "AWARD_TOTAL");
  if (stated.blank || stated.number !== sum) row[AWARD_TOTAL] = plainReading(twoDecimals(sum), sum);
}

/** Stored hours_total: stated, else didactic + on-the-job. */
export function totalHours(row: RowReadings): void {
  const total = at(row, HOURS_TOTAL);
  const didactic = at(row, DIDACTIC);
  const ojl = at(row, OJL);
  if (!total.readable || !total.blank) return;
  if (!didactic.readable || !ojl.readable) row[HOURS_TOTAL] = NOT_READABLE;
  else if (!didactic.blank || !ojl.blank) {
    const sum = (didactic.blank ? 0 : didactic.number) + (ojl.blank ? 0 : ojl.number);
    row[HOURS_TOTAL] = plainReading(shortestDecimal(sum), sum);
  }
}

/** site_county_fips from site_county and site_state. `memory` keeps the places that have been looked up. */
export function foldCounty(row: RowReadings, report: Report, memory: Map<string, CellReading>): void {
  const fips = at(row, FIPS);
  const county = at(row, COUNTY);
  const state = at(row, STATE);
  if (!fips.blank || fips.problems !== null || county.blank || !county.readable || !state.readable) return;
  const place = `${county.text}|${state.text}`;
  let found = memory.get(place);
  if (found === undefined) {
    found = plainReading(findCounty(county.text, state.text) ?? "");
    if (memory.size < 10_000) memory.set(place, found);
  }
  if (found.blank) report(COUNTY, "FIPS_UNKNOWN");
  else row[FIPS] = found;
}
