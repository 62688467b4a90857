// Links of mails that follow the library: signed with the hub's secret, so that nothing is kept to check them.
import { createHmac, timingSafeEqual } from "node:crypto";

export const OFTEN = ["weekly", "monthly"] as const;
export type Often = (typeof OFTEN)[number];

const LETTERS: Record<Often, string> = { weekly: "w", monthly: "m" };
const DAY = 86_400_000;
/** So long a link that says yes may be used. */
export const CONFIRM_DAYS = 3;

const sign = (secret: string, what: string): string =>
  createHmac("sha256", secret).update(`follow the library ${what}`).digest("base64url");

const signed = (secret: string, what: string): string => `${what}.${sign(secret, what)}`;

/** What was signed, or null where it was not by this hub. */
function readSigned(secret: string, token: string): string | null {
  const at = token.lastIndexOf(".");
  const what = token.slice(0, Math.max(at, 0));
  const expected = Buffer.from(sign(secret, what));
  const given = Buffer.from(token.slice(at + 1));
  return expected.length === given.length && timingSafeEqual(expected, given) ? what : null;
}

const shortId = (id: string): string => id.replaceAll("-", "");
const longId = (short: string): string =>
  short.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Lets who has the mail say yes, to what was asked for, for three days. */
export const confirmToken = (secret: string, id: string, often: Often, now: Date): string =>
  signed(secret, `yes.${shortId(id)}.${LETTERS[often]}.${now.getTime().toString(36)}`);

/** What a link says yes to; null where it is not ours, or too old. */
export function readConfirmToken(
  secret: string,
  token: string,
  now: Date,
): { id: string; often: Often } | null {
  const parts = /^yes\.([0-9a-f]{32})\.([wm])\.([0-9a-z]{1,12})$/.exec(readSigned(secret, token) ?? "");
  if (!parts) return null;
  const [, id = "", letter, time = ""] = parts;
  const age = now.getTime() - Number.parseInt(time, 36);
  return age > CONFIRM_DAYS * DAY
    ? null
    : { id: longId(id), often: letter === LETTERS.weekly ? "weekly" : "monthly" };
}

/** Lets who has a mail end it, and nothing else. It does not run out. */
export const leaveToken = (secret: string, id: string): string => signed(secret, `leave.${shortId(id)}`);

export function readLeaveToken(secret: string, token: string): string | null {
  const [, id] = /^leave\.([0-9a-f]{32})$/.exec(readSigned(secret, token) ?? "") ?? [];
  return id ? longId(id) : null;
}
