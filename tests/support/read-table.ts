// The tables that are downloaded, read back: delimited text by the rules of RFC 4180, workbooks as the hub itself reads them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSpreadsheet } from "../../src/platform/spreadsheets/open-spreadsheet.ts";

/** The records of delimited text, without its mark. */
export function readCsv(csv: string): string[][] {
  const records: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  const text = csv.replace(/^\uFEFF/, "");
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`no cell begins at ${at}: ${text.slice(at, at + 60)}`);
    const [, quoted, plain = "", end] = found;
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") records.push([]);
  }
  return records.filter((record) => record.length > 0);
}

/** The first sheet of a workbook, its cells as text. */
export async function readWorkbook(content: ArrayBuffer): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-table-"));
  try {
    const path = join(folder, "table.xlsx");
    writeFileSync(path, new Uint8Array(content));
    const spreadsheet = await openSpreadsheet(path);
    const records: string[][] = [];
    for await (const rows of spreadsheet.sheets[0]?.batches() ?? [])
      for (const { cells } of rows)
        records.push([...cells].map((cell) => (typeof cell === "string" ? cell : (cell?.text ?? ""))));
    await spreadsheet.close();
    return records;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records by the names that stand over them. What a record lacks at its end is empty. */
export function asObjects([names = [], ...records]: readonly string[][]): Record<string, string>[] {
  return records.map((record) => Object.fromEntries(names.map((name, at) => [name, record[at] ?? ""])));
}
