import { sql } from "kysely";
import type { Grant, Role } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";

/** One membership with the person and how they sign in, for an administrator. */
export interface Member {
  membershipId: string;
  personId: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  grants: Grant[];
  startedOn: string;
  endedOn: string | null;
  isDeactivated: boolean;
  hasPassword: boolean;
  hasAuthenticator: boolean;
  passkeys: number;
  hasAgency: boolean;
  /** When the person last began a session that is still open. */
  lastSessionAt: Date | null;
}

/** A membership of an organization, ended or not; null where there is none. */
export async function findMemberInFull(
  trx: Trx,
  organizationId: string,
  membershipId: string,
): Promise<Member | null> {
  const row = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.person as p", "p.id", "m.person_id")
    .innerJoin("auth.user as u", "u.id", "p.user_id")
    .select([
      "m.id as membershipId",
      "p.id as personId",
      "u.id as userId",
      "p.name",
      "u.email",
      "m.role",
      "m.grants",
      "m.started_on as startedOn",
      "m.ended_on as endedOn",
    ])
    .select([
      sql<boolean>`p.archived_at is not null`.as("isDeactivated"),
      sql<boolean>`exists (select from auth.account a where a."userId" = u.id and a."providerId" = 'credential' and a.password is not null)`.as(
        "hasPassword",
      ),
      sql<boolean>`exists (select from auth.account a where a."userId" = u.id and a."providerId" <> 'credential')`.as(
        "hasAgency",
      ),
      sql<boolean>`exists (select from auth.second_factor f where f.user_id = u.id and f.confirmed_at is not null)`.as(
        "hasAuthenticator",
      ),
      sql<number>`(select count(*) from auth.passkey k where k.user_id = u.id)`.as("passkeys"),
      sql<Date | null>`(select max(s."createdAt") from auth.session s where s."userId" = u.id)`.as(
        "lastSessionAt",
      ),
    ])
    .where("m.organization_id", "=", organizationId)
    .where("m.id", "=", membershipId)
    .executeTakeFirst();
  return row ? { ...row, role: row.role as Role, grants: row.grants as Grant[] } : null;
}

/** What else a person does and did, the present first. */
export async function listMembershipsOfPerson(
  trx: Trx,
  personId: string,
): Promise<
  { organization: string; role: Role; grants: string[]; startedOn: string; endedOn: string | null }[]
> {
  const rows = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.organization as o", "o.id", "m.organization_id")
    .select([
      "o.name as organization",
      "m.role",
      "m.grants",
      "m.started_on as startedOn",
      "m.ended_on as endedOn",
    ])
    .where("m.person_id", "=", personId)
    .orderBy(sql`m.ended_on is not null`)
    .orderBy("m.started_on", "desc")
    .orderBy("m.id")
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** How many people can act as administrators of the hub, one person left out. */
export async function countOtherAdministrators(trx: Trx, exceptPersonId: string): Promise<number> {
  const row = await trx
    .selectFrom("directory.membership as m")
    .innerJoin("directory.person as p", "p.id", "m.person_id")
    .select(sql<number>`count(distinct p.id)`.as("count"))
    .where("m.role", "=", "administrator")
    .where("m.ended_on", "is", null)
    .where("p.archived_at", "is", null)
    .where("p.id", "<>", exceptPersonId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Another name and e-mail for somebody. */
export async function renamePerson(
  trx: Trx,
  person: { personId: string; userId: string; name: string; email: string },
  now: Date,
): Promise<void> {
  await trx
    .updateTable("directory.person")
    .set({ name: person.name })
    .where("id", "=", person.personId)
    .execute();
  await trx
    .updateTable("auth.user")
    .set({ name: person.name, email: person.email, updatedAt: now })
    .where("id", "=", person.userId)
    .execute();
}

export async function setRole(
  trx: Trx,
  organizationId: string,
  membershipId: string,
  role: Role,
  grants: readonly Grant[],
): Promise<void> {
  await trx
    .updateTable("directory.membership")
    .set({ role, grants: [...grants] })
    .where("organization_id", "=", organizationId)
    .where("id", "=", membershipId)
    .execute();
}

/** Lets nobody act as this person from `at` on; null lets them again. */
export async function setDeactivated(trx: Trx, personId: string, at: Date | null): Promise<void> {
  await trx.updateTable("directory.person").set({ archived_at: at }).where("id", "=", personId).execute();
}
