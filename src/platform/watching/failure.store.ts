import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

/** Failures of one kind, at one place. */
export interface FailureRow {
  fingerprint: string;
  kind: "request" | "job";
  place: string;
  errorType: string;
  code: string | null;
  stack: string[];
  count: number;
  firstSeen: Date;
  lastSeen: Date;
  lastRequestId: string | null;
}

/** Adds what failed to what is known of the same fingerprint. */
export async function addFailures(trx: Trx, failures: readonly FailureRow[]): Promise<void> {
  if (failures.length === 0) return;
  await trx
    .insertInto("platform.failure")
    .values(
      failures.map((failure) => ({
        fingerprint: failure.fingerprint,
        kind: failure.kind,
        place: failure.place,
        error_type: failure.errorType,
        code: failure.code,
        stack: failure.stack,
        count: failure.count,
        first_seen: failure.firstSeen,
        last_seen: failure.lastSeen,
        last_request_id: failure.lastRequestId,
      })),
    )
    .onConflict((conflict) =>
      conflict.column("fingerprint").doUpdateSet({
        count: sql`platform.failure.count + excluded.count`,
        last_seen: sql`greatest(platform.failure.last_seen, excluded.last_seen)`,
        last_request_id: sql`excluded.last_request_id`,
      }),
    )
    .execute();
}

/** The latest first. */
export function listFailures(trx: Trx, limit: number): Promise<FailureRow[]> {
  return trx
    .selectFrom("platform.failure")
    .select([
      "fingerprint",
      "kind",
      "place",
      "error_type as errorType",
      "code",
      "stack",
      "count",
      "first_seen as firstSeen",
      "last_seen as lastSeen",
      "last_request_id as lastRequestId",
    ])
    .orderBy("last_seen", "desc")
    .orderBy("fingerprint")
    .limit(limit)
    .$castTo<FailureRow>()
    .execute();
}

/** Kinds of failures that were seen since a moment. */
export async function countFailuresSince(trx: Trx, since: Date): Promise<number> {
  const { count } = await trx
    .selectFrom("platform.failure")
    .select(sql<number>`count(*)`.as("count"))
    .where("last_seen", ">=", since)
    .executeTakeFirstOrThrow();
  return count;
}

/** Forgets what has not been seen since a moment. */
export async function forgetFailuresBefore(trx: Trx, moment: Date): Promise<void> {
  await trx.deleteFrom("platform.failure").where("last_seen", "<", moment).execute();
}
