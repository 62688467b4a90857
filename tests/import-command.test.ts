// Every sample roster through the command line: questions, findings, totals, and the stored rows cell by cell.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, describe, expect, inject, test, vi } from "vitest";
import { CommandProblem } from "../src/app/commands/command.ts";
import { importRosterCommand } from "../src/app/commands/import-roster.command.ts";
import { addGranteeCode, findOrganizationByCode } from "../src/modules/directory/index.ts";
import { enrollmentColumns } from "../src/modules/pathways/enrollments/enrollment.columns.ts";
import { readReportFigures, reportTotals } from "../src/modules/reports/index.ts";
import { system } from "../src/platform/database/actor.ts";
import { TEST_SECRET, withDatabase } from "./support/global-setup.ts";
import { createTestHub } from "./support/test-hub.ts";

const FOLDER = new URL("fixtures/rosters/a/", import.meta.url);

interface Finding {
  sheet?: string | null;
  row: number;
  column: string;
  code: string;
  severity: string;
}
interface TruthFile {
  file: string;
  upload: { grantee_id: string; academic_year?: string; program_name?: string };
  must_ask: {
    question: string;
    column?: string | number;
    header?: string;
    value?: string;
    answer: unknown;
  }[];
  rows: { total: number; loaded: number; rejected: number; warned: number };
  findings: Finding[];
  file_findings: { code: string; severity: string; header: string }[];
  by_code: Record<string, number>;
  aggregates: unknown;
  expected: string;
}
interface Truth {
  portfolio: { rows: TruthFile["rows"]; by_code: Record<string, number>; aggregates: unknown };
  files: TruthFile[];
}
interface Printed {
  questions: TruthFile["must_ask"];
  rows: TruthFile["rows"];
  findings: (Finding & { message: string })[];
  fileFindings: TruthFile["file_findings"];
  changes: { new: number; changed: number; unchanged: number; missing: number };
  totals: unknown;
}

const truth = JSON.parse(readFileSync(new URL("truth.json", FOLDER), "utf8")) as Truth;
const hub = await createTestHub();
const scratch = mkdtempSync(join(tmpdir(), "trellis-import-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true, force: true });
});

/** The hub's own database as an address, for the command's own connection. */
function databaseAddress(): string {
  const config = withDatabase(inject("server").owner, hub.services.database.place);
  if (config.connectionString) return config.connectionString;
  const login = `${config.user}:${encodeURIComponent(String(config.password))}`;
  return `postgres://${login}@localhost:${config.port}/${config.database}?host=${encodeURIComponent(config.host ?? "")}`;
}
vi.stubEnv("DATABASE_URL", databaseAddress());
vi.stubEnv("TRELLIS_DATA", join(scratch, "data"));
vi.stubEnv("TRELLIS_SECRET", TEST_SECRET);

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    return { code: await importRosterCommand.run(args), text };
  } catch (error) {
    if (error instanceof CommandProblem) return { code: error.exitCode, text: error.message };
    throw error;
  } finally {
    write.mockRestore();
  }
}

async function runJson(...args: string[]): Promise<Printed & { code: number }> {
  const { code, text } = await run(...args, "--json");
  return { ...(JSON.parse(text) as Printed), code };
}

const pathOf = (file: TruthFile): string => new URL(file.file, FOLDER).pathname;

/** The options that carry the upload's given values and the answers. */
function answersOf(file: TruthFile): string[] {
  const { academic_year: year, program_name: program } = file.upload;
  const answers = file.must_ask.filter(({ question }) => question !== "Q_AY" && question !== "Q_PROGRAM");
  const path = join(scratch, `${file.file}.answers.json`);
  writeFileSync(path, JSON.stringify(answers));
  return [
    ...(year ? ["--year", year] : []),
    ...(program ? ["--program", program] : []),
    ...(answers.length > 0 ? ["--answers", path] : []),
  ];
}

function parseCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/g)) {
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") records.push([]);
  }
  return records.slice(0, -1);
}

/** Stored rows as the expected files have them: source, then every canonical cell. */
async function storedRows(grantee: string): Promise<Record<string, string>[]> {
  const pairs = enrollmentColumns.map(
    (column) => sql`${sql.lit(column.name)}, coalesce(${sql.raw(column.toText)}, '')`,
  );
  const { rows } = await sql<{ cells: Record<string, string> }>`
    select jsonb_build_object('source_sheet', coalesce(e.source_sheet, ''), 'source_row', e.source_row::text, ${sql.join(pairs)}) as cells
    from pathways.enrollment e where e.grantee_code = ${grantee} and e.archived_at is null`.execute(
    hub.services.database.owner,
  );
  return rows.map(({ cells }) => cells);
}

/** Which version of which row is stored: an update of any kind makes another one. */
async function rowVersions(): Promise<string[]> {
  const { rows } = await hub.services.database.ownerPool.query<{ version: string }>(
    "select format('%s %s %s', id, xmin, ctid) as version from pathways.enrollment order by id",
  );
  return rows.map(({ version }) => version);
}

const place = (record: Record<string, string>): string =>
  `${record["source_sheet"]} ${String(record["source_row"]).padStart(6, "0")}`;
const inFileOrder = (records: Record<string, string>[]) =>
  records.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
const findingLine = ({ sheet, row, column, code, severity }: Finding): string =>
  `${sheet ?? ""}:${row} ${column} ${code} ${severity}`;
