// A text file with one more column; every byte of the other cells stays as it was.
import { createWriteStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { quotedCsvCell, safeCsvText } from "./csv.ts";
import { inspectTextFile, type RawRecord, rawRecords, type TextFile } from "./delimited-text.ts";
import { type Annotations, headerTexts, NoteCursor } from "./row-notes.ts";
import type { SpreadsheetLimits } from "./spreadsheet-limits.ts";
import { encodeText } from "./text-encoding.ts";

async function widestRecord(handle: FileHandle, file: TextFile, limits: SpreadsheetLimits): Promise<number> {
  let widest = 1;
  for await (const records of rawRecords(handle, file, limits)) {
    for (const { cellCount } of records) widest = Math.max(widest, cellCount);
  }
  return widest;
}

/** The record with a note in the column after the widest record's last, so that all notes stand in one column. */
function withNote(
  { text, lineEnd, cellCount }: RawRecord,
  note: string,
  widest: number,
  delimiter: string,
): string {
  const padding = delimiter.repeat(widest - Math.max(cellCount, 1) + 1);
  return text + padding + quotedCsvCell(safeCsvText(note), delimiter) + lineEnd;
}

async function* annotatedBytes(
  handle: FileHandle,
  file: TextFile,
  annotations: Annotations,
  limits: SpreadsheetLimits,
): AsyncGenerator<Buffer> {
  const widest = await widestRecord(handle, file, limits);
  const headers = headerTexts(annotations, null);
  const cursor = new NoteCursor(annotations);
  if (file.bom) yield encodeText("\uFEFF", file.encoding);
  for await (const records of rawRecords(handle, file, limits)) {
    const notes = await cursor.through(records.at(-1)?.number ?? 0);
    let written = "";
    for (const record of records) {
      const note = headers.get(record.number) ?? notes.get(record.number);
      written +=
        note === undefined ? record.text + record.lineEnd : withNote(record, note, widest, file.delimiter);
    }
    yield encodeText(written, file.encoding);
  }
}

/** Writes the annotated copy of a text file in constant memory; reads the file twice. */
export async function annotateText(
  inputPath: string,
  outputPath: string,
  annotations: Annotations,
  limits: SpreadsheetLimits,
): Promise<".csv" | ".tsv" | ".txt"> {
  const handle = await open(inputPath, "r");
  try {
    const file = await inspectTextFile(handle);
    await pipeline(annotatedBytes(handle, file, annotations, limits), createWriteStream(outputPath));
    if (file.delimiter === "\t") return ".tsv";
    return file.delimiter === "|" ? ".txt" : ".csv";
  } finally {
    await handle.close();
  }
}
