import type { Trx } from "../database/database.ts";
import type { SignIn } from "./sign-in.ts";

/** Whether this is the user's password. */
export async function isPassword(
  trx: Trx,
  signIn: SignIn,
  userId: string,
  password: string,
): Promise<boolean> {
  const account = await trx
    .selectFrom("auth.account")
    .select("password")
    .where("userId", "=", userId)
    .where("providerId", "=", "credential")
    .executeTakeFirst();
  if (!account?.password) return false;
  const context = await signIn.auth.$context;
  return context.password.verify({ hash: account.password, password });
}

/** Gives the user another password, in the library's hash. */
export async function setPassword(trx: Trx, userId: string, passwordHash: string, now: Date): Promise<void> {
  await trx
    .updateTable("auth.account")
    .set({ password: passwordHash, updatedAt: now })
    .where("userId", "=", userId)
    .where("providerId", "=", "credential")
    .execute();
}

export interface OpenSession {
  token: string;
  startedAt: Date;
}

/** Where the user is signed in, the latest first. */
export function listSessions(trx: Trx, userId: string, now: Date): Promise<OpenSession[]> {
  return trx
    .selectFrom("auth.session")
    .select(["token", "createdAt as startedAt"])
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
