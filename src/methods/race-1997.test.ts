import { describe, expect, test } from "vitest";
import { type RaceEthnicity1997, raceEthnicity1997, type Spd15Answer } from "./race-1997.ts";

const cases: readonly (readonly [string, readonly Spd15Answer[], RaceEthnicity1997])[] = [
  ["one race is that race, not Hispanic", ["asian"], { hispanic: "no", races: ["asian"] }],
  ["Hispanic alone leaves race not reported", ["hispanic_or_latino"], { hispanic: "yes", races: [] }],
  [
    "Hispanic and White are both kept",
    ["white", "hispanic_or_latino"],
    { hispanic: "yes", races: ["white"] },
  ],
  ["Middle Eastern is White", ["middle_eastern_or_north_african"], { hispanic: "no", races: ["white"] }],
  [
    "Middle Eastern and White is White once",
    ["white", "middle_eastern_or_north_african"],
    { hispanic: "no", races: ["white"] },
  ],
  [
    "Middle Eastern and Hispanic is White and Hispanic",
    ["hispanic_or_latino", "middle_eastern_or_north_african"],
    { hispanic: "yes", races: ["white"] },
  ],
  [
    "several races come in one order",
    ["white", "asian", "american_indian_or_alaska_native"],
    { hispanic: "no", races: ["american_indian_or_alaska_native", "asian", "white"] },
  ],
  ["not reported is not reported twice", ["not_reported"], { hispanic: "not_reported", races: [] }],
  ["no answer is not reported", [], { hispanic: "not_reported", races: [] }],
  [
    "not reported beside an answer yields to it",
    ["not_reported", "black_or_african_american"],
    { hispanic: "no", races: ["black_or_african_american"] },
  ],
];

describe("the 1997 categories from the 2024 answers", () => {
  test.each(cases)("%s", (_, answers, expected) => {
    expect(raceEthnicity1997(answers)).toEqual(expected);
  });
});
