import { z } from "zod";
import { isScope, type Scope, scopesOfRole } from "../../../platform/api/scopes.ts";
import { forbidden, notFound } from "../../../platform/web/problems.ts";
import {
  type PageOptions,
  type RouteDefinition,
  route,
  type Sent,
  type Visit,
} from "../../../platform/web/route.ts";
import { tokenMade, tokenRevoked } from "../events.ts";
import type { Organization } from "../organizations/organization.store.ts";
import {
  crumbs,
  getOrganization,
  ORGANIZATIONS_PATH,
  organizationParams,
} from "../organizations/organization-visit.ts";
import { askToSignInAgain } from "../people/start-session.ts";
import { endToken, makeOrganizationToken, makeOwnToken, roleOfToken } from "./token.actions.ts";
import { TOKEN_DAYS, TokensPage, type TokensPageProps } from "./token.pages.tsx";
import { type ApiToken, listTokensOfMembership, listTokensOfOrganization } from "./token.store.ts";

const OWN_PATH = "/account/tokens";
const OF_ORGANIZATION_PATH = `${ORGANIZATIONS_PATH}/:id/tokens`;
const DAY = 86_400_000;

const form = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Name the program that will use the token.")
    .max(80, "Use at most 80 characters for the name."),
  scopes: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .default([])
    .refine((scopes) => scopes.length > 0, "Choose at least one thing that it may do.")
    .refine((scopes) => scopes.every(isScope), "Choose from the list."),
  days: z.enum(TOKEN_DAYS, "Choose how long it holds."),
});
type Form = z.infer<typeof form>;
type OwnVisit = Visit<unknown, unknown>;
type OrganizationVisit = Visit<{ id: string }, unknown>;

/** What was sent, as a wish; a scope that the role does not have is told to the person. */
function wanted(sent: Form, allowed: readonly Scope[], now: Date) {
  const scopes = [...new Set(sent.scopes)].filter(isScope);
  if (scopes.some((scope) => !allowed.includes(scope)))
    throw forbidden("A token never may more than the role it acts under.");
  return { name: sent.name, scopes, expiresAt: new Date(now.getTime() + Number(sent.days) * DAY) };
}

function personOf(visit: OwnVisit) {
  if (visit.actor.kind !== "person") throw forbidden("Sign in first.");
  return visit.actor;
}

interface More {
  sent?: Sent;
  made?: string;
}

const around = (
  title: string,
  breadcrumbs: NonNullable<PageOptions["breadcrumbs"]>,
  sent?: Sent,
): PageOptions => ({
  title,
  breadcrumbs,
  status: sent ? 422 : 200,
  scripts: ["error-summary-focus", "submit-once"],
});

async function showOwn(visit: OwnVisit, { sent, made }: More = {}): Promise<Response> {
  const person = personOf(visit);
  const props: TokensPageProps = {
    heading: "Your API tokens",
    actsAs: `It acts as you do for ${person.organizationName}: when your role changes or your work there ends, so do its rights.`,
    here: OWN_PATH,
    tokens: await listTokensOfMembership(visit.trx, person.membershipId),
    scopes: scopesOfRole(person.role, person.grants),
    now: visit.now,
    sent,
    made,
  };
  const breadcrumbs = [{ label: "Your account", href: "/account" }, { label: "API tokens" }];
  return visit.page(around("Your API tokens", breadcrumbs, sent), <TokensPage {...props} />);
}

async function showOrganization(visit: OrganizationVisit, { sent, made }: More = {}): Promise<Response> {
  const organization = await getOrganization(visit);
  const role = roleOfToken(organization);
  const props: TokensPageProps = {
    heading: `API tokens of ${organization.name}`,
    actsAs:
      role === "hub_staff"
        ? "It acts for the hub, as its staff does, whoever made it; it sees every organization."
        : "It acts for this organization, as its lead does, whoever made it; it sees no other.",
    here: `${ORGANIZATIONS_PATH}/${organization.id}/tokens`,
    tokens: await listTokensOfOrganization(visit.trx, organization.id),
    scopes: scopesOfRole(role, []),
    now: visit.now,
    sent,
    made,
  };
  return visit.page(
    around("API tokens", crumbs(organization, "API tokens"), sent),
    <TokensPage {...props} />,
  );
}

function among(tokens: readonly ApiToken[], id: string): ApiToken {
  const token = tokens.find((one) => one.id === id);
  if (!token) throw notFound("This token");
  return token;
}

const allowedFor = (organization: Organization): Scope[] => scopesOfRole(roleOfToken(organization), []);

/** Tokens of the API: one's own, and, for administrators, those of organizations. */
export const tokenRoutes: RouteDefinition[] = [
  route({ method: "GET", path: OWN_PATH, who: "signed-in", handle: (visit) => showOwn(visit) }),
  route({
    method: "POST",
    path: OWN_PATH,
    who: "signed-in",
    form,
    events: [tokenMade],
    again: (visit, sent) => showOwn(visit, { sent }),
    handle: async (visit, sent) => {
      const first = await askToSignInAgain(visit, OWN_PATH);
      if (first) return first;
      const { role, grants } = personOf(visit);
      const made = await makeOwnToken(visit, wanted(sent, scopesOfRole(role, grants), visit.now));
      return showOwn(visit, { made });
    },
  }),
  route({
    method: "POST",
    path: `${OWN_PATH}/:token/revoke`,
    who: "signed-in",
    params: z.object({ token: z.uuid() }),
    events: [tokenRevoked],
    handle: async (visit) => {
      const person = personOf(visit);
      const token = among(await listTokensOfMembership(visit.trx, person.membershipId), visit.params.token);
      await endToken(visit, person.organizationId, token, "person");
      return visit.redirect(OWN_PATH, {
        kind: "good",
        text: "The token is revoked. It opens nothing any more.",
      });
    },
  }),
  route({
    method: "GET",
    path: OF_ORGANIZATION_PATH,
    who: ["administrator"],
    params: organizationParams,
    handle: (visit) => showOrganization(visit),
  }),
  route({
    method: "POST",
    path: OF_ORGANIZATION_PATH,
    who: ["administrator"],
    params: organizationParams,
    form,
    events: [tokenMade],
    again: (visit, sent) => showOrganization(visit, { sent }),
    handle: async (visit, sent) => {
      const organization = await getOrganization(visit);
      const first = await askToSignInAgain(visit, `${ORGANIZATIONS_PATH}/${organization.id}/tokens`);
      if (first) return first;
      const made = await makeOrganizationToken(
        visit,
        organization,
        wanted(sent, allowedFor(organization), visit.now),
      );
      return showOrganization(visit, { made });
    },
  }),
  route({
    method: "POST",
    path: `${OF_ORGANIZATION_PATH}/:token/revoke`,
    who: ["administrator"],
    params: z.object({ id: z.uuid(), token: z.uuid() }),
    events: [tokenRevoked],
    handle: async (visit) => {
      const organization = await getOrganization(visit);
      const token = among(await listTokensOfOrganization(visit.trx, organization.id), visit.params.token);
      await endToken(visit, organization.id, token, "organization");
      return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}/tokens`, {
        kind: "good",
        text: "The token is revoked. It opens nothing any more.",
      });
    },
  }),
];
