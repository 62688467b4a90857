// Dates and academic years, roster format v1, section 5.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAMES: ReadonlyMap<string, number> = new Map(
  [
    ["january", "february", "march", "april", "may", "june"],
    ["july", "august", "september", "october", "november", "december"],
  ]
    .flat()
    .flatMap((name, at): [string, number][] => [
      [name, at + 1],
      [MONTHS[at] ?? name, at + 1],
    ])
    .concat([["sept", 9]]),
);
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_050;
const DAYS_1904 = 1462;
const SERIAL_OF_1970 = 25_569;

export type DateOrder = "mdy" | "dmy";

/** A day as one number, 20260103: ordered as days are. */
export type DayNumber = number;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

function dayNumber(year: number, month: number, day: number): DayNumber | null {
  if (year < 2000 || year > 2099 || month < 1 || month > 12) return null;
  return day >= 1 && day <= daysIn(year, month) ? year * 10_000 + month * 100 + day : null;
}

/** "2026-01-03". */
export function isoDay(day: DayNumber): string {
  const text = String(day);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

const ISO = /^(\d{4})([-/])(\d{2})\2(\d{2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const DAY_NAME = /^(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})$/;
const NAME_DAY = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/;
const SERIAL = /^\d{5}(?:\.\d+)?$/;
const TIME = /(?:T| )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?$/;

const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

const withoutTime = (text: string): string => (text.includes(":") ? text.replace(TIME, "") : text);

/** How a numeric day/month date can be read: null where the text is none, or readable in neither way. */
export function orderEvidence(text: string): "mdy" | "dmy" | "both" | "same" | null {
  const parts = NUMERIC.exec(withoutTime(text));
  if (parts === null) return null;
  const [first, second, year] = [Number(parts[1]), Number(parts[3]), fullYear(parts[4] ?? "")];
  const mdy = dayNumber(year, first, second) !== null;
  const dmy = dayNumber(year, second, first) !== null;
  if (mdy && dmy) return first === second ? "same" : "both";
  if (mdy) return "mdy";
  return dmy ? "dmy" : null;
}

function serialDay(serial: number, date1904: boolean): DayNumber | null {
  const days = Math.floor(serial) + (date1904 ? DAYS_1904 : 0);
  if (days < FIRST_SERIAL || days > LAST_SERIAL) return null;
  const date = new Date((days - SERIAL_OF_1970) * 86_400_000);
  return dayNumber(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Reads a cleaned date text; null for no accepted format, no such day, or a year outside 2000-2099 (DATE_BAD). */
export function readDay(text: string, order: DateOrder, date1904: boolean): DayNumber | null {
  const date = withoutTime(text);
  let parts = ISO.exec(date);
  if (parts !== null) return dayNumber(Number(parts[1]), Number(parts[3]), Number(parts[4]));
  parts = NUMERIC.exec(date);
  if (parts !== null) {
    const [first, second, year] = [Number(parts[1]), Number(parts[3]), fullYear(parts[4] ?? "")];
    return order === "mdy" ? dayNumber(year, first, second) : dayNumber(year, second, first);
  }
  parts = DAY_NAME.exec(date);
  if (parts !== null) {
    const month = MONTH_NAMES.get((parts[2] ?? "").toLowerCase());
    return month === undefined ? null : dayNumber(fullYear(parts[3] ?? ""), month, Number(parts[1]));
  }
  parts = NAME_DAY.exec(date);
  if (parts !== null) {
    const month = MONTH_NAMES.get((parts[1] ?? "").toLowerCase());
    return month === undefined ? null : dayNumber(Number(parts[3]), month, Number(parts[2]));
  }
  parts = COMPACT.exec(date);
  if (parts !== null) return dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return SERIAL.test(date) ? serialDay(Number(date), date1904) : null;
}

/** The month that a word names, 1-12, or null. */
export function monthNamed(word: string): number | null {
  return MONTH_NAMES.get(word.toLowerCase()) ?? null;
}

const ACADEMIC_YEAR = /^(?:AY ?)?(\d{4}) ?[-‐‑‒–—−/] ?(\d{4}|\d{2})$/i;
const SINGLE_YEAR = /^(?:AY ?)?(20\d{2})$/i;

/** The first year of an academic year, or null (AY_BAD). `single` says what one number alone would be. */
export function readAcademicYear(text: string, single: "start" | "end" | null): number | null {
  const parts = ACADEMIC_YEAR.exec(text);
  if (parts !== null) {
    const [first, second] = [Number(parts[1]), fullYear(parts[2] ?? "")];
    return first >= 2000 && first < 2099 && second === first + 1 ? first : null;
  }
  const year = SINGLE_YEAR.exec(text);
  if (year === null || single === null) return null;
  return single === "start" ? Number(year[1]) : Number(year[1]) - 1;
}

/** Whether the text is one year number, of which the academic year is not clear (Q_AY_YEAR). */
export function isSingleYear(text: string): boolean {
  return SINGLE_YEAR.test(text);
}

/** "2024-25". */
export function academicYearText(start: number): string {
  return `${start}-${String((start + 1) % 100).padStart(2, "0")}`;
}

/** First day of the academic year, 1 July. */
export const firstDayOf = (start: number): DayNumber => start * 10_000 + 701;

/** Last day of the academic year, 30 June. */
export const lastDayOf = (start: number): DayNumber => (start + 1) * 10_000 + 630;

/** An academic year that a title mentions, as "2024-25" or as "July 2024 to June 2025". */
export function academicYearInTitle(title: string): string | null {
  for (const [, first, second] of title.matchAll(/(20\d{2}) ?[-‐‑‒–—−/] ?(20\d{2}|\d{2})(?!\d)/g)) {
    const start = readAcademicYear(`${first}-${second}`, null);
    if (start !== null) return academicYearText(start);
  }
  const span = /\bJul[a-z]*\.? (?:1,? )?(20\d{2})\b.*\bJun[a-z]*\.? (?:30,? )?(20\d{2})\b/i.exec(title);
  return span !== null && Number(span[2]) === Number(span[1]) + 1 ? academicYearText(Number(span[1])) : null;
}
