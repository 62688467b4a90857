import { isDeepStrictEqual } from "node:util";
import { openSpreadsheet } from "../../../platform/spreadsheets/open-spreadsheet.ts";
import {
  type Row,
  type Spreadsheet,
  SpreadsheetError,
} from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { examineRoster } from "../roster-reading/examine-roster.ts";
import { compileRosterReader, readRosterRows } from "../roster-reading/read-roster-rows.ts";
import type { Examination, ExamineOptions, Finding } from "../roster-reading/roster-reading.types.ts";
import type { RememberedMapping } from "./memory.store.ts";
import { noStage, PortionWriter, type RosterContents, type Stage } from "./portion-writer.ts";
import type { RosterGiven, RosterOutcome, RosterProgress, RosterRefusal } from "./roster.types.ts";

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
  /** How many findings are kept; all are counted. */
  mostFindings?: number;
}

export interface OpenedRoster {
  examination: Examination;
  spreadsheet: Spreadsheet;
  close(): Promise<void>;
}

/** What a file is, and what its rows gave. */
export interface RosterReading {
  outcome: RosterOutcome;
  /** The rows' contents; absent where nothing of the file can be loaded. */
  contents?: RosterContents;
  findings: Finding[];
}

/** Opens the file and reads it once: layout, evidence, questions. @returns a refusal where nothing of it can be loaded. */
export async function openRoster(file: FileToRead): Promise<OpenedRoster | { refusal: RosterRefusal }> {
  const spreadsheet = await openFile(file);
  if ("refusal" in spreadsheet) return spreadsheet;
  try {
    const examination = await examineRoster(spreadsheet, examineOptions(file));
    if (!examination.refusal) return { examination, spreadsheet, close: () => spreadsheet.close() };
    await spreadsheet.close();
    return { refusal: examination.refusal };
  } catch (error) {
    await spreadsheet.close();
    return refusalOf(error);
  }
}

/**
 * Reads a file whole: what it is, what has to be asked, and every row, which goes to the stage in portions. Nothing stays
 * on the stage where a question is open or the file is refused.
 */
export async function readRosterFile(
  file: FileToRead,
  stage: Stage,
  options: ReadOptions = {},
): Promise<RosterReading> {
  const spreadsheet = await openFile(file);
  if ("refusal" in spreadsheet) return { outcome: { refusal: spreadsheet.refusal }, findings: [] };
  try {
    return await readOpened(spreadsheet, file, stage, options);
  } catch (error) {
    const { refusal } = refusalOf(error);
    await stage.forget();
    return { outcome: { refusal }, findings: [] };
  } finally {
    await spreadsheet.close();
  }
}

/** So many rows of each sheet are looked at before the rows are read; they mostly prove how the others are to be read. */
const FIRST_ROWS = 2_000;

async function readOpened(
  spreadsheet: Spreadsheet,
  file: FileToRead,
  stage: Stage,
  options: ReadOptions,
): Promise<RosterReading> {
  const guess = await examineRoster(firstRowsOf(spreadsheet, FIRST_ROWS), examineOptions(file));
  let writer: PortionWriter | null = null;
  let followed = spreadsheet;
  if (!guess.refusal && guess.questions.length === 0) {
    const rowsOf = compileRosterReader(guess);
    const guessing = new PortionWriter(stage, options.mostFindings);
    followed = follow(spreadsheet, (sheetIndex, batch) => guessing.add(rowsOf(sheetIndex, batch)));
    writer = guessing;
  }
  let examination: Examination;
  try {
    examination = await examineRoster(followed, {
      ...examineOptions(file),
      onProgress: (rows) => options.onProgress?.({ step: "reading", rows }),
    });
  } finally {
    await writer?.end();
  }
  const outcome = outcomeOf(examination);
  if (examination.refusal || examination.questions.length > 0) await stage.forget();
  if (examination.refusal) return { outcome: { ...outcome, refusal: examination.refusal }, findings: [] };
  // Later rows may prove that the first ones were misread: then all are read again.
  if (!writer || !readsAlike(guess, examination)) {
    await stage.forget();
    writer = new PortionWriter(examination.questions.length > 0 ? noStage : stage, options.mostFindings);
    for await (const batch of readRosterRows(spreadsheet, examination)) {
      await writer.add(batch);
      options.onProgress?.({ step: "checking", rows: writer.rows.total, total: examination.dataRows });
    }
    await writer.end();
  }
  return {
    outcome: { ...outcome, ...writer.outcome() },
    contents: writer.contents,
    findings: writer.findings,
  };
}

/** Whether rows are read in the same way by both. */
function readsAlike(one: Examination, other: Examination): boolean {
  const readBy = ({ plans, settings, academicYear, programName }: Examination) => ({
    plans,
    settings,
    academicYear,
    programName,
  });
  return isDeepStrictEqual(readBy(one), readBy(other));
}

/** The same spreadsheet with the first rows of each sheet only. */
function firstRowsOf(spreadsheet: Spreadsheet, most: number): Spreadsheet {
  return {
    ...spreadsheet,
    sheets: spreadsheet.sheets.map((sheet) => ({
      ...sheet,
      async *batches() {
        let left = most;
        for await (const batch of sheet.batches()) {
          yield batch.length <= left ? batch : batch.slice(0, left);
          left -= batch.length;
          if (left <= 0) return;
        }
      },
    })),
  };
}

/** The same spreadsheet; `onBatch` sees every batch before its reader does. */
function follow(
  spreadsheet: Spreadsheet,
  onBatch: (sheetIndex: number, batch: Row[]) => Promise<void>,
): Spreadsheet {
  return {
    ...spreadsheet,
    sheets: spreadsheet.sheets.map((sheet, sheetIndex) => ({
      ...sheet,
      async *batches() {
        for await (const batch of sheet.batches()) {
          await onBatch(sheetIndex, batch);
          yield batch;
        }
      },
    })),
  };
}

function outcomeOf(examination: Examination): RosterOutcome {
  const { format, encoding, delimiter } = examination.file;
  return {
    file: { format, encoding, delimiter, sheets: examination.sheets },
    questions: examination.questions,
    fileFindings: examination.fileFindings,
  };
}

async function openFile(file: FileToRead): Promise<Spreadsheet | { refusal: RosterRefusal }> {
  try {
    return await openSpreadsheet(file.path, { maxUncompressedBytes: file.maxWorkbookBytes });
  } catch (error) {
    return refusalOf(error);
  }
}

/** Damage may show only when the rows are read. @throws whatever is not the file's fault */
function refusalOf(error: unknown): { refusal: RosterRefusal } {
  if (error instanceof SpreadsheetError) return { refusal: { code: error.code, message: error.message } };
  throw error;
}

function examineOptions({ granteeCode, given, memory }: FileToRead): ExamineOptions {
  return {
    upload: { granteeCode, academicYear: given.academicYear, programName: given.programName },
    answers: given.answers,
    rememberedColumns: memory.columns,
    rememberedValues: memory.values,
  };
}
