import type { Scope } from "../../../platform/api/scopes.ts";
import { makeTokenText } from "../../../platform/api/token-text.ts";
import type { Work } from "../../../platform/events/work.ts";
import { forbidden, notFound } from "../../../platform/web/problems.ts";
import { tokenMade, tokenRevoked } from "../events.ts";
import type { Organization } from "../organizations/organization.store.ts";
import { closeMembership, insertMembership } from "../people/person.store.ts";
import { type ApiToken, insertServicePerson, insertToken, revokeToken } from "./token.store.ts";

/** What a person asks of a token. */
export interface WantedToken {
  name: string;
  scopes: readonly Scope[];
  expiresAt: Date;
}

/** Makes a token that acts as the actor themselves. @returns its text, which is not to be had again. */
export function makeOwnToken(work: Work, token: WantedToken): Promise<string> {
  const { actor } = work;
  if (actor.kind !== "person") throw forbidden("Sign in first.");
  return keep(work, actor.organizationId, actor.membershipId, token);
}

/**
 * Makes a token that acts for an organization, under a membership of its own: as a lead of it, or for the hub as its
 * staff. It stays when whoever made it goes.
 */
export async function makeOrganizationToken(
  work: Work,
  organization: Organization,
  token: WantedToken,
): Promise<string> {
  const personId = await insertServicePerson(work.trx, `${token.name} (API token)`);
  const membershipId = await insertMembership(work.trx, {
    organizationId: organization.id,
    personId,
    role: roleOfToken(organization),
    grants: [],
  });
  return keep(work, organization.id, membershipId, token);
}

/** The role under which an organization's own tokens act. */
export const roleOfToken = ({ organizationType }: Organization): "hub_staff" | "organization_lead" =>
  organizationType === "hub" ? "hub_staff" : "organization_lead";

async function keep(
  work: Work,
  organizationId: string,
  membershipId: string,
  token: WantedToken,
): Promise<string> {
  const text = makeTokenText();
  const id = await insertToken(work.trx, { ...token, membershipId }, text, work.now);
  await work.record(tokenMade, {
    organizationId,
    subject: ["token", id],
    data: {
      token: id,
      membership: membershipId,
      scopes: [...token.scopes],
      until: token.expiresAt.toISOString(),
    },
  });
  return text;
}

/** Ends a token at once; with an organization's own, the membership that was made for it. */
export async function endToken(
  work: Work,
  organizationId: string,
  token: ApiToken,
  bearer: "person" | "organization",
): Promise<void> {
  if (!(await revokeToken(work.trx, token.id, work.now))) throw notFound("This token");
  if (bearer === "organization")
    await closeMembership(work.trx, organizationId, token.membershipId, work.now.toISOString().slice(0, 10));
  await work.record(tokenRevoked, {
    organizationId,
    subject: ["token", token.id],
    data: { token: token.id },
  });
}
