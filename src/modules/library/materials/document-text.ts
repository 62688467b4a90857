// What a document says, for the search. Read as a stream, within bounds; of a damaged one as much as could be read.
import { createReadStream } from "node:fs";
import { parseXmlPieces, xmlText } from "../../../platform/spreadsheets/xml-parts.ts";
import { openZipArchive } from "../../../platform/spreadsheets/zip-archive.ts";
import type { FileEnding } from "./file-kinds.ts";

/** As much of a document's text as is searched. */
export const MOST_TEXT = 1024 * 1024;
const MOST_UNPACKED = 1024 * 1024 * 1024;
/** The parts of a document that hold its words, by kind. */
const WORDS_OF: Readonly<Partial<Record<FileEnding, RegExp>>> = {
  docx: /^word\/(document|footnotes|endnotes)\.xml$/,
  xlsx: /^xl\/sharedStrings\.xml$/,
  pptx: /^ppt\/(slides|notesSlides)\/[^/]+\.xml$/,
  odt: /^content\.xml$/,
  ods: /^content\.xml$/,
  odp: /^content\.xml$/,
};

/** The words of a text or an office document; empty for all other kinds. */
export async function readDocumentText(path: string, ending: FileEnding): Promise<string> {
  if (ending === "txt" || ending === "csv") return readPlainText(path);
  const words = WORDS_OF[ending];
  return words ? readParts(path, words) : "";
}

async function readPlainText(path: string): Promise<string> {
  let text = "";
  for await (const piece of xmlText(createReadStream(path))) {
    text += piece;
    if (text.length >= MOST_TEXT) break;
  }
  return text.slice(0, MOST_TEXT);
}

async function readParts(path: string, words: RegExp): Promise<string> {
  const archive = await openZipArchive(path, { maxUncompressedBytes: MOST_UNPACKED });
  let text = "";
  try {
    const names = [...archive.entries.keys()]
      .filter((name) => words.test(name))
      .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
    for (const name of names) {
      const pieces = parseXmlPieces(archive.read(name), {
        text: (said) => {
          text += said;
        },
        // A paragraph, a cell, a line: words of two do not grow together.
        close: (element) => {
          if (/^(p|h|si|tab|br|line-break|table-cell)$/.test(element)) text += "\n";
        },
      });
      for await (const _piece of pieces) if (text.length >= MOST_TEXT) break;
      if (text.length >= MOST_TEXT) break;
    }
  } finally {
    archive.close();
  }
  return text.slice(0, MOST_TEXT);
}
