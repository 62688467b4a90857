import { type RawBuilder, sql } from "kysely";
import type { Trx } from "./database.ts";

/** What is counted over a table, and who sees the same of it. */
export interface Counted {
  /** A table with the trigger `platform.mark_record_change`. */
  over: "pathways.enrollment" | "library.published";
  /** As text: what tells readers apart who do not see the same rows. Nothing where everybody sees the same. */
  seenBy?: RawBuilder<string>;
}

/**
 * Which rows the reader sees, as they are now: as long as this stays, whatever is counted over them does too. Null where
 * nothing tells.
 */
async function findState(trx: Trx, { over, seenBy }: Counted): Promise<string | null> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws('/', current_database(), count(*), sum(hashtextextended(id::text, 0)), ${seenBy ?? sql`''`}) as state
    from platform.record_change where changed = ${over} having count(*) > 0`.execute(trx);
  return rows[0]?.state ?? null;
}

/**
 * What `count` finds, kept in this process until a row of the table changes.
 * @param what says everything that `count` depends on, besides the rows that the reader sees.
 */
export type CountOnce = <T>(trx: Trx, what: readonly unknown[], count: () => Promise<T>) => Promise<T>;

/** Keeps the `most` results that were used last. Keep nothing that names people. */
export function keepCounts(counted: Counted, most: number): CountOnce {
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
    const state = await findState(trx, counted);
    if (state === null) return count();
    const key = `${state}/${JSON.stringify(what)}`;
    // Ten who open the same page at once wait for one count. Where that one breaks off, those who waited count themselves.
    await underWay.get(key)?.catch(() => undefined);
    if (kept.has(key)) {
      keep(key, kept.get(key));
      return kept.get(key) as T;
    }
    const counting = count();
    underWay.set(key, counting);
    try {
      const found = await counting;
      keep(key, found);
      return found;
    } finally {
      if (underWay.get(key) === counting) underWay.delete(key);
    }
  };
}
