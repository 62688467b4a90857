import { describe, expect, test } from "vitest";
import { measureAgreement } from "./agreement.ts";
import type { Seat } from "./rating.types.ts";
import { judgeRound } from "./round.rules.ts";

const given = (...levels: [Seat, string][]) => levels.map(([seat, level]) => ({ seat, level }));

describe("a round", () => {
  test.each([
    ["nobody has answered", given(), { state: "open" }],
    ["one has", given([2, "a"]), { state: "open" }],
    ["both agree", given([1, "a"], [2, "a"]), { state: "closed", level: "a", hasAgreed: true }],
    ["they disagree", given([1, "a"], [2, "b"]), { state: "disagreed" }],
    [
      "a third decides",
      given([1, "a"], [2, "b"], [3, "b"]),
      { state: "closed", level: "b", hasAgreed: false },
    ],
    [
      "a third decides otherwise than both",
      given([1, "a"], [2, "b"], [3, "c"]),
      { state: "closed", level: "c", hasAgreed: false },
    ],
  ])("where %s", (_, ratings, verdict) => {
    expect(judgeRound(ratings)).toEqual(verdict);
  });
});

test("levels of one rung are no agreement on their scale, and one on the ladder", () => {
  const pair = (scaleId: string, first: string, second: string) => ({
    scaleId,
    scaleVersion: 1,
    first,
    second,
  });
  const { scales, ladder } = measureAgreement([
    pair("rhihub", "promising", "emerging"),
    pair("rhihub", "effective", "effective"),
    pair("what_works_for_health", "some_evidence", "insufficient_evidence"),
  ]);
  expect(scales.map(({ scaleId, agreement: { n, agreed } }) => [scaleId, n, agreed])).toEqual([
    ["rhihub", 2, 1],
    ["what_works_for_health", 1, 0],
  ]);
  expect([ladder.n, ladder.agreed]).toEqual([3, 2]);
});
