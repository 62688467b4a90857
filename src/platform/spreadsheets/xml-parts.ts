// Streaming XML for the parts of a workbook: no document type definitions, hence no entities and no files from elsewhere.
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { SpreadsheetError } from "./spreadsheet.types.ts";
import { asSpreadsheetError } from "./zip-archive.ts";

export type XmlAttributes = Record<string, string>;

export interface XmlHandlers {
  /** `name` comes without its namespace prefix. */
  open?: (name: string, attributes: XmlAttributes, tag: SaxesTagPlain) => void;
  close?: (name: string, tag: SaxesTagPlain) => void;
  text?: (text: string) => void;
}

/** An element's or attribute's name without the namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The attribute with this name, whatever its namespace prefix. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  const exact = attributes[name];
  if (exact !== undefined) return exact;
  for (const key in attributes) if (localName(key) === name) return attributes[key];
  return undefined;
}

/** A parser that refuses document types and anything that is not well-formed, by throwing. */
export function strictXmlParser(handlers: XmlHandlers): SaxesParser {
  const parser = new SaxesParser();
  parser.on("doctype", () => {
    throw new SpreadsheetError(
      "FILE_UNREADABLE",
      "The workbook holds a document type definition, which no spreadsheet program writes and which is refused for safety. Save it again as .xlsx.",
    );
  });
  parser.on("error", (error) => {
    throw error;
  });
  const { open, close, text } = handlers;
  if (open) parser.on("opentag", (tag) => open(localName(tag.name), tag.attributes, tag));
  if (close) parser.on("closetag", (tag) => close(localName(tag.name), tag));
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  return parser;
}

/** The characters of an XML part; UTF-8 unless a byte order mark says UTF-16. */
export async function* xmlText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of chunks) {
    if (decoder === null) {
      const mark = chunk.length > 1 ? chunk.readUInt16BE(0) : 0;
      decoder = new TextDecoder(mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8");
    }
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

/**
 * Parses a part; yields after every piece, so that a caller can take what the handlers have gathered so far.
 * @throws SpreadsheetError when the part is not well-formed
 */
export async function* parseXmlPieces(
  chunks: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = strictXmlParser(handlers);
  try {
    for await (const piece of xmlText(chunks)) {
      parser.write(piece);
      yield;
    }
    parser.close();
    yield;
  } catch (error) {
    throw asSpreadsheetError(error);
  }
}

/** Parses a whole part. */
export async function parseXml(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _piece of parseXmlPieces(chunks, handlers));
}
