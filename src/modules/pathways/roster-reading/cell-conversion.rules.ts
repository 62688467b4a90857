// How a cell of each type becomes canonical text, roster format v1, sections 1, 3 and 5.
import { isBlank } from "./blank.rules.ts";
import {
  blankReading,
  type CellReading,
  type Conversion,
  plainReading,
  unreadable,
  withProblem,
} from "./cell-reading.types.ts";
import { foldCode, holdsSocialSecurityNumber } from "./cell-text.rules.ts";
import { readCode, readMulti } from "./code.rules.ts";
import { readCountyCode } from "./county.rules.ts";
import { academicYearText, isoDay, readAcademicYear, readDay } from "./date.rules.ts";
import {
  readHundredths,
  readInteger,
  readPercent,
  shortestDecimal,
  tidyPercent,
  twoDecimals,
} from "./number.rules.ts";
import { type ColumnDefinition, codeList } from "./roster-format.rules.ts";
import type { ColumnSettings } from "./roster-reading.types.ts";

/** What holds for the whole file. */
export interface FileSettings {
  granteeCode: string | null;
  academicYear: string | null;
  programName: string | null;
  date1904: boolean;
}

const HUNDRED = 100;
const MOST_HOURS = 8784 * HUNDRED;
const MOST_HOURS_TO_DATE = 20_000 * HUNDRED;
const MOST_AMOUNT = 250_000 * HUNDRED;
const YOUNGEST = 14;
const OLDEST = 99;
const TRAINEE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,19}$/;
const ID_LIKE_SSN = /^(?:\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4}|\d{9})$/;
const FORMULA_START = /^[=+\-@]/;
const EMPTY = blankReading("");

function traineeId(): Conversion {
  return (text) => {
    if (isBlank(text)) return unreadable("KEY_MISSING", true);
    if (TRAINEE_ID.test(text) && !ID_LIKE_SSN.test(text)) return plainReading(text, 0, text.toUpperCase());
    return unreadable(ID_LIKE_SSN.test(text) ? "ID_SSN" : "ID_FORMAT");
  };
}

function granteeId(file: FileSettings): Conversion {
  const own = file.granteeCode;
  const supplied = own === null ? unreadable("KEY_MISSING", true) : plainReading(own, 0, own.toUpperCase());
  return (text) => {
    if (isBlank(text)) return supplied;
    if (own === null) return plainReading(text, 0, text.toUpperCase());
    return text.toUpperCase() === own.toUpperCase() ? supplied : unreadable("GRANTEE_MISMATCH");
  };
}

function academicYear(file: FileSettings, settings: ColumnSettings): Conversion {
  const read = (text: string): CellReading => {
    const start = readAcademicYear(text, settings.singleYear);
    return start === null ? unreadable("AY_BAD") : plainReading(academicYearText(start), start);
  };
  const supplied = file.academicYear === null ? unreadable("KEY_MISSING", true) : read(file.academicYear);
  return (text) => (isBlank(text) ? supplied : read(text));
}

function shortText(column: ColumnDefinition): Conversion {
  const max = column.max ?? Number.POSITIVE_INFINITY;
  return (text, kind) => {
    if (isBlank(text)) return EMPTY;
    if (holdsSocialSecurityNumber(text)) return unreadable("ID_SSN");
    // Code units are never fewer than code points, so a short text needs no counting.
    const points = text.length > max ? Array.from(text) : null;
    const long = points !== null && points.length > max;
    const kept = long ? points.slice(0, max).join("") : text;
    let reading = plainReading(kept);
    if (kind === "text" && FORMULA_START.test(text)) reading = withProblem(reading, "FORMULA_TEXT");
    return long ? withProblem(reading, "TEXT_TOO_LONG") : reading;
  };
}

const withKey = (reading: CellReading): CellReading => ({ ...reading, key: reading.text.toLowerCase() });

function programName(column: ColumnDefinition, file: FileSettings): Conversion {
  const read = shortText(column);
  const supplied =
    file.programName === null ? unreadable("KEY_MISSING", true) : withKey(read(file.programName, "text"));
  return (text, kind) => (isBlank(text) ? supplied : withKey(read(text, kind)));
}

function code(column: ColumnDefinition, settings: ColumnSettings): Conversion {
  const list = codeList(column.list ?? "");
  const required = column.required === "yes";
  const nothing = required ? unreadable("REQUIRED_MISSING", true) : blankReading(list.blank ?? "");
  const unresolved = withProblem(plainReading(list.blank ?? ""), "VALUE_UNRESOLVED");
  const category = column.name.startsWith("race_") ? column.name.slice("race_".length) : null;
  const categories = category === null ? null : codeList("race_ethnicity").spellings;
  const emptyIsNo = list.id === "yes_no" && settings.markBlank === "no";
  return (text) => {
    if (emptyIsNo && text === "") return plainReading("no");
    const reading = readCode(text, list, settings.values);
    if (reading.kind === "blank") return nothing;
    if (reading.kind === "unresolved") return unresolved;
    if (reading.kind === "code")
      return required && reading.code === list.blank ? nothing : plainReading(reading.code);
    // A race cell that repeats its category is a yes.
    const repeats = category !== null && categories?.get(foldCode(text)) === category;
    return repeats ? plainReading("yes") : unreadable("CODE_UNKNOWN");
  };
}

