// Numbers, dates and times of workbooks as the cells that readers hand on.
import type { NumberFormatKind } from "./number-formats.ts";
import type { Cell } from "./spreadsheet.types.ts";

const SECONDS_IN_DAY = 86_400;
/** 31 December 9999, the last day that Excel knows. */
const LAST_SERIAL = 2_958_465;
const DAYS_FROM_1900_TO_1904 = 1462;
/** Excel takes 1900 for a leap year: this serial is 29 February 1900, a day that never was. */
const LEAP_BUG_SERIAL = 60;

/** A number as Excel shows it: at most 15 significant digits, never an exponent. */
export function plainDecimal(value: number): string {
  const shortest = String(value);
  // Nearly every number: at most 15 characters.
  if (shortest.length <= 15 && !shortest.includes("e")) return shortest;
  const text = String(Number(value.toPrecision(15)));
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = "", first = "", rest = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  const digits = first + rest;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, "0");
}

export function numberCell(value: number, percent: boolean): Cell {
  return { kind: "number", value, text: plainDecimal(value), percent };
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** "36:00", or "36:00:05" where seconds are set. */
function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const text = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return whole % 60 === 0 ? text : `${text}:${twoDigits(whole % 60)}`;
}

/**
 * A day number of Excel as ISO date, with the time where it has one.
 * Serial 60 of the 1900 system gives "1900-02-29" as Excel shows it: no such day, so that a reader rejects it.
 */
export function serialToIso(serial: number, date1904: boolean): string {
  let seconds = Math.round(serial * SECONDS_IN_DAY);
  let day = Math.floor(seconds / SECONDS_IN_DAY);
  seconds -= day * SECONDS_IN_DAY;
  const time =
    seconds === 0
      ? ""
      : `T${[seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => twoDigits(Math.floor(part))).join(":")}`;
  if (date1904) day += DAYS_FROM_1900_TO_1904;
  else if (day === LEAP_BUG_SERIAL) return `1900-02-29${time}`;
  else if (day < LEAP_BUG_SERIAL) day += 1;
  return new Date(Date.UTC(1899, 11, 30) + day * SECONDS_IN_DAY * 1000).toISOString().slice(0, 10) + time;
}

/**
 * The cell for a stored number under its number format. Times of day and durations come out as the text they show
 * ("36:00"), since their stored fraction of a day would be misread as a count of hours.
 */
export function cellOfNumber(value: number, kind: NumberFormatKind, date1904: boolean): Cell {
  const lastSerial = date1904 ? LAST_SERIAL - DAYS_FROM_1900_TO_1904 : LAST_SERIAL;
  if (kind === "duration" && value >= 0) return clockText(value * SECONDS_IN_DAY);
  if (kind === "date" || kind === "time") {
    if (value >= 0 && value < 1 && (kind === "time" || value > 0)) return clockText(value * SECONDS_IN_DAY);
    if (value >= 1 && value < lastSerial + 1) return { kind: "date", text: serialToIso(value, date1904) };
  }
  return numberCell(value, kind === "percent");
}

/** An ISO date as workbooks store it, without a time of midnight, fractions of seconds and zone. */
export function isoDateCell(stored: string): Cell {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    stored.trim(),
  );
  if (match === null) return stored;
  const [, day = "", time = "00:00"] = match;
  if (/^00:00(:00)?$/.test(time)) return { kind: "date", text: day };
  return { kind: "date", text: `${day}T${time.length === 5 ? `${time}:00` : time}` };
}

export function booleanCell(value: boolean): Cell {
  return { kind: "boolean", value, text: value ? "TRUE" : "FALSE" };
}
