// Which rows of a sheet are data, roster format v1, section 5 ("Rows left out").
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { isBlankCell } from "./blank.rules.ts";
import { cleanText, foldCode, foldHeader } from "./cell-text.rules.ts";
import { columnOf, totalWords } from "./roster-format.rules.ts";
import type { SheetPlan } from "./roster-reading.types.ts";

export type RowKind = "data" | "blank" | "unmapped" | "single" | "total" | "header";

const TOTALS = totalWords.map(foldCode);
// Decides most rows without folding anything: every total word begins with one of these.
const MAY_BE_TOTAL = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:${TOTALS.map((word) => word.split(" ")[0]).join("|")})`,
  "iu",
);
const DIGIT = /\d/;

const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? "" : cleanText(typeof cell === "string" ? cell : cell.text);

/** Whether a text begins with a total word as a word of its own: "Totals:" does, "Summer 2024" does not. */
export function beginsWithTotal(text: string): boolean {
  const folded = foldCode(text);
  return TOTALS.some((word) => folded === word || folded.startsWith(`${word} `));
}

/** Compiles the decision for one sheet. */
export function compileRowFilter(
  plan: Pick<SheetPlan, "columns" | "splits" | "headerCells">,
): (cells: readonly Cell[]) => RowKind {
  const mapped = new Set(plan.columns.map((column) => column.index));
  for (const split of plan.splits) {
    for (const index of split.kind === "one-to-two" ? [split.index] : split.indexes) mapped.add(index);
  }
  const coded = plan.columns
    .filter((column) => ["code", "multi"].includes(columnOf(column.to).type))
    .map((column) => column.index);
  const keyColumn = plan.columns.find((column) => column.to === "trainee_id")?.index ?? 0;
  const headers = plan.headerCells.map((cells) => cells.map(foldHeader));

  const repeatsHeader = (cells: readonly Cell[]): boolean => {
    const key = cells[keyColumn];
    // Trainee ids hold digits nearly always, headers never: most rows need no closer look.
    if (key === undefined || typeof key !== "string" || key === "" || DIGIT.test(key)) return false;
    return headers.some(
      (header) =>
        header[keyColumn] !== "" &&
        cells.every((cell, at) => isBlankCell(cell) || foldHeader(textOf(cell)) === (header[at] ?? "")),
    );
  };
  const isTotal = (cells: readonly Cell[], first: number): boolean => {
    const cell = cells[first];
    if (typeof cell !== "string" || !beginsWithTotal(textOf(cell))) return false;
    return coded.every((index) => index <= first || isBlankCell(cells[index]));
  };

  return (cells) => {
    let first = -1;
    let filled = 0;
    let filledMapped = 0;
    for (let at = 0; at < cells.length; at++) {
      if (isBlankCell(cells[at])) continue;
      if (first < 0) first = at;
      filled++;
      if (mapped.has(at)) filledMapped++;
      if (filled >= 2 && filledMapped > 0) break;
    }
    if (filled === 0) return "blank";
    if (filled === 1) return "single";
    if (filledMapped === 0) return "unmapped";
    const start = cells[first];
    if (typeof start === "string" && MAY_BE_TOTAL.test(start) && isTotal(cells, first)) return "total";
    return repeatsHeader(cells) ? "header" : "data";
  };
}
