// Writing delimited text (RFC 4180) that no spreadsheet program takes for formulas.

/**
 * Text made inert for spreadsheet programs: what begins with = + - @, a tab or a carriage return gets a leading
 * apostrophe. Use it for text only; a negative number is no formula.
 */
export function safeCsvText(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

/** One cell of delimited text, quoted when it has to be. */
export function quotedCsvCell(text: string, delimiter = ","): string {
  const plain = !text.includes(delimiter) && !/["\r\n]/.test(text) && !/^\s|\s$/.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

function cellText(value: string | number | boolean | Date | null): string {
  if (value === null) return "";
  if (typeof value === "string") return safeCsvText(value);
  if (!(value instanceof Date)) return String(value);
  const iso = value.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso;
}

/**
 * One record with its line end (CRLF). Strings are made inert (see safeCsvText), numbers written as they are,
 * dates in ISO form (UTC), null as an empty cell.
 */
export function csvLine(
  values: readonly (string | number | boolean | Date | null)[],
  delimiter = ",",
): string {
  return `${values.map((value) => quotedCsvCell(cellText(value), delimiter)).join(delimiter)}\r\n`;
}
