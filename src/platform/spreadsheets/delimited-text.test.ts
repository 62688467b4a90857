import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import { readFirstSheet, refusalOf, temporaryFiles } from "./test-workbooks.ts";

const file = temporaryFiles();
const rowsOf = async (content: string | Uint8Array) =>
  Object.values(await readFirstSheet(await file(content)));

async function layoutOf(content: string | Uint8Array) {
  const spreadsheet = await openSpreadsheet(await file(content));
  await spreadsheet.close();
  const { encoding, bom, delimiter, eol } = spreadsheet;
  return { encoding, bom, delimiter, eol };
}

test("quotes are resolved, and a line break inside quotes stays in the value and does not count as a record", async () => {
  expect(await readFirstSheet(await file('a,b\r\n"x ""y""\r\nz",2\r\n\r\n3,"4"'))).toEqual({
    1: ["a", "b"],
    2: ['x "y"\r\nz', "2"],
    3: [],
    4: ["3", "4"],
  });
});

test("a lone carriage return ends a record as well", async () => {
  expect(await rowsOf("a,b\r1,2\r3,4\r")).toEqual([
    ["a", "b"],
    ["1", "2"],
    ["3", "4"],
  ]);
});

test("a quotation mark inside an unquoted cell is an ordinary character", async () => {
  expect(await rowsOf('size,n\n5" pipe,1\n"abc" d,2\n')).toEqual([
    ["size", "n"],
    ['5" pipe', "1"],
    ["abc d", "2"],
  ]);
});

test("records, quotes and line ends that are cut by the pieces the file is read in come out whole", async () => {
  const note = 'é"x"\r\n'.repeat(3000);
  const lines = Array.from(
    { length: 40 },
    (_, index) => `${index},"${note.replaceAll('"', '""')}",✓${index}`,
  );
  const rows = await rowsOf(`${lines.join("\r\n")}\r\n`);
  expect(rows.length).toBe(40);
  for (const [index, row] of rows.entries()) expect(row).toEqual([String(index), note, `✓${index}`]);
});

test("a quotation mark that is never closed is refused with its record number, not read to the end of the file", async () => {
  expect(await refusalOf(await file('a,b\n1,2\n3,"4\n5,6\n'))).toMatch(/^FILE_UNREADABLE: .*record 3 /);
});

test("a quotation mark that only another cell's opening mark seems to close is refused instead of swallowing rows", async () => {
  expect(await refusalOf(await file('a,b\n1,"2\n3,4\n5,"6,7"\n'))).toMatch(/^FILE_UNREADABLE: .*record 2 /);
});

test("a quoted cell longer than the limit is refused before the whole file is in memory", async () => {
  const refusal = await refusalOf(await file(`a,b\n1,"${"x\n".repeat(200_000)}",3\n`), {
    maxCellCharacters: 100_000,
  });
  expect(refusal).toMatch(/^FILE_UNREADABLE: .*record 2 /);
  expect(await refusalOf(await file(`a,b\n1,"${"x\n".repeat(200_000)}",3\n`))).toBe("no refusal");
});

test("a record of more than 16,384 cells is refused", async () => {
  expect(await refusalOf(await file(`a,b\n${",".repeat(16_384)}\n`))).toMatch(/Record 2 .*16384/);
});

const accented = "name;town\r\nZoë;Nîmes – “Sud” €\r\n";
const cp1252 = Buffer.concat([
  Buffer.from("name;town\r\nZo\xeb;N\xeemes \x96 \x93Sud\x94 \x80\r\n", "latin1"),
]);

