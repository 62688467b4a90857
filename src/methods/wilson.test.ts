import { describe, expect, test } from "vitest";
import { wilsonInterval } from "./wilson.ts";

describe("the Wilson interval", () => {
  test.each([
    [10, 50, 0.1124, 0.3304],
    [0, 20, 0, 0.1611],
    [20, 20, 0.8389, 1],
    [5, 10, 0.2366, 0.7634],
    [1, 1, 0.2065, 1],
  ])("of %i in %i is %f to %f", (count, n, low, high) => {
    const interval = wilsonInterval(count, n);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  test("is none where nobody was counted", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  test("mirrors itself when the rest is counted instead", () => {
    const part = wilsonInterval(7, 31);
    const rest = wilsonInterval(24, 31);
    expect(part?.low).toBeCloseTo(1 - (rest?.high ?? 0), 12);
    expect(part?.high).toBeCloseTo(1 - (rest?.low ?? 0), 12);
  });

  test("refuses more people than there are, and less than none", () => {
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(-1, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(1, Number.NaN)).toThrow(RangeError);
    expect(() => wilsonInterval(1, 2, 0)).toThrow(RangeError);
  });
});
