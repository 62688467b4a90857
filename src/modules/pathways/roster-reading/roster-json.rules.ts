// What the command line prints about a roster.
import type { Examination, Finding } from "./roster-reading.types.ts";
import type { Totals } from "./roster-totals.ts";

export interface RowCounts {
  total: number;
  loaded: number;
  rejected: number;
  warned: number;
}

/** The parts of the report that the reading of the rows has given. */
export interface RosterOutcome {
  rows: RowCounts;
  findings: readonly Finding[];
  /** What committing would change; null when nothing was compared. */
  changes?: unknown;
  totals: Totals | null;
}

/** Total = loaded + rejected; warned are loaded rows with a warning. */
export function countRow(counts: RowCounts, row: { status: "loaded" | "rejected"; warned: boolean }): void {
  counts.total++;
  if (row.status === "loaded") counts.loaded++;
  else counts.rejected++;
  if (row.warned) counts.warned++;
}

/** The object that the command line prints with `--json`. */
export function rosterJson(examination: Examination, outcome: RosterOutcome) {
  const { format, encoding, bom, delimiter, eol, date1904 } = examination.file;
  return {
    file: {
      format,
      encoding,
      bom,
      delimiter,
      eol,
      date1904,
      sheets: examination.sheets.map(
        ({ name, state, role, headerRows, firstDataRow, lastDataRow, columns }) => ({
          name,
          state,
          role,
          headerRows,
          firstDataRow,
          lastDataRow,
          columns,
        }),
      ),
    },
    refusal: examination.refusal,
    questions: examination.questions,
    rows: outcome.rows,
    findings: outcome.findings,
    fileFindings: examination.fileFindings,
    changes: outcome.changes ?? null,
    totals: outcome.totals,
  };
}
