import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { Config } from "../config/config.ts";
import { readWrittenOnce } from "../files/written-once.ts";
import { APPLICATION_NAME, startEmbeddedServer } from "./embedded-server.ts";
import { migrate } from "./migrate.ts";
import type { DB } from "./tables.generated.ts";

export type Database = Kysely<DB>;
/** What every store function takes first. */
export type Trx = Transaction<DB>;

export interface OpenDatabase {
  /** As the application: subject to row-level security, owner of nothing. */
  db: Database;
  /** The application's connections, for libraries that want a plain pool. */
  pool: pg.Pool;
  /** A further pool as the application, for a library whose tables lie in `schema`. The caller ends it. */
  poolFor(schema: string, size: number): pg.Pool;
  /** As the schema's owner: for migrations and reference data only, never in a request. */
  owner: Kysely<DB>;
  /** As the owner, for COPY of reference and demo data. */
  ownerPool: pg.Pool;
  /** In words: where the data lies. */
  place: string;
  note: string | null;
  close(): Promise<void>;
}

const EMBEDDED_DATABASE = "trellis";
const TEXT_DATE = 1082;

// A date is a date, not an instant: node-postgres would make it a midnight of the machine's time zone.
pg.types.setTypeParser(TEXT_DATE, (value) => value);
// Counts (int8) fit a number; node-postgres gives text.
pg.types.setTypeParser(20, Number);

/** The hub's secret: the configured one, or one made once in the data folder. */
export function readSecret(config: Config): string {
  if (config.secret) return config.secret;
  mkdirSync(config.dataFolder, { recursive: true });
  return readWrittenOnce(join(config.dataFolder, "secret"), () => randomBytes(32).toString("hex"));
}

/** Starts or joins the embedded server, or connects to the configured one; migrates; connects as the application. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const secret = readSecret(config);
  if (config.databaseUrl) {
    const url = new URL(config.databaseUrl);
    const opened = await connect(
      { connectionString: config.databaseUrl, application_name: APPLICATION_NAME },
      secret,
    );
    return {
      ...opened,
      place: `${url.hostname || "local server"}, database ${url.pathname.slice(1)}`,
      note: null,
    };
  }
  const server = await startEmbeddedServer(config.dataFolder);
  try {
    await createDatabaseIfMissing(server.owner, EMBEDDED_DATABASE);
    const opened = await connect({ ...server.owner, database: EMBEDDED_DATABASE }, secret);
    const close = async (): Promise<void> => {
      await opened.close();
      await server.leave();
    };
    return { ...opened, place: server.folder, note: server.note, close };
  } catch (error) {
    await server.leave();
    throw error;
  }
}

/**
 * Migrates as the owner and connects as the application's own role.
 * @param ownerConfig a role that owns the database and may create roles.
 */
export async function connect(
  ownerConfig: pg.ClientConfig,
  secret: string,
): Promise<Omit<OpenDatabase, "place" | "note">> {
  // Owner work (reference data, demo) passes the policies as the system; an owner without superuser rights is subject to them too.
  const ownerPool = quietPool({ ...ownerConfig, options: "-c trellis.actor=system", max: 4 });
  const owner = new Kysely<DB>({ dialect: new PostgresDialect({ pool: ownerPool }) });
  try {
    await refuseOldServer(owner);
    await migrate(owner as unknown as Kysely<unknown>);
    await allowStatementStatistics(owner);
    const login = await prepareApplicationLogin(owner, secret);
    const application = { ...withoutCredentials(ownerConfig), ...login };
    const pool = quietPool({ ...application, max: 20 });
    const poolFor = (schema: string, size: number): pg.Pool =>
      quietPool({ ...application, max: size, options: `-c search_path=${schema}` });
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
    const close = async (): Promise<void> => {
      await db.destroy();
      await owner.destroy();
      // Kysely ends only a pool that it has used.
      for (const used of [pool, ownerPool]) if (!used.ended) await used.end();
    };
    return { db, pool, poolFor, owner, ownerPool, close };
  } catch (error) {
    await owner.destroy();
    throw error;
  }
}

