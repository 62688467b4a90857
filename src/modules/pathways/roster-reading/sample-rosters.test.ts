// The 38 sample rosters with their truth: layout, questions, findings, totals, and every loaded row cell by cell.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openSpreadsheet } from "../../../platform/spreadsheets/open-spreadsheet.ts";
import { examineRoster } from "./examine-roster.ts";
import { readRosterRows } from "./read-roster-rows.ts";
import { countRow, rosterJson } from "./roster-json.rules.ts";
import type { Answer, Examination, Finding, RosterRow, RosterUpload } from "./roster-reading.types.ts";
import { RosterTotals } from "./roster-totals.ts";

const FOLDER = new URL("../../../../tests/fixtures/rosters/a/", import.meta.url);

interface TruthSheet {
  name: string | null;
  state: string;
  role: string;
  header_rows?: number[];
  first_data_row?: number;
  last_data_row?: number;
  columns?: { index: number; header: string | string[]; to: string | null }[];
}
interface TruthFinding {
  sheet?: string;
  row: number;
  column: string;
  code: string;
  severity: string;
}
interface TruthFile {
  file: string;
  format: string;
  style: string;
  upload: { grantee_id: string; academic_year?: string; program_name?: string };
  layout: {
    encoding?: string;
    bom?: boolean;
    delimiter?: string;
    eol?: string;
    date1904?: boolean;
    sheets: TruthSheet[];
  };
  must_ask: Answer[];
  rows: { total: number; loaded: number; rejected: number; warned: number };
  by_code: Record<string, number>;
  findings: TruthFinding[];
  file_findings: { code: string; severity: string; header: string }[];
  aggregates: unknown;
  expected: string;
}

const truth = JSON.parse(readFileSync(new URL("truth.json", FOLDER), "utf8")) as { files: TruthFile[] };

/** Records of an expected file: RFC 4180, LF. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/g)) {
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") {
      records.push(record);
      record = [];
    }
  }
  return records;
}

async function read(file: TruthFile, upload: RosterUpload, answers: Answer[]) {
  const spreadsheet = await openSpreadsheet(new URL(file.file, FOLDER).pathname);
  try {
    const examination = await examineRoster(spreadsheet, { upload, answers });
    const rows: RosterRow[] = [];
    for await (const batch of readRosterRows(spreadsheet, examination)) rows.push(...batch);
    return { examination, rows };
  } finally {
    await spreadsheet.close();
  }
}

function layoutOf(examination: Examination) {
  const { file } = rosterJson(examination, {
    rows: { total: 0, loaded: 0, rejected: 0, warned: 0 },
    findings: [],
    totals: null,
  });
  const { format, encoding, bom, delimiter, eol, date1904, sheets } = file;
  return { format, ...(format === "text" ? { encoding, bom, delimiter, eol } : { date1904 }), sheets };
}

function truthLayout(file: TruthFile) {
  return {
    format: file.format,
    ...Object.fromEntries(Object.entries(file.layout).filter(([key]) => key !== "sheets")),
    sheets: file.layout.sheets.map((sheet) => ({
      name: sheet.name,
      state: sheet.state,
      role: sheet.role,
      headerRows: sheet.header_rows ?? [],
      firstDataRow: sheet.first_data_row ?? null,
      lastDataRow: sheet.last_data_row ?? null,
      columns: sheet.columns ?? [],
    })),
  };
}

const asked = ({ question, column, header, value }: Answer) => ({ question, column, header, value });

const sorted = (lines: string[]) => lines.toSorted();
const findingLine = ({ row, column, code, severity }: TruthFinding | Finding, sheet: string) =>
  `${sheet}:${row} ${column} ${code} ${severity}`;

describe.each(truth.files)("$file ($style)", (file) => {
  const granteeCode = file.upload.grantee_id;
  const upload: RosterUpload = {
    granteeCode,
    academicYear: file.upload.academic_year,
    programName: file.upload.program_name,
  };

  it("asks what has to be asked, and nothing else", async () => {
    const { examination } = await read(file, { granteeCode }, []);
    expect(examination.refusal).toBeNull();
    expect(examination.questions.map(asked)).toEqual(file.must_ask.map(asked));
    expect(
      examination.fileFindings.map(({ code, severity, header }) => ({ code, severity, header })),
    ).toEqual(file.file_findings);
  });

  it("gives the layout, rows, findings and totals of the truth under the answers", async () => {
    const { examination, rows } = await read(file, upload, file.must_ask);
    expect(examination.questions).toEqual([]);
    expect(layoutOf(examination)).toEqual(truthLayout(file));
    const counts = { total: 0, loaded: 0, rejected: 0, warned: 0 };
    const totals = new RosterTotals();
    for (const row of rows) {
      countRow(counts, row);
      totals.add(row);
    }
    const findings = rows.flatMap((row) => row.findings);
    expect(sorted(findings.map((finding) => findingLine(finding, finding.sheet ?? "")))).toEqual(
      sorted(file.findings.map((finding) => findingLine(finding, finding.sheet ?? ""))),
    );
    expect(counts).toEqual(file.rows);
    const byCode: Record<string, number> = {};
    for (const { code } of [...findings, ...examination.fileFindings]) byCode[code] = (byCode[code] ?? 0) + 1;
    expect(byCode).toEqual(file.by_code);
    expect(totals.result()).toEqual(file.aggregates);
    const [, ...expected] = parseCsv(readFileSync(new URL(file.expected, FOLDER), "utf8"));
    const loaded = rows.flatMap((row) =>
      row.values === null ? [] : [[row.sheet ?? "", String(row.row), ...row.values]],
    );
    expect(loaded).toEqual(expected);
  });
});
