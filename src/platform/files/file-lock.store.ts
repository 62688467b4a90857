import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

/** Until the transaction ends no stored file is removed: for whoever names one, or copies them all. */
export async function holdStoredFiles(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('trellis stored files'))`.execute(trx);
}

/** Whether files may be removed until the transaction ends: nobody is holding them. */
export async function mayRemoveStoredFiles(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('trellis stored files')) as may`.execute(trx);
  return rows[0]?.may ?? false;
}
