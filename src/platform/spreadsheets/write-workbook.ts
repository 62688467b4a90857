// Writes XLSX files whose texts never turn into formulas.
import writeXlsxFile, { type Cell as WrittenCell, type Sheet as WrittenSheet } from "write-excel-file/node";
import { workbookText } from "./workbook-text.ts";

export interface WorkbookColumn {
  header: string;
  /** In characters. */
  width?: number;
  /** Default "text". It decides the format of the cells; a value of another type is still written as what it is. */
  type?: "text" | "number" | "date";
}

export type WorkbookValue = string | number | Date | null;

export interface WorkbookSheet {
  /** At most 31 characters, none of \ / ? * [ ] : (others are replaced). */
  name: string;
  columns: readonly WorkbookColumn[];
  rows: Iterable<readonly WorkbookValue[]> | AsyncIterable<readonly WorkbookValue[]>;
}

const DATE_FORMAT = "yyyy-mm-dd";
const DATE_TIME_FORMAT = "yyyy-mm-dd hh:mm:ss";

/** A name without characters that XML cannot hold; they would make the whole workbook unreadable. */
const withoutForbidden = (name: string): string =>
  name.toWellFormed().replaceAll(/[\p{Cc}\uFFFD]|\p{Noncharacter_Code_Point}/gu, "");

/** A value as a cell of write-excel-file; the type is always stated, so that no text is taken for a formula. */
export function writtenCell(value: WorkbookValue | boolean, format?: string): WrittenCell {
  if (value === null || value === "") return null;
  if (typeof value === "string") return { value: workbookText(value), type: String };
  if (typeof value === "boolean") return { value, type: Boolean };
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return { value: String(value), type: String };
    return { value, type: Number, ...(format === undefined ? {} : { format }) };
  }
  const midnight = value.getTime() % 86_400_000 === 0;
  return { value, type: Date, format: midnight ? DATE_FORMAT : DATE_TIME_FORMAT };
}

/** A name that Excel accepts and that no other sheet of the workbook has. */
export function sheetName(wanted: string, taken: Set<string>): string {
  const clean =
    withoutForbidden(wanted)
      .replace(/[\\/?*[\]:]/g, " ")
      .replace(/^'+|'+$/g, "")
      .trim()
      .slice(0, 31) || "Sheet";
  let name = clean;
  for (let number = 2; taken.has(name.toLowerCase()); number++) {
    name = `${clean.slice(0, 31 - ` (${number})`.length)} (${number})`;
  }
  taken.add(name.toLowerCase());
  return name;
}

/** The bytes of an XLSX file with these sheets of cells. */
export async function writtenWorkbook(sheets: WrittenSheet<Buffer>[]): Promise<Buffer> {
  return await writeXlsxFile(sheets).toBuffer();
}

/**
 * The bytes of an XLSX file: one header row (bold, kept in view) per sheet, then the rows. The whole file is built in
 * memory. Dates are taken as UTC; midnight shows as a date, anything else with its time.
 */
export async function writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Buffer> {
  const taken = new Set<string>();
  const written: WrittenSheet<Buffer>[] = [];
  for (const { name, columns, rows } of sheets) {
    const data: WrittenCell[][] = [
      columns.map(({ header }) => ({ value: workbookText(header), type: String, fontWeight: "bold" })),
    ];
    for await (const row of rows) data.push(row.map((value) => writtenCell(value)));
    written.push({
      sheet: sheetName(name, taken),
      data,
      columns: columns.map(({ width }) => (width === undefined ? {} : { width })),
      stickyRowsCount: 1,
    });
  }
  return writtenWorkbook(written);
}
