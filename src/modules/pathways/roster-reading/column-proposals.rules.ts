// Which unmatched headers are worth a question (Q_COLUMN), roster format v1, section 4: the file needs the column, or
// its values offer one that is absent. Likeness alone never maps anything; it only chooses what is proposed.
import { isBlank } from "./blank.rules.ts";
import { cleanText, foldCode, foldHeader } from "./cell-text.rules.ts";
import { readMulti } from "./code.rules.ts";
import { readAcademicYear, readDay } from "./date.rules.ts";
import { readHundredths, readInteger, readPercent } from "./number.rules.ts";
import { type ColumnDefinition, canonicalColumns, codeList } from "./roster-format.rules.ts";

const MOST = 0.8;
const NO_ANSWERS: ReadonlyMap<string, string> = new Map();
const YES_NO_LISTS: ReadonlySet<string> = new Set(["yes_no", "ethnicity"]);
const FILLERS: ReadonlySet<string> = new Set([
  "a",
  "an",
  "and",
  "at",
  "by",
  "for",
  "from",
  "in",
  "is",
  "no",
  "of",
  "on",
  "or",
  "per",
  "the",
  "to",
  "was",
  "with",
]);
const SERIAL = /^\d{5}$|^\d{8}$/;

const words = (text: string): string[] =>
  foldHeader(text)
    .split(" ")
    .filter((word) => word !== "" && !FILLERS.has(word));

function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (before[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(change, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[other.length] ?? 0;
}

const isMisspelling = (one: string, other: string): boolean =>
  one.length >= 5 && distance(one, other) <= (other.length > 7 ? 2 : 1);

/** How much a header is like those of a column: 2 = nearly the same or holding all its words, 1 = sharing a word. */
function likeness(header: string, column: ColumnDefinition): 0 | 1 | 2 {
  const folded = foldHeader(header);
  const own = new Set(words(header));
  let shared = false;
  for (const known of [column.name, ...column.headers]) {
    const parts = words(known);
    if (isMisspelling(folded, foldHeader(known))) return 2;
    if (parts.length > 1 && parts.every((word) => own.has(word))) return 2;
    shared ||= parts.some((word) => own.has(word) && word.length > 2 && word !== "date" && word !== "hours");
  }
  return shared ? 1 : 0;
}

function fits(text: string, column: ColumnDefinition): boolean {
  switch (column.type) {
    case "hours":
    case "usd":
      return readHundredths(text, column.type, "point") !== null;
    case "percent":
      return readPercent(text, "point") !== null;
    case "integer":
      return readInteger(text, "point") !== null;
    case "date":
      return !SERIAL.test(text) && (readDay(text, "mdy", false) ?? readDay(text, "dmy", false)) !== null;
    case "ay":
      return readAcademicYear(text, "start") !== null;
    case "code":
    case "multi":
      return !readMulti(text, codeList(column.list ?? ""), NO_ANSWERS).unknown;
    default:
      return true;
  }
}

/** Whether the values say by themselves what they are: a unit, a sign, words of a list. */
function speaksForItself(values: readonly string[], column: ColumnDefinition): boolean {
  const most = (test: (text: string) => boolean): boolean =>
    values.length > 0 && values.filter(test).length >= values.length * MOST;
  if (column.type === "hours") return most((text) => /\d ?(?:h|hrs?|hours)$/i.test(text));
  if (column.type === "usd") return most((text) => /^\(?-? ?(?:\$|usd) ?[\d.]/i.test(text));
  if (column.type === "percent") return most((text) => /\d ?%$/.test(text));
  const coded = column.type === "code" || column.type === "multi";
  if (!coded || YES_NO_LISTS.has(column.list ?? "")) return false;
  const distinct = new Set(values.map(foldCode));
  return (
    distinct.size > 1 && values.some((text) => text.length > 3) && values.every((text) => fits(text, column))
  );
}

// Without these every row, or every completed row, would be turned away.
const isNeeded = (column: ColumnDefinition): boolean =>
  column.required === "yes" || column.name === "completed_on";

/** Canonical columns that neither a column of the file nor its helpers give. */
export function absentColumns(mapped: ReadonlySet<string>): ColumnDefinition[] {
  const given = new Set(mapped);
  const stands = (helper: (name: string) => boolean, ...columns: string[]): void => {
    if ([...mapped].some(helper)) for (const column of columns) given.add(column);
  };
  stands((name) => name === "birth_year", "age");
  stands((name) => name === "site_county", "site_county_fips");
  stands((name) => name === "is_completed" || name === "has_left", "outcome");
  stands((name) => name === "race" || name === "ethnicity" || name.startsWith("race_"), "race_ethnicity");
  const awards = canonicalColumns.filter((column) => column.type === "usd").map((column) => column.name);
  stands((name) => name.startsWith("award_1_") || name.startsWith("award_2_"), ...awards);
  return canonicalColumns.filter((column) => !given.has(column.name));
}

export interface ColumnProposal {
  propose: string | null;
  candidates: string[];
}

/** What to propose for an unmatched header, or null when it is none of the roster's business. */
export function proposeColumn(
  header: string,
  sample: Iterable<string>,
  absent: readonly ColumnDefinition[],
): ColumnProposal | null {
  const values = [...sample].map(cleanText).filter((text) => !isBlank(text));
  const candidates: { name: string; like: number; sure: number }[] = [];
  for (const column of absent) {
    if (column.type === "id" && column.required !== "key") continue;
    const like = likeness(header, column);
    const matching = values.filter((text) => fits(text, column)).length;
    const fit = values.length > 0 && matching >= values.length * MOST;
    const speaks = speaksForItself(values, column);
    const typed = column.type !== "text" && column.type !== "id";
    const asks = speaks || (fit && typed && isNeeded(column)) || (like === 2 && (fit || values.length === 0));
    if (asks) candidates.push({ name: column.name, like, sure: speaks ? 1 : 0 });
  }
  if (candidates.length === 0) return null;
  candidates.sort((one, other) => other.like - one.like || other.sure - one.sure);
  const [best, next] = candidates;
  const clear =
    next === undefined || (best !== undefined && (best.like > next.like || best.sure > next.sure));
  return {
    propose: clear ? (best?.name ?? null) : null,
    candidates: candidates.map((candidate) => candidate.name),
  };
}
