// What a file is that comes in as a material, and why it is not taken. Its name and what the browser says count for nothing.
import { open, stat } from "node:fs/promises";
import { sniffFile } from "../../../platform/files/file-kind.ts";
import { readPictureHeader } from "../../../platform/files/picture.ts";
import { SpreadsheetError } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { openZipArchive } from "../../../platform/spreadsheets/zip-archive.ts";
import { type FileEnding, isRecording, kindOf, MAIN_PARTS, SNIFFED } from "./file-kinds.ts";

export interface FileLimits {
  documentBytes: number;
  recordingBytes: number;
}

export type Examined = { ending: FileEnding; refusal?: never } | { ending?: never; refusal: string };

const MEGABYTE = 1024 * 1024;
/** What an office document may unpack to. Nothing of it is unpacked here. */
const MOST_UNPACKED = 1024 * MEGABYTE;
const TAKEN =
  "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, text, CSV, PNG, JPEG, WebP, GIF, SVG, HTML, MP3, M4A, OGG, MP4 or WebM";

const HINTS: readonly [type: RegExp, said: string][] = [
  [
    /macroenabled/i,
    "This document carries a program (macros). Save it as DOCX, XLSX or PPTX and choose that copy.",
  ],
  [
    /^application\/x-cfb$/,
    "This is an Office document of an old kind, or one with a password. Save it as DOCX, XLSX or PPTX without a password, or as PDF, and choose that copy.",
  ],
  [/^application\/rtf$/, "This is an RTF document. Save it as DOCX or PDF and choose that copy."],
  [
    /^video\/|^audio\//,
    "This is a recording of a kind that not every browser plays. Save it as MP4, WebM, MP3, M4A or OGG and choose that copy.",
  ],
  [
    /^image\//,
    "This is a picture of a kind that not every browser shows. Save it as PNG or JPEG and choose that copy.",
  ],
  [/msdownload|x-elf|mach-binary|java|x-dosexec/, "This is a program. The library takes none."],
  [
    /zip|x-7z|x-rar|x-tar|gzip|bzip|x-xz|zstd/,
    "This is a packed archive. Unpack it and bring in what it holds, each as a material.",
  ],
];

/** Looks at a file by its content. */
export async function examineFile(path: string, limits: FileLimits): Promise<Examined> {
  const { size } = await stat(path);
  if (size === 0) return { refusal: "This file is empty. Choose another." };
  const { type } = await sniffFile(path);
  const found = type === "text" ? await examineText(path) : endingOf(type);
  if (found.ending === undefined) return found;
  const kind = kindOf(found.ending);
  const limit = isRecording(kind) ? limits.recordingBytes : limits.documentBytes;
  if (size > limit) return { refusal: tooLarge(kind.word, isRecording(kind), limit) };
  if (kind.group === "picture" && kind.ending !== "gif" && !(await readPictureHeader(path)))
    return { refusal: "This picture is damaged, or it moves. Save it as PNG or JPEG and choose that copy." };
  return MAIN_PARTS[found.ending] ? examineParts(path, found.ending) : found;
}

const tooLarge = (word: string, isRecorded: boolean, limit: number): string =>
  `This ${word} file is larger than ${Math.floor(limit / MEGABYTE)} MB, the most that the library takes for ${isRecorded ? "a recording. Save it with a lower resolution" : "a document or picture. Save it with smaller pictures, or in parts"}, or bring in a link to it.`;

function endingOf(type: string | null): Examined {
  const ending = SNIFFED[type ?? ""];
  if (ending) return { ending };
  const said = HINTS.find(([pattern]) => pattern.test(type ?? ""))?.[1];
  return {
    refusal:
      said ?? `The library cannot tell what this file is, whatever its name ends in. It takes ${TAKEN}.`,
  };
}

const SAMPLE_BYTES = 64 * 1024;
const MARKUP =
  /<!doctype\s+html|<(?:html|head|body|script|iframe|style|meta|title|table|div|p|h1|a|img|form|object|embed)[\s>/]/i;

/** Text, as far as a browser would make more of it. */
async function examineText(path: string): Promise<Examined> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    // Zeros go, so that the letters of UTF-16 stand side by side.
    const text = buffer
      .toString("latin1", 0, bytesRead)
      .replaceAll("\0", "")
      .replace(/^[\u00EF\u00BB\u00BF\u00FE\u00FF\s]+/, "");
    if (/^WEBVTT|^\d+\r?\n\d\d:\d\d:\d\d,\d{3} -->/.test(text))
      return { refusal: "These are captions. Bring in the recording first, then add the captions to it." };
    if (text.startsWith("<") && /<svg[\s>]/i.test(text)) return { ending: "svg" };
    return { ending: MARKUP.test(text) && /^[<\s]/.test(text) ? "html" : "txt" };
  } finally {
    await handle.close();
  }
}

/** Whether a document of parts is what it says, and holds no more than it should. Only its directory is read. */
async function examineParts(path: string, ending: FileEnding): Promise<Examined> {
  try {
    const archive = await openZipArchive(path, { maxUncompressedBytes: MOST_UNPACKED });
    const names = [...archive.entries.keys()];
    archive.close();
    if (names.some((name) => /vbaProject\.bin$|^Basic\//i.test(name)))
      return {
        refusal: "This document carries a program (macros). Save it without them and choose that copy.",
      };
    return names.includes(MAIN_PARTS[ending] ?? "")
      ? { ending }
      : {
          refusal: "This document is damaged: its main part is missing. Save it again and choose that copy.",
        };
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    return {
      refusal:
        error.code === "FILE_ENCRYPTED"
          ? "This document is protected with a password. Save it without one and choose that copy."
          : "This document is damaged, or would unpack to far more than a document holds. Save it again, or as PDF, and choose that copy.",
    };
  }
}
