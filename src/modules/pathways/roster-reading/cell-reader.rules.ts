// Reading cells fast: cleaning, error values and a bounded memory around a column's conversion.
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import {
  type CellKind,
  type CellReading,
  type Conversion,
  unreadable,
  withProblem,
} from "./cell-reading.types.ts";
import {
  hasControlCharacters,
  isErrorText,
  singleSpaced,
  singleSpacedLines,
  withoutControlCharacters,
} from "./cell-text.rules.ts";
import type { QuickReading } from "./quick-readings.rules.ts";
import type { ColumnDefinition } from "./roster-format.rules.ts";
import { TEXT_SLOTS, textSlot } from "./text-slot.rules.ts";

/** So many different texts of a column are remembered; further ones are read anew each time. */
const MEMORY_LIMIT = 5_000;
const LONGEST_REMEMBERED = 200;
const ERROR_CELL = unreadable("CELL_ERROR");
const NOTES = "notes";

export interface CellReader {
  read(cell: Cell): CellReading;
}

/** Trainee ids hardly repeat: remembering them would only cost memory. */
const remembers = (column: ColumnDefinition): boolean => column.name !== "trainee_id";

/** The reader of one column. Equal cells give the same reading object. */
export function compileCellReader(
  column: ColumnDefinition,
  convert: Conversion,
  quick: QuickReading | null = null,
): CellReader {
  const memories: Record<CellKind, Map<string, CellReading>> = {
    text: new Map(),
    number: new Map(),
    percent: new Map(),
    date: new Map(),
    boolean: new Map(),
  };
  const texts = memories.text;
  const limit = remembers(column) ? MEMORY_LIMIT : 0;
  // The pieces of a multi value may stand on lines of their own.
  const keepsLines = column.name === NOTES || column.type === "multi";

  const readAnew = (raw: string, kind: CellKind): CellReading => {
    const control = hasControlCharacters(raw);
    const visible = control ? withoutControlCharacters(raw) : raw;
    const text = keepsLines ? singleSpacedLines(visible) : singleSpaced(visible);
    const reading = isErrorText(text) ? ERROR_CELL : convert(text, kind);
    return control ? withProblem(reading, "CONTROL_CHARS") : reading;
  };
  const readTyped = (raw: string, kind: CellKind): CellReading => {
    const memory = memories[kind];
    const known = memory.get(raw);
    if (known !== undefined) return known;
    const reading = readAnew(raw, kind);
    if (memory.size < limit) memory.set(raw, reading);
    return reading;
  };
  const recentTexts: string[] = Array.from({ length: TEXT_SLOTS }, () => "");
  const recentReadings: (CellReading | undefined)[] = Array.from({ length: TEXT_SLOTS });
  const readText = (raw: string): CellReading => {
    if (quick !== null) {
      const reading = quick(raw);
      if (reading !== null) return reading;
    }
    const slot = textSlot(raw);
    const recent = recentReadings[slot];
    if (recent !== undefined && recentTexts[slot] === raw) return recent;
    let reading = texts.get(raw);
    if (reading === undefined) {
      reading = readAnew(raw, "text");
      // A long text seldom repeats, and would be kept for nothing.
      if (texts.size < limit && raw.length <= LONGEST_REMEMBERED) texts.set(raw, reading);
    }
    if (limit > 0) {
      recentTexts[slot] = raw;
      recentReadings[slot] = reading;
    }
    return reading;
  };
  return {
    read(cell) {
      if (typeof cell === "string") return readText(cell);
      if (cell.kind === "error") return ERROR_CELL;
      return readTyped(cell.text, cell.kind === "number" && cell.percent ? "percent" : cell.kind);
    },
  };
}
