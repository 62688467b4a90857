// The words of the roster reading engine. Format: roster format v1 (reference/roster-v1.json).

export type CheckCode =
  | "KEY_MISSING"
  | "KEY_DUPLICATE"
  | "ID_SSN"
  | "ID_FORMAT"
  | "GRANTEE_MISMATCH"
  | "AY_BAD"
  | "REQUIRED_MISSING"
  | "CODE_UNKNOWN"
  | "DATE_BAD"
  | "DATE_ORDER"
  | "DATE_OUTSIDE_AY"
  | "NUMBER_BAD"
  | "NUMBER_NEGATIVE"
  | "NUMBER_RANGE"
  | "HOURS_PARTS"
  | "AGE_RANGE"
  | "COMPLETED_NO_DATE"
  | "OUTCOME_CONFLICT"
  | "LEVEL2_NOT_RA"
  | "CELL_ERROR"
  | "LEFT_NO_DATE"
  | "UNFUNDED_AWARD"
  | "OJL_UNDER_2000"
  | "AWARD_TOTAL"
  | "FIPS_UNKNOWN"
  | "VALUE_UNRESOLVED"
  | "FORMULA_TEXT"
  | "TEXT_TOO_LONG"
  | "CONTROL_CHARS"
  | "PII_COLUMN";

export type Severity = "error" | "warning";

export type QuestionCode =
  | "Q_COLUMN"
  | "Q_HEADER_DUP"
  | "Q_SHEETS"
  | "Q_DATE_ORDER"
  | "Q_AY"
  | "Q_AY_YEAR"
  | "Q_PROGRAM"
  | "Q_MARK_BLANK"
  | "Q_PERCENT_SCALE"
  | "Q_DECIMAL"
  | "Q_UNIT"
  | "Q_VALUE"
  | "Q_SPLIT";

/** What the upload form says about the whole file. */
export interface RosterUpload {
  /** null: a portfolio file read for everyone in it; then no row is a GRANTEE_MISMATCH. */
  granteeCode: string | null;
  academicYear?: string | undefined;
  programName?: string | undefined;
}

/**
 * An answer to a question, in the form in which the question was put. What `answer` may be:
 *
 * | question | names | answer |
 * |---|---|---|
 * | Q_COLUMN | `column` (1-based index) or `header` | canonical or helper column name, or null = not a roster column |
 * | Q_HEADER_DUP | `column` (canonical name) | index of the column to use |
 * | Q_SHEETS | | names of the sheets to read |
 * | Q_DATE_ORDER | `column` (canonical name) | "mdy" or "dmy" |
 * | Q_AY | | academic year, "2024-25" |
 * | Q_AY_YEAR | `column` "academic_year" | "start" or "end": what the one number is |
 * | Q_PROGRAM | | program name |
 * | Q_MARK_BLANK | `column` | "no" or "not_reported" |
 * | Q_PERCENT_SCALE | `column` | "fraction" (0.5 is 50 %) or "percent" (0.5 is 0.5 %) |
 * | Q_DECIMAL | `column` | "comma" or "point": which is the decimal sign |
 * | Q_UNIT | `column` | factor to hours or US dollars (8, 1000), or "as_is" |
 * | Q_VALUE | `column`, `value` | code of the column's list, or null = leave it unknown |
 * | Q_SPLIT | `column` (index of the one column, or canonical name of the spread one) | the proposed list or true = apply, null or false = ignore |
 *
 * `sheet` is needed only where a workbook has several roster sheets and the question is about one column of one sheet.
 */
export interface Answer {
  question: QuestionCode;
  column?: string | number | undefined;
  header?: string | undefined;
  value?: string | undefined;
  sheet?: string | undefined;
  answer: unknown;
}

/** One way to answer, for the page. */
export interface AnswerOption {
  answer: unknown;
  text: string;
}

/** An open question: `answer` is what is proposed, or null where nothing is. */
export interface Question extends Answer {
  text: string;
  options: AnswerOption[];
}

export interface ColumnLayout {
  /** 1-based. */
  index: number;
  /** Two texts where two header rows are stacked: group and sub-header. */
  header: string | string[];
  /** Canonical or helper name; null = not a roster column. */
  to: string | null;
  dropped?: "pii";
}

