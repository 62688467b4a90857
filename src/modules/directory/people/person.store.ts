import { sql } from "kysely";
import { type Actor, anonymous, type Grant, type Role } from "../../../platform/database/actor.ts";
import type { Database, Trx } from "../../../platform/database/database.ts";

export interface MembershipChoice {
  personId: string;
  personName: string;
  membershipId: string;
  organizationId: string;
  organizationName: string;
  role: Role;
  grants: Grant[];
}

/** Every membership a user may act under, the hub's own first. */
export async function listMembershipsOfUser(db: Database | Trx, userId: string): Promise<MembershipChoice[]> {
  const { rows } = await sql<MembershipChoice>`
    select person_id as "personId", person_name as "personName", membership_id as "membershipId", organization_id as "organizationId",
      organization_name as "organizationName", role, grants
    from directory.memberships_of_user(${userId})`.execute(db);
  return rows;
}

/** The actor behind a session: the chosen membership, or the first where none is chosen or the chosen one has ended. */
export async function resolveActor(
  db: Database | Trx,
  userId: string,
  chosenMembershipId: string | null,
): Promise<Actor> {
  const choices = await listMembershipsOfUser(db, userId);
  const chosen = choices.find((choice) => choice.membershipId === chosenMembershipId) ?? choices[0];
  return chosen ? { kind: "person", userId, ...chosen, membershipCount: choices.length } : anonymous;
}

export interface PersonRow {
  membershipId: string;
  name: string;
  email: string;
  role: Role;
  grants: string[];
  startedOn: string;
}

/** The people of one organization, by name. */
export async function listPeople(trx: Trx, organizationId: string): Promise<PersonRow[]> {
  const rows = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.person as p", "p.id", "m.person_id")
    .innerJoin("auth.user as u", "u.id", "p.user_id")
    .select(["m.id as membershipId", "p.name", "u.email", "m.role", "m.grants", "m.started_on as startedOn"])
    .where("m.organization_id", "=", organizationId)
    .where("m.ended_on", "is", null)
    .orderBy("p.name")
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** One person of an organization with their sign-in, or null where there is no such membership now. */
export async function findMember(
  trx: Trx,
  organizationId: string,
  membershipId: string,
): Promise<{ personId: string; userId: string; name: string; email: string } | null> {
  const row = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.person as p", "p.id", "m.person_id")
    .innerJoin("auth.user as u", "u.id", "p.user_id")
    .select(["p.id as personId", "u.id as userId", "p.name", "u.email"])
    .where("m.organization_id", "=", organizationId)
    .where("m.id", "=", membershipId)
    .where("m.ended_on", "is", null)
    .executeTakeFirst();
  return row ?? null;
}

/** The e-mail with which a user signs in. */
export async function findUserEmail(trx: Trx, userId: string): Promise<string> {
  const row = await trx.selectFrom("auth.user").select("email").where("id", "=", userId).executeTakeFirst();
  return row?.email ?? "";
}

/** Who signs in with this e-mail already, or null. */
export async function findPersonByEmail(
  trx: Trx,
  email: string,
): Promise<{ id: string; name: string } | null> {
  const row = await trx
    .selectFrom("auth.user as u")
    .innerJoin("directory.person as p", "p.user_id", "u.id")
    .select(["p.id", "p.name"])
    .where("u.email", "=", email.toLowerCase())
    .executeTakeFirst();
  return row ?? null;
}

export async function insertPerson(trx: Trx, person: { userId: string; name: string }): Promise<string> {
  const row = await trx
    .insertInto("directory.person")
    .values({ user_id: person.userId, name: person.name })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertMembership(
  trx: Trx,
  membership: { organizationId: string; personId: string; role: Role; grants: readonly Grant[] },
): Promise<string> {
  const id = crypto.randomUUID();
  await trx
    .insertInto("directory.membership")
    .values({
      organization_id: membership.organizationId,
      id,
      person_id: membership.personId,
      role: membership.role,
      grants: [...membership.grants],
    })
    .execute();
  return id;
}

export async function chooseMembership(trx: Trx, sessionToken: string, membershipId: string): Promise<void> {
  await trx
    .updateTable("auth.session")
    .set({ activeMembershipId: membershipId })
    .where("token", "=", sessionToken)
    .execute();
}

/** Ends a membership on a day. @returns whether there was one to end. */
export async function closeMembership(
  trx: Trx,
  organizationId: string,
  membershipId: string,
  day: string,
): Promise<boolean> {
  const ended = await trx
    .updateTable("directory.membership")
    .set({ ended_on: day })
    .where("organization_id", "=", organizationId)
    .where("id", "=", membershipId)
    .where("ended_on", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}
