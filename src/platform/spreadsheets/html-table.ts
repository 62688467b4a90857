// A web page with tables, as many systems export it under the name .xls.

import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { MergeFiller } from "./merged-cells.ts";
import { type Row, type Sheet, type Spreadsheet, SpreadsheetError } from "./spreadsheet.types.ts";
import {
  DEFAULT_MAX_HTML_BYTES,
  MAX_COLUMNS,
  MAX_ROWS,
  type SpreadsheetLimits,
} from "./spreadsheet-limits.ts";
import { type DetectedEncoding, encodingOfBom, IncrementalDecoder } from "./text-encoding.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const ROWS_IN_BATCH = 500;
const BLOCKS = new Set(["p", "div", "li", "tr", "h1", "h2", "h3", "h4"]);

/** Whether text, as far as it is at hand, starts like a web page or a bare HTML table. */
export function looksLikeHtml(start: string): boolean {
  const withoutPreamble = start.replace(/^\uFEFF?(?:\s|<!--[\s\S]*?-->|<\?xml[^>]*>)*/, "");
  return /^<(?:!doctype\s+html|html|head|meta|title|style|body|table|div|center|font)\b/i.test(
    withoutPreamble,
  );
}

function encodingOf(bytes: Buffer): DetectedEncoding {
  const marked = encodingOfBom(bytes);
  if (marked) return marked;
  const start = bytes.toString("latin1", 0, 4096);
  const stated = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1]?.toLowerCase();
  const known =
    stated === undefined ? null : /^(windows-125\d|cp125\d|iso-8859-\d+|latin1|us-ascii)$/.test(stated);
  // A page that calls itself UTF-8 and is not valid UTF-8 is Windows-1252 in practice.
  const encoding = known === true || !isUtf8(bytes) ? "cp1252" : "utf8";
  return { encoding, bom: false, bomBytes: 0 };
}

const isElement = (node: Node): node is Element => "tagName" in node;

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

/** Walks the descendants in document order; `enter` says whether to go into an element. Not recursive: pages nest deeply. */
function walk(
  root: Element | DefaultTreeAdapterTypes.Document,
  enter: (node: Node) => boolean,
  leave?: (element: Element) => void,
): void {
  const stack: { node: Node; leaving: boolean }[] = root.childNodes
    .map((node) => ({ node, leaving: false }))
    .toReversed();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, leaving } = item;
    if (leaving) {
      if (isElement(node)) leave?.(node);
      continue;
    }
    if (!enter(node) || !isElement(node)) continue;
    if (leave) stack.push({ node, leaving: true });
    for (let index = node.childNodes.length - 1; index >= 0; index--) {
      const child = node.childNodes[index];
      if (child) stack.push({ node: child, leaving: false });
    }
  }
}

/** The text of a cell: white space folded, br and blocks as line breaks, nested tables left out. */
function textOf(element: Element): string {
  let text = "";
  const breakLine = () => {
    text = text.replace(/ +$/, "");
    if (text !== "" && !text.endsWith("\n")) text += "\n";
  };
  walk(
    element,
    (node) => {
      if (node.nodeName === "#text" && "value" in node) {
        const folded = node.value.replace(/[ \t\r\n\f]+/g, " ");
        text += /(^|[\n ])$/.test(text) ? folded.replace(/^ /, "") : folded;
      } else if (isElement(node)) {
        if (node.tagName === "br") text = `${text.replace(/ +$/, "")}\n`;
        else if (BLOCKS.has(node.tagName)) breakLine();
        return !["table", "script", "style", "template"].includes(node.tagName);
      }
      return true;
    },
    (node) => {
      if (BLOCKS.has(node.tagName)) breakLine();
    },
  );
  return text.replace(/^[ \n]+|[ \n]+$/g, "");
}

interface TableParts {
  rows: Element[][];
  caption: string;
  hasNestedTable: boolean;
}

function partsOf(table: Element): TableParts {
  const parts: TableParts = { rows: [], caption: "", hasNestedTable: false };
  walk(table, (node) => {
    if (!isElement(node)) return false;
    if (node.tagName === "table") parts.hasNestedTable = true;
    else if (node.tagName === "tr") parts.rows.push([]);
    else if (node.tagName === "caption") parts.caption = textOf(node).replaceAll("\n", " ");
    else if (node.tagName === "td" || node.tagName === "th") parts.rows.at(-1)?.push(node);
    return node.tagName !== "table" && node.tagName !== "caption";
  });
  return parts;
}

