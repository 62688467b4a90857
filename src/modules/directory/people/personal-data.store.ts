import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

/** All that the hub holds of one person as a person: their account, what they may do, what they did, what they were written. */
export interface PersonalData {
  account: { name: string; email: string; emailConfirmed: boolean; since: Date };
  memberships: { organization: string; role: string; grants: string[]; from: string; to: string | null }[];
  sessions: { since: Date; browser: string | null }[];
  waysIn: {
    password: boolean;
    authenticatorSince: Date | null;
    passkeys: { name: string; since: Date; lastUsed: Date | null }[];
    joinedAccounts: { provider: string; subject: string; since: Date }[];
  };
  mailPreferences: { digest: string; reminders: boolean } | null;
  mails: { kind: string; subject: string; queuedAt: Date; state: string }[];
  erasureRequests: { askedAt: Date; reason: string; decision: string | null; answer: string }[];
  /** What the person did, from the audit: an event, when, and about what. */
  actions: { at: Date; event: string; subject: string; data: unknown }[];
}

/** Everything of one person. The caller acts as the hub itself: much of it nobody else may read. */
export async function collectPersonalData(
  trx: Trx,
  { personId, userId }: { personId: string; userId: string },
): Promise<PersonalData> {
  const account = await trx
    .selectFrom("auth.user as u")
    .innerJoin("directory.person as p", "p.user_id", "u.id")
    .select(["p.name", "u.email", "u.emailVerified as emailConfirmed", "p.created_at as since"])
    .where("p.id", "=", personId)
    .executeTakeFirstOrThrow();
  const memberships = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.organization as o", "o.id", "m.organization_id")
    .select(["o.name as organization", "m.role", "m.grants", "m.started_on as from", "m.ended_on as to"])
    .where("m.person_id", "=", personId)
    .orderBy("m.started_on")
    .execute();
  const sessions = await trx
    .selectFrom("auth.session")
    .select(["createdAt as since", "userAgent as browser"])
    .where("userId", "=", userId)
    .orderBy("createdAt")
    .execute();
  const accounts = await trx
    .selectFrom("auth.account")
    .select(["providerId as provider", "accountId as subject", "createdAt as since"])
    .where("userId", "=", userId)
    .execute();
  const authenticator = await trx
    .selectFrom("auth.second_factor")
    .select("confirmed_at as since")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  const passkeys = await trx
    .selectFrom("auth.passkey")
    .select(["name", "created_at as since", "last_used_at as lastUsed"])
    .where("user_id", "=", userId)
    .orderBy("created_at")
    .execute();
  const preferences = await trx
    .selectFrom("directory.mail_preference")
    .select(["digest", "reminders"])
    .where("person_id", "=", personId)
    .executeTakeFirst();
  const mails = await trx
    .selectFrom("platform.mail")
    .select(["kind", "subject", "queued_at as queuedAt", "state"])
    .where("person_id", "=", personId)
    .orderBy("queued_at")
    .execute();
  const erasureRequests = await trx
    .selectFrom("directory.erasure_request")
    .select(["asked_at as askedAt", "reason", "decision", "answer"])
    .where("person_id", "=", personId)
    .orderBy("asked_at")
    .execute();
  const actions = await trx
    .selectFrom("platform.audit")
    .select(["recorded_at as at", "event", "data"])
    .select(sql<string>`subject_kind || ' ' || subject_id`.as("subject"))
    .where("person_id", "=", personId)
    .orderBy("id")
    .execute();
  return {
    account,
    memberships,
    sessions,
    waysIn: {
      password: accounts.some(({ provider }) => provider === "credential"),
      authenticatorSince: authenticator?.since ?? null,
      passkeys,
      joinedAccounts: accounts.filter(({ provider }) => provider !== "credential"),
    },
    mailPreferences: preferences ?? null,
    mails,
    erasureRequests,
    actions,
  };
}
