// An XLSX file with one more column in its sheets. Only the parts of those sheets are rewritten, and of them only
// the added cells; styles, formulas, validations and all other parts go through unchanged.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";
import { type Annotations, textsBySheet } from "./row-notes.ts";
import { type Spreadsheet, SpreadsheetError } from "./spreadsheet.types.ts";
import { MAX_COLUMNS, type SpreadsheetLimits } from "./spreadsheet-limits.ts";
import { openXlsx } from "./xlsx.ts";
import { editedSheetXml } from "./xlsx-sheet-edit.ts";
import { findWorkbookPart, readXlsxWorkbook } from "./xlsx-workbook.ts";
import { DAMAGED_MESSAGE, openZipArchive, type ZipArchive } from "./zip-archive.ts";

interface SheetEditPlan {
  column: number;
  texts: Map<number, string>;
}

/** The 1-based last column that holds a value in any row. */
async function lastUsedColumn(workbook: Spreadsheet, sheet: number): Promise<number> {
  let last = 0;
  for await (const rows of workbook.sheets[sheet]?.batches() ?? []) {
    for (const { cells } of rows) last = Math.max(last, cells.length);
  }
  return last;
}

/** What to add to which part. */
async function planEdits(zip: ZipArchive, annotations: Annotations): Promise<Map<string, SheetEditPlan>> {
  const workbookPart = await findWorkbookPart(zip);
  if (workbookPart === null) throw new SpreadsheetError("FILE_UNREADABLE", DAMAGED_MESSAGE);
  const { sheets } = await readXlsxWorkbook(zip, workbookPart);
  const workbook = await openXlsx(zip, workbookPart);
  const plans = new Map<string, SheetEditPlan>();
  const texts = await textsBySheet(annotations);
  for (const [index, { name, part }] of sheets.entries()) {
    const sheetTexts = texts.get(name);
    if (sheetTexts === undefined) continue;
    const column = (await lastUsedColumn(workbook, index)) + 1;
    if (column > MAX_COLUMNS) {
      throw new SpreadsheetError("FILE_UNREADABLE", `The sheet "${name}" has no free column for the notes.`);
    }
    plans.set(part, { column, texts: sheetTexts });
  }
  return plans;
}

function copyParts(zip: ZipArchive, plans: Map<string, SheetEditPlan>, output: yazl.ZipFile): void {
  for (const [name, entry] of zip.entries) {
    const mtime = entry.getLastModDate();
    if (name.endsWith("/")) {
      output.addEmptyDirectory(name, { mtime });
      continue;
    }
    const compress = entry.compressionMethod !== 0;
    output.addReadStreamLazy(name, { mtime, compress }, (callback) => {
      const plan = plans.get(name);
      const bytes =
        plan === undefined ? zip.read(name) : editedSheetXml(zip.read(name), plan.column, plan.texts);
      callback(null, Readable.from(bytes, { objectMode: false }));
    });
  }
}

/** Writes the annotated copy; rows are streamed, the notes are held in memory. */
export async function annotateXlsx(
  inputPath: string,
  outputPath: string,
  annotations: Annotations,
  limits: SpreadsheetLimits,
): Promise<void> {
  const zip = await openZipArchive(inputPath, limits);
  try {
    const plans = await planEdits(zip, annotations);
    const output = new yazl.ZipFile();
    const aborter = new AbortController();
    let failure: unknown = null;
    output.on("error", (error) => {
      failure = error;
      aborter.abort();
    });
    copyParts(zip, plans, output);
    output.end();
    try {
      await pipeline(output.outputStream, createWriteStream(outputPath), { signal: aborter.signal });
    } catch (error) {
      throw failure ?? error;
    }
  } finally {
    zip.close();
  }
}