const span = (cell: Element, name: string, limit: number) => {
  const count = Number(attributeOf(cell, name) ?? 1);
  return Number.isInteger(count) && count > 0 ? Math.min(count, limit) : 1;
};

/** Places the cells on the grid: a cell over several columns leaves the others empty, one over several rows fills down. */
function rowsOf(parts: TableParts): Row[] {
  const filler = new MergeFiller();
  const takenUntil: number[] = [];
  return parts.rows.map((elements, index) => {
    const number = index + 1;
    const cells: string[] = [];
    let column = 0;
    for (const element of elements) {
      while ((takenUntil[column] ?? 0) >= number) column++;
      const columns = span(element, "colspan", MAX_COLUMNS);
      if (column + columns > MAX_COLUMNS) {
        throw new SpreadsheetError(
          "FILE_UNREADABLE",
          `A table of the file has more than ${MAX_COLUMNS} columns.`,
        );
      }
      const lastRow = number + span(element, "rowspan", MAX_ROWS) - 1;
      const text = textOf(element);
      if (text !== "") {
        while (cells.length < column) cells.push("");
        cells[column] = text;
      }
      if (lastRow > number) {
        filler.add({ column: column + 1, firstRow: number, lastRow });
        for (let offset = 0; offset < columns; offset++) takenUntil[column + offset] = lastRow;
      }
      column += columns;
    }
    const row: Row = { number, cells };
    filler.fill(number, row.cells);
    return row;
  });
}

/** Tables that only arrange other tables hold no rows of their own with two filled cells. */
function isLayout(parts: TableParts, rows: Row[]): boolean {
  return parts.hasNestedTable && !rows.some(({ cells }) => cells.filter((cell) => cell !== "").length > 1);
}

function sheetOf(name: string, rows: Row[]): Sheet {
  return {
    name,
    state: "visible",
    hiddenColumns: [],
    async *batches() {
      for (let at = 0; at < rows.length; at += ROWS_IN_BATCH) {
        yield rows.slice(at, at + ROWS_IN_BATCH).map(({ number, cells }) => ({ number, cells: [...cells] }));
      }
    },
  };
}

/**
 * Opens a web page; every table with rows is a sheet, named by its caption or "Table 1", "Table 2".
 * @throws SpreadsheetError when the page is larger than the limit or holds no table
 */
export async function openHtml(
  path: string,
  size: number,
  limits: SpreadsheetLimits = {},
): Promise<Spreadsheet> {
  const maxBytes = limits.maxHtmlBytes ?? DEFAULT_MAX_HTML_BYTES;
  if (size > maxBytes) {
    throw new SpreadsheetError(
      "FILE_UNREADABLE",
      `The file is a web page of more than ${Math.floor(maxBytes / 1_048_576)} MiB, the limit. Open it in a spreadsheet program, save it as .xlsx or CSV and upload that copy.`,
    );
  }
  const bytes = await readFile(path);
  const { encoding, bom, bomBytes } = encodingOf(bytes);
  const decoder = new IncrementalDecoder(encoding);
  const document = parse(decoder.write(bytes.subarray(bomBytes)) + decoder.end());
  const sheets: Sheet[] = [];
  const names = new Set<string>();
  walk(document, (node) => {
    if (!isElement(node) || node.tagName !== "table") return true;
    const parts = partsOf(node);
    const rows = rowsOf(parts);
    if (rows.length === 0 || isLayout(parts, rows)) return true;
    const fallback = `Table ${sheets.length + 1}`;
    const name = parts.caption === "" || names.has(parts.caption) ? fallback : parts.caption;
    names.add(name);
    sheets.push(sheetOf(name, rows));
    return true;
  });
  if (sheets.length === 0) {
    throw new SpreadsheetError(
      "FILE_UNREADABLE",
      "The file is a web page without a table. Open it in a spreadsheet program, save it as .xlsx and upload that copy.",
    );
  }
  return {
    format: "html",
    encoding,
    bom,
    delimiter: null,
    eol: null,
    date1904: false,
    sheets,
    close: () => Promise.resolve(),
  };
}
