import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

/** A write that names itself, so that it is done once however often it is sent. */
export interface NamedWrite {
  organizationId: string;
  tokenId: string;
  key: string;
  fingerprint: Buffer;
}

/** What a call answered. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Holds the key until the transaction ends. @returns false where another request is working under it. */
export async function holdKey(trx: Trx, { tokenId, key }: NamedWrite): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`idempotency/${tokenId}/${key}`}, 0)) as held`.execute(
    trx,
  );
  return rows[0]?.held ?? false;
}

/** What was answered under this key since then, or null. */
export async function findStoredAnswer(
  trx: Trx,
  write: NamedWrite,
  since: Date,
): Promise<(StoredAnswer & { fingerprint: Buffer }) | null> {
  const row = await trx
    .selectFrom("platform.idempotency_key")
    .select(["fingerprint", "status", "headers", "body"])
    .where("organization_id", "=", write.organizationId)
    .where("token_id", "=", write.tokenId)
    .where("key", "=", write.key)
    .where("created_at", ">", since)
    .executeTakeFirst();
  return row ? { ...row, headers: row.headers as Record<string, string> } : null;
}

/** Keeps the answer, in the transaction of the work itself; an outdated one under the same key gives way. */
export async function storeAnswer(
  trx: Trx,
  write: NamedWrite,
  answer: StoredAnswer,
  now: Date,
): Promise<void> {
  const values = {
    fingerprint: write.fingerprint,
    status: answer.status,
    headers: JSON.stringify(answer.headers),
    body: answer.body,
    created_at: now,
  };
  await trx
    .insertInto("platform.idempotency_key")
    .values({ organization_id: write.organizationId, token_id: write.tokenId, key: write.key, ...values })
    .onConflict((conflict) => conflict.columns(["organization_id", "token_id", "key"]).doUpdateSet(values))
    .execute();
}

/** Forgets answers of before. @returns how many. */
export async function deleteStoredAnswers(trx: Trx, before: Date): Promise<number> {
  const deleted = await trx
    .deleteFrom("platform.idempotency_key")
    .where("created_at", "<=", before)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
