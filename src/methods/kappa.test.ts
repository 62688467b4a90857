import { describe, expect, test } from "vitest";
import { cohenKappa } from "./kappa.ts";

/** A table of counts, rows the first rater's, as single cases. */
const casesOf = (table: readonly (readonly number[])[]): [string, string][] =>
  table.flatMap((row, first) =>
    row.flatMap((count, second) =>
      Array.from({ length: count }, (): [string, string] => [String(first), String(second)]),
    ),
  );

describe("Cohen's kappa", () => {
  test.each([
    // R package statpsych, ci.kappa(.05, 31, 12, 4, 58): 0.6756757, 0.07344761, 0.5317210, 0.8196303.
    [
      "of statpsych's example",
      [
        [31, 12],
        [4, 58],
      ],
      0.6756757,
      0.07344761,
      0.531721,
      0.8196303,
    ],
    // Fleiss's 100 patients with three diagnoses; error and interval computed apart, by the formula's form of 1969.
    [
      "of Fleiss's three diagnoses",
      [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      0.6764706,
      0.08770295,
      0.504576,
      0.848365,
    ],
  ])("%s is as published, with its standard error and interval", (_, table, kappa, error, low, high) => {
    const agreement = cohenKappa(casesOf(table));
    expect(agreement.kappa).toBeCloseTo(kappa, 6);
    expect(agreement.standardError).toBeCloseTo(error, 6);
    expect(agreement.interval?.low).toBeCloseTo(low, 5);
    expect(agreement.interval?.high).toBeCloseTo(high, 5);
  });

  test("is 0 where two agree exactly as often as chance brings, below 0 where less often, 1 where always", () => {
    expect(
      cohenKappa(
        casesOf([
          [25, 25],
          [25, 25],
        ]),
      ).kappa,
    ).toBeCloseTo(0, 12);
    expect(
      cohenKappa(
        casesOf([
          [0, 5],
          [5, 0],
        ]),
      ).kappa,
    ).toBeCloseTo(-1, 12);
    const always = cohenKappa(
      casesOf([
        [5, 0],
        [0, 7],
      ]),
    );
    expect(always).toMatchObject({ n: 12, agreed: 12, observed: 1, kappa: 1, interval: null });
  });

  test("is undefined without cases, and where both used one category only", () => {
    expect(cohenKappa([])).toMatchObject({ n: 0, observed: null, kappa: null });
    expect(cohenKappa(casesOf([[11]]))).toMatchObject({ n: 11, observed: 1, expected: 1, kappa: null });
  });

  test("is the same when the raters change places", () => {
    const cases = casesOf([
      [3, 2, 1],
      [0, 4, 2],
      [1, 0, 5],
    ]);
    const turned = cases.map(([first, second]): [string, string] => [second, first]);
    expect(cohenKappa(turned).kappa).toBeCloseTo(cohenKappa(cases).kappa ?? Number.NaN, 12);
    expect(cohenKappa(turned).standardError).toBeCloseTo(cohenKappa(cases).standardError ?? Number.NaN, 12);
  });
});
