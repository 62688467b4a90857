// What a restore writes: rows into tables just made, as the owner, in one transaction.
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Trx } from "../database/database.ts";
import { hubSchemas } from "../database/migrate.ts";
import type { Reference } from "./load-order.ts";
import { type HubTable, type Named, quoted } from "./tables.store.ts";

/** Long enough for a page or a job to end, short enough to be told that the hub is in use. */
const WAIT_FOR_LOCK = "15s";

/** Keeps everybody else from every table of the hub until the transaction ends. Fails with 55P03 where they are in use. */
export async function lockHub(trx: Trx): Promise<void> {
  await sql`select set_config('lock_timeout', ${WAIT_FOR_LOCK}, true)`.execute(trx);
  const { rows } = await sql<Named>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any(${hubSchemas()})
    order by n.nspname, c.relname`.execute(trx);
  for (const { schema, name } of rows)
    await sql`lock table ${sql.id(schema, name)} in access exclusive mode`.execute(trx);
}

/** The foreign keys between the hub's tables. */
export async function listReferences(trx: Trx): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select distinct fn.nspname || '.' || f.relname as "from", tn.nspname || '.' || t.relname as "to"
    from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f'`.execute(trx);
  return rows;
}

/**
 * Switches off what stands in the way of loading rows as they were: the tables' own triggers, and row-level security
 * for their owner, under which COPY is not possible. What the migrations wrote into the tables they made goes: the backup
 * says all there was.
 * @returns what puts it back, in the same transaction.
 */
export async function openForLoading(trx: Trx, tables: readonly Named[]): Promise<() => Promise<void>> {
  const names = tables.map(({ schema, name }) => `${schema}.${name}`);
  const forced = await sql<Named>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relforcerowsecurity and n.nspname || '.' || c.relname = any(${names})`.execute(trx);
  const triggers = await sql<Named & { trigger: string }>`
    select n.nspname as schema, c.relname as name, t.tgname as trigger
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and t.tgenabled = 'O' and n.nspname || '.' || c.relname = any(${names})`.execute(
    trx,
  );
  const alter = async (force: "force" | "no force", enable: "enable" | "disable"): Promise<void> => {
    for (const { schema, name } of forced.rows)
      await sql`alter table ${sql.id(schema, name)} ${sql.raw(force)} row level security`.execute(trx);
    for (const { schema, name, trigger } of triggers.rows)
      await sql`alter table ${sql.id(schema, name)} ${sql.raw(enable)} trigger ${sql.id(trigger)}`.execute(
        trx,
      );
  };
  await alter("no force", "disable");
  await sql`truncate ${sql.join(tables.map(({ schema, name }) => sql.id(schema, name)))} cascade`.execute(
    trx,
  );
  return async () => {
    // Checks that wait for the end of the transaction are made now; a table with waiting ones cannot be altered.
    await sql`set constraints all immediate`.execute(trx);
    await alter("force", "enable");
  };
}

/** Rows into a table, from COPY text. */
export async function copyIn(client: pg.ClientBase, table: HubTable, content: Readable): Promise<void> {
  const columns = table.columns.map((column) => quoted(column)).join(", ");
  await pipeline(
    content,
    client.query(copyFrom(`copy ${quoted(table.schema, table.name)} (${columns}) from stdin`)),
  );
}

/** Lets a sequence go on where it stood. */
export async function setSequence(
  trx: Trx,
  sequence: Named & { value: string; called: boolean },
): Promise<void> {
  const { schema, name, value, called } = sequence;
  await sql`select setval(${quoted(schema, name)}::regclass, ${value}::bigint, ${called})`.execute(trx);
}
