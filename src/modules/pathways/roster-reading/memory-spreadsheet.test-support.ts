// Small spreadsheets in memory, and a roster row to vary, for the tests of the reading engine.
import type { Cell, Row, Spreadsheet } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { examineRoster } from "./examine-roster.ts";
import { readRosterRows } from "./read-roster-rows.ts";
import { canonicalColumns, positionOf } from "./roster-format.rules.ts";
import type { Examination, ExamineOptions, RosterRow } from "./roster-reading.types.ts";

export interface MemorySheet {
  name?: string | null;
  state?: "visible" | "hidden";
  rows: Cell[][];
}

export function memorySpreadsheet(sheets: MemorySheet[], more: Partial<Spreadsheet> = {}): Spreadsheet {
  return {
    format: "text",
    encoding: "utf8",
    bom: false,
    delimiter: ",",
    eol: "LF",
    date1904: false,
    sheets: sheets.map(({ name = null, state = "visible", rows }) => ({
      name,
      state,
      hiddenColumns: [],
      async *batches() {
        const all: Row[] = rows.map((cells, at) => ({ number: at + 1, cells }));
        for (let from = 0; from < all.length; from += 7) yield all.slice(from, from + 7);
      },
    })),
    close: async () => {},
    ...more,
  };
}

/** A row without any fault, by canonical or helper column name. */
export const soundRow: Readonly<Record<string, Cell>> = {
  trainee_id: "TR-001",
  program_name: "Peer Pathway",
  program_type: "certificate",
  academic_year: "2024-25",
  profession: "peer_support_specialist",
  enrollment_status: "full_time",
  started_on: "2024-09-01",
  funded: "yes",
  outcome: "continuing",
};

/** A sheet of sound rows with some cells changed; undefined takes the column out. */
export function rosterSheet(...changes: Record<string, Cell | undefined>[]): Cell[][] {
  const rows = changes.map(
    (change, at): Record<string, Cell | undefined> => ({
      ...soundRow,
      trainee_id: `TR-00${at + 1}`,
      ...change,
    }),
  );
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => !changes.some((change) => name in change && change[name] === undefined),
  );
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))];
}

export interface Reading {
  examination: Examination;
  rows: RosterRow[];
  /** "column CODE" of every finding. */
  found: string[];
  /** "QUESTION column" of every open question. */
  asked: string[];
  /** Canonical value of the row at that position. */
  value: (name: string, row?: number) => string | undefined;
}

export async function readRoster(
  spreadsheet: Spreadsheet,
  options: Partial<ExamineOptions> = {},
): Promise<Reading> {
  const examination = await examineRoster(spreadsheet, { upload: { granteeCode: "G01" }, ...options });
  const rows: RosterRow[] = [];
  for await (const batch of readRosterRows(spreadsheet, examination)) rows.push(...batch);
  return {
    examination,
    rows,
    found: rows.flatMap((row) => row.findings.map(({ column, code }) => `${column} ${code}`)),
    asked: examination.questions.map(({ question, column }) =>
      column === undefined ? question : `${question} ${column}`,
    ),
    value: (name, row = 0) => rows[row]?.values?.[positionOf(name)],
  };
}

/** Reads one sheet of cells as a text file. */
export function readCells(rows: Cell[][], options: Partial<ExamineOptions> = {}): Promise<Reading> {
  return readRoster(memorySpreadsheet([{ rows }]), options);
}

/** Reads sound rows with some cells changed. */
export function readChanged(...changes: Record<string, Cell | undefined>[]): Promise<Reading> {
  return readCells(rosterSheet(...changes));
}

export const canonicalNames = canonicalColumns.map((column) => column.name);
