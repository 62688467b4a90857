// Delimited text (CSV, tab or pipe separated) as a spreadsheet of one sheet, read in constant memory.
import { type FileHandle, open } from "node:fs/promises";
import { type Delimiter, sniffTextLayout } from "./delimiter-sniffing.ts";
import { type RecordSpan, RecordSplitter } from "./record-splitter.ts";
import type { Row, Spreadsheet } from "./spreadsheet.types.ts";
import { DEFAULT_MAX_CELL_CHARACTERS, type SpreadsheetLimits } from "./spreadsheet-limits.ts";
import { CHUNK_BYTES, type DetectedEncoding, decodedChunks, detectEncoding } from "./text-encoding.ts";

const ROWS_IN_BATCH = 500;

/** A record of a text file with the text it stands in, for whoever writes it back. */
export interface RawRecord {
  number: number;
  /** The record as written, without its line end. */
  text: string;
  lineEnd: string;
  cellCount: number;
}

export interface TextFile extends DetectedEncoding {
  delimiter: Delimiter;
  eol: "LF" | "CRLF";
}

/** Finds encoding, delimiter and line end of an open text file; reads it once from end to end. */
export async function inspectTextFile(handle: FileHandle): Promise<TextFile> {
  const encoding = await detectEncoding(handle);
  const { size } = await handle.stat();
  const first = await decodedChunks(handle, encoding).next();
  const whole = size - encoding.bomBytes <= CHUNK_BYTES;
  return { ...encoding, ...sniffTextLayout(first.done ? "" : first.value, whole) };
}

async function* splitPieces<T>(
  handle: FileHandle,
  file: TextFile,
  limits: SpreadsheetLimits,
  take: (span: RecordSpan, text: string, number: number) => T,
): AsyncGenerator<T[]> {
  const splitter = new RecordSplitter(
    file.delimiter,
    limits.maxCellCharacters ?? DEFAULT_MAX_CELL_CHARACTERS,
  );
  let batch: T[] = [];
  const collect = (span: RecordSpan, text: string, number: number) => {
    batch.push(take(span, text, number));
  };
  for await (const chunk of decodedChunks(handle, file)) {
    splitter.push(chunk, false, collect);
    if (batch.length >= ROWS_IN_BATCH) {
      yield batch;
      batch = [];
    }
  }
  splitter.push("", true, collect);
  if (batch.length > 0) yield batch;
}

/** Every record as it is written, in batches; joined with their line ends they are the text of the file. */
export function rawRecords(
  handle: FileHandle,
  file: TextFile,
  limits: SpreadsheetLimits,
): AsyncGenerator<RawRecord[]> {
  return splitPieces(handle, file, limits, (span, text, number) => ({
    number,
    text: text.slice(span.start, span.end),
    lineEnd: text.slice(span.end, span.next),
    cellCount: span.cells.length,
  }));
}

/**
 * Opens a text file; its cells are strings as written, quotation marks resolved, no white space removed.
 * Cells hold on to at most the line they stand in, never to the piece of the file it was read with.
 */
export async function openDelimitedText(path: string, limits: SpreadsheetLimits = {}): Promise<Spreadsheet> {
  const handle = await open(path, "r");
  try {
    const file = await inspectTextFile(handle);
    const batches = (): AsyncIterable<Row[]> =>
      splitPieces(handle, file, limits, (span, _text, number) => ({ number, cells: span.cells }));
    return {
      format: "text",
      encoding: file.encoding,
      bom: file.bom,
      delimiter: file.delimiter,
      eol: file.eol,
      date1904: false,
      sheets: [{ name: null, state: "visible", hiddenColumns: [], batches }],
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