function multi(column: ColumnDefinition, settings: ColumnSettings): Conversion {
  const list = codeList(column.list ?? "");
  return (text) => {
    const reading = readMulti(text, list, settings.values);
    if (reading.unknown) return unreadable("CODE_UNKNOWN");
    const stored = reading.codes.join(";");
    if (reading.blank) return blankReading(stored);
    return reading.unresolved ? withProblem(plainReading(stored), "VALUE_UNRESOLVED") : plainReading(stored);
  };
}

function date(column: ColumnDefinition, settings: ColumnSettings, file: FileSettings): Conversion {
  const nothing = column.required === "yes" ? unreadable("REQUIRED_MISSING", true) : EMPTY;
  return (text) => {
    if (isBlank(text)) return nothing;
    const day = readDay(text, settings.dateOrder, file.date1904);
    return day === null ? unreadable("DATE_BAD") : plainReading(isoDay(day), day);
  };
}

function amount(column: ColumnDefinition, settings: ColumnSettings): Conversion {
  const kind = column.type === "usd" ? "usd" : "hours";
  const most =
    kind === "usd" ? MOST_AMOUNT : column.name === "hours_ojl_to_date" ? MOST_HOURS_TO_DATE : MOST_HOURS;
  const written = kind === "usd" ? twoDecimals : shortestDecimal;
  return (text, cell) => {
    if (isBlank(text)) return EMPTY;
    const stated = readHundredths(text, kind, cell === "text" ? settings.decimal : "point");
    if (stated === null) return unreadable("NUMBER_BAD");
    const hundredths = settings.unitFactor === 1 ? stated : Math.round(stated * settings.unitFactor);
    if (hundredths < 0) return unreadable("NUMBER_NEGATIVE");
    return hundredths > most ? unreadable("NUMBER_RANGE") : plainReading(written(hundredths), hundredths);
  };
}

function percent(settings: ColumnSettings): Conversion {
  return (text, kind) => {
    if (isBlank(text)) return EMPTY;
    const read = readPercent(text, kind === "text" ? settings.decimal : "point");
    if (read === null) return unreadable("NUMBER_BAD");
    const fraction = kind === "percent" || (settings.percentScale === "fraction" && !read.signed);
    const value = tidyPercent(fraction ? read.percent * HUNDRED : read.percent);
    if (value < 0) return unreadable("NUMBER_NEGATIVE");
    return value > HUNDRED ? unreadable("NUMBER_RANGE") : plainReading(String(value), value);
  };
}

function integer(column: ColumnDefinition, settings: ColumnSettings): Conversion {
  return (text, kind) => {
    if (isBlank(text)) return EMPTY;
    const value = readInteger(text, kind === "text" ? settings.decimal : "point");
    if (value === null) return unreadable("NUMBER_BAD");
    const reading = plainReading(String(value), value);
    return column.name === "age" && !isAge(value) ? withProblem(reading, "AGE_RANGE") : reading;
  };
}

/** Whether a number of years is an age that a trainee can have, roster format v1, section 3 (AGE_RANGE). */
export function isAge(years: number): boolean {
  return years >= YOUNGEST && years <= OLDEST;
}

function fips(): Conversion {
  return (text) => {
    if (isBlank(text)) return EMPTY;
    const known = readCountyCode(text);
    return known === null ? { ...EMPTY, blank: false, problems: ["FIPS_UNKNOWN"] } : plainReading(known);
  };
}

const asWritten: Conversion = (text) => (isBlank(text) ? EMPTY : plainReading(text));

/** The conversion of a column's cells, compiled once for a file. */
export function compileConversion(
  column: ColumnDefinition,
  settings: ColumnSettings,
  file: FileSettings,
): Conversion {
  switch (column.type) {
    case "id":
      return column.name === "trainee_id" ? traineeId() : granteeId(file);
    case "text":
      return column.name === "program_name" ? programName(column, file) : shortText(column);
    case "code":
      return code(column, settings);
    case "multi":
      return multi(column, settings);
    case "ay":
      return academicYear(file, settings);
    case "date":
      return date(column, settings, file);
    case "usd":
    case "hours":
      return amount(column, settings);
    case "percent":
      return percent(settings);
    case "integer":
      return integer(column, settings);
    case "fips":
      return fips();
    case "county":
    case "state":
      return asWritten;
    default:
      return column.type satisfies never;
  }
}
