import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

/** Jobs of the queue by name and state. */
export async function countJobsByName(trx: Trx): Promise<{ name: string; state: string; count: number }[]> {
  const { rows } = await sql<{ name: string; state: string; count: number }>`
    select name, state::text as state, count(*) as count from pgboss.job group by name, state order by name, state`.execute(
    trx,
  );
  return rows;
}
