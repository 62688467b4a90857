// Short cuts for cells that are canonical already, the bulk of a large file. Whatever they do not know, the column's
// conversion reads; they never decide that something is wrong.
import { type CellReading, plainReading } from "./cell-reading.types.ts";
import type { ColumnDefinition } from "./roster-format.rules.ts";
import type { ColumnSettings } from "./roster-reading.types.ts";

export type QuickReading = (raw: string) => CellReading | null;

/** "250000.00" has nine characters. */
const LONGEST_NUMBER = 9;
const POINT = 46;
const ZERO = 48;

/** Hundredths of a canonical amount ("6500.00") or of canonical hours ("1261.75", "12.5", "7"); -1 for anything else. */
export function canonicalHundredths(text: string, isAmount: boolean): number {
  const { length } = text;
  if (length === 0 || length > LONGEST_NUMBER) return -1;
  let value = 0;
  let decimals = -1;
  for (let at = 0; at < length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === POINT && decimals < 0 && at > 0) decimals = 0;
    else if (sign >= ZERO && sign <= ZERO + 9) {
      value = value * 10 + (sign - ZERO);
      if (decimals >= 0) decimals++;
    } else return -1;
  }
  const leadingZero = text.charCodeAt(0) === ZERO && length > 1 && text.charCodeAt(1) !== POINT;
  const trailingZero = decimals > 0 && text.charCodeAt(length - 1) === ZERO;
  if (leadingZero || decimals === 0 || decimals > 2) return -1;
  if (isAmount) return decimals === 2 ? value : -1;
  if (trailingZero) return -1;
  return decimals === 2 ? value : decimals === 1 ? value * 10 : value * 100;
}

// Begins with a letter and ends with a digit: neither an SSN nor a spelling of nothing.
const PLAIN_ID = /^[A-Za-z][A-Za-z0-9._-]{1,18}[0-9]$/;
const MOST_HOURS = 8784 * 100;
const MOST_AMOUNT = 250_000 * 100;

/** The short cut of a column, or null where it has none. */
export function quickReadingOf(column: ColumnDefinition, settings: ColumnSettings): QuickReading | null {
  if (column.name === "trainee_id") {
    return (raw) => (PLAIN_ID.test(raw) ? plainReading(raw, 0, raw.toUpperCase()) : null);
  }
  const isAmount = column.type === "usd";
  if ((!isAmount && column.type !== "hours") || settings.unitFactor !== 1 || settings.decimal !== "point")
    return null;
  const most = isAmount ? MOST_AMOUNT : MOST_HOURS;
  return (raw) => {
    const hundredths = canonicalHundredths(raw, isAmount);
    return hundredths < 0 || hundredths > most ? null : plainReading(raw, hundredths);
  };
}
