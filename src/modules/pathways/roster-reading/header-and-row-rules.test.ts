import { describe, expect, it } from "vitest";
import { foldHeader } from "./cell-text.rules.ts";
import { CompactKeys } from "./compact-keys.rules.ts";
import { findCounty, readCountyCode } from "./county.rules.ts";
import { isPiiHeader, matchHeader } from "./header-match.rules.ts";
import { readCells, readChanged } from "./memory-spreadsheet.test-support.ts";
import { allColumns } from "./roster-format.rules.ts";
import { ageBand } from "./roster-totals.ts";
import { beginsWithTotal } from "./row-filter.rules.ts";

describe("counties", () => {
  it("are found by name and state, without accents", () => {
    expect(findCounty("Travis County, TX", "")).toBe("48453");
    expect(findCounty("Travis", "TX")).toBe("48453");
    expect(findCounty("Dona Ana County, NM", "")).toBe("35013");
    expect(findCounty("Travis County", "")).toBeNull();
  });

  it("prefer an exact full name and refuse a bare name of two", () => {
    expect(findCounty("Baltimore city", "MD")).toBe("24510");
    expect(findCounty("Baltimore County", "MD")).toBe("24005");
    expect(findCounty("Baltimore", "MD")).toBeNull();
  });

  it("get their lost zero back, and those superseded in 2022 stay in the list", () => {
    expect(readCountyCode("1001")).toBe("01001");
    expect(readCountyCode("09001")).toBe("09001");
    expect(readCountyCode("48998")).toBeNull();
  });
});

const known = (text: string) => matchHeader("", text, new Map()).to;

describe("headers", () => {
  it("are compared without accents, signs, brackets and stars", () => {
    expect(foldHeader("FTE% *")).toBe("fte pct");
    expect(known("Trainee_ID *")).toBe("trainee_id");
    expect(known("Stipend ($)")).toBe("award_stipend_usd");
    expect(known("Rural background?")).toBe("rural_background");
    expect(known("Race: Black")).toBe("race_black_or_african_american");
    expect(known("Preceptor")).toBeNull();
  });

  it("all name the column that lists them", () => {
    const taken = new Map<string, string>();
    for (const column of allColumns) {
      for (const header of column.headers) {
        expect(matchHeader("", header, new Map()).to, header).toBe(
          taken.get(foldHeader(header)) ?? column.name,
        );
        taken.set(foldHeader(header), column.name);
      }
    }
  });

  it("that name a person are recognised, and those of a site are not", () => {
    for (const text of [
      "Name",
      "SSN (last 4)",
      "Date of birth",
      "Trainee e-mail",
      "Home address",
      "Cell phone",
    ])
      expect(isPiiHeader(text), text).toBe(true);
    for (const text of ["Program name", "Site name", "Telehealth", "Namesake"])
      expect(isPiiHeader(text), text).toBe(false);
  });
});

describe("rows", () => {
  it("that are titles, totals, repeated headers or empty are left out", async () => {
    const [header, row] = [
      [
        "Remark",
        "Trainee ID",
        "Program",
        "Type of program",
        "AY",
        "Job role",
        "FT/PT",
        "Start date",
        "Funded",
        "Status",
        "Other",
      ],
      ["", "TR-01", "P", "Cert", "2024-25", "CHW", "FT", "2024-09-01", "y", "active", ""],
    ];
    const { rows, examination } = await readCells([
      ["Our roster"],
      header,
      ["Peer program"],
      row,
      [],
      header.map((text) => text.toUpperCase()),
      ["Subtotal:", "1"],
      ["", "N/A", "-", "", "", "", "", "", "", "", "checked by desk 2"],
      ["Summer", ...row.slice(1).map((text) => (text === "TR-01" ? "TR-02" : text))],
      ["Total", "2", "", "", "", "", "", "", "", "active"],
    ]);
    // The last row begins with a total word, but a coded column after it is filled: it is a row, and a faulty one.
    expect(rows.map((one) => one.row)).toEqual([4, 9, 10]);
    expect(examination.sheets[0]).toMatchObject({ headerRows: [2], firstDataRow: 4, lastDataRow: 10 });
  });

  it("begin with a total word only as a word of its own", () => {
    for (const text of ["Total", "totals:", "Sub-total Fall", "Grand total", "Average"])
      expect(beginsWithTotal(text), text).toBe(true);
    for (const text of ["Summer 2024", "Country Clinic", "Totality"])
      expect(beginsWithTotal(text), text).toBe(false);
  });

  it("keep line breaks in notes only", async () => {
    const { value } = await readChanged({ notes: " one \r\n two ", site_name: "North\nClinic\u00a0A" });
    expect([value("notes"), value("site_name")]).toEqual(["one \n two", "North Clinic A"]);
  });
});

const idOf = (at: number) => `T${at % 1000}`;

describe("keys and counts", () => {
  it("tells a hundred thousand keys apart and finds each again", () => {
    const keys = new CompactKeys();
    for (let at = 0; at < 100_000; at++)
      expect(keys.add(Math.floor(at / 1000), at % 7, idOf(at)) === at).toBe(true);
    expect(keys.size).toBe(100_000);
    for (let at = 0; at < 100_000; at += 997)
      expect(keys.add(Math.floor(at / 1000), at % 7, idOf(at))).toBe(at);
  });

  it("bands ages as the report does", () => {
    expect(["19", "20", "29", "59", "60", ""].map(ageBand)).toEqual([
      "<20",
      "20-29",
      "20-29",
      "50-59",
      "60+",
      "not_reported",
    ]);
  });
});
