import { createHash, randomBytes } from "node:crypto";
import type { Trx } from "../database/database.ts";

/** What a link in a mail is for. */
export type LinkPurpose = "sign-in" | "invitation" | "new-password";

/** How long a link works, in minutes: an invitation waits for somebody's Monday, the others for a mail that was asked for. */
export const LINK_MINUTES: Readonly<Record<LinkPurpose, number>> = {
  "sign-in": 15,
  "new-password": 60,
  invitation: 7 * 24 * 60,
};

const TOKEN = /^[\w-]{43}$/;
const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/**
 * Makes a link that works once; earlier ones of the same purpose stop working.
 * @param leadsTo the path that follows.
 * @returns the token. It is kept nowhere: only its hash is.
 */
export async function makeLink(
  trx: Trx,
  link: { purpose: LinkPurpose; userId: string; leadsTo: string; now: Date },
): Promise<string> {
  await dropLinks(trx, link.userId, link.purpose);
  const token = randomBytes(32).toString("base64url");
  await trx
    .insertInto("auth.one_time_link")
    .values({
      token_hash: hashOf(token),
      purpose: link.purpose,
      user_id: link.userId,
      leads_to: link.leadsTo,
      created_at: link.now,
      expires_at: new Date(link.now.getTime() + LINK_MINUTES[link.purpose] * 60_000),
    })
    .execute();
  return token;
}

export interface Link {
  purpose: LinkPurpose;
  userId: string;
  leadsTo: string;
}

/** What a token is for, or null where it is unknown, used or too old. */
export async function findLink(trx: Trx, token: string, now: Date): Promise<Link | null> {
  if (!TOKEN.test(token)) return null;
  const row = await trx
    .selectFrom("auth.one_time_link")
    .select(["purpose", "user_id as userId", "leads_to as leadsTo"])
    .where("token_hash", "=", hashOf(token))
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row ? { ...row, purpose: row.purpose as LinkPurpose } : null;
}

/** As findLink, and uses it up; of two who come at once, one gets it. */
export async function useLink(trx: Trx, token: string, now: Date): Promise<Link | null> {
  if (!TOKEN.test(token)) return null;
  const row = await trx
    .deleteFrom("auth.one_time_link")
    .where("token_hash", "=", hashOf(token))
    .where("expires_at", ">", now)
    .returning(["purpose", "user_id as userId", "leads_to as leadsTo"])
    .executeTakeFirst();
  return row ? { ...row, purpose: row.purpose as LinkPurpose } : null;
}

/** Stops a user's links, of one purpose or all. */
export async function dropLinks(trx: Trx, userId: string, purpose?: LinkPurpose): Promise<void> {
  let links = trx.deleteFrom("auth.one_time_link").where("user_id", "=", userId);
  if (purpose) links = links.where("purpose", "=", purpose);
  await links.execute();
}