const asked = ({ question, column, header, value }: TruthFile["must_ask"][number]) => ({
  question,
  column,
  header,
  value,
});

test("a grantee code that nobody has is refused, with what to do, and nothing is stored", async () => {
  const [file] = truth.files;
  if (!file) throw new Error("there is no sample");
  const refused = await run(pathOf(file), "--organization", "G01");
  expect(refused.code).toBe(1);
  expect(refused.text).toContain("No organization has the grantee code G01");
  expect(refused.text).toContain("--create");
  expect(await storedRows("G01")).toEqual([]);
});

test.each(truth.files.filter((file) => file.must_ask.length > 0))(
  "$file without answers asks what must be asked, and stores nothing",
  async (file) => {
    const grantee = file.upload.grantee_id;
    const open = await runJson(pathOf(file), "--organization", grantee, "--create");
    expect(open.code).toBe(3);
    expect(open.questions.map(asked)).toEqual(file.must_ask.map(asked));
    expect(await storedRows(grantee)).toEqual([]);
    const known = await hub.services.perform(system, (work) => findOrganizationByCode(work.trx, grantee));
    expect(known).toBeNull();
  },
);

describe.each(truth.files)("$file", (file) => {
  const grantee = file.upload.grantee_id;
  const base = [pathOf(file), "--organization", grantee];

  test("gives its truth, stores every cell, and changes nothing the second time", async () => {
    const answers = answersOf(file);
    const exit = file.rows.rejected > 0 ? 2 : 0;
    const before = await rowVersions();
    const trial = await runJson(...base, ...answers, "--create", "--dry-run");
    expect(trial.code).toBe(exit);
    expect(await rowVersions()).toEqual(before);

    const loaded = await runJson(...base, ...answers, "--create");
    expect(loaded.code).toBe(exit);
    expect(loaded.questions).toEqual([]);
    expect(loaded.rows).toEqual(file.rows);
    expect(loaded.findings.map(findingLine).toSorted()).toEqual(file.findings.map(findingLine).toSorted());
    expect(loaded.fileFindings.map(({ code, severity, header }) => ({ code, severity, header }))).toEqual(
      file.file_findings,
    );
    expect(loaded.totals).toEqual(file.aggregates);
    expect(loaded.changes).toEqual({ new: file.rows.loaded, changed: 0, unchanged: 0, missing: 0 });
    expect({ ...trial, findings: loaded.findings }).toEqual(loaded);

    const [names = [], ...cells] = parseCsv(readFileSync(new URL(file.expected, FOLDER), "utf8"));
    const expected = cells.map((record) =>
      Object.fromEntries(names.map((name, at) => [name, record[at] ?? ""])),
    );
    expect(inFileOrder(await storedRows(grantee))).toEqual(inFileOrder(expected));

    const versions = await rowVersions();
    const again = await runJson(...base, ...answers);
    expect(again.code).toBe(exit);
    expect(again.changes).toEqual({ new: 0, changed: 0, unchanged: file.rows.loaded, missing: 0 });
    expect(await rowVersions()).toEqual(versions);
  });
});

test("the portfolio in the database has the totals of the truth", async () => {
  const figures = await hub.services.perform(system, (work) =>
    readReportFigures(work.trx, { academicYear: null, organizationId: null }),
  );
  expect(JSON.parse(JSON.stringify(reportTotals(figures)))).toEqual(truth.portfolio.aggregates);
  const { rows } = await hub.services.database.ownerPool.query<{ count: number }>(
    "select count(*) as count from pathways.enrollment where archived_at is null",
  );
  expect(rows[0]?.count).toBe(truth.portfolio.rows.loaded);
});

test("an organization with a second code has the rows of both, each under its own", async () => {
  const organization = await hub.services.perform(system, (work) => findOrganizationByCode(work.trx, "G01"));
  const organizationId = organization?.id ?? "";
  await hub.services.perform(system, (work) => addGranteeCode(work, organizationId, "G01-B"));
  const path = join(scratch, "second.csv");
  const header =
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome";
  writeFileSync(
    path,
    `${header}\nB-100,Second award,practicum,2024-25,counselor,full_time,2024-09-01,yes,continuing\n`,
  );
  const loaded = await runJson(path, "--organization", "g01-b", "--create");
  expect([loaded.code, loaded.changes.new]).toEqual([0, 1]);
  const { rows } = await hub.services.database.ownerPool.query<{
    organization_id: string;
    trainee_code: string;
  }>("select organization_id, trainee_code from pathways.enrollment where grantee_code = 'G01-B'");
  expect(rows).toEqual([{ organization_id: organizationId, trainee_code: "B-100" }]);
});

test("a wrong year, two files, no organization and answers that are no list are refused with what to write", async () => {
  const [file] = truth.files;
  if (!file) throw new Error("there is no sample");
  const notAList = join(scratch, "not-a-list.json");
  writeFileSync(notAList, '{"question":"Q_AY"}');
  const wrong: [args: string[], said: string][] = [
    [[pathOf(file), "--organization", "G01", "--year", "2024"], "--year 2024-25"],
    [[pathOf(file), pathOf(file), "--organization", "G01"], "Name one file"],
    [[pathOf(file)], "--organization CODE"],
    [[pathOf(file), "--organization", "G01", "--answers", notAList], "is not a list of answers"],
  ];
  for (const [args, said] of wrong) {
    const answer = await run(...args);
    expect(answer.code, said).toBe(64);
    expect(answer.text).toContain(said);
  }
});
