import { sql } from "kysely";
import { type Actor, anonymous, type Grant, type Role } from "../../../platform/database/actor.ts";
import type { Database, Trx } from "../../../platform/database/database.ts";
import { isServiceUser, resolveService } from "../tokens/token.store.ts";
import { missingFactor } from "./second-factor.rules.ts";

export interface MembershipChoice {
  personId: string;
  personName: string;
  membershipId: string;
  organizationId: string;
  organizationName: string;
  role: Role;
  grants: Grant[];
  /** How the user can show a second factor. */
  hasAuthenticator: boolean;
  hasPasskey: boolean;
}

/** Every membership a user may act under, the hub's own first. */
export async function listMembershipsOfUser(db: Database | Trx, userId: string): Promise<MembershipChoice[]> {
  const { rows } = await sql<MembershipChoice>`
    select person_id as "personId", person_name as "personName", membership_id as "membershipId", organization_id as "organizationId",
      organization_name as "organizationName", role, grants, has_authenticator as "hasAuthenticator", has_passkey as "hasPasskey"
    from directory.memberships_of_user(${userId})`.execute(db);
  return rows;
}

/** The actor behind a session: the chosen membership, or the first where none is chosen or the chosen one has ended. */
export async function resolveActor(
  db: Database | Trx,
  userId: string,
  chosenMembershipId: string | null,
): Promise<Actor> {
  if (isServiceUser(userId)) return resolveService(db, userId, chosenMembershipId);
  return chooseActor(userId, await listMembershipsOfUser(db, userId), chosenMembershipId);
}

function chooseActor(
  userId: string,
  choices: readonly MembershipChoice[],
  chosenMembershipId: string | null,
): Actor {
  const chosen = choices.find((choice) => choice.membershipId === chosenMembershipId) ?? choices[0];
  if (!chosen) return anonymous;
  const { hasAuthenticator: _, hasPasskey: __, ...membership } = chosen;
  return { kind: "person", userId, ...membership, membershipCount: choices.length };
}

/** A session of the browser, as far as it says who acts. */
export interface SessionOfUser {
  userId: string;
  membershipId: string | null;
  secondFactorAt: Date | null;
  /** Several people sign in with this account, so that it has no second factor (the demonstration). */
  isShared: boolean;
}

/** Who sends a request with this session: a person, or somebody who must show a second factor first. */
export async function resolveSession(db: Database | Trx, session: SessionOfUser): Promise<Actor> {
  const choices = await listMembershipsOfUser(db, session.userId);
  const missing = missingFactor(choices, session);
  if (missing === null) return chooseActor(session.userId, choices, session.membershipId);
  const [first] = choices;
  return {
    kind: "anonymous",
    signingIn: { userId: session.userId, personName: first?.personName ?? "", must: missing },
  };
}

export interface PersonRow {
  membershipId: string;
  name: string;
  email: string;
  role: Role;
  grants: string[];
  startedOn: string;
  /** Has not chosen a way to sign in yet. */
  isInvited: boolean;
  isDeactivated: boolean;
}

/** The people of one organization, by name. */
export async function listPeople(trx: Trx, organizationId: string): Promise<PersonRow[]> {
  const rows = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.person as p", "p.id", "m.person_id")
    .innerJoin("auth.user as u", "u.id", "p.user_id")
    .select(["m.id as membershipId", "p.name", "u.email", "m.role", "m.grants", "m.started_on as startedOn"])
    .select([
      sql<boolean>`not exists (select from auth.account a where a."userId" = u.id) and not exists (select from auth.passkey k where k.user_id = u.id)`.as(
        "isInvited",
      ),
      sql<boolean>`p.archived_at is not null`.as("isDeactivated"),
    ])
    .where("m.organization_id", "=", organizationId)
    .where("m.ended_on", "is", null)
    .orderBy("p.name")
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** Who may sign in with this e-mail, with the organization that comes first; null where nobody may. */
export async function findActiveUser(
  trx: Trx,
  email: string,
): Promise<{ userId: string; personId: string; email: string; organizationId: string } | null> {
  const user = await trx
    .selectFrom("auth.user")
    .select(["id", "email"])
    .where("email", "=", email.toLowerCase())
    .executeTakeFirst();
  if (!user) return null;
  const [first] = await listMembershipsOfUser(trx, user.id);
  return first
    ? { userId: user.id, email: user.email, personId: first.personId, organizationId: first.organizationId }
    : null;
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
