import { expect, test } from "vitest";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import type { Cell } from "./spreadsheet.types.ts";
import {
  readFirstSheet,
  refusalOf,
  type TestWorkbook,
  temporaryFiles,
  xlsxBytes,
  xlsxParts,
  zipOf,
} from "./test-workbooks.ts";
import { plainDecimal, serialToIso } from "./typed-cells.ts";

const file = temporaryFiles();

async function rowsOf(rows: string, workbook: Omit<TestWorkbook, "sheets"> = {}, after = "") {
  return readFirstSheet(
    await file(await xlsxBytes({ ...workbook, sheets: { S: `<sheetData>${rows}</sheetData>${after}` } })),
  );
}

/** The cells of one row whose XML is given. */
async function cellsOf(cells: string, workbook?: Omit<TestWorkbook, "sheets">): Promise<Cell[]> {
  return (await rowsOf(`<row r="1">${cells}</row>`, workbook))[1] ?? [];
}

const number = (value: number, text = String(value), percent = false) => ({
  kind: "number",
  value,
  text,
  percent,
});
const date = (text: string) => ({ kind: "date", text });

test("text comes from shared strings, rich runs, inline strings and formulas; phonetic guides do not", async () => {
  const sharedStrings =
    "<si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space='preserve'>ch </t></r><rPh sb='0' eb='1'><t>NO</t></rPh></si><si><t>a_x000D_b &amp; _x005F_x</t></si>";
  expect(
    await cellsOf(
      '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c t="str"><f>A1&amp;"x"</f><v>made</v></c>',
      { sharedStrings },
    ),
  ).toEqual(["plain", "rich ", "a\rb & _x", "inline", "made"]);
});

test("formulas give their stored value, and nothing where none is stored", async () => {
  expect(
    await cellsOf(
      '<c><f>1+1</f><v>2</v></c><c><f>1+2</f></c><c t="str"><f>"x"</f></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>',
    ),
  ).toEqual([
    number(2),
    "",
    "",
    { kind: "boolean", value: true, text: "TRUE" },
    { kind: "error", text: "#N/A" },
  ]);
});

test("cells without references follow one another, references leave gaps, rows without numbers count on", async () => {
  expect(
    await rowsOf(
      '<row><c t="str"><v>a</v></c><c r="D1" t="str"><v>d</v></c><c t="str"><v>e</v></c></row><row r="5"/><row><c t="str"><v>six</v></c></row>',
    ),
  ).toEqual({
    1: ["a", "", "", "d", "e"],
    5: [],
    6: ["six"],
  });
});

test("numbers have at most fifteen digits and never an exponent", () => {
  const shown = [0.1 + 0.2, 1261.75, 1e21, 1.5e-7, -2e-10, 12345678901234568, 0, -0].map(plainDecimal);
  expect(shown).toEqual([
    "0.3",
    "1261.75",
    "1000000000000000000000",
    "0.00000015",
    "-0.0000000002",
    "12345678901234600",
    "0",
    "0",
  ]);
});

const FORMATS: [string | number, number, unknown][] = [
  [14, 46025, date("2026-01-03")],
  [22, 46025.395833333336, date("2026-01-03T09:30:00")],
  [57, 46025, date("2026-01-03")],
  ["m/d/yyyy", 46025, date("2026-01-03")],
  ["[$-409]d-mmm-yy;@", 46025, date("2026-01-03")],
  ["mmm", 46025, date("2026-01-03")],
  ["mm/dd/yy h:mm AM/PM", 46025.999999, date("2026-01-04")],
  ['"day "0', 5, number(5)],
  ["0.0\\h", 5, number(5)],
  ["[Red]#,##0.00", 5, number(5)],
  ["[$USD] 0.00", 5, number(5)],
  ["0.0%", 0.5, number(0.5, "0.5", true)],
  [9, 0.5, number(0.5, "0.5", true)],
  [0, 46025, number(46025)],
  ["General", 46025, number(46025)],
  ["[h]:mm", 1.5, "36:00"],
  ["h:mm:ss", 0.25001157407, "06:00:01"],
  [20, 46025.5, date("2026-01-03T12:00:00")],
  ["yyyy-mm-dd", -3, number(-3)],
  ["yyyy-mm-dd", 0, number(0)],
  ["yyyy-mm-dd", 3_000_000, number(3_000_000)],
];

test.each(FORMATS)("number format %s shows %d as what it is", async (format, value, expected) => {
  expect(await cellsOf(`<c s="1"><v>${value}</v></c>`, { formats: [format] })).toEqual([expected]);
});

