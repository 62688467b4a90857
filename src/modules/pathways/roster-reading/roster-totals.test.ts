import { describe, expect, it } from "vitest";
import { readChanged } from "./memory-spreadsheet.test-support.ts";
import { countRow, rosterJson } from "./roster-json.rules.ts";
import { RosterTotals } from "./roster-totals.ts";

describe("the totals of a roster", () => {
  it("count a trainee of two years once in all, once in each year, and once per code", async () => {
    const { rows, examination } = await readChanged(
      {
        trainee_id: "AB-1",
        academic_year: "2024-25",
        award_stipend_usd: "0.10",
        race_ethnicity: "White; Asian",
      },
      { trainee_id: "ab-1", academic_year: "2025-26", award_stipend_usd: "0.20", race_ethnicity: "White" },
      { trainee_id: "AB-2", academic_year: "2025-26", funded: "no", race_ethnicity: "" },
      { trainee_id: "AB-3", academic_year: "2025-26", age: "5", race_ethnicity: "" },
    );
    const totals = new RosterTotals();
    const counts = { total: 0, loaded: 0, rejected: 0, warned: 0 };
    for (const row of rows) {
      totals.add(row);
      countRow(counts, row);
    }
    const result = totals.result();
    expect([result.rows, result.trainees]).toEqual([3, 2]);
    expect(
      Object.entries(result.by_year).map(([year, { rows, trainees }]) => [year, rows, trainees]),
    ).toEqual([
      ["2024-25", 1, 1],
      ["2025-26", 2, 2],
    ]);
    expect(result.by["funded"]).toEqual({ no: { rows: 1, trainees: 1 }, yes: { rows: 2, trainees: 1 } });
    expect(result.awards_usd["total"]).toBe(0.3);
    expect(result.race_ethnicity["white"]).toEqual({ alone: 1, in_combination: 1, any: 2 });
    expect([result.race_ethnicity["two_or_more"], result.race_ethnicity["not_reported"]]).toEqual([1, 1]);
    const findings = rows.flatMap((row) => row.findings);
    const printed = rosterJson(examination, { rows: counts, findings, totals: result });
    expect(printed.rows).toEqual({ total: 4, loaded: 3, rejected: 1, warned: 0 });
    expect(printed.file.sheets[0]).toMatchObject({
      name: null,
      headerRows: [1],
      firstDataRow: 2,
      lastDataRow: 5,
    });
    expect(printed.findings).toMatchObject([
      { sheet: null, row: 5, column: "age", code: "AGE_RANGE", severity: "error" },
    ]);
  });

  it("of nothing are zeros", () => {
    const result = new RosterTotals().result();
    expect([result.rows, result.trainees, result.by, result.completions, result.by_year]).toEqual([
      0,
      0,
      {},
      0,
      {},
    ]);
  });
});
