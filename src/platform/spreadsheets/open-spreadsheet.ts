// Opens any table file. What the file holds decides how it is read, never its name.
import { type FileHandle, open } from "node:fs/promises";
import { openDelimitedText } from "./delimited-text.ts";
import { looksLikeHtml, openHtml } from "./html-table.ts";
import { isOds, openOds } from "./ods.ts";
import { type Spreadsheet, SpreadsheetError } from "./spreadsheet.types.ts";
import type { SpreadsheetLimits } from "./spreadsheet-limits.ts";
import { encodingOfBom, IncrementalDecoder } from "./text-encoding.ts";
import { openXlsx } from "./xlsx.ts";
import { findWorkbookPart } from "./xlsx-workbook.ts";
import { asSpreadsheetError, DAMAGED_MESSAGE, ENCRYPTED_MESSAGE, openZipArchive } from "./zip-archive.ts";

export type { SpreadsheetLimits } from "./spreadsheet-limits.ts";

const START_BYTES = 64 * 1024;
const SAVE_AS = "Open it in a spreadsheet program, save it as .xlsx or CSV and upload that copy.";

/** Files that are certainly no tables, by what their first bytes are (as Latin-1), with what to say. */
const OTHER_KINDS: readonly { starts: readonly string[]; message: string }[] = [
  {
    starts: ["%PDF-"],
    message: "The file is a PDF. Upload the spreadsheet that it was made from (.xlsx, .ods or CSV).",
  },
  {
    starts: ["\x89PNG", "\xff\xd8\xff", "GIF87a", "GIF89a", "II*\0", "MM\0*"],
    message: "The file is a picture. Upload the spreadsheet itself (.xlsx, .ods or CSV).",
  },
  {
    starts: ["\x1f\x8b", "Rar!\x1a", "7z\xbc\xaf", "BZh9", "\xfd7zXZ"],
    message: "The file is a compressed archive. Unpack it and upload the spreadsheet that is inside.",
  },
  {
    starts: ["{\\rtf"],
    message: "The file is a text document. Upload a spreadsheet (.xlsx, .ods or CSV).",
  },
  { starts: ["MIME-Version:"], message: `The file is a web archive. ${SAVE_AS}` },
];

function unreadable(message: string): SpreadsheetError {
  return new SpreadsheetError("FILE_UNREADABLE", message);
}

async function readStart(handle: FileHandle): Promise<Buffer> {
  const buffer = Buffer.alloc(START_BYTES);
  const { bytesRead } = await handle.read(buffer, 0, START_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

/** An OLE compound file is an old .xls, or the wrapping of a newer file with a password. */
async function refuseCompoundFile(handle: FileHandle): Promise<never> {
  const marker = Buffer.from("EncryptedPackage", "utf16le");
  const buffer = Buffer.alloc(START_BYTES * 4);
  let kept = 0;
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, kept, buffer.length - kept, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const bytes = buffer.subarray(0, kept + bytesRead);
    if (bytes.includes(marker)) throw new SpreadsheetError("FILE_ENCRYPTED", ENCRYPTED_MESSAGE);
    kept = Math.min(marker.length - 1, bytes.length);
    buffer.copyWithin(0, bytes.length - kept, bytes.length);
  }
  throw unreadable(
    "The file is in the old binary Excel format (.xls) or another old Office format. Open it in Excel, save it as .xlsx or CSV and upload that copy.",
  );
}

async function openZipped(path: string, limits: SpreadsheetLimits): Promise<Spreadsheet> {
  const zip = await openZipArchive(path, limits);
  try {
    const workbookPart = await findWorkbookPart(zip);
    if (workbookPart !== null) return await openXlsx(zip, workbookPart);
    if (await isOds(zip)) return await openOds(zip);
    if (zip.entries.has("xl/workbook.bin")) {
      throw unreadable(
        "The file is a binary Excel workbook (.xlsb). Open it in Excel, save it as .xlsx and upload that copy.",
      );
    }
    if ([...zip.entries.keys()].some((name) => name.endsWith(".iwa"))) {
      throw unreadable(
        "The file is from Apple Numbers. Export it from Numbers as Excel or CSV and upload that copy.",
      );
    }
    const kind = zip.entries.has("word/document.xml") ? "a Word document" : "an archive, not a spreadsheet";
    throw unreadable(`The file is ${kind}. Upload a spreadsheet (.xlsx, .ods or CSV).`);
  } catch (error) {
    zip.close();
    throw asSpreadsheetError(error);
  }
}

/**
 * Text holds hardly any control bytes. A stray one in a cell is for the checks of whoever reads the rows;
 * more than one in fifty means that this is no text, or UTF-16 without its mark.
 */
function looksBinary(bytes: Buffer): boolean {
  let controls = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return controls * 50 > bytes.length;
}

async function openText(
  path: string,
  start: Buffer,
  size: number,
  limits: SpreadsheetLimits,
): Promise<Spreadsheet> {
  const marked = encodingOfBom(start);
  if (marked === null && looksBinary(start)) {
    throw unreadable(`The file is not a spreadsheet that can be read. ${SAVE_AS}`);
  }
  const text = new IncrementalDecoder(marked?.encoding ?? "cp1252").write(
    start.subarray(marked?.bomBytes ?? 0),
  );
  if (text.trim() === "" && size <= START_BYTES) {
    throw unreadable("The file is empty. Check that you saved it, and upload it again.");
  }
  if (looksLikeHtml(text)) return openHtml(path, size, limits);
  if (/^\s*<\?xml/.test(text)) throw unreadable(`The file is XML, not a table. ${SAVE_AS}`);
  return openDelimitedText(path, limits);
}

/**
 * Opens a table file: delimited text, XLSX, ODS or an HTML table. Close it when done.
 * Rows are read when they are asked for; reading them may throw a SpreadsheetError as well.
 * @throws SpreadsheetError FILE_UNREADABLE or FILE_ENCRYPTED, with a message that says what to do
 */
export async function openSpreadsheet(path: string, limits: SpreadsheetLimits = {}): Promise<Spreadsheet> {
  const handle = await open(path, "r");
  let start: Buffer;
  let size: number;
  try {
    start = await readStart(handle);
    size = (await handle.stat()).size;
    const latin1 = start.toString("latin1", 0, 64);
    if (latin1.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) await refuseCompoundFile(handle);
    const other = OTHER_KINDS.find(({ starts }) => starts.some((prefix) => latin1.startsWith(prefix)));
    if (other) throw unreadable(other.message);
  } finally {
    await handle.close();
  }
  if (size === 0) throw unreadable("The file is empty. Check that you saved it, and upload it again.");
  if (start[0] === 0x50 && start[1] === 0x4b && (start[2] ?? 0) < 9 && (start[3] ?? 0) < 9) {
    if (size < 22) throw unreadable(DAMAGED_MESSAGE);
    return openZipped(path, limits);
  }
  return openText(path, start, size, limits);
}
