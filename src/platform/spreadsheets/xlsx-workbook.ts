// The table of contents of an XLSX file: its sheets, shared strings, cell styles and date system.
import { dirname, join } from "node:path/posix";
import { type NumberFormatKind, readCellStyleKinds } from "./number-formats.ts";
import { SpreadsheetError } from "./spreadsheet.types.ts";
import { attribute, parseXml } from "./xml-parts.ts";
import { DAMAGED_MESSAGE, type ZipArchive } from "./zip-archive.ts";

export interface XlsxSheetPart {
  name: string;
  state: "visible" | "hidden";
  /** The part that holds the sheet's rows. */
  part: string;
}

export interface XlsxWorkbook {
  sheets: XlsxSheetPart[];
  date1904: boolean;
  sharedStringsPart: string | null;
  stylesPart: string | null;
}

interface Relationship {
  id: string;
  /** The last word of the type's address: "worksheet", "sharedStrings", ... (transitional and strict alike). */
  type: string;
  target: string;
}

async function relationshipsOf(zip: ZipArchive, part: string): Promise<Relationship[]> {
  const folder = dirname(part);
  const relationshipsPart = join(
    folder,
    "_rels",
    `${part === "" ? "" : part.slice(part.lastIndexOf("/") + 1)}.rels`,
  );
  const found: Relationship[] = [];
  if (!zip.entries.has(relationshipsPart)) return found;
  await parseXml(zip.read(relationshipsPart), {
    open: (name, attributes) => {
      const target = attributes["Target"];
      if (name !== "Relationship" || target === undefined || attributes["TargetMode"] === "External") return;
      const type = attributes["Type"] ?? "";
      found.push({
        id: attributes["Id"] ?? "",
        type: type.slice(type.lastIndexOf("/") + 1),
        target: target.startsWith("/") ? target.slice(1) : join(folder, target),
      });
    },
  });
  return found;
}

/** The part that holds the workbook, or null when the archive is not an XLSX file. */
export async function findWorkbookPart(zip: ZipArchive): Promise<string | null> {
  if (zip.entries.has("xl/workbook.xml")) return "xl/workbook.xml";
  const main = (await relationshipsOf(zip, "")).find(({ type }) => type === "officeDocument")?.target;
  if (main === undefined || !zip.entries.has(main) || !zip.entries.has("[Content_Types].xml")) return null;
  let isWorkbook = false;
  await parseXml(zip.read("[Content_Types].xml"), {
    open: (_name, attributes) => {
      const partName = attributes["PartName"];
      const extension = attributes["Extension"];
      const concerns =
        partName === undefined
          ? extension !== undefined && main.endsWith(`.${extension}`)
          : partName === `/${main}`;
      if (
        concerns &&
        /(spreadsheetml\.(sheet|template)|ms-excel\.(sheet|template)\.macroEnabled)/.test(
          attributes["ContentType"] ?? "",
        )
      ) {
        isWorkbook = true;
      }
    },
  });
  return isWorkbook ? main : null;
}

/** Reads the workbook part; chart sheets and other things that hold no rows are left out. */
export async function readXlsxWorkbook(zip: ZipArchive, workbookPart: string): Promise<XlsxWorkbook> {
  const relationships = await relationshipsOf(zip, workbookPart);
  const partOf = (type: string) => {
    const target = relationships.find((relationship) => relationship.type === type)?.target;
    return target !== undefined && zip.entries.has(target) ? target : null;
  };
  const sheets: XlsxSheetPart[] = [];
  let date1904 = false;
  await parseXml(zip.read(workbookPart), {
    open: (name, attributes) => {
      if (name === "workbookPr") {
        date1904 = ["1", "true", "on"].includes(attributes["date1904"] ?? "");
      } else if (name === "sheet") {
        const id = attribute(attributes, "id");
        const relationship = relationships.find((candidate) => candidate.id === id);
        if (relationship === undefined || relationship.type !== "worksheet") return;
        if (!zip.entries.has(relationship.target))
          throw new SpreadsheetError("FILE_UNREADABLE", DAMAGED_MESSAGE);
        const state = attributes["state"] ?? "visible";
        sheets.push({
          name: attributes["name"] ?? "",
          state: state === "visible" ? "visible" : "hidden",
          part: relationship.target,
        });
      }
    },
  });
  return { sheets, date1904, sharedStringsPart: partOf("sharedStrings"), stylesPart: partOf("styles") };
}

/** `_x000D_` and the like, as Excel writes characters that XML cannot hold. */
export function decodeEscapes(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_match, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Every shared string: rich text joined, phonetic guides left out. */
export async function readSharedStrings(zip: ZipArchive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phoneticDepth = 0;
  await parseXml(zip.read(part), {
    open: (name) => {
      if (name === "si") current = "";
      else if (name === "rPh") phoneticDepth++;
      else if (name === "t") inText = phoneticDepth === 0;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === "si") strings.push(decodeEscapes(current));
      else if (name === "rPh") phoneticDepth--;
      else if (name === "t") inText = false;
    },
  });
  return strings;
}

/** What the cells of all sheets refer to. */
export interface XlsxCellContext {
  sharedStrings: string[];
  styleKinds: NumberFormatKind[];
  date1904: boolean;
}

export async function readCellContext(zip: ZipArchive, workbook: XlsxWorkbook): Promise<XlsxCellContext> {
  const { sharedStringsPart, stylesPart, date1904 } = workbook;
  return {
    sharedStrings: sharedStringsPart === null ? [] : await readSharedStrings(zip, sharedStringsPart),
    styleKinds: stylesPart === null ? [] : await readCellStyleKinds(zip.read(stylesPart)),
    date1904,
  };
}
