// What the page says about each check, roster format v1, section 3. No message repeats what a cell holds.
import { columnOf, findPosition } from "./roster-format.rules.ts";
import type { CheckCode } from "./roster-reading.types.ts";

export interface CheckMessage {
  title: string;
  mend: string;
}

/** Title and way to mend of every check. */
export const checkMessages: Readonly<Record<CheckCode, CheckMessage>> = {
  KEY_MISSING: {
    title: "A part of the key is missing",
    mend: "Fill in this cell, or give one value for the whole file when you upload it.",
  },
  KEY_DUPLICATE: {
    title: "The same trainee, program and year stand in an earlier row",
    mend: "Keep one row per trainee, program and academic year, and take the other out.",
  },
  ID_SSN: {
    title: "This looks like a Social Security number",
    mend: "Take it out. Use a code of your own that says nothing about the person.",
  },
  ID_FORMAT: {
    title: "The trainee ID cannot be used as it is",
    mend: "Use 3 to 20 letters, digits, points, underscores or hyphens, beginning with a letter or digit.",
  },
  GRANTEE_MISMATCH: {
    title: "The row belongs to another grantee",
    mend: "Upload the row with that grantee's file, or correct the grantee ID.",
  },
  AY_BAD: {
    title: "The academic year cannot be read",
    mend: "Write it as 2024-25: the second year follows the first.",
  },
  REQUIRED_MISSING: {
    title: "A required value is missing",
    mend: "Fill in this cell; the row cannot be counted without it.",
  },
  CODE_UNKNOWN: {
    title: "The value is not in the list of this column",
    mend: "Choose one of the values of the list and spell it as the list does.",
  },
  DATE_BAD: {
    title: "The date cannot be read",
    mend: "Write it as 2026-01-31 (year, month, day) and check that the day exists.",
  },
  DATE_ORDER: {
    title: "The date is before the start date",
    mend: "Check this date and the start date; one of them is wrong.",
  },
  DATE_OUTSIDE_AY: {
    title: "The date is outside the academic year",
    mend: "The year runs from 1 July to 30 June. Correct the date, or move the row to the year it belongs to.",
  },
  NUMBER_BAD: {
    title: "This is not a number",
    mend: "Write a plain number, such as 120 or 120.5, and put remarks into the notes.",
  },
  NUMBER_NEGATIVE: {
    title: "The number is below zero",
    mend: "Amounts, hours and percentages are zero or more; correct the number or leave the cell blank.",
  },
  NUMBER_RANGE: {
    title: "The number is too large to be true",
    mend: "Check it: a year has 8,784 hours at most, 100 % is full time, and one amount is at most 250,000 dollars.",
  },
  HOURS_PARTS: {
    title: "The parts are more than the total hours",
    mend: "Check the total, the didactic and on-the-job hours, and the hours by setting.",
  },
  AGE_RANGE: {
    title: "The age is not between 14 and 99",
    mend: "Correct the age or the year of birth, or leave the cell blank.",
  },
  COMPLETED_NO_DATE: {
    title: "The completion date is missing",
    mend: "Give the date on which the trainee completed the program, or correct the outcome.",
  },
  OUTCOME_CONFLICT: {
    title: "The outcome and this cell contradict each other",
    mend: "A completion date belongs to completed trainees, a leaving date to those who left, and nobody did both.",
  },
  LEVEL2_NOT_RA: {
    title: "Level II is for registered apprenticeships only",
    mend: "Correct the level or the program type.",
  },
  CELL_ERROR: {
    title: "The cell holds a spreadsheet error",
    mend: "Correct the formula in your workbook, or leave the cell blank.",
  },
  LEFT_NO_DATE: {
    title: "The leaving date is missing",
    mend: "The row was loaded. Add the date on which the trainee left when you know it.",
  },
  UNFUNDED_AWARD: {
    title: "An award was paid, but the trainee is not funded",
    mend: "The row was loaded and the amount counts. Check whether the trainee had support from the grant.",
  },
  OJL_UNDER_2000: {
    title: "A time-based apprenticeship was completed with fewer than 2,000 on-the-job hours",
    mend: "The row was loaded. Check the hours since registration.",
  },
  AWARD_TOTAL: {
    title: "The total award is not the sum of the single awards",
    mend: "The row was loaded with the sum of the single awards. Check the amounts.",
  },
  FIPS_UNKNOWN: {
    title: "The county is not known",
    mend: 'The row was loaded without a county. Give its five-digit FIPS code, or a name such as "Travis County, TX".',
  },
  VALUE_UNRESOLVED: {
    title: "The list of this column cannot hold this answer",
    mend: "The row was loaded with the answer as not reported. If you know more, give every category that applies.",
  },
  FORMULA_TEXT: {
    title: "The text begins like a formula",
    mend: "The row was loaded and the text kept as text. Nothing needs to be done if it is meant so.",
  },
  TEXT_TOO_LONG: {
    title: "The text is too long",
    mend: "The row was loaded with the text cut to the limit. Shorten it if something important was lost.",
  },
  CONTROL_CHARS: {
    title: "The cell held invisible characters",
    mend: "The row was loaded without them. Nothing needs to be done.",
  },
  PII_COLUMN: {
    title: "This column would identify people",
    mend: "It was not read and nothing of it is kept. Please take it out of the file before you send it again.",
  },
};

/** What a person calls a column of the format. */
export function columnLabel(column: string): string {
  return findPosition(column) === undefined ? column : columnOf(column).label;
}

const memory = new Map<string, string>();

/** The message of a finding: which column, what is wrong, how to mend it. */
export function findingMessage(code: CheckCode, column: string): string {
  const place = `${column} ${code}`;
  let message = memory.get(place);
  if (message === undefined) {
    const { title, mend } = checkMessages[code];
    message = `${columnLabel(column)}: ${title.charAt(0).toLowerCase()}${title.slice(1)}. ${mend}`;
    memory.set(place, message);
  }
  return message;
}