test("the two date systems and the leap day that Excel invented are told apart", async () => {
  expect([1, 59, 60, 61].map((serial) => serialToIso(serial, false))).toEqual([
    "1900-01-01",
    "1900-02-28",
    "1900-02-29",
    "1900-03-01",
  ]);
  const path = await file(
    await xlsxBytes({
      sheets: { S: '<sheetData><row><c s="1"><v>44563</v></c></row></sheetData>' },
      formats: [14],
      workbookPr: 'date1904="1"',
    }),
  );
  const spreadsheet = await openSpreadsheet(path);
  expect(spreadsheet.date1904).toBe(true);
  await spreadsheet.close();
  expect(await readFirstSheet(path)).toEqual({ 1: [date("2026-01-03")] });
});

test("ISO date cells lose a time of midnight", async () => {
  expect(
    await cellsOf('<c t="d"><v>2026-01-03T00:00:00.000Z</v></c><c t="d"><v>2026-01-03T09:30:00</v></c>'),
  ).toEqual([date("2026-01-03"), date("2026-01-03T09:30:00")]);
});

test("a merge of several rows gives its value to each of them, a merge of several columns only to the first", async () => {
  const merges =
    '<mergeCells count="3"><mergeCell ref="A1:B1"/><mergeCell ref="B2:C4"/><mergeCell r="" ref="A9:A1048576"/></mergeCells>';
  const rows =
    '<row r="1"><c r="A1" t="str"><v>group</v></c><c r="B1"/></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>m</v></c></row><row r="3"><c r="A3"><v>2</v></c><c r="B3"/></row><row r="4"/><row r="5"><c r="A5"><v>3</v></c></row>';
  expect(await rowsOf(rows, {}, merges)).toEqual({
    1: ["group"],
    2: [number(1), "m"],
    3: [number(2), "m"],
    4: ["", "m"],
    5: [number(3)],
  });
});

test("hidden and very hidden sheets and hidden columns are told; sheets come in the order of the workbook", async () => {
  const sheets = {
    Seen: '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384"/></cols><sheetData/>',
    "Old & new": "<sheetData/>",
    Deep: "<sheetData/>",
  };
  const spreadsheet = await openSpreadsheet(
    await file(await xlsxBytes({ sheets, states: { "Old & new": "hidden", Deep: "veryHidden" } })),
  );
  expect(spreadsheet.sheets.map(({ name, state }) => [name, state])).toEqual([
    ["Seen", "visible"],
    ["Old & new", "hidden"],
    ["Deep", "hidden"],
  ]);
  for await (const _rows of spreadsheet.sheets[0]?.batches() ?? []);
  expect(spreadsheet.sheets[0]?.hiddenColumns).toEqual([2, 3]);
  await spreadsheet.close();
});

test("a workbook whose parts lie elsewhere and carry namespace prefixes is found through its relationships", async () => {
  const type = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  const path = await file(
    await zipOf({
      "[Content_Types].xml":
        '<Types><Override PartName="/book/main.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
      "_rels/.rels": `<Relationships><Relationship Id="a" Type="${type}/officeDocument" Target="/book/main.xml"/></Relationships>`,
      "book/main.xml":
        '<x:workbook xmlns:x="x" xmlns:q="q"><x:sheets><x:sheet name="P" q:id="z"/><x:sheet name="Chart" q:id="c"/></x:sheets></x:workbook>',
      "book/_rels/main.xml.rels": `<Relationships><Relationship Id="z" Type="${type}/worksheet" Target="../s.xml"/><Relationship Id="c" Type="${type}/chartsheet" Target="../c.xml"/></Relationships>`,
      "s.xml":
        '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>ok</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    }),
  );
  expect(await readFirstSheet(path)).toEqual({ 1: ["ok"] });
});

const sheetWith = async (rows: string) =>
  refusalOf(await file(await xlsxBytes({ sheets: { S: `<sheetData>${rows}</sheetData>` } })));

test("cells beyond the last column and rows out of order are refused", async () => {
  expect(await sheetWith('<row r="1"><c r="XFD1"><v>1</v></c></row>')).toBe("no refusal");
  expect(await sheetWith('<row r="1"><c r="XFE1"><v>1</v></c></row>')).toMatch(/UNREADABLE: .*16384/);
  expect(await sheetWith('<row r="2"/><row r="1"/>')).toMatch(/^FILE_UNREADABLE/);
  expect(await sheetWith('<row r="99999999"/>')).toMatch(/^FILE_UNREADABLE/);
});

test("a sheet part that the archive lacks makes the workbook damaged", async () => {
  const { "xl/worksheets/sheet1.xml": _missing, ...parts } = xlsxParts({ sheets: { S: "" } }) as Record<
    string,
    string
  >;
  expect(await refusalOf(await file(await zipOf(parts)))).toMatch(/UNREADABLE: The file is damaged/);
});