test.each([
  ["UTF-8", Buffer.from(accented), "utf8", false],
  ["UTF-8 with its mark", Buffer.from(`\uFEFF${accented}`), "utf8", true],
  ["UTF-16, little end first", Buffer.from(`\uFEFF${accented}`, "utf16le"), "utf16le", true],
  ["UTF-16, big end first", Buffer.from(`\uFEFF${accented}`, "utf16le").swap16(), "utf16be", true],
  ["Windows-1252", cp1252, "cp1252", false],
])("%s is recognised and decoded", async (_name, bytes, encoding, bom) => {
  expect(await layoutOf(bytes)).toEqual({ encoding, bom, delimiter: ";", eol: "CRLF" });
  expect(await rowsOf(bytes)).toEqual([
    ["name", "town"],
    ["Zoë", "Nîmes – “Sud” €"],
  ]);
});

test("bytes that Windows-1252 leaves undefined are kept as control characters", async () => {
  expect(await rowsOf(Buffer.from("a,b\nx\x81\x8d\x8f\x90\x9d,\xff\n", "latin1"))).toEqual([
    ["a", "b"],
    ["x\x81\x8d\x8f\x90\x9d", "ÿ"],
  ]);
});

test("one wrong byte late in a large file makes all of it Windows-1252", async () => {
  const bytes = Buffer.concat([Buffer.from("é,b\n".repeat(60_000)), Buffer.from([0xe9, 0x0a])]);
  expect((await layoutOf(bytes)).encoding).toBe("cp1252");
  expect((await layoutOf(bytes.subarray(0, -2))).encoding).toBe("utf8");
});

test.each([
  [
    "prose commas in titles",
    'Hello, dear reader, of this, file\n"Titles; and, such"\nid|name|n\n1|b|2\n2|c|3\n',
    "|",
  ],
  ["decimal commas in a file with semicolons", "id;x;y\na;1,5;2,5\nb;3,5;4,5\n", ";"],
  ["lists with semicolons in a file with commas", "id,list\n1,a;b;c\n2,a\n3,b;c\n4,\n", ","],
  [
    "counties with a comma in a tabbed file",
    "id\tCounty, State\tn\n1\tTravis, TX\t2\n2\tLamar, TX\t3\n",
    "\t",
  ],
  ["delimiters inside quotes", 'a,b\n"x;y;z;w",1\n"x;y;z;w",2\n', ","],
  ["a single column", "name\nAnna\nBert\n", ","],
])("the delimiter is found despite %s", async (_name, text, delimiter) => {
  expect((await layoutOf(text)).delimiter).toBe(delimiter);
});

test("Excel's first line sep= states the delimiter and counts as a record", async () => {
  const path = await file("sep=;\r\na,b;c,d\r\n1,2;3,4\r\n");
  expect(await readFirstSheet(path)).toEqual({ 1: ["sep=", ""], 2: ["a,b", "c,d"], 3: ["1,2", "3,4"] });
});

test("rows can be read anew at every call", async () => {
  const spreadsheet = await openSpreadsheet(await file("a,b\n1,2\n"));
  const count = async () => {
    let rows = 0;
    for await (const batch of spreadsheet.sheets[0]?.batches() ?? []) rows += batch.length;
    return rows;
  };
  expect([await count(), await count()]).toEqual([2, 2]);
  await spreadsheet.close();
});

const spectrum = "../shared/data/torture/csv-spectrum";
const names = existsSync(spectrum) ? readdirSync(`${spectrum}/csvs`) : ["(the collection is absent)"];

test.skipIf(!existsSync(spectrum)).each(names)(
  "csv-spectrum: %s gives the records that its JSON states",
  async (name) => {
    const [header = [], ...rows] = Object.values(await readFirstSheet(`${spectrum}/csvs/${name}`));
    const read = rows.map((cells) =>
      Object.fromEntries(header.map((key, index) => [JSON.stringify(key).slice(1, -1), cells[index] ?? ""])),
    );
    const json = readFileSync(`${spectrum}/json/${name.replace(/csv$/, "json")}`, "utf8");
    // One JSON of the collection holds a single record bare, and another telephone number than its CSV.
    const stated = [JSON.parse(json.replace("1234567890", "2095257564"))].flat() as unknown;
    expect(read).toEqual(stated);
  },
);
