// What a backup reads: the tables of the hub as the catalog knows them, and their rows as COPY text.
import type { Readable } from "node:stream";
import { sql } from "kysely";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Trx } from "../database/database.ts";
import { hubSchemas } from "../database/migrate.ts";

/** A table or sequence. */
export interface Named {
  schema: string;
  name: string;
}

export interface HubTable extends Named {
  /** Without the ones that the database computes. */
  columns: string[];
  /** SQL: the order in which rows are written, the same on every server. */
  order: string;
}

/** Of the job queue's own tables these: what waits, and what the clock asks for. The rest the library makes again. */
const JOB_TABLES = ["queue", "schedule", "job"];

/** A name as it stands in SQL. */
export function quoted(...names: string[]): string {
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join(".");
}

/** Every table that a backup holds, by name. A partitioned table is one. */
export async function listTables(trx: Trx): Promise<HubTable[]> {
  const { rows } = await sql<{ schema: string; name: string; columns: string[]; key: string[] | null }>`
    select n.nspname as schema, c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select array_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end order by k.place)
        from pg_index i cross join unnest(i.indkey) with ordinality k (attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any(${hubSchemas()})
      and (n.nspname <> 'pgboss' or c.relname = any(${JOB_TABLES}))
    order by n.nspname collate "C", c.relname collate "C"`.execute(trx);
  return rows.map(({ schema, name, columns, key }) => ({
    schema,
    name,
    columns,
    order: key?.join(", ") ?? `${quoted(name)}::text collate "C"`,
  }));
}

/** Every sequence of the hub, with where it stands. */
export async function listSequences(trx: Trx): Promise<(Named & { value: string; called: boolean })[]> {
  const { rows } = await sql<Named>`
    select schemaname as schema, sequencename as name from pg_sequences
    where schemaname = any(${hubSchemas()}) and schemaname <> 'pgboss' order by schemaname, sequencename`.execute(
    trx,
  );
  const sequences: (Named & { value: string; called: boolean })[] = [];
  for (const { schema, name } of rows) {
    const state = await sql<{
      value: string;
      called: boolean;
    }>`select last_value::text as value, is_called as called from ${sql.id(schema, name)}`.execute(trx);
    for (const row of state.rows) sequences.push({ schema, name, ...row });
  }
  return sequences;
}

/** The names of the migrations that the database has had, in their order. */
export async function listMigrations(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from public.kysely_migration order by name collate "C"`.execute(trx);
  return rows.map(({ name }) => name);
}

/** Makes the server write values the same way whatever its own settings are, until the transaction ends. */
export async function settleForms(trx: Trx): Promise<void> {
  await sql`select set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'UTC', true), set_config('intervalstyle', 'postgres', true),
    set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true), set_config('client_encoding', 'UTF8', true)`.execute(
    trx,
  );
}

/** The version of the server, as it says it. */
export async function readServerVersion(trx: Trx): Promise<string> {
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version') as version`.execute(trx);
  return rows[0]?.version ?? "unknown";
}

/** The rows of a table as COPY text. Read it to its end before anything else is asked on the connection. */
export function copyOut(client: pg.ClientBase, table: HubTable): Readable {
  const columns = table.columns.map((column) => quoted(column)).join(", ");
  return client.query(
    copyTo(
      `copy (select ${columns} from ${quoted(table.schema, table.name)} order by ${table.order}) to stdout`,
    ),
  );
}
