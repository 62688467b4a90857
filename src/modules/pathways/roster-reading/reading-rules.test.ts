import { describe, expect, it } from "vitest";
import { foldCode } from "./cell-text.rules.ts";
import { readMulti } from "./code.rules.ts";
import { academicYearInTitle, orderEvidence, readAcademicYear, readDay } from "./date.rules.ts";
import { readChanged } from "./memory-spreadsheet.test-support.ts";
import { commaEvidence, readHundredths } from "./number.rules.ts";
import { canonicalHundredths } from "./quick-readings.rules.ts";
import { codeList } from "./roster-format.rules.ts";

describe("dates", () => {
  it.each([
    ["2026-01-03"],
    ["2026/01/03"],
    ["2026-01-03T09:30:00"],
    ["2026-01-03 09:30"],
    ["20260103"],
    ["3 Jan 2026"],
    ["3-Jan-26"],
    ["Jan 3, 2026"],
    ["January 3, 2026"],
    ["1/3/2026"],
    ["1/3/26"],
    ["1-3-2026"],
    ["01.03.2026"],
    ["1/3/2026 12:00 AM"],
    ["46025"],
  ])("reads %s as 3 January 2026", (text) => {
    expect(readDay(text, "mdy", false)).toBe(20_260_103);
  });

  it.each([
    "2025-02-30",
    "6/31/2024",
    "13/32/2024",
    "31 Nov 2024",
    "Spring 2025",
    "1999-01-01",
    "2100-01-01",
    "36525",
    "73051",
    "2024",
  ])("does not read %s", (text) => {
    expect(readDay(text, "mdy", false)).toBeNull();
  });

  it("counts serials of a 1904 workbook 1,462 days on", () => {
    expect(readDay("44563", "mdy", true)).toBe(20_260_103);
  });

  it("takes as evidence only what is readable in one way", () => {
    expect(orderEvidence("13/02/2025")).toBe("dmy");
    expect(orderEvidence("02/13/2025")).toBe("mdy");
    expect(orderEvidence("03/04/2025")).toBe("both");
    expect(orderEvidence("03/03/2025")).toBe("same");
    expect(orderEvidence("02/30/2025")).toBeNull();
  });

  it("reads academic years with any dash, and one number only when told", () => {
    for (const text of ["2024-25", "2024-2025", "2024/25", "AY 2024-25", "AY2024–2025"]) {
      expect(readAcademicYear(text, null)).toBe(2024);
    }
    expect(readAcademicYear("2024-26", null)).toBeNull();
    expect(readAcademicYear("2025", null)).toBeNull();
    expect(readAcademicYear("2025", "end")).toBe(2024);
    expect(readAcademicYear("2025", "start")).toBe(2025);
  });

  it("finds an academic year in a title", () => {
    expect(academicYearInTitle("Roster – July 2024 to June 2025")).toBe("2024-25");
    expect(academicYearInTitle("BHWET trainees, academic year 2024-25")).toBe("2024-25");
    expect(academicYearInTitle("Printed 2024-11-05")).toBeNull();
  });
});

describe("numbers", () => {
  it.each([
    ["1200", 120_000],
    ["1,200.00", 120_000],
    ["$1,200.00", 120_000],
    ["USD 1200", 120_000],
    ["(500)", -50_000],
    ["-$75.00", -7500],
    ["10.005", 1001],
    [".5", 50],
  ])("reads the amount %s", (text, cents) => {
    expect(readHundredths(text, "usd", "point")).toBe(cents);
  });

  it.each(["12O", "1.2.3", "40+", "see notes", "1,20", "12 h", "(-5)", "1e3"])(
    "does not read the amount %s",
    (text) => {
      expect(readHundredths(text, "usd", "point")).toBeNull();
    },
  );

  it("reads hours with their unit and with a decimal comma", () => {
    for (const text of ["1.5h", "1.5 hr", "1.5 hrs", "1.5 Hours"])
      expect(readHundredths(text, "hours", "point")).toBe(150);
    expect(readHundredths("1.234,5", "hours", "comma")).toBe(123_450);
    expect(readHundredths("1,5,0", "hours", "comma")).toBeNull();
  });

  it("knows which rule for commas a number fits", () => {
    expect(commaEvidence("1,200", "usd")).toEqual({ thousands: true, decimal: false });
    expect(commaEvidence("12,5", "usd")).toEqual({ thousands: false, decimal: true });
    expect(commaEvidence("1,2345", "usd")).toEqual({ thousands: false, decimal: false });
    expect(commaEvidence("see file, page 2", "usd")).toBeNull();
  });

  it("takes a short cut only for canonical numbers", () => {
    expect(canonicalHundredths("1261.75", false)).toBe(126_175);
    expect(canonicalHundredths("6500.00", true)).toBe(650_000);
    for (const text of ["12.50", "007", "1.", ".5", "-1", "1.234", "1,2", ""])
      expect(canonicalHundredths(text, false)).toBe(-1);
    expect(canonicalHundredths("6500", true)).toBe(-1);
  });

  it("stores hours in shortest form, amounts with cents, and percent cells as percent", async () => {
    const percent = { kind: "number", value: 0.55, text: "0.55", percent: true } as const;
    const { value } = await readChanged({
      hours_ojl: "12.50 hrs",
      award_stipend_usd: "$1,200",
      fte_pct: percent,
    });
    expect([
      value("hours_ojl"),
      value("hours_total"),
      value("award_stipend_usd"),
      value("award_total_usd"),
      value("fte_pct"),
    ]).toEqual(["12.5", "12.5", "1200.00", "1200.00", "55"]);
  });

  it("takes the comma as decimal sign where every value of the column allows it", async () => {
    const { value, asked } = await readChanged({ hours_ojl: "12,5" }, { hours_ojl: "1.012,25" });
    expect([value("hours_ojl"), value("hours_ojl", 1)]).toEqual(["12.5", "1012.25"]);
    expect(asked).toEqual([]);
  });
});

