import { createHmac, timingSafeEqual } from "node:crypto";

/** Mails that come by the clock, which anybody may leave. */
export type RegularMail = "digest" | "reminder";

/** What a token in an address looks like. */
export const LEAVE_TOKEN = /^[dr]\.[0-9a-f]{32}\.[\w-]{43}$/;
export const LEAVE_PATH = "/mail/leave";

const LETTERS: Record<RegularMail, string> = { digest: "d", reminder: "r" };

const sign = (secret: string, what: string): string =>
  createHmac("sha256", secret).update(`leave regular mail ${what}`).digest("base64url");

/** Lets whoever holds a mail end that kind of mail for its person, and nothing else. It does not run out. */
export function leavePath(secret: string, personId: string, mail: RegularMail): string {
  const what = `${LETTERS[mail]}.${personId.replaceAll("-", "")}`;
  return `${LEAVE_PATH}/${what}.${sign(secret, what)}`;
}

/** Whose mails of which kind a token ends; null where it was not made by this hub. */
export function readLeaveToken(
  secret: string,
  token: string,
): { personId: string; mail: RegularMail } | null {
  if (!LEAVE_TOKEN.test(token)) return null;
  const [letter = "", person = "", signature = ""] = token.split(".");
  const expected = Buffer.from(sign(secret, `${letter}.${person}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  return {
    personId: person.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    mail: letter === LETTERS.digest ? "digest" : "reminder",
  };
}
