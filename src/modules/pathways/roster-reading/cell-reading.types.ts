import type { CheckCode } from "./roster-reading.types.ts";

/** What one cell says. Shared by all cells with the same text: never changed. */
export interface CellReading {
  /** Canonical text; "" where there is nothing to store. */
  text: string;
  /** Hundredths (amounts, hours), a percentage, an integer, a day (20260103) or the first year of an academic year. */
  number: number;
  blank: boolean;
  /** False where a check over several cells must not look at it. */
  readable: boolean;
  problems: readonly CheckCode[] | null;
  /** How the parts of the key are compared. */
  key: string;
}

export type CellKind = "text" | "number" | "percent" | "date" | "boolean";

/** Turns a cleaned text into a reading. */
export type Conversion = (text: string, kind: CellKind) => CellReading;

/** A reading without problems. */
export function plainReading(text: string, number = Number.NaN, key = ""): CellReading {
  return { text, number, blank: text === "", readable: true, problems: null, key };
}

/** A reading of a blank cell that is stored as `text`. */
export function blankReading(text: string): CellReading {
  return { text, number: Number.NaN, blank: true, readable: true, problems: null, key: "" };
}

/** A cell that cannot be read: nothing of it is kept. */
export function unreadable(code: CheckCode, blank = false): CellReading {
  return { text: "", number: Number.NaN, blank, readable: false, problems: [code], key: "" };
}

/** The same reading with one more problem. */
export function withProblem(reading: CellReading, code: CheckCode): CellReading {
  return { ...reading, problems: [...(reading.problems ?? []), code] };
}
