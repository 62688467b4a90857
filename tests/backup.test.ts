// The restore drill: a hub is written into one file, brought back elsewhere, and is the same to the byte.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { sealAudit, verifyAudit } from "../src/platform/audit/audit.store.ts";
import { openBackup } from "../src/platform/backup/read-backup.ts";
import { inTransaction, system } from "../src/platform/database/actor.ts";
import { listKnownMigrations } from "../src/platform/database/migrate.ts";
import { listStoredFiles, storedFilePath } from "../src/platform/files/folder-store.ts";
import { backUp, describeSchema, hashTables, restore, rewriteBackup } from "./support/backups.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const folder = mkdtempSync(join(tmpdir(), "trellis-backup-"));
const PASSPHRASE = "five small words of straw";
const plain = join(folder, "hub.trellis");
const locked = join(folder, "hub.trellis.age");
const passphraseFile = join(folder, "passphrase");
writeFileSync(passphraseFile, `${PASSPHRASE}\n`);
vi.stubEnv("TRELLIS_BACKUP_PASSPHRASE", undefined);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const HEADER =
  "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total,notes";
const ROSTER = `${HEADER}\nT-1,Elms,practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,10,"a tab\there, a \\ there and é ☂"\nT-2,Elms,practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,20.50,\n`;

async function bringIn(hub: TestHub, cookie: string, content: string): Promise<string> {
  const answer = await upload(
    hub,
    "/pathways/rosters",
    { code: "G35" },
    cookie,
    new File([content], "roster.csv"),
  );
  expect(answer.status, await answer.clone().text()).toBe(303);
  return answer.headers.get("location") ?? "";
}

const source = await createTestHub({ demo: true });
const samuel = await source.signIn("samuel@demo.example");
const committed = await bringIn(source, samuel, ROSTER);
await source.workJobs();
expect((await source.post(`${committed}/commit`, {}, samuel)).status).toBe(303);
await source.workJobs();
await inTransaction(source.services.database.db, system, (trx) => sealAudit(trx));
// Still to be read when the backup is taken.
const waiting = await bringIn(source, samuel, ROSTER.replaceAll("Elms", "Oaks"));
const before = await hashTables(source.services.database.ownerPool);
const written = {
  plain: await backUp(source, plain),
  locked: await backUp(source, locked, "--passphrase-file", passphraseFile),
};

// Sealing waits for what other test files have begun on the same server.
const SEALED_SOON = { timeout: 30_000, interval: 250 };
const verify = (hub: TestHub) => inTransaction(hub.services.database.db, system, (trx) => verifyAudit(trx));
const mainOf = async (answer: Response): Promise<string> =>
  /<main[\s\S]*<\/main>/.exec(await answer.text())?.[0] ?? "";
const LIST = "/pathways/enrollments?year=2019-20";

async function expectEmpty(hub: TestHub): Promise<void> {
  const { rows } = await hub.services.database.ownerPool.query(
    "select from platform.hub union all select from directory.organization union all select from platform.audit",
  );
  expect(rows).toEqual([]);
}

test("a backup tells what it holds, is for its owner alone, leaves nothing beside it and is noted in the audit", async () => {
  expect(written.plain).toMatchObject({ code: 0 });
  expect(written.plain.text).toMatch(
    /^\d+ rows of \d+ tables and 2 uploaded files, \d+ bytes, NOT ENCRYPTED/,
  );
  expect(written.locked.text).toMatch(/, encrypted\.\n$/);
  expect(statSync(plain).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).toSorted()).toEqual(["hub.trellis", "hub.trellis.age", "passphrase"]);
  expect(readFileSync(locked).includes("counselor")).toBe(false);
  const { rows } = await source.services.database.ownerPool.query<{ encrypted: boolean }>(
    "select (data ->> 'encrypted')::boolean as encrypted from platform.audit a join directory.organization o on o.id = a.organization_id where event = 'platform.backup-written' and o.organization_type = 'hub' order by a.id",
  );
  expect(rows).toEqual([{ encrypted: false }, { encrypted: true }]);
});

