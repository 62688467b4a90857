// A cell merged over several rows gives its value to every row it spans, in its first column.
import type { Cell } from "./spreadsheet.types.ts";

export interface VerticalMerge {
  /** 1-based. */
  column: number;
  firstRow: number;
  lastRow: number;
}

/** Fills merged values downward while rows pass by in order. */
export class MergeFiller {
  readonly #startingAt = new Map<number, VerticalMerge[]>();
  #open: { merge: VerticalMerge; value: Cell }[] = [];

  /** Announces a merge, at the latest before its first row is filled. */
  add(merge: VerticalMerge): void {
    const others = this.#startingAt.get(merge.firstRow);
    if (others) others.push(merge);
    else this.#startingAt.set(merge.firstRow, [merge]);
  }

  /** Completes one row; rows must come in ascending order. */
  fill(row: number, cells: Cell[]): void {
    if (this.#open.length > 0) {
      this.#open = this.#open.filter(({ merge }) => merge.lastRow >= row);
      for (const { merge, value } of this.#open) {
        while (cells.length < merge.column) cells.push("");
        if (cells[merge.column - 1] === "") cells[merge.column - 1] = value;
      }
    }
    const starting = this.#startingAt.get(row);
    if (starting === undefined) return;
    this.#startingAt.delete(row);
    for (const merge of starting) {
      const value = cells[merge.column - 1] ?? "";
      if (value !== "") this.#open.push({ merge, value });
    }
  }
}
