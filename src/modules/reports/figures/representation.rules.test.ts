import { describe, expect, it } from "vitest";
import { representationOf } from "./representation.rules.ts";

describe("representation", () => {
  const count = (trainees: number) => ({ rows: trainees, trainees });
  const none = { any: count(0), alone: count(0) };
  const race = {
    categories: {
      american_indian_or_alaska_native: none,
      asian: none,
      black_or_african_american: { any: count(25), alone: count(20) },
      native_hawaiian_or_pacific_islander: none,
      white: { any: count(80), alone: count(75) },
    },
    two_or_more: count(5),
    race_not_reported: count(10),
    race_reported: count(100),
    hispanic: { yes: count(20), no: count(85), not_reported: count(5) },
  };
  const races = {
    american_indian_or_alaska_native: 0,
    asian: 50,
    black_or_african_american: 100,
    native_hawaiian_or_pacific_islander: 5,
    white: 800,
  };
  const county = { fips: "39001", total: 1000, races, hispanic: 200 };
  const superseded = {
    fips: "09001",
    total: null,
    races: {
      american_indian_or_alaska_native: null,
      asian: null,
      black_or_african_american: null,
      native_hawaiian_or_pacific_islander: null,
      white: null,
    },
    hispanic: null,
  };

  it("divides the trainees' share and its Wilson bounds by the population's share", () => {
    const row = representationOf(race, [county]).rows.find(
      (one) => one.category === "black_or_african_american" && one.basis === "alone",
    );
    expect(row).toMatchObject({ trainees: 20, known: 100, traineeShare: 0.2, populationShare: 0.1 });
    expect(row?.ratio?.value).toBeCloseTo(2, 10);
    expect(row?.ratio?.low).toBeCloseTo(1.3337, 3);
    expect(row?.ratio?.high).toBeCloseTo(2.8883, 3);
  });

  it("gives no ratio of any race, nor where nobody of the category lives", () => {
    const { rows } = representationOf(race, [county]);
    expect(
      rows
        .filter((row) => row.basis === "any")
        .every((row) => row.ratio === null && row.why === "population-absent"),
    ).toBe(true);
    expect(
      rows.find((row) => row.category === "american_indian_or_alaska_native" && row.basis === "alone"),
    ).toMatchObject({ ratio: null, why: "population-zero" });
  });

  it("holds Hispanic trainees of any race against those whose ethnicity is known", () => {
    expect(representationOf(race, [county]).rows.at(-1)).toMatchObject({
      category: "hispanic_or_latino",
      trainees: 20,
      known: 105,
      populationShare: 0.2,
    });
  });

  it("names superseded counties as counties without figures, and gives no ratio where there are only such", () => {
    expect(representationOf(race, [county, superseded])).toMatchObject({
      counties: 2,
      countiesWithoutFigures: ["09001"],
      population: 1000,
    });
    expect(representationOf(race, [superseded]).rows.every((row) => row.ratio === null)).toBe(true);
  });
});
