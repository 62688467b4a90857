// Turns the XML events of an ODS content.xml into sheets and rows.
import { MergeFiller } from "./merged-cells.ts";
import { type Cell, type Row, SpreadsheetError } from "./spreadsheet.types.ts";
import { MAX_COLUMNS, MAX_ROWS } from "./spreadsheet-limits.ts";
import { booleanCell, isoDateCell, numberCell } from "./typed-cells.ts";
import { attribute, type XmlAttributes } from "./xml-parts.ts";

const MAX_REPEATED_CELLS = 50_000_000;

/** Parts of a table that hold text which is no cell's. */
const IGNORED = new Set([
  "annotation",
  "shapes",
  "tracked-changes",
  "frame",
  "custom-shape",
  "rect",
  "line",
  "g",
]);

const ERROR_TEXT = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;

export interface OdsSheet {
  name: string;
  state: "visible" | "hidden";
  hiddenColumns: number[];
}

/** Rows that follow one another and are all the same. */
export interface RepeatedRow extends Row {
  count: number;
}

function repeatCount(attributes: XmlAttributes, name: string, limit: number): number {
  const count = Number(attribute(attributes, name) ?? 1);
  return Number.isInteger(count) && count > 0 ? Math.min(count, limit) : 1;
}

function refusal(what: string): SpreadsheetError {
  return new SpreadsheetError(
    "FILE_UNREADABLE",
    `A sheet of the file has ${what}. Delete what lies beyond your table, save the file again and upload it.`,
  );
}

/** Gathers sheets, and the rows of the one sheet that is asked for (counted from 0; null for none). */
export class OdsTableReader {
  readonly sheets: OdsSheet[] = [];
  rows: RepeatedRow[] = [];
  readonly #wanted: number | null;
  readonly #hiddenTableStyles = new Set<string>();
  #merges = new MergeFiller();
  #tableDepth = 0;
  #ignoredDepth = 0;
  #styleName = "";
  #sheetColumn = 0;
  #row = 0;
  #rowRepeat = 1;
  #cells: Cell[] = [];
  #emptyBefore = 0;
  #cell: { attributes: XmlAttributes; covered: boolean; paragraphs: string[] } | null = null;
  #inParagraph = false;

  constructor(wanted: number | null) {
    this.#wanted = wanted;
  }

