// Splits delimited text into records and cells, piece by piece.
// Speed: nearly all lines hold no quotation mark and are cut by one native split; only the others are walked cell by cell.

import { SpreadsheetError } from "./spreadsheet.types.ts";
import { MAX_COLUMNS, MAX_RECORD_CHARACTERS } from "./spreadsheet-limits.ts";

/** One record where it lies in the text at hand: text.slice(start, end), the next record begins at `next`. */
export interface RecordSpan {
  start: number;
  end: number;
  next: number;
  cells: string[];
}

const SCRATCH = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * The same text in memory of its own. V8 keeps a long string alive for as long as any piece cut from it; a line that
 * is copied out of the 64 KiB piece it was read in lets that piece go, whatever cells a caller keeps.
 */
export function detachedText(text: string): string {
  if (text.length < 13) return text;
  if (text.length * 2 > SCRATCH.length) return Buffer.from(text, "utf16le").toString("utf16le");
  const bytes = SCRATCH.write(text, 0, "utf8");
  const copy = SCRATCH.toString("utf8", 0, bytes);
  return copy.length === text.length ? copy : Buffer.from(text, "utf16le").toString("utf16le");
}

export class RecordSplitter {
  readonly #delimiter: string;
  readonly #maxCell: number;
  #text = "";
  #recordsDone = 0;
  // Where the next such character lies at or after the place looked at; Infinity when there is none.
  #lineFeed = -1;
  #carriageReturn = -1;
  #quote = -1;

  constructor(delimiter: string, maxCellCharacters: number) {
    this.#delimiter = delimiter;
    this.#maxCell = maxCellCharacters;
  }

  /**
   * Adds a piece of text and calls back for every record that is complete; `last` says that nothing follows.
   * Record numbers count from 1.
   * @throws SpreadsheetError when a quotation mark is not closed, or a record is too long or has too many cells
   */
  push(
    piece: string,
    last: boolean,
    onRecord: (span: RecordSpan, text: string, number: number) => void,
  ): void {
    this.#text = this.#text === "" ? piece : this.#text + piece;
    const text = this.#text;
    this.#lineFeed = this.#carriageReturn = this.#quote = -1;
    let at = 0;
    while (at < text.length) {
      const span = this.#record(text, at, last);
      if (span === null) break;
      this.#recordsDone++;
      if (span.cells.length > MAX_COLUMNS) {
        throw this.#refusal(`has more than ${MAX_COLUMNS} cells`);
      }
      onRecord(span, text, this.#recordsDone);
      at = span.next;
    }
    this.#text = at === 0 ? text : text.slice(at);
    if (this.#text.length > MAX_RECORD_CHARACTERS) {
      this.#recordsDone++;
      throw this.#refusal(`is longer than ${MAX_RECORD_CHARACTERS} characters`);
    }
  }

  #refusal(what: string): SpreadsheetError {
    return new SpreadsheetError(
      "FILE_UNREADABLE",
      `Record ${this.#recordsDone} of the file ${what}. Correct it, or open the file in a spreadsheet program and save it again as CSV or .xlsx.`,
    );
  }

  #unclosed(): SpreadsheetError {
    return new SpreadsheetError(
      "FILE_UNREADABLE",
      `A quotation mark (") opens a cell in record ${this.#recordsDone + 1} of the file and is not closed, so the rows after it cannot be told apart. Close or remove it and upload the file again.`,
    );
  }

  /** Where the line around `at` ends: the first LF or CR. */
  #lineEnd(text: string, at: number): number {
    if (this.#lineFeed < at) this.#lineFeed = found(text, "\n", at);
    if (this.#carriageReturn < at) this.#carriageReturn = found(text, "\r", at);
    return Math.min(this.#lineFeed, this.#carriageReturn);
  }

  /** The record that starts at `at`, or null when the text at hand does not hold all of it. */
  #record(text: string, at: number, last: boolean): RecordSpan | null {
    const end = this.#lineEnd(text, at);
    if (this.#quote < at) this.#quote = found(text, '"', at);
    if (this.#quote < end) return this.#quotedRecord(text, at, last);
    const next = this.#afterLine(text, end, last);
    if (next === null) return null;
    const lineEnd = Math.min(end, text.length);
    const cells = at === lineEnd ? [] : detachedText(text.slice(at, lineEnd)).split(this.#delimiter);
    return { start: at, end: lineEnd, next, cells };
  }

  /** Where the record after a line end begins; null when that cannot be said yet. */
  #afterLine(text: string, end: number, last: boolean): number | null {
    if (end === Number.POSITIVE_INFINITY) return last ? text.length : null;
    if (end === this.#lineFeed) return end + 1;
    if (end + 1 === text.length && !last) return null;
    return text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  }

  #quotedRecord(text: string, start: number, last: boolean): RecordSpan | null {
    const cells: string[] = [];
    let at = start;
    for (;;) {
      let value = "";
      if (text.charCodeAt(at) === 34) {
        const quoted = this.#quotedCell(text, at, last);
        if (quoted === null) return null;
        value = quoted.value;
        at = quoted.next;
      }
      const end = this.#lineEnd(text, at);
      const delimiter = text.indexOf(this.#delimiter, at);
      if (delimiter >= 0 && delimiter < end) {
        cells.push(value + detachedText(text.slice(at, delimiter)));
        at = delimiter + 1;
        continue;
      }
      const next = this.#afterLine(text, end, last);
      if (next === null) return null;
      const lineEnd = Math.min(end, text.length);
      cells.push(value + detachedText(text.slice(at, lineEnd)));
      return { start, end: lineEnd, next, cells };
    }
  }

  /** The quoted cell that opens at `open`; null when its end is not at hand yet. */
  #quotedCell(text: string, open: number, last: boolean): { value: string; next: number } | null {
    let doubled = false;
    let close = text.indexOf('"', open + 1);
    while (close >= 0 && text.charCodeAt(close + 1) === 34) {
      doubled = true;
      close = text.indexOf('"', close + 2);
    }
    if ((close < 0 ? text.length : close) - open > this.#maxCell) throw this.#unclosed();
    if (close < 0) {
      if (last) throw this.#unclosed();
      return null;
    }
    if (close + 1 >= text.length && !last) return null;
    const raw = text.slice(open + 1, close);
    if (!this.#endsCell(text, close + 1) && /[\r\n]/.test(raw)) {
      // Text goes on right behind the closing mark, lines further down: that mark opens another cell, this one never closed.
      throw this.#unclosed();
    }
    const value = doubled ? raw.replaceAll('""', '"') : raw;
    return { value: detachedText(value), next: close + 1 };
  }

  #endsCell(text: string, at: number): boolean {
    if (at >= text.length) return true;
    const character = text[at];
    return character === this.#delimiter || character === "\n" || character === "\r";
  }
}

function found(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
