import type pg from "pg";
import { openSpreadsheet } from "../../../platform/spreadsheets/open-spreadsheet.ts";
import { type Spreadsheet, SpreadsheetError } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { examineRoster } from "../roster-reading/examine-roster.ts";
import { readRosterRows } from "../roster-reading/read-roster-rows.ts";
import type { Examination, Finding, RosterUpload } from "../roster-reading/roster-reading.types.ts";
import { RosterTotals } from "../roster-reading/roster-totals.ts";
import type { RememberedMapping } from "./memory.store.ts";
import type { RosterGiven, RosterOutcome, RosterProgress, RosterRefusal } from "./roster.types.ts";
import { copyStaged, createStaging, stagedLine } from "./staging.store.ts";

export interface FileToRead {
  path: string;
  /** null: a portfolio file, read for every grantee in it. */
  granteeCode: string | null;
  given: RosterGiven;
  memory: RememberedMapping;
  maxWorkbookBytes: number;
}

export interface ReadOptions {
  onProgress?: (progress: RosterProgress) => void;
  /** Called for every finding, in the order of the file. */
  onFinding?: (finding: Finding) => void;
}

export interface OpenedRoster {
  examination: Examination;
  spreadsheet: Spreadsheet;
  outcome: RosterOutcome;
  close(): Promise<void>;
}

/** Opens the file and reads it once: layout, evidence, questions. @returns a refusal where nothing of it can be loaded. */
export async function openRoster(
  file: FileToRead,
  options: ReadOptions = {},
): Promise<OpenedRoster | { refusal: RosterRefusal; outcome: RosterOutcome }> {
  let spreadsheet: Spreadsheet;
  try {
    spreadsheet = await openSpreadsheet(file.path, { maxUncompressedBytes: file.maxWorkbookBytes });
  } catch (error) {
    if (error instanceof SpreadsheetError) return refuse({ code: error.code, message: error.message });
    throw error;
  }
  try {
    const examination = await examineRoster(spreadsheet, {
      upload: uploadOf(file),
      answers: file.given.answers,
      rememberedColumns: file.memory.columns,
      rememberedValues: file.memory.values,
      onProgress: (rows) => options.onProgress?.({ step: "reading", rows }),
    });
    const outcome: RosterOutcome = {
      file: {
        format: examination.file.format,
        encoding: examination.file.encoding,
        delimiter: examination.file.delimiter,
        sheets: examination.sheets,
      },
      questions: examination.questions,
      fileFindings: examination.fileFindings,
    };
    if (examination.refusal) {
      await spreadsheet.close();
      return refuse(examination.refusal, outcome);
    }
    return { examination, spreadsheet, outcome, close: () => spreadsheet.close() };
  } catch (error) {
    await spreadsheet.close();
    // Damage that shows only when the rows are read.
    if (error instanceof SpreadsheetError) return refuse({ code: error.code, message: error.message });
    throw error;
  }
}

function refuse(
  refusal: RosterRefusal,
  outcome: RosterOutcome = {},
): { refusal: RosterRefusal; outcome: RosterOutcome } {
  return { refusal, outcome: { ...outcome, refusal } };
}

function uploadOf(file: FileToRead): RosterUpload {
  return {
    granteeCode: file.granteeCode,
    academicYear: file.given.academicYear,
    programName: file.given.programName,
  };
}

/** Reads every row, and passes each staging line on to `take`. @returns counts and totals. */
async function readRows(
  opened: OpenedRoster,
  options: ReadOptions,
  take: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<RosterOutcome> {
  const rows = { total: 0, loaded: 0, rejected: 0, warned: 0 };
  const byCode: Record<string, number> = {};
  const totals = new RosterTotals();
  const { onFinding, onProgress } = options;
  const lines = async function* (): AsyncGenerator<string> {
    for await (const batch of readRosterRows(opened.spreadsheet, opened.examination)) {
      let block = "";
      for (const row of batch) {
        rows.total += 1;
        rows[row.status] += 1;
        if (row.warned) rows.warned += 1;
        for (const finding of row.findings) {
          byCode[finding.code] = (byCode[finding.code] ?? 0) + 1;
          onFinding?.(finding);
        }
        totals.add(row);
        block += stagedLine(row);
      }
      onProgress?.({ step: "checking", rows: rows.total, total: opened.examination.dataRows });
      yield block;
    }
  };
  await take(lines());
  return { ...opened.outcome, rows, byCode, totals: totals.result() };
}

/** Reads every row into the staging table of the client's transaction. */
export async function stageRows(
  client: pg.ClientBase,
  opened: OpenedRoster,
  options: ReadOptions = {},
): Promise<RosterOutcome> {
  await createStaging(client);
  return readRows(opened, options, (lines) => copyStaged(client, lines));
}

/** Reads every row without a database: counts, findings and totals. */
export function checkRows(opened: OpenedRoster, options: ReadOptions = {}): Promise<RosterOutcome> {
  return readRows(opened, options, async (lines) => {
    for await (const _line of lines) continue;
  });
}
