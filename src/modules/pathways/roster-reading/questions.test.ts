import { describe, expect, it } from "vitest";
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { memorySpreadsheet, readCells, readRoster, rosterSheet } from "./memory-spreadsheet.test-support.ts";
import type { Answer } from "./roster-reading.types.ts";

/** A roster sheet with further columns: header, then a cell for each row. */
function withColumns(rows: number, ...columns: Cell[][]): Cell[][] {
  const sheet = rosterSheet(...Array.from({ length: rows }, () => ({})));
  return sheet.map((cells, at) => [...cells, ...columns.map((column) => column[at] ?? "")]);
}

/** Without its answer a question is open; with it the file is read as told and nothing is open. */
async function askedAndAnswered(cells: Cell[][], question: string, answer: Answer) {
  const open = await readCells(cells);
  expect(open.asked).toEqual([question]);
  const told = await readCells(cells, { answers: [answer] });
  expect(told.asked).toEqual([]);
  return told;
}

const first = 10;

const endDates = (day: string) => withColumns(2, ["Expected end date", "03/04/2026", day]);

const rosterOf = (name: string, id: string, state: "visible" | "hidden" = "visible") => ({
  name,
  state,
  rows: rosterSheet({ trainee_id: id }),
});

const scaled = (text: string): Answer => ({
  question: "Q_PERCENT_SCALE",
  column: "fte_pct",
  answer: text,
});