const flags = (is_completed: string, has_left: string) => ({
  outcome: undefined,
  is_completed,
  has_left,
  left_on: has_left === "Y" ? "2025-01-01" : "",
  completed_on: is_completed === "Y" ? "2025-01-01" : "",
});

describe("codes", () => {
  it("are compared without case, accents and other signs", () => {
    expect(foldCode("  Sí! ")).toBe("si");
    expect(foldCode("F/T")).toBe(foldCode("f t"));
    expect(foldCode("✔")).toBe("✔");
  });

  it.each([
    ["White; Asian", "asian;white"],
    ["Black/African American", "black_or_african_american"],
    ["American Indian/Alaska Native, White", "american_indian_or_alaska_native;white"],
    ["Hispanic or Latino and White", "hispanic_or_latino;white"],
    ["Asian & White", "asian;white"],
    ["Asian\nWhite", "asian;white"],
    ["White | Not reported", "white"],
    ["White; Other", "white"],
    ["", "not_reported"],
  ])("takes %j apart", (text, stored) => {
    expect(readMulti(text, codeList("race_ethnicity"), new Map()).codes.join(";")).toBe(stored);
  });

  it("reads None as the code of the intent list and as nothing elsewhere", async () => {
    const { value } = await readChanged({ post_completion_intent: "None", credential: "None" });
    expect([value("post_completion_intent"), value("credential")]).toEqual(["none", ""]);
  });

  it("reads boolean cells and marks as yes and no", async () => {
    const yes = { kind: "boolean", value: true, text: "TRUE" } as const;
    const { value } = await readChanged(
      { funded: yes, rural_background: "✓", disadvantaged_background: "0" },
      { funded: "no", rural_background: "no", disadvantaged_background: "x" },
    );
    expect([value("funded"), value("rural_background"), value("disadvantaged_background")]).toEqual([
      "yes",
      "yes",
      "no",
    ]);
  });

  it("puts race together from its category columns, also where a cell repeats the category", async () => {
    const { value } = await readChanged(
      { race_white: "White", race_asian: "x", race_hispanic_or_latino: "" },
      { race_white: "", race_asian: "no", race_hispanic_or_latino: "" },
    );
    expect([value("race_ethnicity"), value("race_ethnicity", 1)]).toEqual(["asian;white", "not_reported"]);
  });

  it("puts race and ethnicity together", async () => {
    const { value } = await readChanged(
      { race: "White", ethnicity: "Hispanic" },
      { race: "", ethnicity: "No" },
    );
    expect([value("race_ethnicity"), value("race_ethnicity", 1)]).toEqual([
      "hispanic_or_latino;white",
      "not_reported",
    ]);
  });

  it("puts the outcome together from two flags", async () => {
    const { rows, value } = await readChanged(
      flags("Y", ""),
      flags("N", "Y"),
      flags("N", "N"),
      flags("", "N"),
    );
    expect(rows.map((_, at) => value("outcome", at))).toEqual([
      "completed",
      "left",
      "continuing",
      "continuing",
    ]);
  });

  it("puts award pairs into the typed columns and derives the age from the year of birth", async () => {
    const pairs = {
      award_1_type: "Stipend",
      award_1_amount: "10",
      award_2_type: "Health insurance",
      award_2_amount: "2.5",
    };
    const { value } = await readChanged({ ...pairs, birth_year: "1990" });
    expect([
      value("award_stipend_usd"),
      value("award_insurance_usd"),
      value("award_total_usd"),
      value("age"),
    ]).toEqual(["10.00", "2.50", "12.50", "34"]);
  });
});