  get #reading(): boolean {
    return this.#tableDepth === 1 && this.#wanted === this.sheets.length - 1;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#ignoredDepth > 0 || IGNORED.has(name)) {
      this.#ignoredDepth++;
      return;
    }
    switch (name) {
      case "style":
        this.#styleName = attribute(attributes, "name") ?? "";
        return;
      case "table-properties":
        if (attribute(attributes, "display") === "false") this.#hiddenTableStyles.add(this.#styleName);
        return;
      case "table":
        if (++this.#tableDepth === 1) this.#startSheet(attributes);
        return;
      case "table-column":
        if (this.#tableDepth === 1) this.#column(attributes);
        return;
      default:
        if (this.#reading) this.#openInSheet(name, attributes);
    }
  }

  text(text: string): void {
    if (this.#ignoredDepth > 0 || !this.#inParagraph || this.#cell === null) return;
    // ODF folds white space as HTML does; what is meant to stay is written as text:s, text:tab and text:line-break.
    this.#append(text.replace(/[ \t\r\n]+/g, " "));
  }

  close(name: string): void {
    if (this.#ignoredDepth > 0) {
      this.#ignoredDepth--;
      return;
    }
    if (name === "table") {
      this.#tableDepth--;
      return;
    }
    if (!this.#reading) return;
    if (name === "p" || name === "h") this.#inParagraph = false;
    else if ((name === "table-cell" || name === "covered-table-cell") && this.#cell !== null)
      this.#closeCell();
    else if (name === "table-row") this.#closeRow();
  }

  #startSheet(attributes: XmlAttributes): void {
    const style = attribute(attributes, "style-name") ?? "";
    const hidden = this.#hiddenTableStyles.has(style) || attribute(attributes, "display") === "false";
    const name = attribute(attributes, "name") ?? `Sheet${this.sheets.length + 1}`;
    this.sheets.push({ name, state: hidden ? "hidden" : "visible", hiddenColumns: [] });
    this.#sheetColumn = this.#row = 0;
    this.#merges = new MergeFiller();
  }

  #column(attributes: XmlAttributes): void {
    const count = repeatCount(attributes, "number-columns-repeated", MAX_COLUMNS);
    const last = Math.min(this.#sheetColumn + count, MAX_COLUMNS);
    if ((attribute(attributes, "visibility") ?? "visible") !== "visible") {
      const hidden = this.sheets.at(-1)?.hiddenColumns;
      for (let column = this.#sheetColumn + 1; column <= last; column++) hidden?.push(column);
    }
    this.#sheetColumn = last;
  }

  #openInSheet(name: string, attributes: XmlAttributes): void {
    if (name === "table-row") {
      this.#rowRepeat = repeatCount(attributes, "number-rows-repeated", MAX_ROWS);
      this.#cells = [];
      this.#emptyBefore = 0;
    } else if (name === "table-cell" || name === "covered-table-cell") {
      this.#cell = { attributes, covered: name === "covered-table-cell", paragraphs: [] };
    } else if (this.#cell !== null) {
      if (name === "p" || name === "h") {
        this.#inParagraph = true;
        this.#cell.paragraphs.push("");
      } else if (this.#inParagraph && name === "s") {
        this.#append(" ".repeat(repeatCount(attributes, "c", 32_767)));
      } else if (this.#inParagraph && name === "tab") this.#append("\t");
      else if (this.#inParagraph && name === "line-break") this.#append("\n");
    }
  }

  #append(text: string): void {
    const paragraphs = this.#cell?.paragraphs;
    if (paragraphs) paragraphs[paragraphs.length - 1] += text;
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (cell === null) return;
    const repeat = repeatCount(cell.attributes, "number-columns-repeated", MAX_ROWS);
    const value = cell.covered ? "" : cellValue(cell.attributes, cell.paragraphs.join("\n"));
    if (value === "") {
      this.#emptyBefore += repeat;
      return;
    }
    if (this.#cells.length + this.#emptyBefore + repeat > MAX_COLUMNS)
      throw refusal(`more than ${MAX_COLUMNS} columns`);
    while (this.#emptyBefore > 0) {
      this.#cells.push("");
      this.#emptyBefore--;
    }
    for (let index = 0; index < repeat; index++) this.#cells.push(value);
    const spanned = repeatCount(cell.attributes, "number-rows-spanned", MAX_ROWS);
    if (spanned > 1) {
      const row = this.#row + 1;
      this.#merges.add({ column: this.#cells.length, firstRow: row, lastRow: row + spanned - 1 });
    }
  }

  #closeRow(): void {
    const number = this.#row + 1;
    this.#row += this.#rowRepeat;
    // Repeated rows under a merge are rare; they all take the merge's value, as the first of them does.
    this.#merges.fill(number, this.#cells);
    if (this.#cells.length === 0) return;
    if (this.#row > MAX_ROWS) throw refusal(`more than ${MAX_ROWS} rows`);
    if (this.#rowRepeat * this.#cells.length > MAX_REPEATED_CELLS)
      throw refusal("one row repeated too many times");
    this.rows.push({ number, cells: this.#cells, count: this.#rowRepeat });
  }
}

/** The cell for the attributes and the shown text of a table:table-cell. */
function cellValue(attributes: XmlAttributes, shown: string): Cell {
  const formula = attribute(attributes, "formula") !== undefined;
  if (ERROR_TEXT.test(shown) || (formula && /^Err:\d{3}$/.test(shown))) return { kind: "error", text: shown };
  switch (attributes["office:value-type"] ?? attribute(attributes, "value-type")) {
    case "float":
    case "currency":
      return storedNumber(attributes, false) ?? shown;
    case "percentage":
      return storedNumber(attributes, true) ?? shown;
    case "date":
      return isoDateCell(attribute(attributes, "date-value") ?? shown);
    case "boolean":
      return booleanCell(attribute(attributes, "boolean-value") === "true");
    default:
      return shown === "" ? (attribute(attributes, "string-value") ?? "") : shown;
  }
}

function storedNumber(attributes: XmlAttributes, percent: boolean): Cell | null {
  const stored = attribute(attributes, "value") ?? "";
  const value = Number(stored);
  return stored === "" || !Number.isFinite(value) ? null : numberCell(value, percent);
}
