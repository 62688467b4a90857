// Numbers, roster format v1, section 5.

export type DecimalSign = "point" | "comma";
export type NumberKind = "usd" | "hours" | "percent" | "integer";

const DOLLARS = /^(-?) ?(?:\$|usd) ?/i;
const HOURS = / ?(?:hours|hrs|hr|h)$/i;
const PLAIN = /^(?:\d+(?:\.\d+)?|\.\d+)$/;
const POINT_GROUPS = /^\d+(?:\.\d{3})+$/;

/** The bare number of a cell: sign, digits, commas and points; what else is allowed around it is taken off. */
function bareNumber(text: string, kind: NumberKind): { negative: boolean; digits: string } {
  let digits = text;
  let negative = false;
  if (digits.startsWith("(") && digits.endsWith(")")) {
    negative = true;
    digits = digits.slice(1, -1).trim();
  }
  if (kind === "hours") digits = digits.replace(HOURS, "");
  else if (kind === "percent") digits = digits.replace(/ ?%$/, "");
  else if (kind === "usd") digits = digits.replace(DOLLARS, "$1");
  const sign = digits.charCodeAt(0);
  if (sign === 45 || sign === 0x2212) {
    // "(-5)" has its sign twice and is no accepted spelling.
    if (negative) return { negative, digits: "" };
    negative = true;
    digits = digits.slice(1);
  }
  return { negative, digits };
}

/** Commas and points to a plain decimal, or null where they fit no rule. */
function plainDigits(digits: string, decimal: DecimalSign): string | null {
  if (decimal === "point") {
    if (!digits.includes(",")) return PLAIN.test(digits) ? digits : null;
    return /^\d+(?:,\d{3})+(?:\.\d+)?$/.test(digits) ? digits.replaceAll(",", "") : null;
  }
  const [whole = "", fraction, more] = digits.split(",");
  if (more !== undefined) return null;
  const ungrouped = POINT_GROUPS.test(whole) ? whole.replaceAll(".", "") : whole;
  const plain = fraction === undefined ? ungrouped : `${ungrouped}.${fraction}`;
  return PLAIN.test(plain) && !ungrouped.includes(".") ? plain : null;
}

/** Hundredths of a plain decimal, rounded half away from zero; exact, without binary fractions. */
function hundredthsOf(plain: string): number {
  const point = plain.indexOf(".");
  if (point < 0) return Number(plain) * 100;
  const fraction = plain.slice(point + 1);
  const kept = Number(`${fraction}00`.slice(0, 2));
  const up = fraction.length > 2 && fraction.charCodeAt(2) >= 53 ? 1 : 0;
  return Number(plain.slice(0, point)) * 100 + kept + up;
}

/** Hundredths of an amount or of hours: 12.5 gives 1250. Null for no accepted spelling (NUMBER_BAD). */
export function readHundredths(text: string, kind: "usd" | "hours", decimal: DecimalSign): number | null {
  const { negative, digits } = bareNumber(text, kind);
  const plain = plainDigits(digits, decimal);
  if (plain === null) return null;
  const hundredths = hundredthsOf(plain);
  return negative ? -hundredths : hundredths;
}

/** A whole number, or null. 34.0 is one. */
export function readInteger(text: string, decimal: DecimalSign): number | null {
  const { negative, digits } = bareNumber(text, "integer");
  const plain = plainDigits(digits, decimal);
  if (plain === null || !Number.isInteger(Number(plain))) return null;
  return negative && Number(plain) !== 0 ? -Number(plain) : Number(plain);
}

/** A percentage as written (50 of "50 %"), and whether the text carries a %; null for no accepted spelling. */
export function readPercent(text: string, decimal: DecimalSign): { percent: number; signed: boolean } | null {
  const { negative, digits } = bareNumber(text, "percent");
  const plain = plainDigits(digits, decimal);
  if (plain === null) return null;
  return { percent: negative ? -Number(plain) : Number(plain), signed: text.includes("%") };
}

/** A percentage without the noise of binary fractions. */
export const tidyPercent = (percent: number): number => Math.round(percent * 1e6) / 1e6;

/** Which rules for commas a number text allows; null where it has none or is no number at all. */
export function commaEvidence(
  text: string,
  kind: NumberKind,
): { thousands: boolean; decimal: boolean } | null {
  if (!text.includes(",")) return null;
  const { digits } = bareNumber(text, kind);
  if (!/^[\d.,]+$/.test(digits)) return null;
  const groups = digits.split(",").slice(1);
  return {
    thousands: groups.every((group) => /^\d{3}(?!\d)/.test(group)),
    decimal: groups.length === 1 && /^\d{1,2}$/.test(groups[0] ?? ""),
  };
}

/** Hundredths as the shortest decimal: 126175 is "1261.75". */
export function shortestDecimal(hundredths: number): string {
  return String(hundredths / 100);
}

/** Cents with two decimals: 650000 is "6500.00". */
export function twoDecimals(cents: number): string {
  const text = String(cents).padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
