import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

export interface Authenticator {
  sealedSecret: Buffer;
  confirmedAt: Date | null;
  /** The session that an unconfirmed secret was shown to. */
  madeInSession: string | null;
}

/** The user's authenticator, confirmed or not yet. */
export async function findAuthenticator(trx: Trx, userId: string): Promise<Authenticator | null> {
  const row = await trx
    .selectFrom("auth.second_factor")
    .select([
      "secret_encrypted as sealedSecret",
      "confirmed_at as confirmedAt",
      "made_in_session as madeInSession",
    ])
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps a secret that no code has confirmed yet, for one session; a confirmed one is never replaced by this. */
export async function keepUnconfirmed(
  trx: Trx,
  userId: string,
  secret: { sealedSecret: Buffer; sessionId: string; now: Date },
): Promise<void> {
  const row = {
    secret_encrypted: secret.sealedSecret,
    made_in_session: secret.sessionId,
    created_at: secret.now,
  };
  await trx
    .insertInto("auth.second_factor")
    .values({ user_id: userId, ...row })
    .onConflict((conflict) =>
      conflict.column("user_id").doUpdateSet(row).where("auth.second_factor.confirmed_at", "is", null),
    )
    .execute();
}

/** Takes a code's time step, once: false where this or a later one was taken already. */
export async function takeStep(trx: Trx, userId: string, step: number): Promise<boolean> {
  const taken = await trx
    .updateTable("auth.second_factor")
    .set({ last_step: step })
    .where("user_id", "=", userId)
    .where("last_step", "<", step)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** The first code was right: from now on the authenticator counts. @returns false where it counted already. */
export async function confirmAuthenticator(trx: Trx, userId: string, now: Date): Promise<boolean> {
  const confirmed = await trx
    .updateTable("auth.second_factor")
    .set({ confirmed_at: now, made_in_session: null })
    .where("user_id", "=", userId)
    .where("confirmed_at", "is", null)
    .executeTakeFirst();
  return confirmed.numUpdatedRows > 0n;
}

/** Takes the authenticator and the codes away. */
export async function dropSecondFactor(trx: Trx, userId: string): Promise<void> {
  await trx.deleteFrom("auth.second_factor").where("user_id", "=", userId).execute();
  await trx.deleteFrom("auth.recovery_code").where("user_id", "=", userId).execute();
}

/** Replaces all recovery codes. */
export async function replaceRecoveryCodes(
  trx: Trx,
  userId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await trx.deleteFrom("auth.recovery_code").where("user_id", "=", userId).execute();
  await trx
    .insertInto("auth.recovery_code")
    .values(hashes.map((hash) => ({ user_id: userId, code_hash: hash })))
    .execute();
}

/** Uses a recovery code up. @returns whether it was one of the user's, unused. */
export async function takeRecoveryCode(trx: Trx, userId: string, hash: Buffer, now: Date): Promise<boolean> {
  const taken = await trx
    .updateTable("auth.recovery_code")
    .set({ used_at: now })
    .where("user_id", "=", userId)
    .where("code_hash", "=", hash)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(trx: Trx, userId: string): Promise<number> {
  const row = await trx
    .selectFrom("auth.recovery_code")
    .select(sql<number>`count(*)`.as("count"))
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.count;
}
