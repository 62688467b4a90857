import type { Trx } from "../database/database.ts";

export interface Passkey {
  credentialId: string;
  userId: string;
  name: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

const columns = [
  "credential_id as credentialId",
  "user_id as userId",
  "name",
  "public_key as publicKey",
  "counter",
  "transports",
  "created_at as createdAt",
  "last_used_at as lastUsedAt",
] as const;

/** The user's passkeys, the newest first. */
export function listPasskeys(trx: Trx, userId: string): Promise<Passkey[]> {
  return trx
    .selectFrom("auth.passkey")
    .select(columns)
    .where("user_id", "=", userId)
    .orderBy("created_at", "desc")
    .execute();
}

export async function findPasskey(trx: Trx, credentialId: string): Promise<Passkey | null> {
  const row = await trx
    .selectFrom("auth.passkey")
    .select(columns)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  return row ?? null;
}

/** @returns false where the key is somebody's already. */
export async function insertPasskey(
  trx: Trx,
  passkey: Omit<Passkey, "createdAt" | "lastUsedAt">,
  now: Date,
): Promise<boolean> {
  const inserted = await trx
    .insertInto("auth.passkey")
    .values({
      credential_id: passkey.credentialId,
      user_id: passkey.userId,
      name: passkey.name,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Notes a use, with the counter that the key said. */
export async function notePasskeyUse(
  trx: Trx,
  credentialId: string,
  counter: number,
  now: Date,
): Promise<void> {
  await trx
    .updateTable("auth.passkey")
    .set({ counter, last_used_at: now })
    .where("credential_id", "=", credentialId)
    .execute();
}

/** @returns whether the user had such a key. */
export async function removePasskey(trx: Trx, userId: string, credentialId: string): Promise<boolean> {
  const removed = await trx
    .deleteFrom("auth.passkey")
    .where("user_id", "=", userId)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}
