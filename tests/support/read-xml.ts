// XML as a tree, read by a parser that refuses what is not well-formed.
import { SaxesParser } from "saxes";

export interface XmlNode {
  /** With its namespace: "{http://www.w3.org/2005/Atom}entry". */
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlNode[];
}

/** @throws where it is not well-formed. */
export function readXml(text: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: "1.0" });
  const root: XmlNode = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    const node: XmlNode = {
      name: `{${uri}}${local}`,
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
      text: "",
      children: [],
    };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (part) => {
    const node = open.at(-1);
    if (node) node.text += part;
  });
  parser.write(text).close();
  const [document] = root.children;
  if (!document) throw new Error("there is no document");
  return document;
}

/** The local name of a node. */
export const localName = (node: XmlNode): string => node.name.replace(/^\{.*\}/, "");

/** All nodes of a name below one, itself included. */
export const findAll = (node: XmlNode, name: string): XmlNode[] => [
  ...(localName(node) === name ? [node] : []),
  ...node.children.flatMap((child) => findAll(child, name)),
];

/** The texts of all nodes of a name below one. */
export const textsOf = (node: XmlNode, name: string): string[] => findAll(node, name).map(({ text }) => text);

/** What a node is made of, without its words. */
export const shapeOfXml = ({ name, children }: XmlNode): string[] => [name, ...children.flatMap(shapeOfXml)];
