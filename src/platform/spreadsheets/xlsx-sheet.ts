// The rows of one XLSX sheet, streamed from its part.
import { MergeFiller } from "./merged-cells.ts";
import { type Cell, type Row, SpreadsheetError } from "./spreadsheet.types.ts";
import { MAX_COLUMNS, MAX_ROWS } from "./spreadsheet-limits.ts";
import { booleanCell, cellOfNumber, isoDateCell } from "./typed-cells.ts";
import { decodeEscapes, type XlsxCellContext } from "./xlsx-workbook.ts";
import { parseXmlPieces, type XmlAttributes } from "./xml-parts.ts";
import { DAMAGED_MESSAGE, type ZipArchive } from "./zip-archive.ts";

const ROWS_IN_BATCH = 200;
const MAX_MERGES = 1_000_000;

/** The 1-based column of a reference such as "AB12"; null when it names none. */
export function columnOfReference(reference: string): number | null {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & ~0x20;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > MAX_COLUMNS) {
      throw new SpreadsheetError(
        "FILE_UNREADABLE",
        `The workbook refers to a cell beyond column ${MAX_COLUMNS}, where no sheet reaches. Save it again as .xlsx.`,
      );
    }
  }
  return column === 0 ? null : column;
}

function rowNumber(stored: string | undefined, previous: number): number {
  const number = stored === undefined ? previous + 1 : Number(stored);
  if (!Number.isInteger(number) || number < 1 || number > MAX_ROWS) {
    throw new SpreadsheetError("FILE_UNREADABLE", DAMAGED_MESSAGE);
  }
  return number;
}

/**
 * The merges of several rows. They stand after the rows in the part, so its bytes are skimmed once beforehand;
 * that costs the unpacking only.
 */
async function readVerticalMerges(zip: ZipArchive, part: string): Promise<MergeFiller> {
  const filler = new MergeFiller();
  let count = 0;
  let tail = "";
  for await (const chunk of zip.read(part)) {
    const text = tail + chunk.toString("latin1");
    let consumed = 0;
    if (text.includes("mergeCell ")) {
      for (const match of text.matchAll(/mergeCell [^<>]*?ref=["']([A-Z]+)(\d+):[A-Z]+(\d+)["']/g)) {
        const [whole, column = "", first = "", last = ""] = match;
        consumed = match.index + whole.length;
        const columnNumber = columnOfReference(column);
        if (first === last || columnNumber === null) continue;
        if (++count > MAX_MERGES) throw new SpreadsheetError("FILE_UNREADABLE", DAMAGED_MESSAGE);
        filler.add({ column: columnNumber, firstRow: Number(first), lastRow: Number(last) });
      }
    }
    tail = text.slice(Math.max(consumed, text.length - 200));
  }
  return filler;
}

/** Gathers the cells of one row after another from the events of the XML parser. */
class SheetRows {
  rows: Row[] = [];
  readonly #context: XlsxCellContext;
  readonly #hiddenColumns: number[];
  readonly #merges: MergeFiller;
  #row = 0;
  #column = 0;
  #cells: Cell[] = [];
  #type = "n";
  #style = 0;
  #value = "";
  #inlineText = "";
  #collecting: "value" | "inline" | null = null;
  #phonetic = false;

  constructor(context: XlsxCellContext, hiddenColumns: number[], merges: MergeFiller) {
    this.#context = context;
    this.#hiddenColumns = hiddenColumns;
    this.#merges = merges;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === "c") {
      this.#column = columnOfReference(attributes["r"] ?? "") ?? this.#column + 1;
      if (this.#column > MAX_COLUMNS) columnOfReference("XFE");
      this.#type = attributes["t"] ?? "n";
      this.#style = Number(attributes["s"] ?? 0);
      this.#value = this.#inlineText = "";
    } else if (name === "v") this.#collecting = "value";
    else if (name === "t" && !this.#phonetic) this.#collecting = "inline";
    else if (name === "rPh") this.#phonetic = true;
    else if (name === "row") {
      const number = rowNumber(attributes["r"], this.#row);
      if (number <= this.#row) throw new SpreadsheetError("FILE_UNREADABLE", DAMAGED_MESSAGE);
      this.#row = number;
      this.#column = 0;
      this.#cells = [];
    } else if (name === "col" && isTrue(attributes["hidden"])) {
      const last = Math.min(Number(attributes["max"]), MAX_COLUMNS);
      for (let column = Number(attributes["min"]); column <= last; column++) this.#hiddenColumns.push(column);
    }
  }

  text(text: string): void {
    if (this.#collecting === "value") this.#value += text;
    else if (this.#collecting === "inline") this.#inlineText += text;
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.#collecting = null;
    else if (name === "rPh") this.#phonetic = false;
    else if (name === "c") {
      const cell = this.#cell();
      if (cell === "") return;
      while (this.#cells.length < this.#column - 1) this.#cells.push("");
      this.#cells[this.#column - 1] = cell;
    } else if (name === "row") {
      this.#merges.fill(this.#row, this.#cells);
      this.rows.push({ number: this.#row, cells: this.#cells });
    }
  }

  #cell(): Cell {
    const value = this.#value;
    switch (this.#type) {
      case "s":
        return value === "" ? "" : (this.#context.sharedStrings[Number(value)] ?? "");
      case "inlineStr":
        return decodeEscapes(this.#inlineText);
      case "str":
        return decodeEscapes(value);
      case "b":
        return value === "" ? "" : booleanCell(value.trim() === "1" || value.trim() === "true");
      case "e":
        return value === "" ? "" : { kind: "error", text: value.trim() };
      case "d":
        return value === "" ? "" : isoDateCell(value);
      default: {
        if (value.trim() === "") return "";
        const number = Number(value);
        if (!Number.isFinite(number)) return value;
        return cellOfNumber(
          number,
          this.#context.styleKinds[this.#style] ?? "number",
          this.#context.date1904,
        );
      }
    }
  }
}

function isTrue(stored: string | undefined): boolean {
  return stored === "1" || stored === "true";
}

/**
 * The rows of a sheet in batches; rows that the file does not hold are not yielded, the numbers of the others count them.
 * @param hiddenColumns is filled while the sheet is read
 */
export async function* xlsxRows(
  zip: ZipArchive,
  part: string,
  context: XlsxCellContext,
  hiddenColumns: number[],
): AsyncGenerator<Row[]> {
  hiddenColumns.length = 0;
  const sheet = new SheetRows(context, hiddenColumns, await readVerticalMerges(zip, part));
  const pieces = parseXmlPieces(zip.read(part), {
    open: (name, attributes) => sheet.open(name, attributes),
    text: (text) => sheet.text(text),
    close: (name) => sheet.close(name),
  });
  for await (const _piece of pieces) {
    if (sheet.rows.length < ROWS_IN_BATCH) continue;
    yield sheet.rows;
    sheet.rows = [];
  }
  if (sheet.rows.length > 0) yield sheet.rows;
}
