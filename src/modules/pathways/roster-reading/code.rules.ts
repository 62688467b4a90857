// Coded values, roster format v1, sections 2 and 5.
import { isBlank } from "./blank.rules.ts";
import { foldCode } from "./cell-text.rules.ts";
import type { CodeList } from "./roster-format.rules.ts";

/** What a coded cell says. */
export type CodeReading =
  | { kind: "code"; code: string }
  | { kind: "blank" }
  /** A true answer that the list cannot hold (VALUE_UNRESOLVED). */
  | { kind: "unresolved" }
  /** No code and no listed spelling (CODE_UNKNOWN). */
  | { kind: "unknown" };

const BLANK: CodeReading = { kind: "blank" };
const UNKNOWN: CodeReading = { kind: "unknown" };
const UNRESOLVED: CodeReading = { kind: "unresolved" };
const NONE_CODE = "none";

/** Reads one cleaned value by a list. `answered` holds the spellings that a person has given a code. */
export function readCode(text: string, list: CodeList, answered: ReadonlyMap<string, string>): CodeReading {
  // "None" is a code of the intent list and nothing everywhere else.
  if (isBlank(text) && !(list.spellings.has(NONE_CODE) && text.toLowerCase() === NONE_CODE)) return BLANK;
  const folded = foldCode(text);
  const code = list.spellings.get(folded);
  if (code !== undefined) return { kind: "code", code };
  if (list.unresolved.has(folded)) return UNRESOLVED;
  const given = list.ask.has(folded) ? answered.get(folded) : undefined;
  return given === undefined ? UNKNOWN : { kind: "code", code: given };
}

export interface MultiReading {
  /** In list order; not_reported only by itself. */
  codes: string[];
  blank: boolean;
  unresolved: boolean;
  unknown: boolean;
}

const BLANK_PIECE = { kind: "blank" } as const;

/** Pieces of a multi value: first at ; | and line breaks, then at commas, then at / & + and "and". */
function readPieces(text: string, list: CodeList, answered: ReadonlyMap<string, string>): CodeReading[] {
  const separators = [/[;|\n\r]/, /,/, /[/&+]|\band\b/i];
  const read = (piece: string, level: number): CodeReading[] => {
    const trimmed = piece.trim();
    if (trimmed === "") return [BLANK_PIECE];
    const whole = readCode(trimmed, list, answered);
    const separator = separators[level];
    if (whole.kind !== "unknown" || separator === undefined) return [whole];
    const pieces = trimmed.split(separator);
    return pieces.flatMap((part) => read(part, level + 1));
  };
  return read(text, 0);
}

/** Reads a multi value; the text must still have its line breaks. */
export function readMulti(text: string, list: CodeList, answered: ReadonlyMap<string, string>): MultiReading {
  const readings = readPieces(text, list, answered);
  const given = new Set<string>();
  for (const reading of readings) if (reading.kind === "code") given.add(reading.code);
  const blankCode = list.blank ?? "";
  const named = list.codes.filter((code) => given.has(code) && code !== blankCode);
  return {
    codes: named.length > 0 || blankCode === "" ? named : [blankCode],
    blank: readings.every((reading) => reading.kind === "blank"),
    unresolved: readings.some((reading) => reading.kind === "unresolved"),
    unknown: readings.some((reading) => reading.kind === "unknown"),
  };
}
