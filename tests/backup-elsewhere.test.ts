// Backups from an older Trellis, and for an owner who is no superuser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { afterAll, expect, inject, test, vi } from "vitest";
import { sealAudit, verifyAudit } from "../src/platform/audit/audit.store.ts";
import { writeBackup } from "../src/platform/backup/write-backup.ts";
import { inTransaction, system } from "../src/platform/database/actor.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { createFolderStore } from "../src/platform/files/folder-store.ts";
import {
  backUp,
  backUpFrom,
  databaseAddress,
  describeSchema,
  hashTables,
  restore,
  restoreInto,
} from "./support/backups.ts";
import { query } from "./support/global-setup.ts";
import { createTestHub } from "./support/test-hub.ts";

const { owner } = inject("server");
const folder = mkdtempSync(join(tmpdir(), "trellis-backup-"));
const own = `trellis_backup_${process.pid}`;
const older = `${own}_older`;
vi.stubEnv("TRELLIS_BACKUP_PASSPHRASE", undefined);
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const one of [own, older]) await query(owner, `drop database if exists ${one} with (force)`);
  for (const role of [`${own}_hub_login`, own]) await query(owner, `drop role if exists ${role}`);
  rmSync(folder, { recursive: true, force: true });
});

const poolOf = (database: string): pg.Pool =>
  new pg.Pool({ connectionString: databaseAddress(database), options: "-c trellis.actor=system" });

const OF_0005 = `
  insert into platform.hub (name) values ('An older hub');
  insert into directory.organization (id, name, organization_type) values
    ('00000000-0000-4000-8000-000000000001', 'The hub itself', 'hub'), ('00000000-0000-4000-8000-000000000002', 'A grantee', 'other');
  insert into directory.grantee_code (organization_id, code) values ('00000000-0000-4000-8000-000000000002', 'G99');
  insert into pathways.roster (organization_id, grantee_code, file_name, file_hash, file_size) values ('00000000-0000-4000-8000-000000000002', 'G99', E'a\\\\b\\tc\\n☂.csv', 'none', 7);
  insert into pathways.roster_finding select organization_id, id, n, null, n, 'sex', 'CODE', 'warning', 'a message', null from pathways.roster, generate_series(1, 500) n;
  select nextval('pathways.enrollment_id') from generate_series(1, 777);
  insert into platform.audit (organization_id, event, actor_kind, subject_kind, subject_id) select '00000000-0000-4000-8000-000000000001', 'test.happened', 'system', 'test', n::text from generate_series(1, 20) n`;

test("a backup of migration 0005 becomes a hub of the newest, with the reference data of today, an unbroken audit and its sequences", async () => {
  await query(owner, `create database ${older}`);
  const pool = poolOf(older);
  const file = join(folder, "older");
  try {
    await migrate(new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), "0005_reports");
    await pool.query(OF_0005);
    // On a server whose transactions have come much further than here.
    await pool.query("update platform.audit_unsealed set transaction_id = '99999999999'");
    const written = await writeBackup(
      { ownerPool: pool, files: createFolderStore(folder), now: new Date() },
      { file, force: false, passphrase: null },
    );
    expect(written).toMatchObject({ encrypted: false, files: 0 });
  } finally {
    await pool.end();
  }
  const hub = await createTestHub();
  const { ownerPool, db } = hub.services.database;
  const fresh = await describeSchema(ownerPool);
  expect(await restore(hub, file)).toMatchObject({ code: 0 });
  expect(await describeSchema(ownerPool)).toEqual(fresh);
  const { rows } = await ownerPool.query(
    `select (select name from platform.hub) as hub, (select count(*) from pathways.roster_finding) as findings, (select file_name from pathways.roster) as file,
      (select count(*) > 3000 from directory.county) as counties, nextval('pathways.enrollment_id') > 777 as ahead`,
  );
  expect(rows).toEqual([
    { hub: "An older hub", findings: 500, file: "a\\b\tc\n☂.csv", counties: true, ahead: true },
  ]);
  await expect
    .poll(
      () =>
        inTransaction(db, system, async (trx) => {
          await sealAudit(trx);
          return verifyAudit(trx);
        }),
      // Sealing waits for what other test files have begun on the same server.
      { timeout: 30_000, interval: 250 },
    )
    .toMatchObject({ sealed: 21, unsealed: 0, broken: [] });
});

test("an owner without superuser rights can restore and back up, and every table is equal again", async () => {
  const source = await createTestHub({ demo: true });
  const [there, back] = [join(folder, "there"), join(folder, "back")];
  expect(await backUp(source, there)).toMatchObject({ code: 0 });
  const before = await hashTables(source.services.database.ownerPool);
  const password = "a password for tests only";
  await query(
    owner,
    `create role ${own} login nosuperuser createdb createrole nobypassrls password '${password}'`,
  );
  await query(owner, `grant trellis_app to ${own} with admin option`);
  await query(owner, `create database ${own} owner ${own}`);
  const address = databaseAddress(own, { user: own, password });
  expect(await restoreInto(address, join(folder, "data"), there)).toMatchObject({ code: 0 });
  const pool = poolOf(own);
  try {
    const { rows } = await pool.query(
      "select tableowner from pg_tables where schemaname = 'platform' group by 1",
    );
    expect(rows).toEqual([{ tableowner: own }]);
    expect(await hashTables(pool)).toEqual(before);
  } finally {
    await pool.end();
  }
  expect(await backUpFrom(address, join(folder, "data"), back)).toMatchObject({ code: 0 });
  const hub = await createTestHub();
  expect(await restore(hub, back)).toMatchObject({ code: 0 });
  expect(await hashTables(hub.services.database.ownerPool)).toEqual(before);
});
