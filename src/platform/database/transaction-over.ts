import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import type { Database, Trx } from "./database.ts";

/** Kysely over one connection that somebody else opens and closes. */
export function databaseOver(client: pg.ClientBase): Database {
  const single = {
    connect: () => Promise.resolve({ query: client.query.bind(client), release: () => undefined }),
    end: () => Promise.resolve(),
  };
  return new Kysely({ dialect: new PostgresDialect({ pool: single as unknown as pg.Pool }) });
}

/** For stores, in a transaction that was begun on the connection itself: reference data that is more than a table. */
export const transactionOver = (client: pg.ClientBase): Trx => databaseOver(client) as Trx;
