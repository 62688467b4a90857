import { describe, expect, test } from "vitest";
import { protect } from "../disclosure.ts";
import { cellId, cellOf, declareTable, mergeDeclarations, type TableDeclaration } from "./declare.ts";
import { DeclarationError, isSmall } from "./model.ts";
import { mayShowShare, presentCell } from "./present.ts";

const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "a@1": { f: 12, m: 20 },
  "b@3": { f: 0, m: 15 },
};
const bySex: TableDeclaration = {
  measure: "trainees",
  scope: { portfolio: "r1" },
  rows: { dimension: "organization", keys: ["a@1", "b@3"], standalone: true },
  columns: { dimension: "sex", keys: ["f", "m"] },
  count: (row, column) => (row === undefined || column === undefined ? undefined : counts[row]?.[column]),
};

function allLevels(row: string | undefined, column: string | undefined): number | undefined {
  return row === undefined || column === undefined ? undefined : row === "a@1" ? 32 : 15;
}

describe("a declared table", () => {
  test("sums its totals and relates every row and every column to them", () => {
    const { cells, equations, bounds } = declareTable(bySex);
    const value = new Map(cells.map((cell) => [cell.id, cell.value]));
    expect(value.get(cellOf(bySex))).toBe(47);
    expect(value.get(cellOf(bySex, "a@1"))).toBe(32);
    expect(value.get(cellOf(bySex, undefined, "m"))).toBe(35);
    expect([cells.length, equations.length, bounds.length]).toEqual([9, 6, 0]);
  });

  test("names an organization's figure without the portfolio, and the portfolio's with it", () => {
    expect(cellOf(bySex, "a@1", "f")).toBe(cellId("trainees", { sex: "f", organization: "a@1" }));
    expect(cellOf(bySex)).toBe(cellId("trainees", { portfolio: "r1" }));
  });

  test("shares its totals with other tables of the same measure", () => {
    const other = { ...bySex, columns: { dimension: "level", keys: ["all"] } };
    expect(
      mergeDeclarations([declareTable(bySex), declareTable({ ...other, count: allLevels })]).cells,
    ).toHaveLength(12);
    const wrong = declareTable({ ...other, count: (row, column) => (row && column ? 1 : undefined) });
    expect(() => mergeDeclarations([declareTable(bySex), wrong])).toThrow(DeclarationError);
  });

  test("that is no partition gives inequalities, or protects the rest as a figure of its own", () => {
    const table: TableDeclaration = {
      measure: "trainees",
      scope: { portfolio: "r1" },
      columns: { dimension: "race", keys: ["x", "y"], kind: "covering" },
      count: (_, column) => (column === undefined ? 30 : column === "x" ? 25 : 12),
    };
    const plain = declareTable(table);
    expect([plain.equations.length, plain.bounds.length]).toEqual([0, 3]);
    const columns = {
      dimension: "race",
      keys: ["x", "y"],
      kind: "overlapping",
      protectComplements: true,
    } as const;
    const strict = declareTable({ ...table, columns });
    expect([strict.equations.length, strict.bounds.length, strict.cells.length]).toEqual([2, 0, 5]);
    expect(protect(plain).release.withheld).toEqual([]);
    const { cells } = protect(strict);
    expect(cells.filter(({ status }) => status === "withheld").map(({ id }) => id)).toContain(
      cellOf(table, undefined, "x"),
    );
  });

  test("is refused where a count is missing, negative, fractional, or does not add up", () => {
    expect(() => declareTable({ ...bySex, count: () => undefined })).toThrow(DeclarationError);
    for (const value of [-1, 1.5, Number.NaN])
      expect(() => protect({ cells: [{ id: "x", value }], equations: [] })).toThrow(DeclarationError);
    const cells = [
      { id: "t", value: 30 },
      { id: "x", value: 20 },
    ];
    expect(() => protect({ cells, equations: [{ total: "t", parts: ["x"] }] })).toThrow(DeclarationError);
    expect(() => protect({ cells, equations: [{ total: "t", parts: ["y"] }] })).toThrow(DeclarationError);
    expect(() => protect({ cells, equations: [], bounds: [{ lesser: ["t"], greater: ["x"] }] })).toThrow(
      DeclarationError,
    );
    expect(() => protect({ cells, equations: [], threshold: 1 })).toThrow(DeclarationError);
  });

  test("gives the same decision every time", () => {
    const declared = declareTable({
      ...bySex,
      count: (row, column) => (row && column ? (row.length + column.length) % 7 : undefined),
    });
    expect(protect(declared)).toEqual(protect(declared));
  });

  test("keeps small figures of a changed threshold apart", () => {
    expect([0, 1, 4, 5].map((value) => isSmall(value, 5))).toEqual([false, true, true, false]);
    const cells = [{ id: "x", value: 7 }];
    expect(protect({ cells, equations: [], threshold: 5 }).cells).toEqual([
      { id: "x", status: "shown", value: 7 },
    ]);
    expect(protect({ cells, equations: [] }).cells).toEqual([
      { id: "x", status: "withheld", reason: "small" },
    ]);
  });
});

const shown = (value: number) => ({ id: "x", status: "shown", value }) as const;

describe("what the page prints", () => {
  const hidden = { id: "x", status: "withheld", reason: "complementary" } as const;

  test("is the number, zero too, or the word withheld", () => {
    expect([shown(0), shown(40), hidden].map(presentCell)).toEqual([0, 40, "withheld"]);
  });

  test("is no share of or in a withheld figure", () => {
    expect(mayShowShare(hidden, shown(100))).toBe(false);
    expect(mayShowShare(shown(40), hidden)).toBe(false);
  });

  test.each([
    [0, 100, true],
    [11, 100, true],
    [10, 100, false],
    [89, 100, true],
    [90, 100, false],
    [99, 100, false],
    [100, 100, true],
    [0, 0, false],
    [0, 10, false],
    [120, 100, false],
  ])("for %i of %i a share may be shown: %s", (part, all, expected) => {
    expect(mayShowShare(shown(part), shown(all))).toBe(expected);
  });
});
