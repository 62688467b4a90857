// Gives a table file back with one more column at its right end that holds a note beside each row concerned.
import { writeFile } from "node:fs/promises";
import { annotateText } from "./annotate-text.ts";
import { annotateXlsx } from "./annotate-xlsx.ts";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import { type Annotations, textsBySheet } from "./row-notes.ts";
import type { Cell, Sheet, Spreadsheet } from "./spreadsheet.types.ts";
import type { SpreadsheetLimits } from "./spreadsheet-limits.ts";
import { sheetName, writtenCell, writtenWorkbook } from "./write-workbook.ts";

export type { Annotations, SheetRow } from "./row-notes.ts";

export interface AnnotatedCopy {
  format: "text" | "xlsx";
  extension: ".csv" | ".tsv" | ".txt" | ".xlsx";
}

function cellAgain(cell: Cell): ReturnType<typeof writtenCell> {
  if (typeof cell === "string") return writtenCell(cell);
  switch (cell.kind) {
    case "number":
      return writtenCell(cell.value, cell.percent ? "0.00%" : undefined);
    case "boolean":
      return writtenCell(cell.value);
    case "date": {
      const date = new Date(cell.text.includes("T") ? `${cell.text}Z` : cell.text);
      return writtenCell(Number.isNaN(date.getTime()) ? cell.text : date);
    }
    default:
      return writtenCell(cell.text);
  }
}

async function rewrittenSheet(sheet: Sheet, texts: ReadonlyMap<number, string>) {
  const data: ReturnType<typeof writtenCell>[][] = [];
  let widest = 0;
  for await (const rows of sheet.batches()) {
    for (const { number, cells } of rows) {
      while (data.length < number) data.push([]);
      data[number - 1] = cells.map(cellAgain);
      widest = Math.max(widest, cells.length);
    }
  }
  for (const [row, text] of texts) {
    while (data.length < row) data.push([]);
    const cells = data[row - 1] ?? [];
    while (cells.length < widest) cells.push(null);
    cells[widest] = writtenCell(text);
  }
  return data;
}

/** ODS and HTML come back as XLSX: the values with their types, not the looks. Held in memory. */
async function annotateByRewriting(spreadsheet: Spreadsheet, outputPath: string, annotations: Annotations) {
  const texts = await textsBySheet(annotations);
  const taken = new Set<string>();
  const sheets = [];
  for (const sheet of spreadsheet.sheets) {
    const data = await rewrittenSheet(sheet, texts.get(sheet.name) ?? new Map<number, string>());
    sheets.push({ sheet: sheetName(sheet.name ?? "Sheet", taken), data });
  }
  await writeFile(outputPath, await writtenWorkbook(sheets));
}

/**
 * Writes a copy of a table file with one more column. Text keeps its encoding, delimiter, line ends and every byte of
 * its cells; XLSX is edited in place; ODS and HTML come back as XLSX. Notes never become formulas: in text what begins
 * with = + - @ gets a leading apostrophe, workbooks store them as strings. Sheets without notes stay as they are.
 * @throws SpreadsheetError when the file cannot be read
 */
export async function writeAnnotatedCopy(
  inputPath: string,
  outputPath: string,
  annotations: Annotations,
  limits: SpreadsheetLimits = {},
): Promise<AnnotatedCopy> {
  const spreadsheet = await openSpreadsheet(inputPath, limits);
  try {
    if (spreadsheet.format === "text") {
      return { format: "text", extension: await annotateText(inputPath, outputPath, annotations, limits) };
    }
    if (spreadsheet.format === "xlsx") await annotateXlsx(inputPath, outputPath, annotations, limits);
    else await annotateByRewriting(spreadsheet, outputPath, annotations);
    return { format: "xlsx", extension: ".xlsx" };
  } finally {
    await spreadsheet.close();
  }
}
