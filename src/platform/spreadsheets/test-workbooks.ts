// Small table files built by tests.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll } from "vitest";
import yazl from "yazl";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import { type Cell, SpreadsheetError } from "./spreadsheet.types.ts";
import type { SpreadsheetLimits } from "./spreadsheet-limits.ts";

/** Gives names of files in a folder that is removed after the tests of the calling file. */
export function temporaryFiles(): (content?: string | Uint8Array) => Promise<string> {
  const folder = mkdtemp(join(tmpdir(), "spreadsheets-"));
  let count = 0;
  afterAll(async () => rm(await folder, { recursive: true }));
  return async (content) => {
    const path = join(await folder, `file-${count++}`);
    if (content !== undefined) await writeFile(path, content);
    return path;
  };
}

export async function zipOf(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface TestWorkbook {
  /** The inner XML of each worksheet element, by sheet name. */
  sheets: Record<string, string>;
  states?: Record<string, string>;
  /** The inner XML of the shared strings. */
  sharedStrings?: string;
  /** Custom number formats; cell style 1 has the first, and so on. Numbers are built-in ids. */
  formats?: (string | number)[];
  workbookPr?: string;
  extraParts?: Record<string, string>;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The parts of an XLSX file. */
export function xlsxParts({
  sheets,
  states,
  sharedStrings,
  formats = [],
  workbookPr = "",
  extraParts,
}: TestWorkbook) {
  const names = Object.keys(sheets);
  const numFmts = formats.map((format, index) =>
    typeof format === "number" ? "" : `<numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>`,
  );
  const xfs = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === "number" ? format : 200 + index}"/>`,
  );
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr ${workbookPr}/><sheets>${names
      .map(
        (name, index) =>
          `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"${states?.[name] === undefined ? "" : ` state="${states[name]}"`}/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names
      .map(
        (_name, index) =>
          `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join(
        "",
      )}<Relationship Id="s" Type="${RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="t" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${MAIN}"><numFmts>${numFmts.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join("")}</cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst xmlns="${MAIN}">${sharedStrings ?? ""}</sst>`,
  };
  for (const [index, name] of names.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `<?xml version="1.0"?><worksheet xmlns="${MAIN}">${sheets[name] ?? ""}</worksheet>`;
  }
  return { ...parts, ...extraParts };
}

export const xlsxBytes = (workbook: TestWorkbook): Promise<Buffer> => zipOf(xlsxParts(workbook));

const ODF = "urn:oasis:names:tc:opendocument:xmlns";

/** An ODS file with this inner XML of its spreadsheet, and automatic styles. */
export function odsBytes(
  tables: string,
  styles = "",
  extraParts: Record<string, string> = {},
): Promise<Buffer> {
  return zipOf({
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": `<office:document-content xmlns:office="${ODF}:office:1.0" xmlns:table="${ODF}:table:1.0" xmlns:text="${ODF}:text:1.0" xmlns:style="${ODF}:style:1.0" xmlns:calcext="urn:x"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    ...extraParts,
  });
}

/** The rows of every sheet by their number. */
export async function readSheets(
  path: string,
  limits?: SpreadsheetLimits,
): Promise<Record<number, Cell[]>[]> {
  const spreadsheet = await openSpreadsheet(path, limits);
  try {
    const sheets: Record<number, Cell[]>[] = [];
    for (const sheet of spreadsheet.sheets) {
      const rows: Record<number, Cell[]> = {};
      for await (const batch of sheet.batches()) for (const { number, cells } of batch) rows[number] = cells;
      sheets.push(rows);
    }
    return sheets;
  } finally {
    await spreadsheet.close();
  }
}

/** The rows of the first sheet by their number. */
export async function readFirstSheet(
  path: string,
  limits?: SpreadsheetLimits,
): Promise<Record<number, Cell[]>> {
  const [first] = await readSheets(path, limits);
  return first ?? {};
}

/** What refuses the file when it is opened and read to its end, as "CODE: message". */
export async function refusalOf(path: string, limits?: SpreadsheetLimits): Promise<string> {
  try {
    await readSheets(path, limits);
  } catch (error) {
    if (error instanceof SpreadsheetError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "no refusal";
}
