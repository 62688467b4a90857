// Random access to the parts of a zipped workbook, within bounds that a zip bomb cannot pass.
import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { SpreadsheetError } from "./spreadsheet.types.ts";
import {
  DEFAULT_MAX_UNCOMPRESSED_BYTES,
  MAX_ZIP_ENTRIES,
  type SpreadsheetLimits,
} from "./spreadsheet-limits.ts";

export interface ZipArchive {
  /** All parts by name, in the order of the archive. */
  entries: ReadonlyMap<string, yauzl.Entry>;
  /** The unpacked bytes of a part. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

export const ENCRYPTED_MESSAGE =
  "The file is protected with a password. Open it in Excel or LibreOffice, remove the password, save it again and upload that copy.";

export const DAMAGED_MESSAGE =
  "The file is damaged or incomplete. Open it in a spreadsheet program, save it again as .xlsx and upload that copy.";

/** What went wrong while a zipped file was read, as the one kind of error that readers throw. */
export function asSpreadsheetError(error: unknown): SpreadsheetError {
  if (error instanceof SpreadsheetError) return error;
  const reason = error instanceof Error ? error.message : "";
  if (/encrypt/i.test(reason)) return new SpreadsheetError("FILE_ENCRYPTED", ENCRYPTED_MESSAGE);
  return new SpreadsheetError("FILE_UNREADABLE", DAMAGED_MESSAGE);
}

function refusal(message: string): SpreadsheetError {
  return new SpreadsheetError("FILE_UNREADABLE", message);
}

async function indexEntries(zip: yauzl.ZipFile, maxBytes: number): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let declaredBytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new SpreadsheetError("FILE_ENCRYPTED", ENCRYPTED_MESSAGE);
    if (entries.has(entry.fileName)) throw refusal(DAMAGED_MESSAGE);
    entries.set(entry.fileName, entry);
    declaredBytes += entry.uncompressedSize;
    if (entries.size > MAX_ZIP_ENTRIES) {
      throw refusal(`The file holds more than ${MAX_ZIP_ENTRIES} parts; a workbook has far fewer.`);
    }
    if (declaredBytes > maxBytes) {
      throw refusal(
        `The workbook unpacks to more than ${Math.floor(maxBytes / 1_048_576)} MiB, the limit. Split it, or save the sheet as CSV and upload that.`,
      );
    }
  }
  return entries;
}

async function* readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined): AsyncGenerator<Buffer> {
  if (entry === undefined) throw refusal(DAMAGED_MESSAGE);
  let stream: Readable | null = null;
  try {
    // yauzl ends the stream with an error as soon as a part unpacks to more bytes than it declares.
    stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw asSpreadsheetError(error);
  } finally {
    stream?.destroy();
  }
}

/**
 * Opens a zip file and reads its directory.
 * @throws SpreadsheetError when it is damaged, encrypted or unpacks to more than the limit
 */
export async function openZipArchive(path: string, limits: SpreadsheetLimits): Promise<ZipArchive> {
  let zip: yauzl.ZipFile | null = null;
  try {
    const opened = await yauzl.openPromise(path, { autoClose: false });
    zip = opened;
    const entries = await indexEntries(opened, limits.maxUncompressedBytes ?? DEFAULT_MAX_UNCOMPRESSED_BYTES);
    return {
      entries,
      read: (name) => readEntry(opened, entries.get(name)),
      close: () => {
        opened.close();
      },
    };
  } catch (error) {
    zip?.close();
    throw asSpreadsheetError(error);
  }
}
