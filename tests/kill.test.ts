// An import that is killed leaves none of its rows or all of them, and nothing in the way of the next.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { openServices } from "../src/app/services.ts";
import { readConfig } from "../src/platform/config/config.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const ROWS = 20_000;
const KILLS = 6;
const folder = mkdtempSync(join(tmpdir(), "trellis-kill-"));
// For the server\'s own user, when the tests run as root.
chmodSync(folder, 0o755);
const services = await openServices(readConfig({ TRELLIS_DATA: join(folder, "data"), LOG_LEVEL: "silent" }));
const { ownerPool } = services.database;
const children = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A large roster without the column of the grantee: whoever it is imported for. */
function makeRoster(): string {
  const tool = new URL("fixtures/rosters/tools/make-large-roster.mjs", import.meta.url).pathname;
  execFileSync(process.execPath, [tool, "--rows", String(ROWS), "--seed", "1", "--out", folder]);
  const name = readdirSync(folder).find((one) => one.endsWith(".csv"));
  if (!name) throw new Error("the tool wrote no roster");
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  expect(lines[0]?.startsWith("grantee_id,")).toBe(true);
  const path = join(folder, "roster.csv");
  writeFileSync(path, lines.map((line) => line.slice(line.indexOf(",") + 1)).join("\n"));
  return path;
}

function startImport(path: string, code: string): ChildProcess {
  const { DATABASE_URL: _, TRELLIS_SECRET: __, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [join(ROOT, "scripts/run.mjs"), "cli", "import", "roster", path, "--organization", code, "--create"],
    { cwd: ROOT, env: { ...environment, TRELLIS_DATA: join(folder, "data") }, stdio: "ignore" },
  );
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

/** Waits until nobody but this test has a transaction open. */
async function quiet(): Promise<void> {
  for (;;) {
    const { rows } = await ownerPool.query<{ busy: number }>(
      "select count(*) as busy from pg_stat_activity where datname = current_database() and application_name = 'trellis' and pid <> pg_backend_pid() and xact_start is not null",
    );
    if (rows[0]?.busy === 0) return;
    await wait(50);
  }
}

/** Waits until somebody else is writing. */
async function writing(): Promise<void> {
  for (;;) {
    const { rows } = await ownerPool.query<{ busy: number }>(
      "select count(*) as busy from pg_stat_activity where datname = current_database() and application_name = 'trellis' and pid <> pg_backend_pid() and backend_xid is not null",
    );
    if (rows[0]?.busy !== 0) return;
    await wait(10);
  }
}

/** What is there of an import: rows, audit rows of its commit, committed rosters, organizations. */
async function traces(code: string): Promise<number[]> {
  const { rows } = await ownerPool.query<{ counts: number[] }>(
    `select array[
      (select count(*) from pathways.enrollment where grantee_code = $1),
      (select count(*) from platform.audit a join directory.grantee_code g using (organization_id) where g.code = $1 and a.event = 'pathways.roster-committed'),
      (select count(*) from pathways.roster where grantee_code = $1),
      (select count(*) from directory.grantee_code where code = $1)]::int[] as counts`,
    [code],
  );
  return rows[0]?.counts ?? [];
}

test("a killed import leaves none or all, and the next one of the same file succeeds", {
  timeout: 120_000,
}, async () => {
  const path = makeRoster();
  const begun = performance.now();
  const whole = startImport(path, "WHOLE");
  await ended(whole);
  const took = performance.now() - begun;
  expect(whole.exitCode).toBe(2);
  const all = await traces("WHOLE");
  expect(all[0]).toBeGreaterThan(ROWS * 0.99);
  expect(all.slice(1)).toEqual([1, 1, 1]);

  let none = 0;
  const moments: number[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const child = startImport(path, `KILLED-${kill}`);
    // From the reading of the file to about the commit; the last one surely amid the writing.
    const started = performance.now();
    if (kill === KILLS) await writing();
    else await wait(took * (0.4 + 0.6 * Math.random()));
    moments.push(Math.round(performance.now() - started));
    child.kill("SIGKILL");
    await ended(child);
    await quiet();
    const left = await traces(`KILLED-${kill}`);
    expect(
      [[0, 0, 0, 0], all],
      `killed after ${moments.join(", ")} ms of ${Math.round(took)}`,
    ).toContainEqual(left);
    if (left[0] === 0) none += 1;
  }
  expect(none, `killed after ${moments.join(", ")} ms of ${Math.round(took)}`).toBeGreaterThan(0);

  const again = startImport(path, `KILLED-${KILLS}`);
  await ended(again);
  expect(again.exitCode).toBe(2);
  const [rows, audits] = await traces(`KILLED-${KILLS}`);
  expect([rows, audits]).toEqual(all.slice(0, 2));
  const { rows: halves } = await ownerPool.query(
    "select from pathways.enrollment e where not exists (select from pathways.roster r where r.id = e.roster_id and r.state = 'committed')",
  );
  expect(halves).toEqual([]);
});
