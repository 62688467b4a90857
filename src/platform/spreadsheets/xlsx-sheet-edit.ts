// Adds cells to the XML of one XLSX sheet while it streams through; everything else passes unchanged.
import type { SaxesTagPlain } from "saxes";
import { MAX_COLUMNS } from "./spreadsheet-limits.ts";
import { workbookText } from "./workbook-text.ts";
import { columnOfReference } from "./xlsx-sheet.ts";
import { strictXmlParser, type XmlAttributes, xmlText } from "./xml-parts.ts";
import { asSpreadsheetError } from "./zip-archive.ts";

/** "AO" for 41. */
export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Text as a workbook stores it, as XML. */
const storedText = (text: string): string =>
  workbookText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

interface Edit {
  /** Characters of the part from its start; the text between them is replaced. */
  from: number;
  to: number;
  text: string;
}

/** Watches the events of the parser and notes what to change where. */
class SheetEdits {
  edits: Edit[] = [];
  /** Everything before this character is decided. */
  settled = 0;
  readonly #column: number;
  readonly #pendingRows: [number, string][];
  readonly #tagStart: () => number;
  readonly #position: () => number;
  #row = 0;
  /** The text that the open row still waits for. */
  #text: string | null = null;
  #replacedCell: { from: number; style: string } | null = null;
  #prefix = "";

  constructor(
    column: number,
    texts: ReadonlyMap<number, string>,
    tagStart: () => number,
    position: () => number,
  ) {
    this.#column = column;
    this.#pendingRows = [...texts].toSorted(([one], [other]) => other - one);
    this.#tagStart = tagStart;
    this.#position = position;
  }

  open(name: string, attributes: XmlAttributes, tag: SaxesTagPlain, tagText: string): void {
    if (name === "dimension") this.#replaceTag(this.#widenedDimension(tagText));
    else if (name === "sheetData") this.#prefix = tag.name.slice(0, -name.length);
    else if (name === "row") this.#openRow(attributes, tag, tagText);
    else if (name === "c" && this.#text !== null) this.#openCell(attributes);
    this.#settle();
  }

  close(name: string, tag: SaxesTagPlain): void {
    const selfClosing = tag.isSelfClosing;
    if (name === "c" && this.#replacedCell !== null) {
      const { from, style } = this.#replacedCell;
      this.#replacedCell = null;
      this.#edit(from, this.#position(), this.#takeCell(style));
    } else if (name === "row") {
      if (this.#text !== null && !selfClosing)
        this.#edit(this.#tagStart(), this.#tagStart(), this.#takeCell(""));
    } else if (name === "sheetData" && this.#pendingRows.length > 0) {
      const rows = this.#rowsBefore(Number.POSITIVE_INFINITY);
      if (selfClosing) this.#edit(this.#position() - 2, this.#position(), `>${rows}</${tag.name}>`);
      else this.#edit(this.#tagStart(), this.#tagStart(), rows);
    }
    this.#settle();
  }

  #settle(): void {
    this.settled = this.#replacedCell?.from ?? this.#position();
  }

  #edit(from: number, to: number, text: string): void {
    this.edits.push({ from, to, text });
  }

