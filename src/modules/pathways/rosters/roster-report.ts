import type { ImportResult } from "./import-roster.ts";

/** The one object that the command line prints about a file with --json. */
export function rosterReport(result: ImportResult) {
  const { outcome, findings, questions } = result;
  const { file, refusal } = outcome;
  return {
    file: file
      ? {
          format: file.format,
          encoding: file.encoding,
          delimiter: file.delimiter,
          sheets: file.sheets.map(
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
        }
      : null,
    refusal: refusal ?? null,
    questions,
    rows: outcome.rows ?? { total: 0, loaded: 0, rejected: 0, warned: 0 },
    // Values of cells are for the page of the one who mends them, not for a log or a file.
    findings: findings.map(({ sheet, row, column, code, severity, message }) => ({
      sheet,
      row,
      column,
      code,
      severity,
      message,
    })),
    fileFindings: [
      ...(outcome.fileFindings ?? []),
      ...(refusal ? [{ code: refusal.code, severity: "error", message: refusal.message }] : []),
    ],
    changes: outcome.changes ?? null,
    totals: outcome.totals ?? null,
  };
}
