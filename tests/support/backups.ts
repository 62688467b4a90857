// Backing up and restoring in tests: the commands on a test hub's own database, and what lies in its tables.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { inject, vi } from "vitest";
import { backupCommand } from "../../src/app/commands/backup.command.ts";
import { type Command, CommandProblem } from "../../src/app/commands/command.ts";
import { restoreCommand } from "../../src/app/commands/restore.command.ts";
import { filePart, MANIFEST_PART, type Manifest, tablePart } from "../../src/platform/backup/manifest.ts";
import { openBackup } from "../../src/platform/backup/read-backup.ts";
import { zipStream } from "../../src/platform/backup/zip-stream.ts";
import { TEST_SECRET, withDatabase } from "./global-setup.ts";
import type { TestHub } from "./test-hub.ts";

export interface Said {
  code: number;
  text: string;
}

/** A database of the tests' server as an address, as a person would write it. */
export function databaseAddress(database: string, as?: { user: string; password: string }): string {
  const config = withDatabase(inject("server").owner, database);
  if (config.connectionString) {
    const url = new URL(config.connectionString);
    return Object.assign(url, as ? { username: as.user, password: as.password } : {}).href;
  }
  const { user, password } = as ?? config;
  const login = `${user}:${encodeURIComponent(String(password))}`;
  return `postgres://${login}@localhost:${config.port}/${config.database}?host=${encodeURIComponent(config.host ?? "")}`;
}

async function run(command: Command, database: string, folder: string, args: string[]): Promise<Said> {
  vi.stubEnv("DATABASE_URL", database);
  vi.stubEnv("TRELLIS_DATA", folder);
  vi.stubEnv("TRELLIS_SECRET", TEST_SECRET);
  let text = "";
  const note = (chunk: unknown): boolean => {
    text += String(chunk);
    return true;
  };
  const written = [
    vi.spyOn(process.stdout, "write").mockImplementation(note),
    vi.spyOn(process.stderr, "write").mockImplementation(note),
  ];
  try {
    return { code: await command.run(args), text };
  } catch (error) {
    if (error instanceof CommandProblem) return { code: error.exitCode, text: error.message };
    throw error;
  } finally {
    for (const one of written) one.mockRestore();
  }
}

/** A command of the command line on a hub's own database. */
export const runOn = (hub: TestHub, command: Command, ...args: string[]): Promise<Said> =>
  run(command, databaseAddress(hub.services.database.place), hub.config.dataFolder, args);

/** `trellis backup …` on a hub. */
export function backUp(hub: TestHub, ...args: string[]): Promise<Said> {
  return run(backupCommand, databaseAddress(hub.services.database.place), hub.config.dataFolder, args);
}

/** `trellis restore …` on a hub. */
export function restore(hub: TestHub, ...args: string[]): Promise<Said> {
  return run(restoreCommand, databaseAddress(hub.services.database.place), hub.config.dataFolder, args);
}

/** The same two, where no hub is open. */
export const backUpFrom = (address: string, folder: string, ...args: string[]): Promise<Said> =>
  run(backupCommand, address, folder, args);
export const restoreInto = (address: string, folder: string, ...args: string[]): Promise<Said> =>
  run(restoreCommand, address, folder, args);

const OWN_TABLES = `select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as quoted
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%' and n.nspname not in ('public', 'information_schema')
    and (n.nspname <> 'pgboss' or c.relname in ('queue', 'schedule', 'job')) order by 1`;

/** A hash of every table's rows, whatever their order; of the audit without what backing up and restoring add to it. */
export async function hashTables(pool: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string; quoted: string }>(OWN_TABLES);
  const hashes: Record<string, string> = {};
  for (const { name, quoted } of rows) {
    const own = "event not in ('platform.backup-written', 'platform.backup-restored')";
    const [what, condition] =
      name === "platform.audit"
        ? ["t::text", own]
        : name === "platform.audit_unsealed"
          ? ["audit_id::text", `audit_id in (select id from platform.audit where ${own})`]
          : ["t::text", "true"];
    const found = await pool.query<{ hash: string }>(
      `select count(*) || ' rows ' || md5(coalesce(string_agg(${what}, e'\\n' order by ${what} collate "C"), '')) as hash from ${quoted} t where ${condition}`,
    );
    hashes[name] = found.rows[0]?.hash ?? "";
  }
  return hashes;
}

const SCHEMA = `
  select 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(' ' || column_default, '') as line
    from information_schema.columns where table_schema = any($1)
  union all select 'index ' || indexdef from pg_indexes where schemaname = any($1)
  union all select 'policy ' || schemaname || '.' || tablename || ' ' || policyname || ' ' || permissive || ' ' || cmd || coalesce(' ' || qual, '') || coalesce(' ' || with_check, '') from pg_policies
  union all select 'table ' || oid::regclass || ' ' || relkind::text || ' ' || relrowsecurity || ' ' || relforcerowsecurity || coalesce(' ' || array(select one::text from unnest(relacl) one order by 1)::text, '')
    from pg_class where relnamespace::regnamespace::text = any($1) and relkind in ('r', 'p', 'S', 'v')
  union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace::regnamespace::text = any($1) and conrelid <> 0
  union all select 'trigger ' || pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal
  union all select 'function ' || oid::regprocedure || ' ' || md5(prosrc) || coalesce(' ' || proacl::text, '') from pg_proc where pronamespace::regnamespace::text = any($1)
  union all select 'migration ' || name from public.kysely_migration
  union all select 'schema ' || nspname || ' ' || nspacl::text from pg_namespace where nspname = any($1)
  order by 1`;

/** Everything that the migrations make, a line each, with who may do what. */
export async function describeSchema(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(SCHEMA, [
    ["auth", "platform", "directory", "pathways", "reports", "pgboss"],
  ]);
  // Made by the job queue as days go by.
  return rows.map(({ line }) => line).filter((line) => !line.includes("queue_stats_2"));
}

/** Writes a backup anew with a manifest, and parts, changed by hand. */
export async function rewriteBackup(
  from: string,
  to: string,
  change: (manifest: Manifest, parts: Map<string, Buffer>) => void,
): Promise<void> {
  const backup = await openBackup(from, null, ".");
  const parts = new Map<string, Buffer>();
  const { manifest } = backup;
  for (const name of [...manifest.tables.map(tablePart), ...manifest.files.map(filePart)])
    parts.set(name, await buffer(await backup.open(name)));
  await backup.close();
  change(manifest, parts);
  parts.set(MANIFEST_PART, Buffer.from(JSON.stringify(manifest)));
  const written = [...parts].map(([name, bytes]) => ({
    name,
    compress: true,
    open: () => Promise.resolve(Readable.from([bytes])),
  }));
  await pipeline(zipStream(written, new Date()), createWriteStream(to));
}
