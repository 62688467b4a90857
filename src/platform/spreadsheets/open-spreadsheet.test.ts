import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import {
  odsBytes,
  readSheets,
  refusalOf,
  temporaryFiles,
  xlsxBytes,
  xlsxParts,
  zipOf,
} from "./test-workbooks.ts";

const file = temporaryFiles();
const FIXTURES = "tests/fixtures/rosters/a";

interface LayoutTruth {
  file: string;
  layout: {
    encoding?: string;
    bom?: boolean;
    delimiter?: string;
    eol?: string;
    date1904?: boolean;
    sheets: {
      name: string | null;
      state: string;
      role: string;
      hidden_columns?: number[];
      header_rows: number[];
      last_data_row: number;
      columns: { index: number; header: string | string[] }[];
    }[];
  };
}

const truth = (JSON.parse(readFileSync(`${FIXTURES}/truth.json`, "utf8")) as { files: LayoutTruth[] }).files;

test.each(truth.map(({ file: name, layout }) => [name, layout] as const))(
  "%s opens with the layout that its truth states",
  async (name, layout) => {
    const spreadsheet = await openSpreadsheet(`${FIXTURES}/${name}`);
    const { encoding = null, bom = false, delimiter = null, eol = null, date1904 = false } = layout;
    expect(spreadsheet).toMatchObject({ encoding, bom, delimiter, eol, date1904 });
    expect(spreadsheet.sheets.map(({ name, state }) => ({ name, state }))).toEqual(
      layout.sheets.map(({ name, state }) => ({ name, state })),
    );
    const sheets = await readSheets(`${FIXTURES}/${name}`);
    for (const [index, sheet] of layout.sheets.entries()) {
      if (sheet.role !== "data") continue;
      const rows = sheets[index] ?? {};
      expect(rows[sheet.last_data_row]?.some((cell) => cell !== "")).toBe(true);
      for (const { index: column, header } of sheet.columns) {
        const shown = sheet.header_rows.map((row) => rows[row]?.[column - 1]);
        expect(shown).toContain(typeof header === "string" ? header : header.at(-1));
      }
      for await (const _rows of spreadsheet.sheets[index]?.batches() ?? []);
      if (sheet.hidden_columns)
        expect(spreadsheet.sheets[index]?.hiddenColumns).toEqual(sheet.hidden_columns);
    }
    await spreadsheet.close();
  },
);

const ole = (text: string) =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(300_000),
    Buffer.from(text, "utf16le"),
    Buffer.alloc(600),
  ]);
const sheet = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>';

test.each([
  ["an empty file", Buffer.alloc(0), /UNREADABLE: The file is empty/],
  ["a file of blanks", Buffer.from(" \r\n\n "), /UNREADABLE: The file is empty/],
  ["a PDF", Buffer.from("%PDF-1.7\n..."), /UNREADABLE: .*PDF/],
  ["a picture", Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1"), /UNREADABLE: .*picture/],
  [
    "random bytes",
    Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index * 31) % 251)),
    /UNREADABLE: .*save it as/,
  ],
  ["UTF-16 without its mark", Buffer.from("a,b\n1,2\n", "utf16le"), /UNREADABLE: .*save it as/],
  ["an old binary .xls", ole("Workbook"), /UNREADABLE: .*old binary Excel/],
  ["an encrypted workbook", ole("EncryptedPackage"), /ENCRYPTED: .*remove the password/],
  ["XML that is no table", Buffer.from("<?xml version='1.0'?><a/>"), /UNREADABLE: .*XML/],
  ["a web page without table", Buffer.from("<html><body>hi</body></html>"), /UNREADABLE: .*without a table/],
])("%s is refused with a message that says what to do", async (_name, bytes, message) => {
  expect(await refusalOf(await file(bytes))).toMatch(message);
});