export interface SheetLayout {
  /** null in a text file. */
  name: string | null;
  state: "visible" | "hidden";
  role: "data" | "ignored";
  headerRows: number[];
  firstDataRow: number | null;
  lastDataRow: number | null;
  /** Rows that count as data. */
  dataRows: number;
  columns: ColumnLayout[];
}

/** Something wrong with a row. The message never repeats what the cell holds; `read` does, for the one who mends it. */
export interface Finding {
  sheet: string | null;
  row: number;
  column: string;
  code: CheckCode;
  severity: Severity;
  message: string;
  /** What stood in the cell, cleaned and shortened; absent where there is nothing, or where it must not be repeated. */
  read?: string;
}

export interface FileFinding {
  code: "PII_COLUMN";
  severity: Severity;
  header: string;
  message: string;
}

/** Nothing of the file can be loaded; the message says what to do. */
export interface Refusal {
  code: "FILE_NO_HEADER" | "FILE_NO_KEY";
  message: string;
}

export interface RosterRow {
  sheet: string | null;
  row: number;
  status: "loaded" | "rejected";
  /** Loaded with at least one warning. */
  warned: boolean;
  /** Canonical text in canonical column order; null for a rejected row. */
  values: string[] | null;
  granteeCode: string;
  /** trainee_id as compared: upper case. Empty where it could not be read. */
  traineeKey: string;
  /** program_name as compared: lower case, single spaces. Empty where it could not be read. */
  programKey: string;
  /** "2024-25"; empty where it could not be read. */
  academicYear: string;
  findings: Finding[];
}

/** A spelling outside the list of its column. */
export interface UnknownValue {
  column: string;
  value: string;
}

/** How one column is to be read, once the file and the answers have been heard. */
export interface ColumnSettings {
  dateOrder: "mdy" | "dmy";
  decimal: "point" | "comma";
  markBlank: "no" | "not_reported";
  percentScale: "fraction" | "percent";
  singleYear: "start" | "end" | null;
  unitFactor: number;
  /** Answered spellings, as compared, to codes. */
  values: ReadonlyMap<string, string>;
}

/** One column of a sheet to be read: the cell at `index` (0-based) is a `to`. */
export interface ReadColumn {
  index: number;
  to: string;
}

/** An accepted Q_SPLIT: one cell gives two columns, or several cells give one. */
export type Split =
  | { kind: "one-to-two"; index: number; to: readonly [string, string] }
  | { kind: "day-month-year"; indexes: readonly number[]; to: string }
  | { kind: "months"; indexes: readonly number[]; to: string };

/** What pass 2 has to know about a sheet. */
export interface SheetPlan {
  /** Position in the spreadsheet's list of sheets. */
  sheetIndex: number;
  name: string | null;
  lastHeaderRow: number;
  /** The cells of the header rows, to know a repeated header. */
  headerCells: string[][];
  columns: ReadColumn[];
  splits: Split[];
}

export interface Examination {
  upload: RosterUpload;
  file: {
    format: "text" | "xlsx" | "ods" | "html";
    encoding: string | null;
    bom: boolean;
    delimiter: string | null;
    eol: string | null;
    date1904: boolean;
  };
  sheets: SheetLayout[];
  plans: SheetPlan[];
  /** Settings by canonical or helper column name. */
  settings: ReadonlyMap<string, ColumnSettings>;
  /** Given by the upload form or an answer; used where the row has none. */
  academicYear: string | null;
  programName: string | null;
  fileFindings: FileFinding[];
  /** Open: put, and not answered. */
  questions: Question[];
  /** Put, and answered by the caller, the upload form or memory. */
  settled: Question[];
  refusal: Refusal | null;
  unknownValues: UnknownValue[];
  dataRows: number;
}

export interface ExamineOptions {
  upload: RosterUpload;
  answers?: readonly Answer[] | undefined;
  /** Header as compared (see normaliseHeader) to column name, or null = ignore. */
  rememberedColumns?: Readonly<Record<string, string | null>> | undefined;
  /** Column name to spelling as compared (see foldCode) to code. */
  rememberedValues?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  onProgress?: ((rows: number) => void) | undefined;
}
