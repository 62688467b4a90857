// What every reader of a table file (delimited text, XLSX, ODS, HTML) hands on, whatever the file was.

/** A cell of a workbook that is not plain text. Text cells, and all cells of a text file, are plain strings. */
export type TypedCell =
  /** `text` is the number as a plain decimal ("0.5"); `percent` says that the cell's format is a percentage. */
  | { kind: "number"; value: number; text: string; percent: boolean }
  /** A cell whose number format is a date: `text` is ISO, "2026-01-03" or with a time "2026-01-03T09:30:00". */
  | { kind: "date"; text: string }
  | { kind: "boolean"; value: boolean; text: "TRUE" | "FALSE" }
  /** An error value such as #N/A. */
  | { kind: "error"; text: string };

/** One cell; "" is an empty one. */
export type Cell = string | TypedCell;

/** One record of a text file or one row of a sheet. */
export interface Row {
  /** From 1, counting titles and empty lines; line breaks inside quotes do not count. */
  number: number;
  /** Left to right; cells[0] is column 1. Trailing empty cells may be missing. */
  cells: Cell[];
}

export interface Sheet {
  /** null for a text file. */
  name: string | null;
  state: "visible" | "hidden";
  /** 1-based; known once the sheet has been read as far as its column definitions (workbooks). */
  hiddenColumns: number[];
  /** Every row, in batches of some hundred rows, read anew at each call. */
  batches(): AsyncIterable<Row[]>;
}

export interface Spreadsheet {
  format: "text" | "xlsx" | "ods" | "html";
  /** Of a text or HTML file; null for a workbook. */
  encoding: "utf8" | "utf16le" | "utf16be" | "cp1252" | null;
  bom: boolean;
  /** Of a text file; null otherwise. */
  delimiter: "," | ";" | "\t" | "|" | null;
  eol: "LF" | "CRLF" | null;
  /** XLSX: the workbook counts days from 1904. ODS and HTML: false. */
  date1904: boolean;
  sheets: Sheet[];
  close(): Promise<void>;
}

/** Why a file cannot be read at all; the message says what to do. */
export class SpreadsheetError extends Error {
  readonly code: "FILE_UNREADABLE" | "FILE_ENCRYPTED";
  constructor(code: "FILE_UNREADABLE" | "FILE_ENCRYPTED", message: string) {
    super(message);
    this.name = "SpreadsheetError";
    this.code = code;
  }
}

/** A note to be written beside one row of the file when it goes back to its owner. */
export interface RowNote {
  /** The sheet's name; null for a text file. */
  sheet: string | null;
  row: number;
  text: string;
}
