import type pg from "pg";
import type { Database } from "./database.ts";
import { databaseOver } from "./transaction-over.ts";

/** What Kysely sends at the ends of a transaction, and what is sent instead while another one is open around it. */
const INSTEAD: Readonly<Record<string, string>> = {
  begin: "savepoint visit",
  commit: "rollback to savepoint visit; release savepoint visit",
  rollback: "rollback to savepoint visit; release savepoint visit",
};

/**
 * Everything as it is at one moment, for code that opens transactions of its own: each of them, one after another, sees
 * the same moment, and what it writes is taken back when it ends.
 */
export async function atOneMoment<T>(pool: pg.Pool, read: (db: Database) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read");
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const inside = {
      query: (asked: unknown, ...rest: unknown[]) => {
        const instead = typeof asked === "string" ? INSTEAD[asked] : undefined;
        // Several statements at once go without parameters.
        return instead === undefined ? query(asked, ...rest) : query(instead);
      },
    };
    return await read(databaseOver(inside as unknown as pg.ClientBase));
  } finally {
    // Nothing was to be kept; where even this fails the connection is not handed to the next one.
    const failed = await client.query("rollback").then(
      () => undefined,
      (error: Error) => error,
    );
    client.release(failed);
  }
}
