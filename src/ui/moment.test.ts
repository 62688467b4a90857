import { expect, test } from "vitest";
import { dayInWords, inTimeZone, momentInWords, timeZoneNow } from "./moment.ts";

const moment = new Date("2026-01-15T03:30:00Z");

test("a moment is written in the zone, with its short name, in summer as in winter; the hour and its zone stay on one line", () => {
  expect(inTimeZone("America/New_York", () => momentInWords(moment))).toBe(
    "Wed, Jan 14, 2026, 10:30\u00A0PM\u00A0EST",
  );
  expect(inTimeZone("America/New_York", () => momentInWords("2026-07-15T03:30:00Z"))).toContain(
    "11:30\u00A0PM\u00A0EDT",
  );
  expect(inTimeZone("Pacific/Honolulu", () => momentInWords(moment))).toContain("5:30\u00A0PM\u00A0HST");
  expect(momentInWords(moment)).toContain("3:30\u00A0AM\u00A0UTC");
});

test("a moment's day is the zone's, and a date is the same day everywhere", () => {
  expect(inTimeZone("America/New_York", () => dayInWords(moment))).toBe("Jan 14, 2026");
  expect(inTimeZone("America/New_York", () => dayInWords("2026-01-15"))).toBe("Jan 15, 2026");
});

test("two pages that are written at a time keep their zones apart", async () => {
  const write = async (zone: string): Promise<string> =>
    inTimeZone(zone, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return timeZoneNow();
    });
  expect(await Promise.all([write("America/Chicago"), write("Asia/Tokyo")])).toEqual([
    "America/Chicago",
    "Asia/Tokyo",
  ]);
});
