import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

/** How the database is. */
export interface DatabaseState {
  version: string;
  bytes: number;
  connections: number;
  mostConnections: number;
  /** Seconds that the oldest transaction of the hub has lasted. */
  oldestTransaction: number;
  /** Applied migrations, the newest last. */
  migrations: string[];
}

export async function readDatabaseState(trx: Trx): Promise<DatabaseState> {
  const { rows } = await sql<DatabaseState>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where backend_type = 'client backend' or backend_type is null) as connections,
      current_setting('max_connections')::int as "mostConnections",
      coalesce((select extract(epoch from now() - min(xact_start)) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()), 0)::float8 as "oldestTransaction",
      (select array_agg(name order by name collate "C") from public.kysely_migration) as migrations`.execute(
    trx,
  );
  const [state] = rows;
  if (!state) throw new Error("the database says nothing of itself");
  return state;
}

/** How far the audit's chain is sealed. */
export interface SealState {
  sealedAt: Date | null;
  waiting: number;
  oldestWaiting: Date | null;
}

export async function readSealState(trx: Trx): Promise<SealState> {
  const { rows } = await sql<SealState>`
    select (select sealed_at from platform.audit_seal order by sequence desc limit 1) as "sealedAt",
      count(*) as waiting, min(a.recorded_at) as "oldestWaiting"
    from platform.audit_unsealed q join platform.audit a on a.organization_id = q.organization_id and a.id = q.audit_id`.execute(
    trx,
  );
  return rows[0] ?? { sealedAt: null, waiting: 0, oldestWaiting: null };
}

/** The newest backup, or the restore that this hub came from. */
export interface LastBackup {
  event: string;
  at: Date;
  encrypted: boolean;
  bytes: number | null;
}

export async function findLastBackup(trx: Trx, hubOrganizationId: string): Promise<LastBackup | null> {
  const { rows } = await sql<LastBackup>`
    select event, recorded_at as at, coalesce((data ->> 'encrypted')::boolean, false) as encrypted, (data ->> 'bytes')::float8 as bytes
    from platform.audit where organization_id = ${hubOrganizationId} and event in ('platform.backup-written', 'platform.backup-restored')
    order by id desc limit 1`.execute(trx);
  return rows[0] ?? null;
}

/** What waits in the job queue, and what failed. */
export interface QueueState {
  waiting: number;
  failed: number;
  /** Seconds that the job which has waited longest is overdue. */
  overdue: number;
}

export async function readQueueState(trx: Trx): Promise<QueueState> {
  const { rows } = await sql<QueueState>`
    select count(*) filter (where state in ('created', 'retry')) as waiting, count(*) filter (where state = 'failed') as failed,
      greatest(coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry'))), 0), 0)::float8 as overdue
    from pgboss.job`.execute(trx);
  return rows[0] ?? { waiting: 0, failed: 0, overdue: 0 };
}
