// An XLSX file as a spreadsheet.
import type { Spreadsheet } from "./spreadsheet.types.ts";
import { xlsxRows } from "./xlsx-sheet.ts";
import { readCellContext, readXlsxWorkbook } from "./xlsx-workbook.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** The spreadsheet of an open archive; closing it closes the archive. */
export async function openXlsx(zip: ZipArchive, workbookPart: string): Promise<Spreadsheet> {
  const workbook = await readXlsxWorkbook(zip, workbookPart);
  const context = await readCellContext(zip, workbook);
  return {
    format: "xlsx",
    encoding: null,
    bom: false,
    delimiter: null,
    eol: null,
    date1904: workbook.date1904,
    sheets: workbook.sheets.map(({ name, state, part }) => {
      const hiddenColumns: number[] = [];
      return { name, state, hiddenColumns, batches: () => xlsxRows(zip, part, context, hiddenColumns) };
    }),
    close: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}
