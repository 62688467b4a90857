// Finding the header of a sheet, roster format v1, section 5.
import type { Row } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { foldHeader } from "./cell-text.rules.ts";
import { type HeaderMatch, type HeaderMemory, matchHeader } from "./header-match.rules.ts";

/** The header stands within so many rows. */
export const HEADER_WITHIN = 40;
const KNOWN_BESIDE_KEY = 3;
const KEY = "trainee_id";

export interface HeaderColumn extends HeaderMatch {
  /** 1-based. */
  index: number;
  header: string | string[];
}

export interface Header {
  rows: number[];
  /** Texts of each header row, to know the header where it is repeated. */
  cells: string[][];
  columns: HeaderColumn[];
  known: number;
  hasKey: boolean;
}

/** Text of a cell of the header as the file has it. */
function texts(row: Row): string[] {
  return row.cells.map((cell) => (typeof cell === "string" ? cell : cell.text).trim());
}

function describe(rows: number[], cells: string[][], columns: HeaderColumn[]): Header {
  const found = new Set(columns.map((column) => column.to).filter((to) => to !== null));
  return { rows, cells, columns, known: found.size, hasKey: found.has(KEY) };
}

function oneRow(row: Row, memory: HeaderMemory): Header {
  const cells = texts(row);
  const columns = cells.flatMap((text, at) =>
    text === "" ? [] : [{ ...matchHeader("", text, memory), index: at + 1, header: text }],
  );
  return describe([row.number], [cells], columns);
}

// A survey tool writes "Response" under the questions that have a single field.
const NO_SUB_HEADER: ReadonlySet<string> = new Set(["response", "open ended response"]);

function twoRows(upper: Row, lower: Row, memory: HeaderMemory): Header {
  const groups = texts(upper);
  const subs = texts(lower);
  const columns: HeaderColumn[] = [];
  let carried = "";
  for (let at = 0; at < Math.max(groups.length, subs.length); at++) {
    const own = groups[at] ?? "";
    const sub = subs[at] ?? "";
    const spans = own !== "" && (groups[at + 1] ?? "") === "" && (subs[at + 1] ?? "") !== "";
    // A header merged over both rows stands for its own column only.
    const alone = own !== "" && (sub === "" || NO_SUB_HEADER.has(foldHeader(sub)) || (sub === own && !spans));
    if (own !== "") carried = alone ? "" : own;
    const group = alone ? "" : carried;
    const text = alone ? own : sub;
    if (text === "") continue;
    const header = group === "" ? text : [group, text];
    columns.push({ ...matchHeader(group, text, memory), index: at + 1, header });
  }
  return describe([upper.number, lower.number], [groups, subs], columns);
}

const IMPORT_ID = /^\{"ImportId"/i;

function surveyRows(names: Row, questions: Row, imports: Row, memory: HeaderMemory): Header | null {
  const ids = texts(imports).filter((text) => text !== "");
  if (ids.filter((text) => IMPORT_ID.test(text)).length * 2 <= ids.length) return null;
  const short = texts(names);
  const long = texts(questions);
  const columns: HeaderColumn[] = [];
  for (let at = 0; at < Math.max(short.length, long.length); at++) {
    const name = short[at] ?? "";
    const question = long[at] ?? "";
    if (name === "" && question === "") continue;
    const asked = matchHeader("", question, memory);
    const match = asked.to !== null || asked.pii ? asked : matchHeader("", name, memory);
    columns.push({ ...match, index: at + 1, header: [name, question] });
  }
  return describe([names.number, questions.number, imports.number], [short, long, texts(imports)], columns);
}

/**
 * The header among the first rows of a sheet: of all readings of one row, of two stacked rows and of the three rows of
 * a survey export, the one that knows most headers; the earliest and simplest of equals. Null when there is none.
 */
export function findHeader(rows: readonly Row[], memory: HeaderMemory, needsKey = true): Header | null {
  let best: Header | null = null;
  const consider = (header: Header | null): void => {
    if (header === null || (needsKey && !header.hasKey)) return;
    if (header.known < KNOWN_BESIDE_KEY + (needsKey ? 1 : 0)) return;
    // A title above a header adds nothing: of equal readings of the same rows the one with fewer rows is the header.
    const simpler =
      best !== null &&
      header.known === best.known &&
      header.rows.length === 1 &&
      best.rows.length === 2 &&
      header.rows.every((row) => best?.rows.includes(row));
    if (best === null || header.known > best.known || simpler) best = header;
  };
  const first = rows.slice(0, HEADER_WITHIN);
  for (const [at, row] of first.entries()) {
    const [next, third] = [rows[at + 1], rows[at + 2]];
    if (next !== undefined && third !== undefined) consider(surveyRows(row, next, third, memory));
    consider(oneRow(row, memory));
    if (next !== undefined && next.number === row.number + 1) consider(twoRows(row, next, memory));
  }
  return best;
}
