import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type Annotations, writeAnnotatedCopy } from "./annotate-spreadsheet.ts";
import type { RowNote } from "./spreadsheet.types.ts";
import { odsBytes, readFirstSheet, readSheets, temporaryFiles, xlsxParts, zipOf } from "./test-workbooks.ts";
import { encodeText } from "./text-encoding.ts";
import { openZipArchive } from "./zip-archive.ts";

const file = temporaryFiles();

function annotations(sheet: string | null, headerRow: number, notes: Record<number, string>): Annotations {
  return {
    columnTitle: "Findings",
    headerRow: [{ sheet, row: headerRow }],
    notes: Object.entries(notes).map(([row, text]) => ({ sheet, row: Number(row), text })),
  };
}

async function annotatedBytes(content: string | Uint8Array, request: Annotations): Promise<Buffer> {
  const output = await file();
  await writeAnnotatedCopy(await file(content), output, request);
  return readFile(output);
}

test("a text file keeps every byte of its cells, and the notes stand in one column to their right", async () => {
  const before = 'Title\r\n\r\nid , "odd"x,c\r\n1,"a\r\nb",3\r\n2\r\n"3",,\n4,5,6,7\r5,6';
  const after =
    'Title\r\n\r\nid , "odd"x,c,,Findings\r\n1,"a\r\nb",3\r\n2,,,,"one, ""two"""\r\n"3",,\n4,5,6,7,x; y\r5,6,,,\'=1+1';
  const request = annotations(null, 3, { 5: 'one, "two"', 8: "=1+1" });
  const notes = [
    ...(request.notes as RowNote[]),
    { sheet: null, row: 7, text: "x" },
    { sheet: null, row: 7, text: "y" },
  ];
  expect((await annotatedBytes(before, { ...request, notes })).toString()).toBe(after);
});

test.each([
  ["utf8", true],
  ["utf16le", true],
  ["utf16be", true],
  ["cp1252", false],
] as const)("encoding %s and its mark come back", async (encoding, bom) => {
  const mark = bom ? "\uFEFF" : "";
  const bytes = Buffer.concat([encodeText(`${mark}id;é\r\n1;\u0081€\r\n`, encoding)]);
  const expected = encodeText(
    `${mark}id;é;Findings\r\n1;\u0081€;“ö” ${encoding === "cp1252" ? "?" : "✓"}\r\n`,
    encoding,
  );
  expect(await annotatedBytes(bytes, annotations(null, 1, { 2: "“ö” ✓" }))).toEqual(expected);
});

const extension = async (content: string) =>
  (await writeAnnotatedCopy(await file(content), await file(), annotations(null, 1, {}))).extension;

test("the extension follows the delimiter", async () => {
  expect([
    await extension("a\tb\n1\t2\n"),
    await extension("a|b\n1|2\n"),
    await extension("a;b\n1;2\n"),
  ]).toEqual([".tsv", ".txt", ".csv"]);
});

test("sorted notes may come one by one while a large text file streams through", async () => {
  const rows = 30_000;
  async function* notes() {
    for (let row = 2; row <= rows; row += 2)
      yield await Promise.resolve({ sheet: null, row, text: `n${row}` });
  }
  const content = Array.from({ length: rows }, (_, index) => `${index + 1},é`).join("\n");
  const written = (
    await annotatedBytes(content, { columnTitle: "F", headerRow: [{ sheet: null, row: 1 }], notes: notes() })
  )
    .toString()
    .split("\n");
  expect(written.length).toBe(rows);
  expect([written[0], written[1], written[2], written[29_999]]).toEqual([
    "1,é,F",
    "2,é,n2",
    "3,é",
    "30000,é,n30000",
  ]);
});

async function* brokenNotes(): AsyncGenerator<RowNote> {
  yield await Promise.resolve({ sheet: null, row: 1, text: "x" });
  throw new Error("the database is gone");
}

test("a file that fails while notes are read passes their error on", async () => {
  const request = { columnTitle: "F", headerRow: [], notes: brokenNotes() };
  await expect(writeAnnotatedCopy(await file("a,b\n1,2\n"), await file(), request)).rejects.toThrow(
    "the database is gone",
  );
});

const SHEET =
  '<dimension ref="A1:B4"/><cols><col min="1" max="1" width="9"/></cols><!-- <row r="2"> --><sheetData>' +
  '<row r="1" spans="1:2" ht="20"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" t="str"><v>h</v></c></row>' +
  '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>' +
  '<row r="4" spans="1:5"><c r="A4"><v>4</v></c><c r="C4" s="1"/><c r="D4" s="1"/></row>' +
  '<row r="5"/></sheetData><mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells><dataValidations count="0"/>';

async function partOf(path: string, name: string): Promise<string> {
  const zip = await openZipArchive(path, {});
  try {
    return await textOf(Readable.from(zip.read(name)));
  } finally {
    zip.close();
  }
}

