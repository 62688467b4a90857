// The built program itself: what it prints, and the exit codes that scripts rely on.
import { execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openServices } from "../src/app/services.ts";
import { readConfig } from "../src/platform/config/config.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const SAMPLES = new URL("fixtures/rosters/a/", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "trellis-program-"));
// For the server\'s own user, when the tests run as root.
chmodSync(folder, 0o755);
// Held open, so that the server runs on between the calls.
const services = await openServices(readConfig({ TRELLIS_DATA: folder, LOG_LEVEL: "silent" }));
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  code: number;
  out: string;
  err: string;
}

function trellis(...args: string[]): Promise<Answer> {
  const { DATABASE_URL: _, TRELLIS_SECRET: __, ...environment } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, "scripts/run.mjs"), "cli", ...args],
      { cwd: ROOT, env: { ...environment, TRELLIS_DATA: folder }, maxBuffer: 64 * 1024 * 1024 },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

interface TruthFile {
  file: string;
  must_ask: { question: string; answer: unknown }[];
  rows: Record<string, number>;
  findings: { code: string }[];
  aggregates: unknown;
}
interface Printed {
  questions: { question: string }[];
  rows: Record<string, number>;
  findings: { code: string }[];
  changes: Record<string, number>;
  totals: unknown;
}

const truth = JSON.parse(readFileSync(new URL("truth.json", SAMPLES), "utf8")) as { files: TruthFile[] };
function sample(name: string): TruthFile & { path: string } {
  const found = truth.files.find(({ file }) => file.startsWith(name));
  if (!found) throw new Error(`there is no sample ${name}`);
  return { ...found, path: new URL(found.file, SAMPLES).pathname };
}

async function countStored(code: string): Promise<number> {
  const { rows } = await services.database.ownerPool.query<{ count: number }>(
    "select count(*) as count from pathways.enrollment where grantee_code = $1",
    [code],
  );
  return rows[0]?.count ?? 0;
}

test("shortage designations for a hub that nobody has set up are refused kindly", async () => {
  const file = join(folder, "designations.csv");
  writeFileSync(file, "HPSA Name\n");
  const answer = await trellis("import", "shortage", file);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(/^This hub has not been set up yet\./m);
});

test("a report whose reader has had enough ends quietly", async () => {
  const { DATABASE_URL: _, TRELLIS_SECRET: __, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [join(ROOT, "scripts/run.mjs"), "cli", "report", "--format", "html"],
    { cwd: ROOT, env: { ...environment, TRELLIS_DATA: folder }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (part: Buffer) => {
    said += part.toString();
  });
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, said }).toEqual({ code: 0, said: "" });
});

test("a clean workbook: a trial stores nothing, the import exits with 0, and words are for people", async () => {
  const { path, rows, aggregates } = sample("g13");
  const base = ["import", "roster", path, "--organization", "G13"];
  const unknown = await trellis(...base);
  expect([unknown.code, unknown.out]).toEqual([1, ""]);
  expect(unknown.err).toContain("--create");
  const trial = await trellis(...base, "--create", "--dry-run");
  expect(trial.code).toBe(0);
  expect(trial.out).toContain("This was a trial: nothing was stored.");
  expect(trial.out).toContain(`${rows["total"]} rows read`);
  expect(await countStored("G13")).toBe(0);
  const loaded = await trellis(...base, "--create", "--json");
  const printed = JSON.parse(loaded.out) as Printed;
  expect([loaded.code, printed.rows, printed.totals]).toEqual([0, rows, aggregates]);
  expect(loaded.out.trimEnd()).not.toContain("\n");
  expect(await countStored("G13")).toBe(rows["loaded"]);
});

test("a file with open questions exits with 3 and stores nothing; with the answers it loads and exits with 2", async () => {
  const { path, must_ask: questions, rows, findings } = sample("g10");
  const base = ["import", "roster", path, "--organization", "G10", "--create", "--json"];
  const open = await trellis(...base);
  expect(open.code).toBe(3);
  const asked = (JSON.parse(open.out) as Printed).questions;
  expect(asked.map(({ question }) => question)).toEqual(questions.map(({ question }) => question));
  expect(await countStored("G10")).toBe(0);
  const answers = join(folder, "answers.json");
  writeFileSync(answers, JSON.stringify(questions));
  const loaded = await trellis(...base, "--answers", answers);
  const printed = JSON.parse(loaded.out) as Printed;
  expect([loaded.code, printed.questions, printed.rows]).toEqual([2, [], rows]);
  expect(printed.findings).toHaveLength(findings.length);
  const again = await trellis(...base, "--answers", answers);
  expect((JSON.parse(again.out) as Printed).changes).toEqual({
    new: 0,
    changed: 0,
    unchanged: rows["loaded"],
    missing: 0,
  });
});

test("year and program can be said on the command line", async () => {
  const { path, rows, aggregates } = sample("g35");
  const given = ["--year", "2024-25", "--program", "Hallowfen Final-Year Field Placement"];
  const loaded = await trellis(
    "import",
    "roster",
    path,
    "--organization",
    "G35",
    "--create",
    "--json",
    ...given,
  );
  const printed = JSON.parse(loaded.out) as Printed;
  expect([loaded.code, printed.rows, printed.totals]).toEqual([2, rows, aggregates]);
});

test("a missing file, an unusable one, a wrong option and a wrong word are told apart, with what to do", async () => {
  const nonsense = join(folder, "letter.csv");
  writeFileSync(nonsense, "Dear colleagues,\nplease find below\nnothing at all\n");
  const wrong: [args: string[], code: number, said: string][] = [
    [["import", "roster", join(folder, "nowhere.csv"), "--organization", "G13"], 1, "There is no file"],
    [["import", "roster", nonsense, "--organization", "G13"], 1, "FILE_NO_HEADER"],
    [["import", "roster", nonsense, "--organisation", "G13"], 64, "Usage"],
    [["import", "rooster", nonsense], 64, "There is no command"],
  ];
  for (const [args, code, said] of wrong) {
    const answer = await trellis(...args);
    expect(answer.code, said).toBe(code);
    expect(answer.out + answer.err).toContain(said);
    expect(answer.err).not.toContain("    at ");
  }
});
