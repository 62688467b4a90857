import { sql } from "kysely";
import type { Trx } from "../database/database.ts";
import { withoutValues } from "./without-values.ts";

/** One shape of query, its values left out. Times in milliseconds. */
export interface SlowQuery {
  text: string;
  calls: number;
  mean: number;
  longest: number;
  total: number;
  /** A call, on the average. */
  rows: number;
}

/** Whether the server keeps statistics of queries, and what is missing. */
export type StatementStatistics =
  | { state: "kept"; schema: string; since: Date | null }
  | { state: "not loaded" }
  | { state: "no extension" };

/** Asked before the statistics are read: where the library is not loaded, reading them ends the transaction. */
export async function readStatementStatistics(trx: Trx): Promise<StatementStatistics> {
  const { rows } = await sql<{ loaded: boolean; schema: string | null }>`
    select current_setting('pg_stat_statements.max', true) is not null as loaded,
      (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
        where e.extname = 'pg_stat_statements' and has_schema_privilege(n.oid, 'usage')) as schema`.execute(
    trx,
  );
  const [found] = rows;
  if (!found?.loaded) return { state: "not loaded" };
  if (!found.schema) return { state: "no extension" };
  const { rows: info } = await sql<{ since: Date | null }>`
    select stats_reset as since from ${sql.id(found.schema, "pg_stat_statements_info")}`.execute(trx);
  return { state: "kept", schema: found.schema, since: info[0]?.since ?? null };
}

export const QUERY_ORDERS = ["total", "mean", "longest", "calls"] as const;
export type QueryOrder = (typeof QUERY_ORDERS)[number];

const ORDER_COLUMNS: Record<QueryOrder, string> = {
  total: "total_exec_time",
  mean: "mean_exec_time",
  longest: "max_exec_time",
  calls: "calls",
};

/** The application's own queries in this database, the slowest first. */
export async function listSlowQueries(
  trx: Trx,
  schema: string,
  order: QueryOrder,
  limit: number,
): Promise<SlowQuery[]> {
  const { rows } = await sql<SlowQuery>`
    select s.query as text, s.calls, s.mean_exec_time as mean, s.max_exec_time as longest, s.total_exec_time as total,
      s.rows::float8 / greatest(s.calls, 1) as rows
    from ${sql.id(schema, "pg_stat_statements")} s
    where s.dbid = (select oid from pg_database where datname = current_database())
      and s.userid = (select oid from pg_roles where rolname = current_user)
      -- Statements that are no queries keep their values in their text.
      and s.query ~* '^[[:space:](]*(select|insert|update|delete|merge|with|values)[[:space:]]'
    order by ${sql.ref(`s.${ORDER_COLUMNS[order]}`)} desc limit ${limit}`.execute(trx);
  return rows.map((row) => ({ ...row, text: withoutValues(row.text) }));
}
