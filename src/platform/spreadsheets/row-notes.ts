// Notes to rows, in the order in which a file is written back.
import type { RowNote } from "./spreadsheet.types.ts";

export interface SheetRow {
  /** The sheet's name; null for a text file. */
  sheet: string | null;
  /** The number of the row, from 1. */
  row: number;
}

export interface Annotations {
  /** Heading of the added column. */
  columnTitle: string;
  /** The rows that get the heading. */
  headerRow: readonly SheetRow[];
  /** An array in any order, or an iterable that is sorted as the file is: by sheet, then by row. */
  notes: readonly RowNote[] | Iterable<RowNote> | AsyncIterable<RowNote>;
}

/** Several notes to one row share its cell. */
function joined(texts: Map<number, string>, row: number, text: string): void {
  const before = texts.get(row);
  texts.set(row, before === undefined ? text : `${before}; ${text}`);
}

/** The rows of one sheet that get the heading of the added column. */
export function headerTexts(
  { headerRow, columnTitle }: Annotations,
  sheet: string | null,
): Map<number, string> {
  return new Map(headerRow.filter((at) => at.sheet === sheet).map(({ row }) => [row, columnTitle]));
}

/** All texts to write, by sheet and row, headings included; sheets without any are absent. */
export async function textsBySheet(
  annotations: Annotations,
): Promise<Map<string | null, Map<number, string>>> {
  const sheets = new Map<string | null, Map<number, string>>();
  for (const { sheet } of annotations.headerRow) {
    if (!sheets.has(sheet)) sheets.set(sheet, headerTexts(annotations, sheet));
  }
  for await (const { sheet, row, text } of annotations.notes) {
    const texts = sheets.get(sheet) ?? new Map<number, string>();
    sheets.set(sheet, texts);
    joined(texts, row, text);
  }
  return sheets;
}

/** Hands out the notes of a file of one sheet while its rows pass by, keeping no more than it must. */
export class NoteCursor {
  readonly #notes: AsyncIterator<RowNote> | Iterator<RowNote>;
  #ahead: RowNote | null = null;
  #done = false;

  constructor({ notes }: Annotations) {
    if (Array.isArray(notes)) {
      const sorted = (notes as RowNote[]).toSorted((one, other) => one.row - other.row);
      this.#notes = sorted[Symbol.iterator]();
    } else if (Symbol.asyncIterator in notes) this.#notes = notes[Symbol.asyncIterator]();
    else this.#notes = notes[Symbol.iterator]();
  }

  /** The notes not yet handed out to rows up to this one. */
  async through(lastRow: number): Promise<Map<number, string>> {
    const texts = new Map<number, string>();
    while (!this.#done) {
      if (this.#ahead === null) {
        const next = await this.#notes.next();
        if (next.done === true) {
          this.#done = true;
          break;
        }
        this.#ahead = next.value;
      }
      if (this.#ahead.row > lastRow) break;
      joined(texts, this.#ahead.row, this.#ahead.text);
      this.#ahead = null;
    }
    return texts;
  }
}
