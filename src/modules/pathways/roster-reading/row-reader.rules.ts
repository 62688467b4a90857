// One row of a sheet to one row of the roster, by a plan compiled once.

import type { Row } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { compileConversion, type FileSettings } from "./cell-conversion.rules.ts";
import { type CellReader, compileCellReader } from "./cell-reader.rules.ts";
import { type CellReading, plainReading } from "./cell-reading.types.ts";
import { cleanText } from "./cell-text.rules.ts";
import { CompactKeys, TextNumbers } from "./compact-keys.rules.ts";
import {
  ageFromBirthYear,
  at,
  foldAwardPairs,
  foldCounty,
  foldOutcome,
  foldRace,
  NOTHING,
  type RowReadings,
  totalAwards,
  totalHours,
} from "./derived-values.rules.ts";
import { findingMessage } from "./finding-messages.rules.ts";
import { quickReadingOf } from "./quick-readings.rules.ts";
import { allColumns, canonicalColumns, severityOf } from "./roster-format.rules.ts";
import type { CheckCode, ColumnSettings, Finding, RosterRow, SheetPlan } from "./roster-reading.types.ts";
import { checkRow } from "./row-checks.rules.ts";
import { compileRowFilter } from "./row-filter.rules.ts";
import { AWARD_TOTAL, GRANTEE, HOURS_TOTAL, PROGRAM, TRAINEE, YEAR } from "./row-positions.rules.ts";
import { readSpreadDate, readSpreadHours, readTwo } from "./split-cells.rules.ts";

export const DEFAULT_SETTINGS: ColumnSettings = {
  dateOrder: "mdy",
  decimal: "point",
  markBlank: "not_reported",
  percentScale: "percent",
  singleYear: null,
  unitFactor: 1,
  values: new Map(),
};

const CANONICAL = canonicalColumns.length;

/** The keys of the rows read so far, over all sheets (KEY_DUPLICATE). */
export class KeyLedger {
  #keys = new CompactKeys();
  #grantees = new TextNumbers();
  #programs = new TextNumbers();

  /** Whether this key stood in an earlier row; it is entered either way. */
  stoodEarlier(grantee: string, trainee: string, program: string, year: number): boolean {
    const before = this.#keys.size;
    // A file has few years and programs; together they fit into one number.
    const programYear = this.#programs.numberOf(program) * 128 + (year - 2000);
    return this.#keys.add(this.#grantees.numberOf(grantee), programYear, trainee) < before;
  }
}

function mappedNames(plan: SheetPlan): Set<string> {
  const names = new Set(plan.columns.map((column) => column.to));
  for (const split of plan.splits)
    for (const to of split.kind === "one-to-two" ? split.to : [split.to]) names.add(to);
  return names;
}

const LONGEST_QUOTE = 60;
// Nine digits in any grouping.
const MAY_BE_SSN = /(?:\d[ -]?){9}/;

/** What stood in the cell goes with each finding, for the one who mends the file; never where it may be an SSN. */
function quoteCells(
  findings: Finding[],
  cells: Row["cells"],
  columns: readonly { index: number; target: number }[],
): void {
  for (const finding of findings) {
    if (finding.code === "ID_SSN") continue;
    const target = allColumns.findIndex((column) => column.name === finding.column);
    const cell = cells[columns.find((column) => column.target === target)?.index ?? -1];
    if (cell === undefined) continue;
    const text = typeof cell === "string" ? cell : cell.text;
    if (!MAY_BE_SSN.test(text)) finding.read = cleanText(text).slice(0, LONGEST_QUOTE);
  }
}

