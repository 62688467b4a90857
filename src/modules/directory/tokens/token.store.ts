import { sql } from "kysely";
import type { Bearer } from "../../../platform/api/mount-api.ts";
import { hashToken } from "../../../platform/api/token-text.ts";
import { type Actor, anonymous, type Grant, type Role } from "../../../platform/database/actor.ts";
import type { Database, Trx } from "../../../platform/database/database.ts";

interface BearerRow {
  tokenId: string;
  scopes: string[];
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedOn: string | null;
  userId: string;
  personId: string;
  personName: string;
  membershipId: string;
  organizationId: string;
  organizationName: string;
  role: Role;
  grants: Grant[];
}

/** Who comes with this token, with the role the membership has now; null where there is no such token or membership. Notes the day of its use. */
export async function findBearer(db: Database, token: string, now: Date): Promise<Bearer | null> {
  const hash = hashToken(token);
  const { rows } = await sql<BearerRow>`
    select token_id as "tokenId", scopes, expires_at as "expiresAt", revoked_at as "revokedAt", last_used_on as "lastUsedOn", user_id as "userId",
      person_id as "personId", person_name as "personName", membership_id as "membershipId", organization_id as "organizationId",
      organization_name as "organizationName", role, grants
    from directory.bearer_of_token(${hash})`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { tokenId, scopes, expiresAt, revokedAt, lastUsedOn, ...person } = row;
  const today = now.toISOString().slice(0, 10);
  if (lastUsedOn !== today && !revokedAt && expiresAt > now)
    await sql`select directory.note_token_use(${hash}, ${today})`.execute(db);
  return { tokenId, scopes, expiresAt, revokedAt, actor: { kind: "person", ...person, membershipCount: 1 } };
}

/** The beginning of the user id of what acts for an organization and is no person. */
const SERVICE = "service:";
export const isServiceUser = (userId: string): boolean => userId.startsWith(SERVICE);

/** As a token of an organization acts, for work that goes on after the request; nobody once none of its tokens holds. */
export async function resolveService(
  db: Database | Trx,
  userId: string,
  membershipId: string | null,
): Promise<Actor> {
  if (membershipId === null) return anonymous;
  const { rows } = await sql<Omit<BearerRow, "userId">>`
    select person_id as "personId", person_name as "personName", membership_id as "membershipId", organization_id as "organizationId",
      organization_name as "organizationName", role, grants
    from directory.service_membership(${membershipId}, now())`.execute(db);
  const [row] = rows;
  return row && `${SERVICE}${row.personId}` === userId
    ? { kind: "person", userId, ...row, membershipCount: 1 }
    : anonymous;
}

export interface ApiToken {
  id: string;
  membershipId: string;
  name: string;
  scopes: string[];
  hint: string;
  /** Null where it is not told to the reader. */
  madeBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedOn: string | null;
  revokedAt: Date | null;
}

function tokens(trx: Trx) {
  return trx
    .selectFrom("directory.api_token as t")
    .leftJoin("directory.person as p", "p.id", "t.made_by")
    .select([
      "t.id",
      "t.membership_id as membershipId",
      "t.name",
      "t.scopes",
      "t.hint",
      "p.name as madeBy",
      "t.created_at as createdAt",
      "t.expires_at as expiresAt",
      "t.last_used_on as lastUsedOn",
      "t.revoked_at as revokedAt",
    ])
    .orderBy("t.created_at", "desc");
}

/** The tokens that act under this membership, the newest first. */
export function listTokensOfMembership(trx: Trx, membershipId: string): Promise<ApiToken[]> {
  return tokens(trx).where("t.membership_id", "=", membershipId).execute();
}

/** The tokens of an organization itself, the newest first: those of its people are their own. */
export function listTokensOfOrganization(trx: Trx, organizationId: string): Promise<ApiToken[]> {
  return tokens(trx)
    .innerJoin("directory.membership as m", "m.id", "t.membership_id")
    .innerJoin("directory.person as bearer", "bearer.id", "m.person_id")
    .where("t.organization_id", "=", organizationId)
    .where("bearer.user_id", "is", null)
    .execute();
}

export interface NewToken {
  membershipId: string;
  name: string;
  scopes: readonly string[];
  expiresAt: Date;
}

/** Keeps a token by its hash; the database checks that the actor may make it. @returns its id. */
export async function insertToken(trx: Trx, token: NewToken, text: string, now: Date): Promise<string> {
  const id = crypto.randomUUID();
  await sql`select directory.make_api_token(${id}, ${token.membershipId}, ${token.name}, ${[...token.scopes]}::text[], ${hashToken(text)},
    ${text.slice(-4)}, ${now}, ${token.expiresAt})`.execute(trx);
  return id;
}

/** @returns false where there is no such token that the actor may revoke, or it was revoked before. */
export async function revokeToken(trx: Trx, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean;
  }>`select directory.revoke_api_token(${id}, ${now}) as done`.execute(trx);
  return rows[0]?.done ?? false;
}

/** Ends the tokens that act for a person, under all their memberships; the database checks that the actor may. */
export async function revokeTokensOfPerson(
  trx: Trx,
  personId: string,
  now: Date,
): Promise<{ token: string; organization: string }[]> {
  const { rows } = await sql<{ token: string; organization: string }>`
    select token, organization from directory.revoke_tokens_of_person(${personId}, ${now})`.execute(trx);
  return rows;
}

/** Makes the bearer of an organization's token: no person, and nobody who signs in. @returns its id. */
export async function insertServicePerson(trx: Trx, name: string): Promise<string> {
  const row = await trx
    .insertInto("directory.person")
    .values({ user_id: null, name })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}
