import { describe, expect, it } from "vitest";
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { checkMessages } from "./finding-messages.rules.ts";
import {
  memorySpreadsheet,
  readCells,
  readChanged,
  readRoster,
  rosterSheet,
} from "./memory-spreadsheet.test-support.ts";
import { checkCodes } from "./roster-format.rules.ts";

const completed = { outcome: "completed", completed_on: "2025-05-30" };
const registered = {
  program_type: "registered_apprenticeship",
  apprenticeship_approach: "time",
  ...completed,
};

/** Each case: what is changed in a sound row, and every finding that must come of it. */
const cases: [string, Record<string, Cell | undefined>, string[]][] = [
  ["a sound row has no findings", {}, []],
  ["a blank trainee ID is a missing key", { trainee_id: "" }, ["trainee_id KEY_MISSING"]],
  ["a trainee ID spelled blank is a missing key", { trainee_id: "N/A" }, ["trainee_id KEY_MISSING"]],
  [
    "every missing part of the key is reported",
    { program_name: "", academic_year: "-" },
    ["program_name KEY_MISSING", "academic_year KEY_MISSING"],
  ],
  ["an SSN with hyphens is no trainee ID", { trainee_id: "900-45-6789" }, ["trainee_id ID_SSN"]],
  ["an SSN with spaces is no trainee ID", { trainee_id: "900 45 6789" }, ["trainee_id ID_SSN"]],
  ["nine digits are no trainee ID", { trainee_id: "900456789" }, ["trainee_id ID_SSN"]],
  ["an SSN inside a note is refused", { notes: "see 900-12-3456 on file" }, ["notes ID_SSN"]],
  ["a longer number inside a note is no SSN", { notes: "order 1900-12-34567" }, []],
  ["a trainee ID of two characters is refused", { trainee_id: "x9" }, ["trainee_id ID_FORMAT"]],
  ["a trainee ID with a slash is refused", { trainee_id: "A 12/7" }, ["trainee_id ID_FORMAT"]],
  ["a trainee ID that begins with a hyphen is refused", { trainee_id: "-AB12" }, ["trainee_id ID_FORMAT"]],
  ["another grantee's row is refused", { grantee_id: "Z99" }, ["grantee_id GRANTEE_MISMATCH"]],
  ["the own grantee in lower case is fine", { grantee_id: "g01" }, []],
  ["a second year that does not follow is refused", { academic_year: "2024-26" }, ["academic_year AY_BAD"]],
  ["a blank required value is missing", { profession: "" }, ["profession REQUIRED_MISSING"]],
  ["a required value spelled blank is missing", { funded: "Not reported" }, ["funded REQUIRED_MISSING"]],
  [
    "a near miss of a spelling is not guessed",
    { profession: "Peer suport specialist" },
    ["profession CODE_UNKNOWN"],
  ],
  [
    "one unknown piece makes a multi value unknown",
    { race_ethnicity: "White; Martian" },
    ["race_ethnicity CODE_UNKNOWN"],
  ],
  ["a day that does not exist is refused", { started_on: "2025-02-30" }, ["started_on DATE_BAD"]],
  ["a year before 2000 is refused", { started_on: "1999-12-31" }, ["started_on DATE_BAD"]],
  ["an end before the start is refused", { expected_end_on: "2024-08-31" }, ["expected_end_on DATE_ORDER"]],
  ["an end on the day of the start is fine", { expected_end_on: "2024-09-01" }, []],
  [
    "completing after the year is refused",
    { outcome: "completed", completed_on: "2025-07-01" },
    ["completed_on DATE_OUTSIDE_AY"],
  ],
  [
    "leaving before start and year fails both checks",
    { outcome: "left", left_on: "2024-06-30" },
    ["left_on DATE_ORDER", "left_on DATE_OUTSIDE_AY"],
  ],
  ["starting after the year is refused", { started_on: "2025-07-01" }, ["started_on DATE_OUTSIDE_AY"]],
  ["starting in an earlier year is fine", { started_on: "2022-01-15" }, []],
  ["words are no number", { hours_ojl: "about 40" }, ["hours_ojl NUMBER_BAD"]],
  ["half a year is no age", { age: "34.5" }, ["age NUMBER_BAD"]],
  ["brackets mean below zero", { award_stipend_usd: "($500.00)" }, ["award_stipend_usd NUMBER_NEGATIVE"]],
  ["a year has 8,784 hours", { hours_total: "8784" }, []],
  ["more hours than a year has are refused", { hours_total: "8784.01" }, ["hours_total NUMBER_RANGE"]],
  ["hours to date may be more", { hours_ojl_to_date: "20000" }, []],
  [
    "hours to date have a limit of their own",
    { hours_ojl_to_date: "20000.5" },
    ["hours_ojl_to_date NUMBER_RANGE"],
  ],
  [
    "an amount above 250,000 is refused",
    { award_travel_usd: "250000.01" },
    ["award_travel_usd NUMBER_RANGE"],
  ],
  ["more than full time is refused", { fte_pct: "150%" }, ["fte_pct NUMBER_RANGE"]],
  [
    "parts above the stated total are refused",
    { hours_total: "10", hours_didactic: "6", hours_ojl: "5" },
    ["hours_total HOURS_PARTS"],
  ],
  [
    "a setting above the derived total is refused",
    { hours_didactic: "6", hours_ojl: "5", hours_rural: "12" },
    ["hours_rural HOURS_PARTS"],
  ],
  [
    "a setting is not compared with an unreadable total",
    { hours_total: "x", hours_rural: "12" },
    ["hours_total NUMBER_BAD"],
  ],
  ["an age of 13 is refused", { age: "13" }, ["age AGE_RANGE"]],
  ["a negative age is out of range, not a negative number", { age: "-3" }, ["age AGE_RANGE"]],
  ["ages 14 and 99 are fine", { age: "99" }, []],
  [
    "an impossible year of birth is reported under its own name",
    { birth_year: "2019" },
    ["birth_year AGE_RANGE"],
  ],
  ["completing needs a date", { outcome: "completed" }, ["completed_on COMPLETED_NO_DATE"]],
  ["a completion date needs a completion", { completed_on: "2025-05-30" }, ["completed_on OUTCOME_CONFLICT"]],
  [
    "a leaving date contradicts completing",
    { ...completed, left_on: "2025-05-30" },
    ["left_on OUTCOME_CONFLICT"],
  ],
  [
    "an unknown outcome contradicts nothing",
    { outcome: "Pausing", completed_on: "2025-05-30" },
    ["outcome CODE_UNKNOWN"],
  ],
  [
    "both flags contradict each other at the outcome",
    { outcome: undefined, is_completed: "Y", has_left: "Y" },
    ["outcome OUTCOME_CONFLICT"],
  ],
  [
    "no flag at all leaves the outcome missing",
    { outcome: undefined, is_completed: "", has_left: "" },
    ["outcome REQUIRED_MISSING"],
  ],
  ["level II is for registered apprenticeships", { level: "Level II" }, ["level LEVEL2_NOT_RA"]],
  [
    "level II of an unknown program type is not judged",
    { level: "Level II", program_type: "Bootcamp" },
    ["program_type CODE_UNKNOWN"],
  ],
  [
    "an error value as text is the only finding of its cell",
    { started_on: "#REF!" },
    ["started_on CELL_ERROR"],
  ],
  ["a typed error is the same", { age: { kind: "error", text: "#DIV/0!" } }, ["age CELL_ERROR"]],
  ["leaving without a date is a warning", { outcome: "left" }, ["left_on LEFT_NO_DATE"]],
  [
    "an award without funding is a warning",
    { funded: "no", award_total_usd: "10" },
    ["funded UNFUNDED_AWARD"],
  ],
  ["no award without funding is fine", { funded: "no", award_stipend_usd: "0" }, []],
  [
    "too few hours to date are a warning",
    { ...registered, hours_ojl_to_date: "1999.75", hours_ojl: "2000" },
    ["hours_ojl_to_date OJL_UNDER_2000"],
  ],
  [
    "without hours to date the year's are judged",
    { ...registered, hours_ojl: "1500" },
    ["hours_ojl OJL_UNDER_2000"],
  ],
  ["without any on-the-job hours nothing is judged", registered, []],
  [
    "an unreadable number to date stops the check",
    { ...registered, hours_ojl_to_date: "x", hours_ojl: "1" },
    ["hours_ojl_to_date NUMBER_BAD"],
  ],
  [
    "a stated total that differs by a cent is a warning",
    { award_stipend_usd: "10", award_total_usd: "10.01" },
    ["award_total_usd AWARD_TOTAL"],
  ],
  [
    "a county code outside the list is a warning",
    { site_county_fips: "99999" },
    ["site_county_fips FIPS_UNKNOWN"],
  ],
  [
    "a county name outside the list is a warning",
    { site_county: "Nowhere County, NM" },
    ["site_county FIPS_UNKNOWN"],
  ],
  ["an answer that the list cannot hold is a warning", { sex: "Nonbinary" }, ["sex VALUE_UNRESOLVED"]],
  [
    "two or more races are never spread",
    { race_ethnicity: "Two or more races" },
    ["race_ethnicity VALUE_UNRESOLVED"],
  ],
  ["a text like a formula is a warning", { credential: "=cmd|'/C calc'!A0" }, ["credential FORMULA_TEXT"]],
  ["a blank spelling is no formula", { credential: "--" }, []],
  ["a negative amount is no formula", { award_stipend_usd: "-1" }, ["award_stipend_usd NUMBER_NEGATIVE"]],
  ["a text beyond its limit is a warning", { cohort: "x".repeat(61) }, ["cohort TEXT_TOO_LONG"]],
  ["a limit counts code points", { cohort: "😀".repeat(60) }, []],
  [
    "invisible characters are a warning in any column",
    { outcome: "contin\u200Buing" },
    ["outcome CONTROL_CHARS"],
  ],
  [
    "money without an award type is not lost silently",
    { award_1_type: "", award_1_amount: "50" },
    ["award_1_type REQUIRED_MISSING"],
  ],
];

