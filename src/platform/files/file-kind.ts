import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { encodingOfBom } from "../spreadsheets/text-encoding.ts";

/** What a file is by its content; its name and what the browser says of it count for nothing. */
export interface FileKind {
  /** "text", or the media type of what was recognized, or null: bytes of some unknown kind. */
  type: string | null;
}

const SAMPLE_BYTES = 64 * 1024;

/** Kinds that begin with readable letters, and are none the less no tables. */
const READABLE_KINDS = new Set(["application/pdf", "application/rtf", "application/postscript"]);

/** Looks at a file's content. */
export async function sniffFile(path: string): Promise<FileKind> {
  const sample = await readSample(path);
  const recognized = await fileTypeFromFile(path).catch(() => undefined);
  // "BMI,Age" begins like a picture and "MZ-1,…" like a program: text is text, whatever its first letters are.
  if (isText(sample) && !READABLE_KINDS.has(recognized?.mime ?? "")) return { type: "text" };
  return { type: recognized?.mime ?? null };
}

async function readSample(path: string): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A mark of Unicode at the start, or hardly any control bytes. */
function isText(bytes: Buffer): boolean {
  if (encodingOfBom(bytes)) return true;
  let controls = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return controls * 50 <= bytes.length;
}

/**
 * Kinds that a table may come in. Old Office files are among them, and archives of one kind: what they hold shows only
 * when they are opened, and their refusal then says what to do.
 */
const TABLE_KINDS = new Set([
  "text",
  "application/zip",
  "application/x-cfb",
  "application/xml",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
  "application/vnd.ms-excel.sheet.macroenabled.12",
  "application/vnd.ms-excel.template.macroenabled.12",
  "application/vnd.oasis.opendocument.spreadsheet",
]);

const WORDS: readonly [start: string, word: string][] = [
  ["image/", "a picture"],
  ["video/", "a film"],
  ["audio/", "a sound recording"],
  ["font/", "a font"],
  ["application/pdf", "a PDF"],
  ["application/rtf", "a text document"],
  ["application/vnd.openxmlformats-officedocument.wordprocessingml", "a Word document"],
  ["application/vnd.openxmlformats-officedocument.presentationml", "a presentation"],
  ["application/vnd.oasis.opendocument.text", "a text document"],
  ["application/vnd.oasis.opendocument.presentation", "a presentation"],
  ["application/x-msdownload", "a program"],
  ["application/x-elf", "a program"],
  ["application/x-mach-binary", "a program"],
  ["application/gzip", "a compressed archive"],
  ["application/x-7z-compressed", "a compressed archive"],
  ["application/x-rar-compressed", "a compressed archive"],
  ["application/x-tar", "an archive"],
];

/** Why a file is stored as no table, in words for the person, or null. */
export async function refuseAllButTables(path: string): Promise<string | null> {
  const { type } = await sniffFile(path);
  if (type === null)
    return "This is not a spreadsheet that can be read. Open it in a spreadsheet program, save it as .xlsx or CSV and choose that copy.";
  if (TABLE_KINDS.has(type)) return null;
  const word = WORDS.find(([start]) => type.startsWith(start))?.[1] ?? "no spreadsheet";
  return `This file is ${word}, whatever its name ends in. Choose the spreadsheet itself (.xlsx, .ods or CSV).`;
}
