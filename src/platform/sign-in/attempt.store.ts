import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Trx } from "../database/database.ts";

// A sign-in in two steps (a passkey's challenge, the way to another organization's sign-in and back) is remembered here
// between them; the browser holds a random name for it in a cookie.

const MINUTES = 10;
const identify = (kind: string, name: string): string =>
  `${kind}:${createHash("sha256").update(name).digest("base64url")}`;

/** Keeps what the second step must know. @returns the name under which the browser asks for it. */
export async function keepAttempt(trx: Trx, kind: string, value: object, now: Date): Promise<string> {
  // Those that nobody came back for go when somebody else begins.
  await trx.deleteFrom("auth.verification").where("expiresAt", "<", now).execute();
  const name = randomBytes(32).toString("base64url");
  await trx
    .insertInto("auth.verification")
    .values({
      id: randomUUID(),
      identifier: identify(kind, name),
      value: JSON.stringify(value),
      expiresAt: new Date(now.getTime() + MINUTES * 60_000),
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  return name;
}

/** What was kept, once; null where there is nothing of this kind under the name, or it is too old. */
export async function takeAttempt(trx: Trx, kind: string, name: string, now: Date): Promise<unknown> {
  const row = await trx
    .deleteFrom("auth.verification")
    .where("identifier", "=", identify(kind, name))
    .where("expiresAt", ">", now)
    .returning("value")
    .executeTakeFirst();
  return row ? (JSON.parse(row.value) as unknown) : null;
}
