// Pass 1 over one sheet: its header, its data rows, and what its columns prove.
import type { Cell, Row, Sheet } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { ColumnEvidence, needsEvidence } from "./column-evidence.rules.ts";
import type { HeaderMemory } from "./header-match.rules.ts";
import { findHeader, HEADER_WITHIN, type Header, type HeaderColumn } from "./header-rows.rules.ts";
import type { QuestionDesk } from "./question-desk.rules.ts";
import { columnOf } from "./roster-format.rules.ts";
import { compileRowFilter } from "./row-filter.rules.ts";
import { isGivenKey, readColumns, settleHeader } from "./sheet-columns.rules.ts";

const SAMPLE_SIZE = 300;

export interface SheetSurvey {
  sheetIndex: number;
  sheet: Sheet;
  header: Header;
  columns: HeaderColumn[];
  /** Texts above the header. */
  titles: string[];
  firstDataRow: number | null;
  lastDataRow: number | null;
  dataRows: number;
  /** Different texts of the unmatched columns, and of sex and age, by 1-based index. */
  samples: Map<number, Set<string>>;
}

/** What pass 1 needs beside the sheet. */
export interface SurveyContext {
  memory: HeaderMemory;
  desk: QuestionDesk;
  evidences: Map<string, ColumnEvidence>;
  /** Whether the sheet of that name is to be read if it has a header. */
  chosen: (name: string | null) => boolean;
  onRows: (rows: number) => void;
}

/** What the first rows of a sheet without a usable header hold. */
export interface NoHeader {
  header: null;
  /** The best header without a trainee_id column. */
  keyless: Header | null;
  firstRows: Row[];
}

function titlesAbove(rows: readonly Row[], header: Header): string[] {
  const first = header.rows[0] ?? 0;
  return rows
    .filter((row) => row.number < first)
    .flatMap((row) => row.cells.map((cell) => (typeof cell === "string" ? cell : cell.text).trim()))
    .filter((text) => text !== "");
}

const isSampled = (column: HeaderColumn): boolean =>
  !column.pii && (column.to === null || column.to === "sex" || column.to === "age");

class SurveyInProgress {
  readonly survey: SheetSurvey;
  readonly #lastHeaderRow: number;
  readonly #kindOf: (cells: readonly Cell[]) => string;
  readonly #evidence: { index: number; evidence: ColumnEvidence }[];
  readonly #samples: { index: number; sample: Set<string> }[];

  constructor(
    sheetIndex: number,
    sheet: Sheet,
    header: Header,
    firstRows: readonly Row[],
    context: SurveyContext,
  ) {
    const columns = settleHeader(header, sheet.name, context.desk);
    const read = readColumns(columns);
    const sampled = columns
      .filter(isSampled)
      .map((column) => ({ index: column.index - 1, sample: new Set<string>() }));
    this.#lastHeaderRow = header.rows.at(-1) ?? 0;
    this.#kindOf = compileRowFilter({ columns: read, splits: [], headerCells: header.cells });
    this.#samples = sampled;
    this.#evidence = read.flatMap(({ index, to }) => {
      if (!needsEvidence(columnOf(to))) return [];
      const evidence = context.evidences.get(to) ?? new ColumnEvidence(columnOf(to));
      context.evidences.set(to, evidence);
      return [{ index, evidence }];
    });
    this.survey = {
      sheetIndex,
      sheet,
      header,
      columns,
      titles: titlesAbove(firstRows, header),
      firstDataRow: null,
      lastDataRow: null,
      dataRows: 0,
      samples: new Map(sampled.map(({ index, sample }) => [index + 1, sample])),
    };
  }

  take(row: Row): void {
    if (row.number <= this.#lastHeaderRow || this.#kindOf(row.cells) !== "data") return;
    const { survey } = this;
    survey.firstDataRow ??= row.number;
    survey.lastDataRow = row.number;
    survey.dataRows++;
    for (const { index, evidence } of this.#evidence) evidence.see(row.cells[index] ?? "");
    for (const { index, sample } of this.#samples) {
      const cell = row.cells[index] ?? "";
      if (sample.size < SAMPLE_SIZE && cell !== "") sample.add(typeof cell === "string" ? cell : cell.text);
    }
  }
}

/** Surveys a sheet. Null: it has a header but was not chosen. */
export async function surveySheet(
  sheet: Sheet,
  sheetIndex: number,
  context: SurveyContext,
): Promise<SheetSurvey | NoHeader | "not chosen"> {
  const firstRows: Row[] = [];
  let progress: SurveyInProgress | null = null;
  let done = 0;
  const begin = (): "none" | "not chosen" | SurveyInProgress => {
    let header = findHeader(firstRows, context.memory);
    if (header === null) {
      header = findHeader(firstRows, context.memory, false);
      if (header === null || !isGivenKey(header, sheet.name, context.desk)) return "none";
    }
    if (!context.chosen(sheet.name)) return "not chosen";
    const started = new SurveyInProgress(sheetIndex, sheet, header, firstRows, context);
    for (const row of firstRows) started.take(row);
    return started;
  };
  // Two rows more than the header may stand in, because it may be three rows high.
  const enough = HEADER_WITHIN + 2;
  for await (const batch of sheet.batches()) {
    let from = 0;
    if (progress === null) {
      while (from < batch.length && firstRows.length < enough) {
        const row = batch[from++];
        if (row !== undefined) firstRows.push(row);
      }
      if (firstRows.length < enough) continue;
      const started = begin();
      if (started === "not chosen") return started;
      if (started === "none") break;
      progress = started;
    }
    for (let at = from; at < batch.length; at++) {
      const row = batch[at];
      if (row !== undefined) progress.take(row);
    }
    done += batch.length;
    context.onRows(done);
  }
  if (progress === null && firstRows.length > 0 && firstRows.length < enough) {
    const started = begin();
    if (started === "not chosen") return started;
    if (started !== "none") progress = started;
  }
  if (progress !== null) return progress.survey;
  return { header: null, keyless: findHeader(firstRows, context.memory, false), firstRows };
}
