import { sql } from "kysely";
import type pg from "pg";
import type { Database, Trx } from "./database.ts";
import { databaseOver } from "./transaction-over.ts";

export const roles = [
  "administrator",
  "hub_staff",
  "organization_lead",
  "supervisor",
  "worker",
  "partner",
] as const;
export type Role = (typeof roles)[number];
export const grants = ["librarian", "reviewer", "facilitator", "evaluator"] as const;
export type Grant = (typeof grants)[number];

/** Somebody recognized by a first factor, who must show a second one, or set it up, before anything else. */
export interface SigningIn {
  userId: string;
  personName: string;
  must: "show" | "set-up";
}

/** Who acts. The database trusts only the ids: it looks the role up itself. */
export type Actor =
  | { kind: "anonymous"; signingIn?: SigningIn }
  /** The command line and jobs that nobody asked for: whoever can run them can read the data folder anyway. */
  | { kind: "system" }
  | {
      kind: "person";
      userId: string;
      personId: string;
      personName: string;
      membershipId: string;
      organizationId: string;
      organizationName: string;
      role: Role;
      grants: Grant[];
      /** Memberships the person may switch to, this one included. */
      membershipCount: number;
    };

export const system: Actor = { kind: "system" };
export const anonymous: Actor = { kind: "anonymous" };

/**
 * One transaction in which row-level security sees `actor`.
 * @param querySeconds how long one query in it may take; without, as long as it takes.
 */
export function inTransaction<T>(
  db: Database,
  actor: Actor,
  work: (trx: Trx) => Promise<T>,
  querySeconds?: number,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await setActor(trx, actor, querySeconds);
    return work(trx);
  });
}

/**
 * As inTransaction, with the connection itself beside the transaction, for COPY. The temporary tables that are made on
 * it go with the transaction.
 */
export function inBulkTransaction<T>(
  pool: pg.Pool,
  actor: Actor,
  work: (trx: Trx, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return onOneConnection(pool, (db, client) => inTransaction(db, actor, (trx) => work(trx, client)));
}

/** As inBulkTransaction, for reading only: everything as it is at one moment, however long it takes. */
export function inSnapshot<T>(
  pool: pg.Pool,
  actor: Actor,
  work: (trx: Trx, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return onOneConnection(pool, (db, client) =>
    db
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (trx) => {
        await setActor(trx, actor);
        return work(trx, client);
      }),
  );
}

async function onOneConnection<T>(
  pool: pg.Pool,
  work: (db: Database, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(databaseOver(client), client);
  } catch (error) {
    // A connection on which COPY broke off is not handed to the next one.
    broken = error instanceof Error ? error : new Error("bulk work failed");
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Tells the database who acts, until the transaction ends. */
export async function setActor(trx: Trx, actor: Actor, querySeconds?: number): Promise<void> {
  const person = actor.kind === "person" ? actor.personId : "";
  const membership = actor.kind === "person" ? actor.membershipId : "";
  // Together: each statement is a journey to the server and back.
  const limit =
    querySeconds === undefined
      ? sql``
      : sql`, set_config('statement_timeout', ${String(querySeconds * 1000)}, true)`;
  await sql`select set_config('trellis.actor', ${actor.kind}, true), set_config('trellis.person', ${person}, true), set_config('trellis.membership', ${membership}, true)${limit}`.execute(
    trx,
  );
}

/** Whether the actor works for the hub as a whole. */
export function worksForHub(actor: Actor): boolean {
  return (
    actor.kind === "system" ||
    (actor.kind === "person" && (actor.role === "administrator" || actor.role === "hub_staff"))
  );
}

/**
 * The organization whose rows alone this actor sees, or null where it sees every organization's. Row-level security says
 * so anyway; said in a query too, it lets an index lead to these rows instead of the whole table being asked.
 */
export function onlyOrganizationOf(actor: Actor): string | null {
  return actor.kind === "person" && !worksForHub(actor) ? actor.organizationId : null;
}

/** Evaluators read de-identified records, and change nothing. */
export function isEvaluator(actor: Actor): boolean {
  return actor.kind === "person" && actor.grants.includes("evaluator");
}