/** Compiles the reading of a sheet's rows; null stands for a row that is no data. */
export function compileRowReader(
  plan: SheetPlan,
  settings: ReadonlyMap<string, ColumnSettings>,
  file: FileSettings,
  ledger: KeyLedger,
): (row: Row) => RosterRow | null {
  const kindOf = compileRowFilter(plan);
  const names = mappedNames(plan);
  const flags = names.has("is_completed") || names.has("has_left");
  const readers: CellReader[] = allColumns.map((column) => {
    // With completion flags the outcome may stay blank here; folding them decides whether it is missing.
    const definition = flags && column.name === "outcome" ? { ...column, required: "no" as const } : column;
    // A column that this sheet does not have is simply blank, whatever another sheet's cells mean.
    const own = names.has(column.name) ? settings.get(column.name) : undefined;
    const reading = own ?? DEFAULT_SETTINGS;
    return compileCellReader(
      definition,
      compileConversion(definition, reading, file),
      quickReadingOf(definition, reading),
    );
  });
  const nameless: CellReader = { read: () => NOTHING };
  const readerAt = (position: number): CellReader => readers[position] ?? nameless;
  const positions = new Map(allColumns.map((column, position) => [column.name, position]));
  const positionFor = (name: string): number => positions.get(name) ?? -1;

  const columns = plan.columns.map(({ index, to }) => {
    const target = positionFor(to);
    return { index, target, reader: readerAt(target) };
  });
  const absent: CellReading[] = allColumns.map((column, position) =>
    position < CANONICAL || names.has(column.name) ? readerAt(position).read("") : NOTHING,
  );
  const splits = plan.splits.map((split) => {
    if (split.kind === "one-to-two") {
      const [first, second] = split.to.map(positionFor) as [number, number];
      return (cells: Row["cells"], row: RowReadings): void => {
        [row[first], row[second]] = readTwo(cells[split.index], readerAt(first), readerAt(second));
      };
    }
    const target = positionFor(split.to);
    const [day = -1, month = -1, year = -1] = split.indexes;
    return (cells: Row["cells"], row: RowReadings): void => {
      row[target] =
        split.kind === "months"
          ? readSpreadHours(
              split.indexes.map((index) => cells[index]),
              readerAt(target),
            )
          : readSpreadDate(cells[day], cells[month], cells[year], readerAt(target));
    };
  });
  const has = {
    age: names.has("birth_year"),
    race:
      names.has("race") ||
      names.has("ethnicity") ||
      [...names].some((name) => name.startsWith("race_") && name !== "race_ethnicity"),
    pairs: names.has("award_1_amount") || names.has("award_2_amount"),
    county: names.has("site_county"),
  };
  const counties = new Map<string, CellReading>();

  let findings: Finding[] = [];
  let rowNumber = 0;
  const report = (position: number, code: CheckCode): void => {
    const column = allColumns[position]?.name ?? "";
    findings.push({
      sheet: plan.name,
      row: rowNumber,
      column,
      code,
      severity: severityOf(code),
      message: findingMessage(code, column),
    });
  };

  const mappedPositions = new Set(columns.map((column) => column.target));
  const absentProblem = absent.map((reading) => reading.problems !== null);
  const alwaysLook =
    splits.length > 0 || absentProblem.some((problem, position) => problem && !mappedPositions.has(position));

  const noValues: readonly string[] = canonicalColumns.map(() => "");

  const readCells = (cells: Row["cells"]): RowReadings => {
    const row = absent.slice();
    let look = alwaysLook;
    for (const { index, target, reader } of columns) {
      const cell = cells[index];
      if (cell === undefined || cell === "") {
        look ||= absentProblem[target] === true;
        continue;
      }
      const reading = reader.read(cell);
      row[target] = reading;
      look ||= reading.problems !== null;
    }
    for (const split of splits) split(cells, row);
    if (!look) return row;
    for (let position = 0; position < row.length; position++) {
      const problems = row[position]?.problems;
      if (problems !== null && problems !== undefined) for (const code of problems) report(position, code);
    }
    return row;
  };

  const judge = (row: RowReadings): void => {
    const stated = at(row, HOURS_TOTAL).number;
    if (has.age) ageFromBirthYear(row, report);
    if (has.race) foldRace(row);
    if (flags) foldOutcome(row, report);
    if (has.county) foldCounty(row, report, counties);
    if (has.pairs && !foldAwardPairs(row, report))
      row[AWARD_TOTAL] = { ...plainReading(""), readable: false };
    else totalAwards(row, report);
    totalHours(row);
    checkRow(row, stated, report);
    const grantee = at(row, GRANTEE);
    const trainee = at(row, TRAINEE);
    const program = at(row, PROGRAM);
    const year = at(row, YEAR);
    if (grantee.readable && trainee.readable && program.readable && year.readable) {
      if (ledger.stoodEarlier(grantee.key, trainee.key, program.key, year.number))
        report(TRAINEE, "KEY_DUPLICATE");
    }
  };

  return ({ number, cells }) => {
    if (kindOf(cells) !== "data") return null;
    findings = [];
    rowNumber = number;
    const row = readCells(cells);
    judge(row);
    if (findings.length > 0) quoteCells(findings, cells, columns);
    const rejected = findings.some((finding) => finding.severity === "error");
    let values: string[] | null = null;
    if (!rejected) {
      values = noValues.slice();
      for (let position = 0; position < CANONICAL; position++) {
        const reading = row[position];
        if (reading !== undefined && reading.text !== "") values[position] = reading.text;
      }
    }
    return {
      sheet: plan.name,
      row: number,
      status: rejected ? "rejected" : "loaded",
      warned: !rejected && findings.length > 0,
      values,
      granteeCode: at(row, GRANTEE).text,
      traineeKey: at(row, TRAINEE).key,
      programKey: at(row, PROGRAM).key,
      academicYear: at(row, YEAR).text,
      findings,
    };
  };
}
