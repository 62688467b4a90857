import { describe, expect, test } from "vitest";
import { representation } from "./representation.ts";

describe("representation", () => {
  test("is the trainees' share over the population's share, with Wilson bounds over the same", () => {
    const [result] = representation(
      [{ category: "hispanic", trainees: 10, population: 40_000 }],
      50,
      100_000,
    );
    expect(result).toMatchObject({
      kind: "ratio",
      trainees: 10,
      n: 50,
      population: 40_000,
      populationTotal: 100_000,
    });
    if (result?.kind !== "ratio") throw new Error("no ratio");
    expect(result.ratio).toBeCloseTo(0.5, 12);
    expect(result.low).toBeCloseTo(0.1124 / 0.4, 3);
    expect(result.high).toBeCloseTo(0.3304 / 0.4, 3);
  });

  test("of nobody is zero with an upper bound", () => {
    const [result] = representation([{ category: "asian", trainees: 0, population: 10 }], 20, 100);
    if (result?.kind !== "ratio") throw new Error("no ratio");
    expect([result.ratio, result.low]).toEqual([0, 0]);
    expect(result.high).toBeCloseTo(1.611, 3);
  });

  test("has no ratio, and says why, without a figure for the population, with zero, and without trainees", () => {
    const results = representation(
      [
        { category: "absent", trainees: 2, population: undefined },
        { category: "zero", trainees: 2, population: 0 },
      ],
      9,
      100,
    );
    expect(results.map((r) => (r.kind === "none" ? r.reason : r.ratio))).toEqual([
      "population-absent",
      "population-zero",
    ]);
    expect(results[1]).toMatchObject({ trainees: 2, n: 9, population: 0 });
    const input = [{ category: "some", trainees: 0, population: 5 }];
    expect(representation(input, 0, 100)[0]).toMatchObject({ kind: "none", reason: "no-trainees" });
    expect(representation(input, 3, undefined)[0]).toMatchObject({
      kind: "none",
      reason: "population-absent",
    });
  });

  test("refuses a category larger than the population or the trainees", () => {
    expect(() => representation([{ category: "x", trainees: 1, population: 11 }], 5, 10)).toThrow(RangeError);
    expect(() => representation([{ category: "x", trainees: 6, population: 5 }], 5, 10)).toThrow(RangeError);
  });
});
