import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSpreadsheet } from "../../../platform/spreadsheets/open-spreadsheet.ts";
import { memorySpreadsheet, readCells, readRoster, rosterSheet } from "./memory-spreadsheet.test-support.ts";

const first = 10;

describe("files", () => {
  it("without column names are refused with what to do", async () => {
    const { examination, rows } = await readCells([["Minutes of the meeting"], ["Present", "Many"]]);
    expect(examination.refusal?.code).toBe("FILE_NO_HEADER");
    expect(examination.refusal?.message).toContain("Trainee ID");
    expect(rows).toEqual([]);
  });

  it("without a trainee ID are refused, until an answer says which column it is", async () => {
    const cells = rosterSheet({}, {}).map((row, at) => (at === 0 ? row.with(0, "Learner code") : row));
    const open = await readCells(cells);
    expect([open.examination.refusal?.code, open.asked]).toEqual(["FILE_NO_KEY", ["Q_COLUMN 1"]]);
    const told = await readCells(cells, {
      answers: [{ question: "Q_COLUMN", header: "Learner code", answer: "trainee_id" }],
    });
    expect([told.examination.refusal, told.rows.length, told.found]).toEqual([null, 2, []]);
    const byIndex = await readCells(cells, {
      answers: [{ question: "Q_COLUMN", column: 1, answer: "trainee_id" }],
    });
    expect([byIndex.examination.refusal, byIndex.rows.length, byIndex.found]).toEqual([null, 2, []]);
  });

  it("of a survey have three header rows", async () => {
    const [names = [], row = []] = rosterSheet({});
    const questions = names.map((name) => (name === "trainee_id" ? "Unique ID" : "Please say"));
    const { examination, rows } = await readCells([
      names,
      questions,
      names.map((_, at) => `{"ImportId":"QID${at}"}`),
      row,
    ]);
    expect([examination.sheets[0]?.headerRows, rows.map((one) => one.status)]).toEqual([
      [1, 2, 3],
      ["loaded"],
    ]);
  });

  it("with two header rows are read as group and sub-header", async () => {
    const [names = [], row = []] = rosterSheet({});
    const { examination, value } = await readCells([
      [...names.map(() => ""), "Hours", "", "Awards ($)"],
      [...names, "Total", "Rural", "Stipend"],
      [...row, "40", "3", "$5"],
    ]);
    expect(examination.sheets[0]?.headerRows).toEqual([1, 2]);
    expect([value("hours_total"), value("hours_rural"), value("award_stipend_usd")]).toEqual([
      "40",
      "3",
      "5.00",
    ]);
  });

  it("lose the columns that name people, unread, whatever an answer says", async () => {
    const [names = [], row = []] = rosterSheet({});
    const cells = [
      [...names, "E-mail", "Last name"],
      [...row, "someone@example.invalid", "Doe"],
    ];
    const { examination, rows } = await readCells(cells, {
      answers: [{ question: "Q_COLUMN", column: first, answer: "notes" }],
    });
    expect(examination.fileFindings.map(({ header }) => header)).toEqual(["E-mail", "Last name"]);
    expect(JSON.stringify([rows, examination])).not.toContain("someone@");
  });

  it("of 1904 have serial dates of their own", async () => {
    const book = memorySpreadsheet(
      [
        {
          name: "R",
          rows: rosterSheet({ started_on: { kind: "number", value: 44075, text: "44075", percent: false } }),
        },
      ],
      { date1904: true },
    );
    expect((await readRoster(book)).value("started_on")).toBe("2024-09-02");
  });

  it("in UTF-16 are read like others", async () => {
    const folder = await mkdtemp(join(tmpdir(), "roster-"));
    try {
      const text = rosterSheet({ site_name: "Clínica Esperanza" })
        .map((row) => row.map(String).join("\t"))
        .join("\r\n");
      const path = join(folder, "roster.txt");
      await writeFile(path, Buffer.from(`\ufeff${text}`, "utf16le"));
      const spreadsheet = await openSpreadsheet(path);
      const { examination, value } = await readRoster(spreadsheet);
      await spreadsheet.close();
      expect([examination.file.encoding, value("site_name")]).toEqual(["utf16le", "Clínica Esperanza"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
