import formatData from "../../../../reference/roster-v1.json" with { type: "json" };
import { foldCode } from "./cell-text.rules.ts";
import type { CheckCode, Severity } from "./roster-reading.types.ts";

export type ColumnType =
  | "id"
  | "text"
  | "code"
  | "multi"
  | "ay"
  | "percent"
  | "date"
  | "integer"
  | "usd"
  | "hours"
  | "fips"
  | "county"
  | "state";

export interface ColumnDefinition {
  name: string;
  /** "key" and "yes" must be filled; "default" may come from the upload. */
  required: "key" | "yes" | "default" | "no";
  type: ColumnType;
  list: string | null;
  /** Limit of a text column in code points. */
  max: number | null;
  headers: readonly string[];
  /** What a person calls the column. */
  label: string;
}

export interface CodeList {
  id: string;
  codes: readonly string[];
  /** First spelling of each code. */
  labels: ReadonlyMap<string, string>;
  /** Spelling as compared, and the code itself, to code. */
  spellings: ReadonlyMap<string, string>;
  /** Spellings that may be answered, as compared. */
  ask: ReadonlySet<string>;
  /** True answers that the list cannot hold, as compared. */
  unresolved: ReadonlySet<string>;
  /** Code of a blank cell; null where blank stays blank. */
  blank: string | null;
  version: number;
  /** The first day on which it holds (ISO). */
  effectiveFrom: string;
}

interface ColumnData {
  name: string;
  required?: string;
  type: string;
  list?: string;
  max?: number;
  headers: string[];
}

interface ListData {
  id: string;
  version: number;
  effective_from: string;
  blank: string | null;
  codes: Record<string, string[]>;
  ask?: string[];
  unresolved?: string[];
}

const RACE_HELPER = "race_<code>";

function defineColumn(column: ColumnData): ColumnDefinition {
  return {
    name: column.name,
    required: (column.required ?? "no") as ColumnDefinition["required"],
    type: column.type as ColumnType,
    list: column.list ?? null,
    max: column.max ?? null,
    headers: column.headers,
    label: column.headers[0] ?? column.name,
  };
}

function defineList(list: ListData): CodeList {
  const spellings = new Map<string, string>();
  const labels = new Map<string, string>();
  for (const [code, written] of Object.entries(list.codes)) {
    spellings.set(foldCode(code), code);
    labels.set(code, written[0] ?? code);
    for (const spelling of written) spellings.set(foldCode(spelling), code);
  }
  return {
    id: list.id,
    codes: Object.keys(list.codes),
    labels,
    spellings,
    ask: new Set((list.ask ?? []).map(foldCode)),
    unresolved: new Set((list.unresolved ?? []).map(foldCode)),
    blank: list.blank,
    version: list.version,
    effectiveFrom: list.effective_from,
  };
}

/** Code lists by id, roster format v1, section 2. */
export const codeLists: ReadonlyMap<string, CodeList> = new Map(
  Object.values(formatData.lists as Record<string, ListData>).map((list) => [list.id, defineList(list)]),
);

/** The list of that id; an id that the format does not know is a mistake in the program. */
export function codeList(id: string): CodeList {
  const list = codeLists.get(id);
  if (list === undefined) throw new Error(`The roster format has no code list "${id}".`);
  return list;
}

/** The categories that have a yes/no column of their own: all of the race list but "not reported". */
export const raceCategories: readonly string[] = codeList("race_ethnicity").codes.filter(
  (code) => code !== "not_reported",
);

function raceColumns(column: ColumnData): ColumnDefinition[] {
  const written = (formatData.lists.race_ethnicity.codes as Record<string, string[]>) ?? {};
  return raceCategories.map((code) => {
    const spellings = written[code] ?? [];
    const headers = spellings.flatMap((spelling) => [`Race: ${spelling}`, spelling]);
    return { ...defineColumn({ ...column, name: `race_${code}`, headers }) };
  });
}

/** The canonical columns in their order, roster format v1, section 1. */
export const canonicalColumns: readonly ColumnDefinition[] = (formatData.columns as ColumnData[]).map(
  defineColumn,
);

/** Columns that are folded into the canonical ones; race_<code> written out as seven. */
export const helperColumns: readonly ColumnDefinition[] = (formatData.helpers as ColumnData[]).flatMap(
  (column) => (column.name === RACE_HELPER ? raceColumns(column) : [defineColumn(column)]),
);

const everyColumn = [...canonicalColumns, ...helperColumns];
const positions = new Map(everyColumn.map((column, position) => [column.name, position]));

/** Canonical columns first, then helpers: a row is read into this order. */
export const allColumns: readonly ColumnDefinition[] = everyColumn;

/** Position of a column in `allColumns`, or undefined for a name that is no column. */
export function findPosition(name: string): number | undefined {
  return positions.get(name);
}

/** Position of a column in `allColumns`; an unknown name is a mistake in the program. */
export function positionOf(name: string): number {
  const position = positions.get(name);
  if (position === undefined) throw new Error(`The roster format has no column "${name}".`);
  return position;
}

/** Definition of a column; an unknown name is a mistake in the program. */
export function columnOf(name: string): ColumnDefinition {
  const column = everyColumn[positionOf(name)];
  if (column === undefined) throw new Error(`The roster format has no column "${name}".`);
  return column;
}

/** The typed awards: amounts by award type, without the total. */
export const typedAwards: readonly string[] = canonicalColumns
  .filter((column) => column.type === "usd" && column.name !== "award_total_usd")
  .map((column) => column.name);

/** Spellings of nothing, in lower case, roster format v1, section 5. */
export const blankSpellings: ReadonlySet<string> = new Set(
  formatData.blanks.map((blank) => blank.toLowerCase()),
);

export const piiHeaders: readonly string[] = formatData.pii_headers;

export const totalWords: readonly string[] = formatData.total_words;

const severities = new Map(formatData.checks.map((check) => [check.code, check.severity as Severity]));

/** Severity of a check, roster format v1, section 3. */
export function severityOf(code: CheckCode): Severity {
  return severities.get(code) ?? "error";
}

/** The checks in the order of the format. */
export const checkCodes: readonly CheckCode[] = formatData.checks.map((check) => check.code as CheckCode);