test.each([
  ["plain", plain, []],
  ["encrypted", locked, ["--passphrase-file", passphraseFile]],
])(
  "the hub restored from the %s backup has every table equal, the same sign-in, lists, files and audit, and works on",
  async (_kind, file, args) => {
    const hub = await createTestHub();
    const said = await restore(hub, file, ...args);
    expect(said).toMatchObject({ code: 0 });
    const { ownerPool } = hub.services.database;
    expect(await hashTables(ownerPool)).toEqual(before);
    expect(await describeSchema(ownerPool)).toEqual(await describeSchema(source.services.database.ownerPool));
    expect(listStoredFiles(hub.config.dataFolder)).toEqual(listStoredFiles(source.config.dataFolder));
    for (const hash of listStoredFiles(hub.config.dataFolder))
      expect(
        createHash("sha256")
          .update(readFileSync(storedFilePath(hub.config.dataFolder, hash)))
          .digest("hex"),
      ).toBe(hash);

    const cookie = await hub.signIn("samuel@demo.example");
    const list = await mainOf(await hub.get(LIST, cookie));
    expect(list).toContain("T-2");
    expect(list).toBe(await mainOf(await source.get(LIST, samuel)));
    expect((await hub.get(LIST)).status).not.toBe(200);

    // What waited goes on, and new rows find numbers that nobody has.
    await hub.workJobs();
    expect((await hub.post(`${waiting}/commit`, {}, cookie)).status).toBe(303);
    await hub.workJobs();
    const { rows } = await ownerPool.query<{ count: number }>(
      "select count(*) as count from pathways.enrollment where program_name in ('Elms', 'Oaks')",
    );
    expect(rows[0]?.count).toBe(4);

    const events = await ownerPool.query(
      "select from platform.audit where event = 'platform.backup-restored'",
    );
    expect(events.rowCount).toBe(1);
    expect((await verify(hub)).broken).toEqual([]);
    await expect
      .poll(async () => {
        await inTransaction(hub.services.database.db, system, (trx) => sealAudit(trx));
        return verify(hub);
      }, SEALED_SOON)
      .toMatchObject({ unsealed: 0, broken: [] });
  },
);

test("a hub that holds something already is left alone, and it is said where a backup goes instead", async () => {
  const said = await restore(source, plain);
  expect(said).toMatchObject({ code: 1, text: expect.stringContaining("TRELLIS_DATA=") });
  const after = await hashTables(source.services.database.ownerPool);
  expect({ ...after, "auth.session": "" }).toEqual({ ...before, "auth.session": "" });
});

test("without the passphrase or with a wrong one an encrypted backup stays closed, and nothing of it stays on the disk", async () => {
  const hub = await createTestHub();
  const none = await restore(hub, locked);
  expect(none).toMatchObject({ code: 1, text: expect.stringContaining("TRELLIS_BACKUP_PASSPHRASE") });
  vi.stubEnv("TRELLIS_BACKUP_PASSPHRASE", "another");
  const wrong = await restore(hub, locked);
  vi.stubEnv("TRELLIS_BACKUP_PASSPHRASE", "  ");
  const blank = await backUp(source, join(folder, "never"));
  vi.stubEnv("TRELLIS_BACKUP_PASSPHRASE", undefined);
  expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining("The passphrase does not open") });
  expect(blank).toMatchObject({ code: 64, text: expect.stringContaining("holds no passphrase") });
  expect(existsSync(join(folder, "never"))).toBe(false);
  expect(readdirSync(hub.config.dataFolder)).toEqual([]);
  await expectEmpty(hub);
});

