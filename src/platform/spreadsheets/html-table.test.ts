import { expect, test } from "vitest";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import { readFirstSheet, readSheets, refusalOf, temporaryFiles } from "./test-workbooks.ts";

const file = temporaryFiles();

test("rowspan fills down, colspan leaves the columns to its right empty", async () => {
  const page =
    '<table><tr><th colspan=2>Group<th>Z</tr><tr><td rowspan=2>a<td>1<td>x</tr><tr><td>2<td>y</tr><tr style="display:none"><td>b<td>3</tr></table>';
  expect(await readFirstSheet(await file(page))).toEqual({
    1: ["Group", "", "Z"],
    2: ["a", "1", "x"],
    3: ["a", "2", "y"],
    4: ["b", "3"],
  });
});

test("br and blocks are line breaks, white space is folded, entities are characters, scripts are no text", async () => {
  const page =
    "\n<!-- exported -->\n<TABLE><tr><td> a \n b<br>c&nbsp;&eacute;&#8211;<script>x()</script><p>d</p><div>e</div></td></tr></TABLE>";
  expect(await readFirstSheet(await file(page))).toEqual({ 1: ["a b\nc\u00a0é–\nd\ne"] });
});

test("every table with rows is a sheet, and tables that only arrange others are none", async () => {
  const page =
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table><tr><td>menu</td></tr><tr><td><table><caption>Inner <b>one</b></caption><tr><td>1<td>2</table></td></tr></table><table></table><table><tr><td>3</table></body></html>";
  const path = await file(page);
  const spreadsheet = await openSpreadsheet(path);
  expect([spreadsheet.format, ...spreadsheet.sheets.map(({ name }) => name)]).toEqual([
    "html",
    "Inner one",
    "Table 2",
  ]);
  expect(await readSheets(path)).toEqual([{ 1: ["1", "2"] }, { 1: ["3"] }]);
});

test.each([
  ["its mark", Buffer.from("\uFEFF<table><tr><td>é€</table>", "utf16le"), "utf16le"],
  [
    "the charset it states",
    Buffer.from("<html><meta charset='iso-8859-1'><table><tr><td>\xe9\x80</table>", "latin1"),
    "cp1252",
  ],
  [
    "the content type it states",
    Buffer.from(
      "<html><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><table><tr><td>\xe9\x80</table>",
      "latin1",
    ),
    "cp1252",
  ],
  ["valid UTF-8", Buffer.from("<table><tr><td>é€</table>"), "utf8"],
  ["nothing else", Buffer.from("<table><tr><td>\xe9\x80</table>", "latin1"), "cp1252"],
])("the encoding follows %s", async (_name, bytes, encoding) => {
  const path = await file(bytes);
  expect((await openSpreadsheet(path)).encoding).toBe(encoding);
  expect(await readFirstSheet(path)).toEqual({ 1: ["é€"] });
});

test("a page larger than the limit is refused, and a deeply nested one is read without failing", async () => {
  const page = `<table><tr><td>${"<b>".repeat(100)}x</table>`;
  expect(await refusalOf(await file(page), { maxHtmlBytes: 50 })).toMatch(/UNREADABLE: .*the limit/);
  const deep = `<table><tr><td>${"<div>".repeat(20_000)}x</div></td></tr></table>`;
  expect(await readFirstSheet(await file(deep))).toEqual({ 1: ["x"] });
});

test("a text file that mentions tags further down stays a text file", async () => {
  const spreadsheet = await openSpreadsheet(await file("a,b\n<table>,2\n"));
  expect(spreadsheet.format).toBe("text");
  await spreadsheet.close();
});
