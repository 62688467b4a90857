// Which column a header names, roster format v1, sections 1 and 5.
import { foldHeader, withoutBrackets } from "./cell-text.rules.ts";
import { allColumns, columnOf, piiHeaders } from "./roster-format.rules.ts";

/** What the person who uploads has said about headers: header as compared to column name, or null = ignore. */
export type HeaderMemory = ReadonlyMap<string, string | null>;

export interface HeaderMatch {
  /** Canonical or helper name; null = not a roster column. */
  to: string | null;
  pii: boolean;
  /** A unit other than hours, dollars or percent that the header states. */
  unit: string | null;
  /** Decided by an answer or a memory, not by the list. */
  told: boolean;
}

const NO_MATCH: HeaderMatch = { to: null, pii: false, unit: null, told: false };

function knownHeaders(): Map<string, string> {
  const known = new Map<string, string>();
  for (const column of allColumns) known.set(foldHeader(column.name), column.name);
  for (const column of allColumns) {
    for (const header of column.headers) {
      const folded = foldHeader(header);
      if (!known.has(folded)) known.set(folded, column.name);
      const short = foldHeader(withoutBrackets(header));
      if (short !== "" && !known.has(short)) known.set(short, column.name);
    }
  }
  return known;
}

const KNOWN = knownHeaders();

// The listed headers and what names the same things in other words.
const PII = new Set([
  ...piiHeaders.map(foldHeader),
  "middle name",
  "maiden name",
  "given name",
  "family name",
  "surname",
  "birth date",
  "birthdate",
  "home address",
  "mailing address",
  "phone number",
  "phone no",
  "email address",
  "e mail address",
  "telephone",
]);
const PII_OWNERS =
  /^(?:(?:trainee|participant|student|apprentice|learner|supervisor|mentor|preceptor|home|work|personal|mobile|primary|contact|legal|preferred|emergency)s? )+/;

/** Whether a header names a person, SSN, birth date, e-mail, phone or address (PII_COLUMN). */
export function isPiiHeader(header: string): boolean {
  return [foldHeader(header), foldHeader(withoutBrackets(header))].some(
    (folded) =>
      PII.has(folded) ||
      PII.has(folded.replace(PII_OWNERS, "")) ||
      /\bssn\b|\bsocial security\b/.test(folded),
  );
}

/** The texts under which a column may be known: group and sub-header, sub-header and group, sub-header alone. */
export function headerReadings(group: string, sub: string): string[] {
  if (sub === "" || group === "") return [sub === "" ? group : sub];
  return [`${group} ${sub}`, `${sub} ${group}`, sub];
}

/** A header in the form under which answers and memories keep it. */
export function normaliseHeader(header: string | readonly string[]): string {
  return foldHeader(typeof header === "string" ? header : header.join(" "));
}

const UNIT_WORDS: ReadonlyMap<string, string> = new Map([
  ["day", "days"],
  ["days", "days"],
  ["week", "weeks"],
  ["weeks", "weeks"],
  ["month", "months"],
  ["months", "months"],
  ["minute", "minutes"],
  ["minutes", "minutes"],
  ["min", "minutes"],
  ["mins", "minutes"],
  ["credits", "credits"],
  ["credit hours", "credits"],
  ["units", "units"],
  ["usd 000", "$000"],
  ["usd 000s", "$000"],
  ["000", "$000"],
  ["000s", "$000"],
  ["usd 1 000", "$000"],
  ["usd 1 000s", "$000"],
  ["usd 1000", "$000"],
  ["usd 1000s", "$000"],
  ["usd thousands", "$000"],
  ["thousands", "$000"],
  ["thousands of dollars", "$000"],
  ["usd k", "$000"],
  ["k", "$000"],
  ["cents", "cents"],
  ["eur", "EUR"],
  ["euro", "EUR"],
  ["cad", "CAD"],
]);
const NUMBER_TYPES: ReadonlySet<string> = new Set(["hours", "usd", "percent"]);
const isNumberColumn = (name: string): boolean => NUMBER_TYPES.has(columnOf(name).type);

const unitOf = (text: string): string | null => UNIT_WORDS.get(foldHeader(text).replace(/^in /, "")) ?? null;

function bracketUnit(header: string): string | null {
  for (const [, round, square] of header.matchAll(/\(([^()]*)\)|\[([^[\]]*)\]/g)) {
    const unit = unitOf(round ?? square ?? "");
    if (unit !== null) return unit;
  }
  return null;
}

// "Stipend $000" and "Training days": the unit stands in the header itself.
function trailingUnit(header: string): HeaderMatch | null {
  const words = foldHeader(header).split(" ");
  for (const taken of [3, 2, 1]) {
    if (words.length <= taken) continue;
    const unit = unitOf(words.slice(-taken).join(" "));
    if (unit === null) continue;
    const rest = words.slice(0, -taken).filter((word, at, all) => !(at === all.length - 1 && word === "in"));
    const to = KNOWN.get(rest.join(" ")) ?? KNOWN.get([...rest, "hours"].join(" ")) ?? null;
    if (to !== null && isNumberColumn(to)) return { to, pii: false, unit, told: false };
  }
  return null;
}

/** The column of a header, given what has been said about headers. */
export function matchHeader(group: string, sub: string, memory: HeaderMemory): HeaderMatch {
  if (group === "" && sub === "") return NO_MATCH;
  const readings = headerReadings(group, sub);
  const stated = bracketUnit(sub === "" ? group : sub) ?? bracketUnit(group);
  const folded = readings.flatMap((reading) => [foldHeader(reading), foldHeader(withoutBrackets(reading))]);
  const pii = !folded.some((name) => KNOWN.has(name)) && readings.some(isPiiHeader);
  if (pii) return { to: null, pii: true, unit: null, told: false };
  for (const name of folded) {
    const told = memory.get(name);
    if (told === undefined) continue;
    return { to: told, pii: false, unit: told !== null && isNumberColumn(told) ? stated : null, told: true };
  }
  for (const name of folded) {
    const to = KNOWN.get(name);
    if (to !== undefined) return { to, pii: false, unit: isNumberColumn(to) ? stated : null, told: false };
  }
  for (const reading of readings) {
    const match = trailingUnit(reading);
    if (match !== null) return match;
  }
  return NO_MATCH;
}

/** The column that a header names exactly by the list, or null. */
export function knownColumn(header: string): string | null {
  return KNOWN.get(foldHeader(header)) ?? KNOWN.get(foldHeader(withoutBrackets(header))) ?? null;
}
