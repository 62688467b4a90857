/** A reporting year, July 1 to June 30, written "2024-25". */
export type ReportingYear = string;

const YEAR = /^(\d{4})-(\d{2})$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** The reporting year begins with this month (July). Source: HRSA Bureau of Health Workforce annual reporting. */
const FIRST_MONTH = 7;

function named(start: number): ReportingYear {
  return `${String(start).padStart(4, "0")}-${String((start + 1) % 100).padStart(2, "0")}`;
}

function startOf(year: ReportingYear): number {
  if (!isReportingYear(year)) throw new RangeError(`"${year}" is not a reporting year such as "2024-25"`);
  return Number(year.slice(0, 4));
}

/** Whether a text names a reporting year: "2024-25", also "1999-00"; not "2024-26", not "2024-2025". */
export function isReportingYear(text: string): boolean {
  const match = YEAR.exec(text);
  return match !== null && named(Number(match[1])) === text;
}

/** The reporting year of a calendar date "YYYY-MM-DD": "2024-07-01" to "2025-06-30" are in "2024-25". */
export function reportingYearOf(date: string): ReportingYear {
  const match = DATE.exec(date);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  const known = new Date(0);
  known.setUTCFullYear(year, month - 1, day);
  if (match === null || known.getUTCMonth() !== month - 1 || known.getUTCDate() !== day)
    throw new RangeError(`"${date}" is not a date such as "2024-07-01"`);
  return named(month >= FIRST_MONTH ? year : year - 1);
}

/** The first day of a reporting year as "YYYY-MM-DD": July 1. */
export function firstDay(year: ReportingYear): string {
  return `${String(startOf(year)).padStart(4, "0")}-07-01`;
}

/** The last day of a reporting year as "YYYY-MM-DD": June 30, itself in the year. */
export function lastDay(year: ReportingYear): string {
  return `${String(startOf(year) + 1).padStart(4, "0")}-06-30`;
}

/** The reporting year before: "2023-24" for "2024-25". */
export function previousYear(year: ReportingYear): ReportingYear {
  return named(startOf(year) - 1);
}
