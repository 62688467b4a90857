// How the text of a cell is cleaned and compared, roster format v1, section 5.

// Written as numbers so that the source itself holds no invisible character.
const CONTROL_RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2060],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
];

const unicode = (code: number): string => `\\u${code.toString(16).padStart(4, "0")}`;
const CONTROL_SET = `[${CONTROL_RANGES.map(([from, to]) => `${unicode(from)}-${unicode(to)}`).join("")}]`;
const HAS_CONTROL = new RegExp(CONTROL_SET);
const EACH_CONTROL = new RegExp(CONTROL_SET, "g");
const IRREGULAR_SPACE = /^\s|\s$|\s\s|[^\S ]/;
const ERROR_TEXTS: ReadonlySet<string> = new Set([
  "#N/A",
  "#REF!",
  "#VALUE!",
  "#DIV/0!",
  "#NAME?",
  "#NUM!",
  "#NULL!",
]);

/** Whether a text holds a character of CONTROL_CHARS, roster format v1, section 3. */
export function hasControlCharacters(text: string): boolean {
  return HAS_CONTROL.test(text);
}

/** The text without them. */
export function withoutControlCharacters(text: string): string {
  return HAS_CONTROL.test(text) ? text.replace(EACH_CONTROL, "") : text;
}

/** White space, also no-break space and line breaks, to one space; trimmed. */
export function singleSpaced(text: string): string {
  return IRREGULAR_SPACE.test(text) ? text.replace(/\s+/g, " ").trim() : text;
}

/** The same for notes, the only column that keeps its line breaks. */
export function singleSpacedLines(text: string): string {
  if (!IRREGULAR_SPACE.test(text)) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

/** Text of a cell as every rule but notes sees it. */
export function cleanText(raw: string): string {
  return singleSpaced(withoutControlCharacters(raw));
}

/** An Excel error value written as text. */
export function isErrorText(text: string): boolean {
  return text.charCodeAt(0) === 35 && ERROR_TEXTS.has(text.toUpperCase());
}

const withoutAccents = (text: string): string => text.normalize("NFD").replace(/\p{M}+/gu, "");

/** A coded value as compared: lower case, no accents, every run of other signs one space. */
export function foldCode(text: string): string {
  const plain = withoutAccents(text).toLowerCase();
  const folded = plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  // A mark such as ✓ consists of other signs only and is compared as it stands.
  return folded === "" ? plain.trim() : folded;
}

/** A header as compared: accents off, lower case, %, $, # and & spelled out, all else one space. */
export function foldHeader(header: string): string {
  return withoutAccents(withoutControlCharacters(header))
    .toLowerCase()
    .replaceAll("%", " pct ")
    .replaceAll("$", " usd ")
    .replaceAll("#", " no ")
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The header without any (...) or [...]. */
export function withoutBrackets(header: string): string {
  return header.replace(/\([^()]*\)|\[[^[\]]*\]/g, " ");
}

/** A name of a place as compared. */
export function foldName(text: string): string {
  return foldCode(text);
}

const SOCIAL_SECURITY_NUMBER = /(?:^|\D)\d{3}-\d{2}-\d{4}(?:\D|$)/;

/** Whether a text holds 123-45-6789 between non-digits. */
export function holdsSocialSecurityNumber(text: string): boolean {
  return text.length >= 11 && text.includes("-") && SOCIAL_SECURITY_NUMBER.test(text);
}