describe("questions", () => {
  it("ask which order dates have that are readable both ways, and take other rows' proof", async () => {
    const told = await askedAndAnswered(endDates("05/06/2026"), "Q_DATE_ORDER expected_end_on", {
      question: "Q_DATE_ORDER",
      column: "expected_end_on",
      answer: "dmy",
    });
    expect(told.value("expected_end_on")).toBe("2026-04-03");
    const proven = await readCells(endDates("25/06/2026"));
    expect([proven.asked, proven.value("expected_end_on")]).toEqual([[], "2026-04-03"]);
  });

  it("ask about the order when rows prove both", async () => {
    const told = await askedAndAnswered(
      withColumns(2, ["Expected end date", "13/04/2026", "04/13/2026"]),
      "Q_DATE_ORDER expected_end_on",
      { question: "Q_DATE_ORDER", column: "expected_end_on", answer: "mdy" },
    );
    expect(told.found).toEqual(["expected_end_on DATE_BAD"]);
  });

  it("ask for the decimal sign when commas fit neither rule", async () => {
    const cells = withColumns(2, ["Stipend", "1,200", "12,5"]);
    const comma = await askedAndAnswered(cells, "Q_DECIMAL award_stipend_usd", {
      question: "Q_DECIMAL",
      column: "award_stipend_usd",
      answer: "comma",
    });
    expect([comma.value("award_stipend_usd"), comma.value("award_stipend_usd", 1)]).toEqual([
      "1.20",
      "12.50",
    ]);
    const point = await readCells(cells, {
      answers: [{ question: "Q_DECIMAL", column: "award_stipend_usd", answer: "point" }],
    });
    expect([point.value("award_stipend_usd"), point.found]).toEqual([
      "1200.00",
      ["award_stipend_usd NUMBER_BAD"],
    ]);
  });

  it("ask whether small percentages are fractions, unless one carries a sign", async () => {
    const told = await askedAndAnswered(withColumns(2, ["FTE", "0.5", "1"]), "Q_PERCENT_SCALE fte_pct", {
      question: "Q_PERCENT_SCALE",
      column: "fte_pct",
      answer: "fraction",
    });
    expect(told.value("fte_pct")).toBe("50");
    expect((await readCells(withColumns(2, ["FTE", "0.5", "1%"]))).asked).toEqual([]);
    expect((await readCells(withColumns(2, ["FTE", "0", "0"]))).asked).toEqual([]);
  });

  it("ask whether blank means no beside a single mark, but not in a race column", async () => {
    const told = await askedAndAnswered(withColumns(2, ["Rural", "X", ""]), "Q_MARK_BLANK rural_background", {
      question: "Q_MARK_BLANK",
      column: "rural_background",
      answer: "no",
    });
    expect([told.value("rural_background"), told.value("rural_background", 1)]).toEqual(["yes", "no"]);
    expect((await readCells(withColumns(2, ["White", "X", ""]))).asked).toEqual([]);
    expect((await readCells(withColumns(2, ["Rural", "X", "no"]))).asked).toEqual([]);
  });

  it("ask what year a single number is", async () => {
    const cells = rosterSheet({ academic_year: "2025" });
    const told = await askedAndAnswered(cells, "Q_AY_YEAR academic_year", {
      question: "Q_AY_YEAR",
      column: "academic_year",
      answer: "end",
    });
    expect(told.value("academic_year")).toBe("2024-25");
  });

  it("ask for the year and the program that no column gives, unless the upload does", async () => {
    const cells = [
      ["Trainees 2024-25"],
      ...rosterSheet({ academic_year: undefined, program_name: undefined }),
    ];
    const open = await readCells(cells);
    expect(open.asked).toEqual(["Q_AY", "Q_PROGRAM"]);
    expect(open.examination.questions[0]?.answer).toBe("2024-25");
    const upload = { granteeCode: "G01", academicYear: "2024-2025", programName: "Peer Pathway" };
    const supplied = await readCells(cells, { upload });
    expect([
      supplied.asked,
      supplied.found,
      supplied.value("academic_year"),
      supplied.value("program_name"),
    ]).toEqual([[], [], "2024-25", "Peer Pathway"]);
    expect(supplied.examination.settled.map((question) => question.question)).toEqual(["Q_AY", "Q_PROGRAM"]);
  });

  it("ask what an ambiguous spelling means, once per spelling, and nothing about other unknown ones", async () => {
    const cells = rosterSheet(
      { program_type: "Apprenticeship" },
      { program_type: "apprenticeship" },
      { program_type: "Bootcamp" },
    );
    const told = await askedAndAnswered(cells, "Q_VALUE program_type", {
      question: "Q_VALUE",
      column: "program_type",
      value: "Apprenticeship",
      answer: "registered_apprenticeship",
    });
    expect([told.value("program_type", 1), told.found]).toEqual([
      "registered_apprenticeship",
      ["program_type CODE_UNKNOWN"],
    ]);
    expect(told.examination.unknownValues).toEqual([{ column: "program_type", value: "Bootcamp" }]);
    const remembered = await readCells(cells, {
      rememberedValues: { program_type: { apprenticeship: "degree" } },
    });
    expect([remembered.asked, remembered.value("program_type")]).toEqual([[], "degree"]);
  });

  it("ask which of two columns of the same meaning counts", async () => {
    const cells = withColumns(1, ["Total hours", "10"], ["Training hours", "20"]);
    const told = await askedAndAnswered(cells, "Q_HEADER_DUP hours_total", {
      question: "Q_HEADER_DUP",
      column: "hours_total",
      answer: first + 1,
    });
    expect(told.value("hours_total")).toBe("20");
  });

  it("ask about a column whose values offer what is absent, and about no other", async () => {
    const cells = withColumns(
      2,
      ["Time with partners", "3 hrs", "4 hrs"],
      ["Row #", "1", "2"],
      ["Updated by", "desk 1", "desk 2"],
    );
    const answer: Answer = { question: "Q_COLUMN", header: "Time with partners", answer: "hours_muc" };
    const told = await askedAndAnswered(cells, `Q_COLUMN ${first}`, answer);
    expect(told.value("hours_muc")).toBe("3");
    const ignored = await readCells(cells, {
      answers: [{ question: "Q_COLUMN", column: first, answer: null }],
    });
    expect([ignored.asked, ignored.value("hours_muc")]).toEqual([[], ""]);
    const remembered = await readCells(cells, { rememberedColumns: { "time with partners": "hours_rural" } });
    expect([remembered.asked, remembered.value("hours_rural")]).toEqual([[], "3"]);
  });

  it("ask about a column that fits a required one that is absent", async () => {
    const cells = rosterSheet({ profession: undefined }, { profession: undefined }).map((row, at) => [
      ...row,
      ["Their work", "CHW", "Recovery coach"][at] ?? "",
    ]);
    const { asked, examination } = await readCells(cells);
    expect([asked, examination.questions[0]?.answer]).toEqual([["Q_COLUMN 9"], "profession"]);
  });

  it("ask how a unit is turned into hours or dollars", async () => {
    const days = await askedAndAnswered(withColumns(1, ["Total hours (days)", "3"]), "Q_UNIT hours_total", {
      question: "Q_UNIT",
      column: "hours_total",
      answer: 8,
    });
    expect(days.value("hours_total")).toBe("24");
    const thousands = await askedAndAnswered(
      withColumns(1, ["Stipend ($000)", "1.5"]),
      "Q_UNIT award_stipend_usd",
      { question: "Q_UNIT", column: "award_stipend_usd", answer: 1000 },
    );
    expect(thousands.value("award_stipend_usd")).toBe("1500.00");
    const asIs = await readCells(withColumns(1, ["Stipend $000", "1.5"]), {
      answers: [{ question: "Q_UNIT", column: "award_stipend_usd", answer: "as_is" }],
    });
    expect(asIs.value("award_stipend_usd")).toBe("1.50");
    expect((await readCells(withColumns(1, ["Total hours (hrs)", "3"]))).asked).toEqual([]);
  });

  it("ask about two columns in one", async () => {
    const cells = withColumns(2, ["Sex / age", "F / 34", "M / 51"]);
    const told = await askedAndAnswered(cells, `Q_SPLIT ${first}`, {
      question: "Q_SPLIT",
      column: first,
      answer: ["sex", "age"],
    });
    expect([told.value("sex"), told.value("age"), told.value("age", 1)]).toEqual(["female", "34", "51"]);
    const ignored = await readCells(cells, {
      answers: [{ question: "Q_SPLIT", column: first, answer: null }],
    });
    expect([ignored.asked, ignored.value("sex"), ignored.found]).toEqual([[], "not_reported", []]);
  });

  it("ask about two columns under the header of one", async () => {
    const told = await askedAndAnswered(withColumns(2, ["Sex", "F / 34", "M / 51"]), `Q_SPLIT ${first}`, {
      question: "Q_SPLIT",
      column: first,
      answer: true,
    });
    expect([told.value("sex"), told.value("age", 1)]).toEqual(["female", "51"]);
  });

  it("ask about a date in day, month and year", async () => {
    const cells = rosterSheet({ started_on: undefined }, { started_on: undefined }).map((row, at) => [
      ...row,
      ...([
        ["Start day", "Start month", "Start year"],
        ["5", "Sep", "2024"],
        ["30", "2", "2025"],
      ][at] ?? []),
    ]);
    const told = await askedAndAnswered(cells, "Q_SPLIT started_on", {
      question: "Q_SPLIT",
      column: "started_on",
      answer: [9, 10, 11],
    });
    expect([told.value("started_on"), told.found]).toEqual(["2024-09-05", ["started_on DATE_BAD"]]);
  });

  it("ask about hours in twelve months", async () => {
    const months = ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun"];
    const cells = withColumns(
      2,
      ...months.map((month, at) => [`${month} OJL hours`, String(at), at === 3 ? "x" : ""]),
    );
    const answer = months.map((_, at) => first + at);
    const told = await askedAndAnswered(cells, "Q_SPLIT hours_ojl", {
      question: "Q_SPLIT",
      column: "hours_ojl",
      answer,
    });
    expect([told.value("hours_ojl"), told.found]).toEqual(["66", ["hours_ojl NUMBER_BAD"]]);
  });

  it("ask which of several visible sheets are read, and never read a hidden one", async () => {
    const book = memorySpreadsheet([
      rosterOf("Fall", "A-1"),
      rosterOf("Spring", "A-2"),
      rosterOf("Old", "A-3", "hidden"),
      { name: "Help", rows: [["Read me"]] },
    ]);
    const open = await readRoster(book);
    expect([open.asked, open.examination.questions[0]?.answer]).toEqual([["Q_SHEETS"], ["Fall", "Spring"]]);
    const told = await readRoster(book, { answers: [{ question: "Q_SHEETS", answer: ["Spring"] }] });
    expect([told.asked, told.rows.map((row) => row.sheet)]).toEqual([[], ["Spring"]]);
    expect(told.examination.sheets.map(({ role }) => role)).toEqual([
      "ignored",
      "data",
      "ignored",
      "ignored",
    ]);
  });

  it("stay open when the answer is none that they allow, and the last answer counts", async () => {
    const cells = withColumns(1, ["FTE", "0.5"]);
    expect((await readCells(cells, { answers: [scaled("maybe")] })).asked).toEqual([
      "Q_PERCENT_SCALE fte_pct",
    ]);
    expect(
      (await readCells(cells, { answers: [scaled("fraction"), scaled("percent")] })).value("fte_pct"),
    ).toBe("0.5");
  });
});