describe("the checks of a row", () => {
  it.each(cases)("%s", async (_, change, expected) => {
    const { found, rows } = await readChanged(change);
    expect(found.toSorted()).toEqual(expected.toSorted());
    const rejected = rows[0]?.findings.some((finding) => finding.severity === "error") ?? false;
    expect(rows[0]?.status).toBe(rejected ? "rejected" : "loaded");
    expect(rows[0]?.values === null).toBe(rejected);
    expect(rows[0]?.warned).toBe(!rejected && expected.length > 0);
  });

  it("reports an absent required column on every row", async () => {
    const { found } = await readChanged({ profession: undefined }, { profession: undefined });
    expect(found).toEqual(["profession REQUIRED_MISSING", "profession REQUIRED_MISSING"]);
  });

  it("compares keys without regard to case and reports the later row, also after a rejected one", async () => {
    const { rows } = await readChanged(
      { trainee_id: "ab-12", age: "5" },
      { trainee_id: "AB-12", program_name: "PEER  pathway" },
      { trainee_id: "AB-12", academic_year: "2025-26" },
      { trainee_id: "AB-12", program_name: "Other" },
    );
    expect(rows.map((row) => row.findings.map((finding) => finding.code))).toEqual([
      ["AGE_RANGE"],
      ["KEY_DUPLICATE"],
      [],
      [],
    ]);
  });

  it("does not compare a key that could not be read", async () => {
    const { found } = await readChanged(
      { trainee_id: "A1B", academic_year: "x" },
      { trainee_id: "A1B", academic_year: "x" },
    );
    expect(found).toEqual(["academic_year AY_BAD", "academic_year AY_BAD"]);
  });

  it("finds a key again on a later sheet", async () => {
    const rows = rosterSheet({});
    const { found } = await readRoster(
      memorySpreadsheet([
        { name: "A", rows },
        { name: "B", rows },
      ]),
    );
    expect(found).toEqual(["trainee_id KEY_DUPLICATE"]);
  });

  it("reads everybody's rows where no grantee uploads", async () => {
    const cells = rosterSheet({ grantee_id: "G07" }, { grantee_id: "G08" });
    const everybody = await readCells(cells, { upload: { granteeCode: null } });
    expect(everybody.rows.map((row) => row.granteeCode)).toEqual(["G07", "G08"]);
    const one = await readCells(cells, { upload: { granteeCode: "G07" } });
    expect(one.found).toEqual(["grantee_id GRANTEE_MISMATCH"]);
  });

  it("never repeats the value of a cell in a message", async () => {
    const secret = "900-45-6789";
    const { rows, examination } = await readChanged({
      trainee_id: secret,
      notes: `SSN ${secret}`,
      profession: secret,
    });
    expect(rows[0]?.findings.length).toBe(3);
    expect(JSON.stringify([rows, examination.unknownValues, examination.questions])).not.toContain(secret);
  });

  it("has a message with a way to mend for every check of the format", () => {
    expect(Object.keys(checkMessages).toSorted()).toEqual(checkCodes.toSorted());
    for (const { title, mend } of Object.values(checkMessages))
      expect(title.length * mend.length).toBeGreaterThan(0);
  });
});