test("zip files that are no workbooks are refused by what they are", async () => {
  expect(await refusalOf(await file(await zipOf({ "a.txt": "x" })))).toMatch(/UNREADABLE: .*archive/);
  expect(await refusalOf(await file(await zipOf({ "word/document.xml": "<a/>" })))).toMatch(
    /UNREADABLE: .*Word/,
  );
  expect(await refusalOf(await file(await zipOf({ "xl/workbook.bin": "x" })))).toMatch(/UNREADABLE: .*xlsb/);
});

test("a damaged or cut-off workbook is refused, whichever byte is cut or changed", async () => {
  const bytes = await xlsxBytes({ sheets: { S: sheet } });
  for (let length = 4; length < bytes.length; length += 97) {
    expect(await refusalOf(await file(bytes.subarray(0, length)))).toMatch(/^FILE_UNREADABLE/);
  }
  for (let at = 0; at < bytes.length; at += 41) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    expect(await refusalOf(await file(changed))).toMatch(/^(FILE_UNREADABLE|FILE_ENCRYPTED|no refusal)/);
  }
});

test("a zip entry that is marked as encrypted makes the file FILE_ENCRYPTED", async () => {
  const bytes = await xlsxBytes({ sheets: { S: sheet } });
  for (let at = bytes.indexOf("PK\x01\x02"); at >= 0; at = bytes.indexOf("PK\x01\x02", at + 4))
    bytes[at + 8] = (bytes[at + 8] ?? 0) | 1;
  expect(await refusalOf(await file(bytes))).toMatch(/^FILE_ENCRYPTED/);
});

test("an ODS file whose manifest holds encryption data is FILE_ENCRYPTED", async () => {
  const manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>';
  expect(await refusalOf(await file(await odsBytes("", "", { "META-INF/manifest.xml": manifest })))).toMatch(
    /^FILE_ENCRYPTED/,
  );
});

test("a zip bomb is refused by what it declares, and a lying one by what it unpacks to", async () => {
  const parts = xlsxParts({ sheets: { S: `${sheet}<!--${" ".repeat(3_000_000)}-->` } });
  const bytes = await zipOf(parts);
  expect(await refusalOf(await file(bytes), { maxUncompressedBytes: 2_000_000 })).toMatch(
    /UNREADABLE: .*1 MiB, the limit/,
  );
  const lying = Buffer.from(bytes);
  for (let at = lying.indexOf("PK\x01\x02"); at >= 0; at = lying.indexOf("PK\x01\x02", at + 4)) {
    if (lying.readUInt32LE(at + 24) > 2_000_000) lying.writeUInt32LE(1000, at + 24);
  }
  expect(await refusalOf(await file(lying), { maxUncompressedBytes: 2_000_000 })).toMatch(/^FILE_UNREADABLE/);
  expect(await refusalOf(await file(bytes))).toBe("no refusal");
});

test("document types, and with them foreign files and multiplied entities, are refused in every part", async () => {
  const doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
  const parts: Record<string, string> = xlsxParts({ sheets: { S: sheet } });
  for (const part of Object.keys(parts).filter(
    (name) => name !== "[Content_Types].xml" && name !== "_rels/.rels",
  )) {
    const poisoned = { ...parts, [part]: `${doctype}${(parts[part] ?? "").replace(/^<\?xml[^>]*>/, "")}` };
    expect(await refusalOf(await file(await zipOf(poisoned)))).toMatch(/UNREADABLE: .*document type/);
  }
});

const torture = "../shared/data/torture/xlsx";
const workbooks = existsSync(torture) ? readdirSync(torture) : ["(the collection is absent)"];

test.skipIf(!existsSync(torture)).each(workbooks)("torture: %s gives rows", async (name) => {
  const sheets = await readSheets(`${torture}/${name}`);
  expect(sheets.length).toBeGreaterThan(0);
  const filled = sheets
    .flatMap((rows) => Object.values(rows))
    .filter((cells) => cells.some((cell) => cell !== ""));
  // Three of the files hold no cell with a value.
  const empty = ["images.xlsx", "test-issue-1842.xlsx", "test-issue-623.xlsx"].includes(name);
  expect(filled.length > 0).toBe(!empty);
});
