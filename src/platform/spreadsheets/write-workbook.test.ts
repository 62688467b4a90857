import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { csvLine, safeCsvText } from "./csv.ts";
import { openSpreadsheet } from "./open-spreadsheet.ts";
import { readSheets, temporaryFiles } from "./test-workbooks.ts";
import { writeWorkbook } from "./write-workbook.ts";

const file = temporaryFiles();

async function* rows() {
  yield await Promise.resolve(["=1+1", 1.5, new Date("2026-01-03T00:00:00Z"), null]);
  yield [
    "\u0001a<b>\n&\r\uFFFD_x0041_\u0092\u{10FFFE}z ",
    "not a number",
    new Date("2026-01-03T09:30:00Z"),
    Number.NaN,
  ];
}

test("what is written comes back with its types, and text stays text", async () => {
  const bytes = await writeWorkbook([
    {
      name: "A/B: very long name that goes on and on",
      columns: [
        { header: "=t", width: 20 },
        { header: "n", type: "number" },
        { header: "d", type: "date" },
      ],
      rows: rows(),
    },
    { name: "a b  very long name that goes o", columns: [{ header: "x" }], rows: [] },
  ]);
  const path = await file(bytes);
  const spreadsheet = await openSpreadsheet(path);
  expect(spreadsheet.sheets.map(({ name }) => name)).toEqual([
    "A B  very long name that goes o",
    "a b  very long name that go (2)",
  ]);
  await spreadsheet.close();
  const [first, second] = await readSheets(path);
  expect(first).toEqual({
    1: ["=t", "n", "d"],
    2: [
      "=1+1",
      { kind: "number", value: 1.5, text: "1.5", percent: false },
      { kind: "date", text: "2026-01-03" },
    ],
    3: [
      "\u0001a<b>\n&\r\uFFFD_x0041_\u0092\u{10FFFE}z ",
      "not a number",
      { kind: "date", text: "2026-01-03T09:30:00" },
      "NaN",
    ],
  });
  expect(second).toEqual({ 1: ["x"] });
});

test("a CSV line quotes what must be quoted and disarms text, not numbers", () => {
  expect(csvLine(["a,b", 'say "x"', "l\nm", "=1", "-2", -2, 1e21, null, "plain; text", " x"])).toBe(
    '"a,b","say ""x""","l\nm",\'=1,\'-2,-2,1e+21,,plain; text," x"\r\n',
  );
  expect(csvLine(["a;b", "c,d"], ";")).toBe('"a;b";c,d\r\n');
  expect(csvLine([new Date("2026-01-03T00:00:00Z"), new Date("2026-01-03T09:30:00Z"), true])).toBe(
    "2026-01-03,2026-01-03T09:30:00.000Z,true\r\n",
  );
});

test.each(["=", "+", "-", "@", "\t", "\r"])("text that begins with %j gets an apostrophe", (sign) => {
  expect(safeCsvText(`${sign}x`)).toBe(`'${sign}x`);
  expect(safeCsvText(`x${sign}`)).toBe(`x${sign}`);
});

const payloads = "../shared/data/torture/csv-injection-payloads.txt";
const lines = (() => {
  try {
    return readFileSync(payloads, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return null;
  }
})();

test.skipIf(lines === null)("no known injection payload is left active in CSV", () => {
  for (const line of lines ?? []) expect(csvLine([line])).not.toMatch(/^"?[=+\-@\t\r]/);
});
