import type { Trx } from "../../../platform/database/database.ts";

export type ErasureDecision = "erased" | "refused" | "withdrawn";

export interface ErasureRequest {
  id: string;
  personId: string;
  userId: string;
  name: string;
  email: string;
  askedAt: Date;
  reason: string;
}

/** @returns the request's id, or null where one waits already. */
export async function insertErasureRequest(
  trx: Trx,
  request: { personId: string; reason: string; now: Date },
): Promise<string | null> {
  const id = crypto.randomUUID();
  const inserted = await trx
    .insertInto("directory.erasure_request")
    .values({ id, person_id: request.personId, reason: request.reason, asked_at: request.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n ? id : null;
}

function open(trx: Trx) {
  return trx
    .selectFrom("directory.erasure_request as r")
    .innerJoin("directory.person as p", "p.id", "r.person_id")
    .innerJoin("auth.user as u", "u.id", "p.user_id")
    .select([
      "r.id",
      "p.id as personId",
      "u.id as userId",
      "p.name",
      "u.email",
      "r.asked_at as askedAt",
      "r.reason",
    ])
    .where("r.decided_at", "is", null);
}

/** Requests that wait, the oldest first. */
export const listOpenErasureRequests = (trx: Trx): Promise<ErasureRequest[]> =>
  open(trx).orderBy("r.asked_at").execute();

export async function findOpenErasureRequest(
  trx: Trx,
  by: { id: string } | { personId: string },
): Promise<ErasureRequest | null> {
  const row = await ("id" in by
    ? open(trx).where("r.id", "=", by.id)
    : open(trx).where("r.person_id", "=", by.personId)
  ).executeTakeFirst();
  return row ?? null;
}

/** @returns false where it was decided already. */
export async function decideErasureRequest(
  trx: Trx,
  request: { id: string; decision: ErasureDecision; answer: string; now: Date },
): Promise<boolean> {
  const decided = await trx
    .updateTable("directory.erasure_request")
    .set({ decision: request.decision, answer: request.answer, decided_at: request.now })
    .where("id", "=", request.id)
    .where("decided_at", "is", null)
    .executeTakeFirst();
  return decided.numUpdatedRows > 0n;
}

/** The e-mail addresses of the hub's administrators, who decide. */
export async function listAdministrators(trx: Trx): Promise<{ personId: string; email: string }[]> {
  return trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.person as p", "p.id", "m.person_id")
    .innerJoin("auth.user as u", "u.id", "p.user_id")
    .select(["p.id as personId", "u.email"])
    .distinct()
    .where("m.role", "=", "administrator")
    .where("m.ended_on", "is", null)
    .where("p.archived_at", "is", null)
    .execute();
}

/**
 * Takes a person's name, addresses and ways in out of the hub; their id stays, so that the audit still says that the
 * same somebody did several things, and the reasons they wrote go with them.
 */
export async function erasePerson(
  trx: Trx,
  person: { personId: string; userId: string; now: Date },
): Promise<void> {
  const { personId, userId, now } = person;
  const day = now.toISOString().slice(0, 10);
  await trx.deleteFrom("auth.session").where("userId", "=", userId).execute();
  await trx.deleteFrom("auth.account").where("userId", "=", userId).execute();
  await trx.deleteFrom("auth.passkey").where("user_id", "=", userId).execute();
  await trx.deleteFrom("auth.second_factor").where("user_id", "=", userId).execute();
  await trx.deleteFrom("auth.recovery_code").where("user_id", "=", userId).execute();
  await trx.deleteFrom("auth.one_time_link").where("user_id", "=", userId).execute();
  await trx
    .updateTable("auth.user")
    .set({
      name: "Erased person",
      email: `erased-${personId}@erased.invalid`,
      emailVerified: false,
      updatedAt: now,
    })
    .where("id", "=", userId)
    .execute();
  await trx
    .updateTable("directory.person")
    .set({ name: "Erased person", archived_at: now })
    .where("id", "=", personId)
    .execute();
  await trx
    .updateTable("directory.membership")
    .set({ ended_on: day })
    .where("person_id", "=", personId)
    .where("ended_on", "is", null)
    .execute();
  await trx
    .updateTable("directory.erasure_request")
    .set({ reason: "" })
    .where("person_id", "=", personId)
    .execute();
  await trx
    .updateTable("platform.mail")
    .set({ recipient: "erased@erased.invalid", subject: "Erased", body: null, reason: null })
    .where("person_id", "=", personId)
    .execute();
  // What had not left yet does not leave any more.
  await trx
    .updateTable("platform.mail")
    .set({ state: "failed", settled_at: now })
    .where("person_id", "=", personId)
    .where("state", "in", ["waiting", "sending"])
    .execute();
}