/** A pool whose connections may be lost (server stopped or killed), idle or at work, without bringing the process down. */
function quietPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ keepAlive: true, connectionTimeoutMillis: 10_000, ...config });
  pool.on("error", () => undefined);
  // One at work tells its query; whatever it says beyond that (a write into the closed socket) is nobody's to hear.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

async function createDatabaseIfMissing(owner: pg.ClientConfig, name: string): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const found = await client.query("select from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // Two processes starting at once: the other one has just made it.
    if ((error as { code?: string }).code !== "42P04" && (error as { code?: string }).code !== "23505")
      throw error;
  } finally {
    await client.end();
  }
}

async function refuseOldServer(owner: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version_num') as version`.execute(owner);
  const version = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
  if (version < 15) throw new Error(`Trellis needs PostgreSQL 15 or newer; this server is ${version}.`);
}

/** Lets the hub see how long its own queries take, where the server has the library loaded and the owner may say so. */
async function allowStatementStatistics(owner: Kysely<DB>): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    const { rows } = await sql<{ may: boolean }>`
      select current_setting('pg_stat_statements.max', true) is not null and rolsuper
        and not exists (select from pg_extension where extname = 'pg_stat_statements') as may
      from pg_roles where rolname = current_user`.execute(trx);
    if (!rows[0]?.may) return;
    await sql`select pg_advisory_xact_lock(hashtext('trellis statement statistics'))`.execute(trx);
    await sql`create extension if not exists pg_stat_statements schema public`.execute(trx);
  });
}

/** The role that the application signs in as: one per database, a member of trellis_app, its password derived from the hub's secret. */
async function prepareApplicationLogin(
  owner: Kysely<DB>,
  secret: string,
): Promise<{ user: string; password: string }> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner);
  const database = rows[0]?.name ?? "";
  const user = `${database.slice(0, 54)}_hub_login`;
  const password = createHmac("sha256", secret).update(`database role ${user}`).digest("hex");
  const marker = createHmac("sha256", secret).update(`marker ${user}`).digest("hex").slice(0, 32);
  await owner.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('trellis application login'))`.execute(trx);
    const known = await sql<{
      marker: string | null;
    }>`select shobj_description(oid, 'pg_authid') as marker from pg_roles where rolname = ${user}`.execute(
      trx,
    );
    if (known.rows[0]?.marker === marker) return;
    const verb = known.rows.length > 0 ? "alter" : "create";
    await sql`${sql.raw(verb)} role ${sql.id(user)} with login nosuperuser nocreatedb nocreaterole nobypassrls inherit password ${sql.lit(password)}`.execute(
      trx,
    );
    await sql`grant trellis_app to ${sql.id(user)}`.execute(trx);
    await sql`grant temporary on database ${sql.id(database)} to ${sql.id(user)}`.execute(trx);
    // So that the password is set once, not at every start under other running processes.
    await sql`comment on role ${sql.id(user)} is ${sql.lit(marker)}`.execute(trx);
  });
  return { user, password };
}

function withoutCredentials(config: pg.ClientConfig): pg.ClientConfig {
  if (!config.connectionString) return config;
  const url = new URL(config.connectionString);
  url.username = "";
  url.password = "";
  const host = url.searchParams.get("host") ?? (url.hostname || undefined);
  return {
    ...(host ? { host: decodeURIComponent(host) } : {}),
    port: Number(url.port || url.searchParams.get("port") || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(url.searchParams.get("sslmode") && url.searchParams.get("sslmode") !== "disable"
      ? { ssl: { rejectUnauthorized: url.searchParams.get("sslmode")?.startsWith("verify") ?? false } }
      : {}),
    application_name: APPLICATION_NAME,
  };
}
