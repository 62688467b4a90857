// Pass 2 of the roster reading engine: the rows, one after the other, as they would be stored.
import type { Row, Spreadsheet } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import type { Examination, RosterRow } from "./roster-reading.types.ts";
import { compileRowReader, KeyLedger } from "./row-reader.rules.ts";

/**
 * Compiles the reading of a file by an examination (roster format v1, sections 1 to 5). What comes back is called with the
 * batches of each sheet in the order of the file, and gives every data row converted and checked. It keeps nothing but the
 * keys it has seen; findings go with their rows.
 */
export function compileRosterReader(
  examination: Examination,
): (sheetIndex: number, batch: Row[]) => RosterRow[] {
  const ledger = new KeyLedger();
  const file = {
    granteeCode: examination.upload.granteeCode,
    academicYear: examination.academicYear,
    programName: examination.programName,
    date1904: examination.file.date1904,
  };
  const sheets = new Map(
    examination.plans.map((plan) => [
      plan.sheetIndex,
      { plan, read: compileRowReader(plan, examination.settings, file, ledger) },
    ]),
  );
  return (sheetIndex, batch) => {
    const sheet = sheets.get(sheetIndex);
    const rows: RosterRow[] = [];
    if (sheet === undefined) return rows;
    for (const row of batch) {
      if (row.number <= sheet.plan.lastHeaderRow) continue;
      const result = sheet.read(row);
      if (result !== null) rows.push(result);
    }
    return rows;
  };
}

/** Every data row of the file, in its batches. */
export async function* readRosterRows(
  spreadsheet: Spreadsheet,
  examination: Examination,
): AsyncGenerator<RosterRow[]> {
  if (examination.refusal !== null) return;
  const read = compileRosterReader(examination);
  for (const { sheetIndex } of examination.plans) {
    for await (const batch of spreadsheet.sheets[sheetIndex]?.batches() ?? []) {
      const rows = read(sheetIndex, batch);
      if (rows.length > 0) yield rows;
    }
  }
}
