// Cells of split columns (Q_SPLIT), roster format v1, section 4.
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { isBlank } from "./blank.rules.ts";
import type { CellReader } from "./cell-reader.rules.ts";
import { type CellReading, plainReading } from "./cell-reading.types.ts";
import { cleanText } from "./cell-text.rules.ts";
import { monthNamed } from "./date.rules.ts";
import { shortestDecimal } from "./number.rules.ts";

const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? "" : cleanText(typeof cell === "string" ? cell : cell.text);

/** "F / 34" to "F" and "34"; null where the cell does not fall into two parts. */
export function twoParts(text: string): [string, string] | null {
  for (const separator of [/\s*[/|;,]\s*/, /\s+[-–]\s+/, /\s+/]) {
    const parts = text.split(separator);
    const [first, second] = parts;
    if (parts.length === 2 && first !== undefined && second !== undefined) return [first, second];
  }
  return null;
}

/** Both readings of one cell that holds two columns. What has one part only is left to the first column. */
export function readTwo(
  cell: Cell | undefined,
  first: CellReader,
  second: CellReader,
): [CellReading, CellReading] {
  const text = textOf(cell);
  if (text === "" || isBlank(text)) return [first.read(""), second.read("")];
  const parts = twoParts(text);
  if (parts !== null) return [first.read(parts[0]), second.read(parts[1])];
  // A lone number belongs to whichever column can read it.
  const [one, two] = [first.read(text), second.read(text)];
  return !one.readable && two.readable ? [first.read(""), two] : [one, second.read("")];
}

const two = (value: number | string): string => String(value).padStart(2, "0");

/** A date from its day, month and year. */
export function readSpreadDate(
  day: Cell | undefined,
  month: Cell | undefined,
  year: Cell | undefined,
  reader: CellReader,
): CellReading {
  const [d, m, y] = [textOf(day), textOf(month), textOf(year)];
  if (isBlank(d) && isBlank(m) && isBlank(y)) return reader.read("");
  const number = monthNamed(m) ?? Number(m);
  return reader.read(
    `${y.length === 2 ? `20${y}` : y}-${Number.isInteger(number) ? two(number) : m}-${two(d)}`,
  );
}

/** The sum of the months' hours; blank when all are blank, unreadable when one is. */
export function readSpreadHours(cells: readonly (Cell | undefined)[], reader: CellReader): CellReading {
  let sum = 0;
  let filled = false;
  for (const cell of cells) {
    const reading = reader.read(cell ?? "");
    if (!reading.readable) return reading;
    if (reading.blank) continue;
    filled = true;
    sum += reading.number;
  }
  return filled ? plainReading(shortestDecimal(sum), sum) : reader.read("");
}
