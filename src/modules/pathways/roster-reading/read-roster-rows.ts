// Pass 2 of the roster reading engine: the rows, one after the other, as they would be stored.
import type { Spreadsheet } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import type { Examination, RosterRow } from "./roster-reading.types.ts";
import { compileRowReader, KeyLedger } from "./row-reader.rules.ts";

/**
 * Reads, converts and checks every data row by an examination (roster format v1, sections 1 to 5), in the batches of the
 * file. Keeps nothing but the keys it has seen; findings go with their rows.
 */
export async function* readRosterRows(
  spreadsheet: Spreadsheet,
  examination: Examination,
): AsyncGenerator<RosterRow[]> {
  if (examination.refusal !== null) return;
  const ledger = new KeyLedger();
  const file = {
    granteeCode: examination.upload.granteeCode,
    academicYear: examination.academicYear,
    programName: examination.programName,
    date1904: examination.file.date1904,
  };
  for (const plan of examination.plans) {
    const sheet = spreadsheet.sheets[plan.sheetIndex];
    if (sheet === undefined) continue;
    const read = compileRowReader(plan, examination.settings, file, ledger);
    for await (const batch of sheet.batches()) {
      const rows: RosterRow[] = [];
      for (const row of batch) {
        if (row.number <= plan.lastHeaderRow) continue;
        const result = read(row);
        if (result !== null) rows.push(result);
      }
      if (rows.length > 0) yield rows;
    }
  }
}
