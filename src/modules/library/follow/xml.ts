import { create } from "xmlbuilder2";

/** An XML document's root. What XML cannot hold, control characters and halves of characters, is left out of every text. */
export const xmlRoot = (namespace: string, name: string, attributes: Readonly<Record<string, string>> = {}) =>
  create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "" }).ele(namespace, name, {
    ...attributes,
  });

export type XmlElement = ReturnType<typeof xmlRoot>;

/** The whole document. Nothing is indented: spaces are part of a text. */
export const writeXml = (root: XmlElement): string => root.end({ prettyPrint: false });

/** A moment as standards write it, to the second. */
export const utcSecond = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, "Z");
