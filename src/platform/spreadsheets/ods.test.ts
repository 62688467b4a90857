import { expect, test } from "vitest";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import { odsBytes, readFirstSheet, readSheets, refusalOf, temporaryFiles } from "./test-workbooks.ts";

const file = temporaryFiles();
const text = (value: string, attributes = "") =>
  `<table:table-cell ${attributes}><text:p>${value}</text:p></table:table-cell>`;
const typed = (attributes: string, shown = "shown") =>
  `<table:table-cell ${attributes}><text:p>${shown}</text:p></table:table-cell>`;
const row = (cells: string, attributes = "") => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const table = (rows: string, attributes = 'table:name="T"') =>
  `<table:table ${attributes}>${rows}</table:table>`;
const rowsOf = async (rows: string) => readFirstSheet(await file(await odsBytes(table(rows))));

test("every kind of value comes out with its type", async () => {
  const cells = [
    typed('office:value-type="float" office:value="1261.75"', "1.261,75"),
    typed('office:value-type="currency" office:value="5"'),
    typed('office:value-type="percentage" office:value="0.5"'),
    typed('office:value-type="date" office:date-value="2026-01-03"'),
    typed('office:value-type="date" office:date-value="2026-01-03T09:30:00"'),
    typed('office:value-type="boolean" office:boolean-value="true"'),
    typed('office:value-type="time" office:time-value="PT36H00M00S"', "36:00"),
    typed('office:value-type="string"', "text"),
    typed(
      'table:formula="of:=A1" office:value-type="string" office:string-value="" calcext:value-type="error"',
      "#N/A",
    ),
    typed('table:formula="of:=A1" office:value-type="float" office:value="0"', "Err:502"),
    typed('office:value-type="string"', "Err:502"),
  ];
  expect((await rowsOf(row(cells.join(""))))[1]).toEqual([
    { kind: "number", value: 1261.75, text: "1261.75", percent: false },
    { kind: "number", value: 5, text: "5", percent: false },
    { kind: "number", value: 0.5, text: "0.5", percent: true },
    { kind: "date", text: "2026-01-03" },
    { kind: "date", text: "2026-01-03T09:30:00" },
    { kind: "boolean", value: true, text: "TRUE" },
    "36:00",
    "text",
    { kind: "error", text: "#N/A" },
    { kind: "error", text: "Err:502" },
    "Err:502",
  ]);
});

test("paragraphs are lines, spaces and tabs are kept where they are marked, comments and drawings are no text", async () => {
  const cell =
    '<table:table-cell><office:annotation><text:p>NO</text:p></office:annotation><text:p>a<text:s text:c="2"/>b<text:tab/>c\n  d</text:p><text:p>e<text:span>f</text:span><text:line-break/>g</text:p><draw:frame xmlns:draw="d"><text:p>NO</text:p></draw:frame></table:table-cell>';
  expect(await rowsOf(row(cell))).toEqual({ 1: ["a  b\tc d\nef\ng"] });
});

test("repeated cells and rows are there as often as they say; empty ones at the end cost nothing", async () => {
  const started = performance.now();
  const rows = [
    row(
      '<table:table-cell table:number-columns-repeated="2"/>' +
        text("x", 'table:number-columns-repeated="3"') +
        '<table:table-cell table:number-columns-repeated="16379"/>',
    ),
    row("<table:table-cell/>", 'table:number-rows-repeated="3"'),
    row(text("y"), 'table:number-rows-repeated="2"'),
    row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048570"'),
  ];
  expect(await rowsOf(rows.join(""))).toEqual({ 1: ["", "", "x", "x", "x"], 5: ["y"], 6: ["y"] });
  expect(performance.now() - started).toBeLessThan(2000);
});

const refused = async (rows: string) => refusalOf(await file(await odsBytes(table(rows))));

test("a row or cell repeated until it fills the memory is refused", async () => {
  expect(
    await refused(
      row(text("x", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="1000000"'),
    ),
  ).toMatch(/UNREADABLE: .*repeated/);
  expect(await refused(row(text("x", 'table:number-columns-repeated="20000"')))).toMatch(
    /UNREADABLE: .*16384 columns/,
  );
});

test("a cell that spans rows gives its value to each of them", async () => {
  const rows = [
    row(
      text("a") +
        text("m", 'table:number-rows-spanned="3" table:number-columns-spanned="2"') +
        "<table:covered-table-cell/>" +
        text("z"),
    ),
    row(`${text("b")}<table:covered-table-cell table:number-columns-repeated="2"/>`),
    row(
      "<table:table-cell/><table:covered-table-cell><text:p>hidden below</text:p></table:covered-table-cell>",
    ),
    row(text("c")),
  ];
  expect(await rowsOf(rows.join(""))).toEqual({
    1: ["a", "m", "", "z"],
    2: ["b", "m"],
    3: ["", "m"],
    4: ["c"],
  });
});

test("hidden sheets and hidden columns are told, and tables inside cells are not sheets", async () => {
  const styles =
    '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>';
  const columns =
    '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column table:visibility="filter"/>';
  const inner = table(row(text("inner")), 'table:name="Inner"');
  const tables =
    table(columns + row(text("x")), 'table:name="Seen"') +
    table(
      row(`<table:table-cell>${inner}</table:table-cell>${text("own")}`),
      'table:name="Old" table:style-name="h"',
    );
  const path = await file(await odsBytes(tables, styles));
  const spreadsheet = await openSpreadsheet(path);
  expect(spreadsheet.format).toBe("ods");
  expect(
    spreadsheet.sheets.map(({ name, state, hiddenColumns }) => ({ name, state, hiddenColumns })),
  ).toEqual([
    { name: "Seen", state: "visible", hiddenColumns: [3, 4, 5] },
    { name: "Old", state: "hidden", hiddenColumns: [] },
  ]);
  await spreadsheet.close();
  expect(await readSheets(path)).toEqual([{ 1: ["x"] }, { 1: ["", "own"] }]);
});
