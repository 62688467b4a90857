// The bounds that keep one file from taking the memory or the time of everybody else.

const MEBIBYTE = 1024 * 1024;

/** A zipped workbook may unpack to this many bytes in all. */
export const DEFAULT_MAX_UNCOMPRESSED_BYTES = 512 * MEBIBYTE;
/** A web page is parsed as one tree in memory, so it may not be larger than this. */
export const DEFAULT_MAX_HTML_BYTES = 64 * MEBIBYTE;
/** One cell of a text file; a longer one means a quotation mark that was never closed. */
export const DEFAULT_MAX_CELL_CHARACTERS = MEBIBYTE;
/** One record of a text file, in characters. */
export const MAX_RECORD_CHARACTERS = 8 * MEBIBYTE;
/** What Excel and LibreOffice can show at most; files that claim more are refused. */
export const MAX_COLUMNS = 16_384;
export const MAX_ROWS = 1_048_576;
export const MAX_ZIP_ENTRIES = 10_000;

/** Bounds for one file; what is left out takes the default above. */
export interface SpreadsheetLimits {
  maxUncompressedBytes?: number;
  maxHtmlBytes?: number;
  maxCellCharacters?: number;
}