const cell = (reference: string, text: string, style = "") =>
  `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;

test("a workbook gets cells in its sheet and nothing else changes", async () => {
  const parts: Record<string, string> = xlsxParts({
    sheets: { S: SHEET, Other: "<sheetData/>" },
    sharedStrings: "<si><t>id</t></si>",
    formats: ["0"],
    extraParts: { "xl/media/x.bin": "\u0000\u0001é" },
  });
  const output = await file();
  await writeAnnotatedCopy(
    await file(await zipOf(parts)),
    output,
    annotations("S", 1, { 2: "=1+1", 3: "a<b & _x0041_\u0001", 4: "four", 5: "five", 9: "nine" }),
  );
  const expected = SHEET.replace('ref="A1:B4"', 'ref="A1:C9"')
    .replace('spans="1:2"', 'spans="1:3"')
    .replace("<v>h</v></c>", `<v>h</v></c>${cell("C1", "Findings")}`)
    .replace("<v>2</v></c>", `<v>2</v></c>${cell("C2", "=1+1")}`)
    .replace('<row r="4"', `<row r="3">${cell("C3", "a&lt;b &amp; _x005F_x0041__x0001_")}</row><row r="4"`)
    .replace('<c r="C4" s="1"/>', cell("C4", "four", ' s="1"'))
    .replace('<row r="5"/>', `<row r="5">${cell("C5", "five")}</row>`)
    .replace("</sheetData>", `<row r="9">${cell("C9", "nine")}</row></sheetData>`);
  expect(await partOf(output, "xl/worksheets/sheet1.xml")).toBe(
    parts["xl/worksheets/sheet1.xml"]?.replace(SHEET, expected),
  );
  for (const [name, content] of Object.entries(parts)) {
    if (name !== "xl/worksheets/sheet1.xml") expect(await partOf(output, name)).toBe(content);
  }
  const rows = await readFirstSheet(output);
  expect([1, 2, 3, 4, 5, 9].map((row) => rows[row]?.[2])).toEqual([
    "Findings",
    "=1+1",
    "a<b & _x0041_\u0001",
    "four",
    "five",
    "nine",
  ]);
});

test("a sheet without rows and a sheet with prefixed names take notes as well, whatever pieces they arrive in", async () => {
  const filler = Array.from(
    { length: 5000 },
    (_, index) => `<x:row r="${index + 1}"><x:c r="A${index + 1}"><x:v>${index}</x:v></x:c></x:row>`,
  ).join("");
  const parts: Record<string, string> = {
    ...xlsxParts({ sheets: { Empty: "<sheetData/>", Prefixed: "" } }),
    "xl/worksheets/sheet2.xml": `<x:worksheet xmlns:x="x"><x:sheetData>${filler}</x:sheetData></x:worksheet>`,
  };
  const output = await file();
  const notes = Array.from({ length: 2500 }, (_, index) => ({
    sheet: "Prefixed",
    row: 2 * index + 1,
    text: `é${index}`,
  }));
  await writeAnnotatedCopy(await file(await zipOf(parts)), output, {
    columnTitle: "F",
    headerRow: [{ sheet: "Empty", row: 2 }],
    notes,
  });
  const [empty, prefixed = {}] = await readSheets(output);
  expect(empty).toEqual({ 2: ["F"] });
  expect(Object.values(prefixed).map((cells) => cells[1])).toEqual(
    Array.from({ length: 5000 }, (_, index) => (index % 2 === 0 ? `é${index / 2}` : undefined)),
  );
});

test("ODS and HTML come back as XLSX with their values", async () => {
  const ods = await odsBytes(
    '<table:table table:name="T"><table:table-row><table:table-cell><text:p>=id</text:p></table:table-cell></table:table-row><table:table-row/><table:table-row><table:table-cell office:value-type="percentage" office:value="0.5"/><table:table-cell office:value-type="date" office:date-value="2026-01-03"/></table:table-row></table:table>',
  );
  const output = await file();
  expect(await writeAnnotatedCopy(await file(ods), output, annotations("T", 1, { 3: "+note" }))).toEqual({
    format: "xlsx",
    extension: ".xlsx",
  });
  const rows = await readFirstSheet(output);
  expect([rows[1], rows[3]]).toEqual([
    ["=id", "", "Findings"],
    [
      { kind: "number", value: 0.5, text: "0.5", percent: true },
      { kind: "date", text: "2026-01-03" },
      "+note",
    ],
  ]);
  const page = await file();
  await writeAnnotatedCopy(
    await file("<table><tr><td>a<td>b<tr><td>1</table>"),
    page,
    annotations("Table 1", 1, { 2: "n" }),
  );
  expect(await readFirstSheet(page)).toEqual({ 1: ["a", "b", "Findings"], 2: ["1", "", "n"] });
});
