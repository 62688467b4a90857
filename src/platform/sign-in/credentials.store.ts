import { randomUUID } from "node:crypto";
import type { Trx } from "../database/database.ts";
import type { SignIn } from "./sign-in.ts";

/** Whether this is the user's password. */
export async function isPassword(
  trx: Trx,
  signIn: SignIn,
  userId: string,
  password: string,
): Promise<boolean> {
  const hash = await findPasswordHash(trx, userId);
  return hash !== null && signIn.passwords.verify({ hash, password });
}

/** Hashes the password of somebody who has just signed in with it anew, where it was hashed otherwise than is done now. */
export async function renewPasswordHash(
  trx: Trx,
  signIn: SignIn,
  userId: string,
  { password, now }: { password: string; now: Date },
): Promise<void> {
  const hash = await findPasswordHash(trx, userId);
  if (hash !== null && signIn.passwords.isOutdated(hash))
    await setPassword(trx, userId, await signIn.passwords.hash(password), now);
}

async function findPasswordHash(trx: Trx, userId: string): Promise<string | null> {
  const account = await trx
    .selectFrom("auth.account")
    .select("password")
    .where("userId", "=", userId)
    .where("providerId", "=", "credential")
    .executeTakeFirst();
  return account?.password ?? null;
}

/** Whether the user has a password at all: somebody invited has none yet, and may never want one. */
export async function hasPassword(trx: Trx, userId: string): Promise<boolean> {
  const account = await trx
    .selectFrom("auth.account")
    .select("id")
    .where("userId", "=", userId)
    .where("providerId", "=", "credential")
    .where("password", "is not", null)
    .executeTakeFirst();
  return account !== undefined;
}

/** Gives the user a password, the first or another one, as hashPassword makes it. */
export async function setPassword(trx: Trx, userId: string, passwordHash: string, now: Date): Promise<void> {
  const changed = await trx
    .updateTable("auth.account")
    .set({ password: passwordHash, updatedAt: now })
    .where("userId", "=", userId)
    .where("providerId", "=", "credential")
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n) return;
  await trx
    .insertInto("auth.account")
    .values({
      id: randomUUID(),
      userId,
      accountId: userId,
      providerId: "credential",
      password: passwordHash,
      updatedAt: now,
    })
    .execute();
}

/** The e-mail has answered: a link that was sent to it came back. */
export async function confirmEmail(trx: Trx, userId: string, now: Date): Promise<void> {
  await trx
    .updateTable("auth.user")
    .set({ emailVerified: true, updatedAt: now })
    .where("id", "=", userId)
    .where("emailVerified", "=", false)
    .execute();
}

/** The user behind another organization's sign-in, by what that calls them; null where the two were never joined. */
export async function findUserOfProvider(
  trx: Trx,
  provider: string,
  subject: string,
): Promise<string | null> {
  const account = await trx
    .selectFrom("auth.account")
    .select("userId")
    .where("providerId", "=", provider)
    .where("accountId", "=", subject)
    .executeTakeFirst();
  return account?.userId ?? null;
}

/** Whether the user is joined to another organization's sign-in. */
export async function hasProvider(trx: Trx, provider: string, userId: string): Promise<boolean> {
  const account = await trx
    .selectFrom("auth.account")
    .select("id")
    .where("userId", "=", userId)
    .where("providerId", "=", provider)
    .executeTakeFirst();
  return account !== undefined;
}

/** Joins another organization's sign-in to a user. */
export async function joinProvider(
  trx: Trx,
  account: { provider: string; subject: string; userId: string; now: Date },
): Promise<void> {
  await trx
    .insertInto("auth.account")
    .values({
      id: randomUUID(),
      userId: account.userId,
      accountId: account.subject,
      providerId: account.provider,
      updatedAt: account.now,
    })
    .execute();
}

export interface OpenSession {
  id: string;
  token: string;
  startedAt: Date;
  secondFactorAt: Date | null;
  userAgent: string | null;
}

/** Where the user is signed in, the latest first. */
export function listSessions(trx: Trx, userId: string, now: Date): Promise<OpenSession[]> {
  return trx
    .selectFrom("auth.session")
    .select(["id", "token", "createdAt as startedAt", "secondFactorAt", "userAgent"])
    .where("userId", "=", userId)
    .where("expiresAt", ">", now)
    .orderBy("createdAt", "desc")
    .execute();
}

/** Signs the user out everywhere, except in the session of this token. @returns how many sessions have ended. */
export async function endSessions(trx: Trx, userId: string, exceptToken: string | null): Promise<number> {
  let sessions = trx.deleteFrom("auth.session").where("userId", "=", userId);
  if (exceptToken !== null) sessions = sessions.where("token", "<>", exceptToken);
  return Number((await sessions.executeTakeFirst()).numDeletedRows);
}

/** Signs the user out in one place. @returns whether there was such a session of theirs. */
export async function endSession(trx: Trx, userId: string, sessionId: string): Promise<boolean> {
  const ended = await trx
    .deleteFrom("auth.session")
    .where("userId", "=", userId)
    .where("id", "=", sessionId)
    .executeTakeFirst();
  return ended.numDeletedRows > 0n;
}
