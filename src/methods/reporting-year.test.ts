import { describe, expect, test } from "vitest";
import { firstDay, isReportingYear, lastDay, previousYear, reportingYearOf } from "./reporting-year.ts";

describe("the reporting year", () => {
  test.each([
    ["2024-06-30", "2023-24"],
    ["2024-07-01", "2024-25"],
    ["2024-12-31", "2024-25"],
    ["2025-01-01", "2024-25"],
    ["2025-06-30", "2024-25"],
    ["2024-02-29", "2023-24"],
    ["1999-07-01", "1999-00"],
    ["2000-06-30", "1999-00"],
  ])("of %s is %s", (date, year) => {
    expect(reportingYearOf(date)).toBe(year);
  });

  test.each(["2024-25", "1999-00", "2099-00"])("is named by %s", (text) => {
    expect(isReportingYear(text)).toBe(true);
  });

  test.each(["2024", "2024-26", "2024-24", "2024-2025", "24-25", " 2024-25", ""])(
    "is not named by '%s'",
    (text) => {
      expect(isReportingYear(text)).toBe(false);
      expect(() => firstDay(text)).toThrow(RangeError);
    },
  );

  test.each(["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-7-1", "2024-07-01T00:00", ""])(
    "is refused for '%s', which is not a date",
    (date) => {
      expect(() => reportingYearOf(date)).toThrow(RangeError);
    },
  );

  test("begins and ends on days that belong to it", () => {
    for (const year of ["2024-25", "1999-00"]) {
      expect(reportingYearOf(firstDay(year))).toBe(year);
      expect(reportingYearOf(lastDay(year))).toBe(year);
    }
    expect([firstDay("2024-25"), lastDay("2024-25")]).toEqual(["2024-07-01", "2025-06-30"]);
  });

  test("has one before it, also across a century", () => {
    expect(previousYear("2024-25")).toBe("2023-24");
    expect(previousYear("2000-01")).toBe("1999-00");
  });
});
