import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

/** When the public library changed last: also when something was taken out of it. Null while it is empty. */
export async function findLastChange(trx: Trx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(changed_at) as at from library.practice
    where state <> 'draft' and published_at is not null`.execute(trx);
  return rows[0]?.at ?? null;
}

/** When practices were offered to the public first. */
export async function listFirstPublished(trx: Trx, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom("library.practice")
    .select(["id", "published_at"])
    .where("id", "in", [...ids])
    .execute();
  return new Map(
    rows.flatMap(({ id, published_at }): [string, Date][] => (published_at ? [[id, published_at]] : [])),
  );
}