  #replaceTag(text: string): void {
    this.#edit(this.#tagStart(), this.#position(), text);
  }

  #openRow(attributes: XmlAttributes, tag: SaxesTagPlain, tagText: string): void {
    const stored = attributes["r"];
    this.#row = stored === undefined ? this.#row + 1 : Number(stored);
    const before = this.#rowsBefore(this.#row);
    const next = this.#pendingRows.at(-1);
    if (next?.[0] !== this.#row) {
      if (before !== "") this.#edit(this.#tagStart(), this.#tagStart(), before);
      return;
    }
    this.#pendingRows.pop();
    this.#text = next[1];
    const widened = tagText.replace(/(\sspans=["']\d+:)(\d+)/, (_match, start: string, last: string) => {
      return start + Math.max(Number(last), this.#column);
    });
    if (!tag.isSelfClosing) this.#replaceTag(before + widened);
    else this.#replaceTag(`${before}${widened.slice(0, -2)}>${this.#takeCell("")}</${tag.name}>`);
  }

  #openCell(attributes: XmlAttributes): void {
    const column = columnOfReference(attributes["r"] ?? "");
    if (column === null || column < this.#column) return;
    if (column > this.#column) this.#edit(this.#tagStart(), this.#tagStart(), this.#takeCell(""));
    // An empty cell that only carries a style stands there already.
    else this.#replacedCell = { from: this.#tagStart(), style: attributes["s"] ?? "" };
  }

  /** The cell for the open row's text, which is thereby placed. */
  #takeCell(style: string): string {
    const text = this.#text ?? "";
    this.#text = null;
    return this.#cell(this.#row, text, style);
  }

  #cell(row: number, text: string, style: string): string {
    const p = this.#prefix;
    const styled = /^\d+$/.test(style) ? ` s="${style}"` : "";
    const reference = columnLetters(this.#column) + row;
    return `<${p}c r="${reference}"${styled} t="inlineStr"><${p}is><${p}t xml:space="preserve">${storedText(text)}</${p}t></${p}is></${p}c>`;
  }

  /** Rows that the sheet does not hold, as far as they come before this one. */
  #rowsBefore(row: number): string {
    let rows = "";
    for (
      let next = this.#pendingRows.at(-1);
      next !== undefined && next[0] < row;
      next = this.#pendingRows.at(-1)
    ) {
      this.#pendingRows.pop();
      rows += `<${this.#prefix}row r="${next[0]}">${this.#cell(next[0], next[1], "")}</${this.#prefix}row>`;
    }
    return rows;
  }

  #widenedDimension(tagText: string): string {
    const lastNoted = this.#pendingRows[0]?.[0] ?? 1;
    return tagText.replace(
      /ref=(["'])([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?\1/,
      (_match, quote: string, ...parts: unknown[]) => {
        const [firstColumn = "A", firstRow = "1", lastColumn = firstColumn, lastRow = firstRow] = parts
          .slice(0, 4)
          .map((part) => (typeof part === "string" ? part : undefined));
        const column = Math.max(columnOfReference(lastColumn) ?? 1, this.#column);
        return `ref=${quote}${firstColumn}${firstRow}:${columnLetters(column)}${Math.max(Number(lastRow), lastNoted)}${quote}`;
      },
    );
  }
}

/**
 * The sheet's XML with texts added in one column.
 * @param column 1-based; cells that stand there must be empty
 * @param texts by row number
 * @throws SpreadsheetError when the part is not well-formed
 */
export async function* editedSheetXml(
  chunks: AsyncIterable<Buffer>,
  column: number,
  texts: ReadonlyMap<number, string>,
): AsyncGenerator<Buffer> {
  if (column > MAX_COLUMNS) throw asSpreadsheetError(null);
  let waiting = "";
  let waitingFrom = 0;
  const position = () => parser.position;
  const tagStart = () => waitingFrom + waiting.lastIndexOf("<", parser.position - waitingFrom - 1);
  const edits = new SheetEdits(column, texts, tagStart, position);
  const parser = strictXmlParser({
    open: (name, attributes, tag) => {
      edits.open(
        name,
        attributes,
        tag,
        waiting.slice(tagStart() - waitingFrom, parser.position - waitingFrom),
      );
    },
    close: (name, tag) => edits.close(name, tag),
  });
  const takeSettled = (until: number): string => {
    let written = "";
    let at = waitingFrom;
    for (const { from, to, text } of edits.edits) {
      written += waiting.slice(at - waitingFrom, from - waitingFrom) + text;
      at = to;
    }
    edits.edits = [];
    written += waiting.slice(at - waitingFrom, until - waitingFrom);
    waiting = waiting.slice(until - waitingFrom);
    waitingFrom = until;
    return written;
  };
  try {
    let first = true;
    for await (const piece of xmlText(chunks)) {
      // The text is written back as UTF-8, whatever it was.
      const text = first ? piece.replace(/^(<\?xml[^>]*encoding=["'])utf-16(?:le|be)?/i, "$1UTF-8") : piece;
      first = false;
      waiting += text;
      parser.write(text);
      yield Buffer.from(takeSettled(edits.settled));
    }
    parser.close();
    yield Buffer.from(waiting);
  } catch (error) {
    throw asSpreadsheetError(error);
  }
}