test("a damaged, a truncated and a foreign file are refused before anything is changed, and a whole one can be restored afterwards", async () => {
  const hub = await createTestHub();
  const bad = join(folder, "bad");
  for (const [file, args, places] of [
    [plain, [], [0.2, 0.5, 0.8]],
    [locked, ["--passphrase-file", passphraseFile], [0.5]],
  ] as const) {
    const bytes = readFileSync(file);
    for (const place of places) {
      const flipped = Buffer.from(bytes);
      const at = Math.floor(flipped.length * place);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      writeFileSync(bad, flipped);
      expect(await restore(hub, bad, ...args)).toMatchObject({
        code: 1,
        text: expect.stringContaining("damaged"),
      });
    }
    writeFileSync(bad, bytes.subarray(0, bytes.length - 100));
    expect(await restore(hub, bad, ...args)).toMatchObject({
      code: 1,
      text: expect.stringContaining("damaged"),
    });
  }
  writeFileSync(bad, "Dear colleagues,");
  expect(await restore(hub, bad)).toMatchObject({
    code: 1,
    text: expect.stringContaining("no backup of Trellis"),
  });
  expect(await restore(hub, join(folder, "nowhere"))).toMatchObject({
    code: 1,
    text: expect.stringContaining("There is no file"),
  });
  await expectEmpty(hub);
  expect(await restore(hub, plain)).toMatchObject({ code: 0 });
});

test("a restore that fails amid the loading leaves an empty hub that can be restored into", async () => {
  const hub = await createTestHub();
  const bad = join(folder, "inconsistent");
  // Rows whose organizations are missing, with hashes that fit.
  await rewriteBackup(plain, bad, (manifest, parts) => {
    const table = manifest.tables.find(({ schema, name }) => schema === "reports" && name === "report");
    if (!table) throw new Error("there is no such table");
    const bytes = Buffer.concat([parts.get("tables/reports.report") ?? Buffer.alloc(0)]);
    const text = bytes.toString().replace(/^[0-9a-f]{8}/, "00000000");
    parts.set("tables/reports.report", Buffer.from(text));
    table.sha256 = createHash("sha256").update(text).digest("hex");
  });
  await expect(restore(hub, bad)).rejects.toMatchObject({ code: "23503" });
  await expectEmpty(hub);
  expect((await hub.get("/first-visit")).status).toBe(200);
  expect(await restore(hub, plain)).toMatchObject({ code: 0 });
  expect(await hashTables(hub.services.database.ownerPool)).toEqual(before);
});

test("a backup of a newer Trellis is refused, with what it has that this one does not know", async () => {
  const hub = await createTestHub();
  const newer = join(folder, "newer");
  await rewriteBackup(plain, newer, (manifest) => manifest.migrations.push("9999_from_the_future"));
  expect(await restore(hub, newer)).toMatchObject({
    code: 1,
    text: expect.stringContaining("9999_from_the_future"),
  });
  await rewriteBackup(plain, newer, (manifest) => Object.assign(manifest, { format: 2 }));
  expect(await restore(hub, newer)).toMatchObject({
    code: 1,
    text: expect.stringContaining("newer Trellis"),
  });
  await expectEmpty(hub);
});

test("a file that is there is replaced only when that is asked for, and a place that cannot be written is named", async () => {
  const again = join(folder, "again");
  writeFileSync(again, "something of mine");
  expect(await backUp(source, again)).toMatchObject({ code: 1, text: expect.stringContaining("--force") });
  expect(readFileSync(again, "utf8")).toBe("something of mine");
  expect(await backUp(source, again, "--force")).toMatchObject({ code: 0 });
  const backup = await openBackup(again, null, folder);
  expect(backup.manifest.migrations).toEqual(listKnownMigrations());
  await backup.close();
  expect(await backUp(source, join(folder, "no", "such"))).toMatchObject({
    code: 1,
    text: expect.stringContaining("There is no folder"),
  });
  expect(await backUp(source)).toMatchObject({ code: 64, text: expect.stringContaining("Usage") });
});

test("an empty hub has nothing to back up", async () => {
  const hub = await createTestHub();
  expect(await backUp(hub, join(folder, "empty"))).toMatchObject({
    code: 1,
    text: expect.stringContaining("nothing to back up"),
  });
  expect(existsSync(join(folder, "empty"))).toBe(false);
});
