import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

/**
 * Which records the actor sees, as they are now: as long as this stays, whatever is counted over them does too. Null where
 * nothing tells.
 */
async function findState(trx: Trx): Promise<string | null> {
  const { rows } = await sql<{ state: string }>`
    select current_database() || '/' || count(*) || '/' || coalesce(sum(hashtextextended(id::text, 0)), 0) || '/' ||
      case when (select directory.sees_every_organization()) then 'all' else coalesce((select directory.actor_organization())::text, 'none') end as state
    from pathways.record_change having count(*) > 0`.execute(trx);
  return rows[0]?.state ?? null;
}

/**
 * What `count` finds over enrollments, kept in this process until any enrollment changes.
 * @param what says everything that `count` depends on, besides the enrollments that the actor sees.
 */
export type CountOnce = <T>(trx: Trx, what: readonly unknown[], count: () => Promise<T>) => Promise<T>;

/** Keeps the `most` results that were used last. Nothing that names people is kept. */
export function keepCounts(most: number): CountOnce {
  const kept = new Map<string, unknown>();
  const underWay = new Map<string, Promise<unknown>>();
  const keep = (key: string, found: unknown): void => {
    kept.delete(key);
    kept.set(key, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  };
  return async <T>(trx: Trx, what: readonly unknown[], count: () => Promise<T>): Promise<T> => {
    // Looked at before counting: a change in between makes the figure newer than its mark, and it is counted again.
    const state = await findState(trx);
    if (state === null) return count();
    const key = `${state}/${JSON.stringify(what)}`;
    // Ten who open the same page at once wait for one count. Where that one breaks off, those who waited count themselves.
    await underWay.get(key)?.catch(() => undefined);
    if (kept.has(key)) {
      keep(key, kept.get(key));
      return kept.get(key) as T;
    }
    const counted = count();
    underWay.set(key, counted);
    try {
      const found = await counted;
      keep(key, found);
      return found;
    } finally {
      if (underWay.get(key) === counted) underWay.delete(key);
    }
  };
}

/** For small results: thousands are kept. */
export const countOnce: CountOnce = keepCounts(5000);
