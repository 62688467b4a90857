import { z } from "zod";
import { notFound } from "../../../platform/web/problems.ts";
import type { Crumb, Visit } from "../../../platform/web/route.ts";
import { findOrganization, type Organization } from "./organization.store.ts";

export const ORGANIZATIONS_PATH = "/directory/organizations";

/** The address parameters of everything below one organization. */
export const organizationParams = z.object({ id: z.uuid() });

/** A grantee code as typed: in upper case, null where nothing is. */
export const codeField = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^([A-Z0-9][A-Z0-9._-]{0,39})?$/, "A code has letters, digits, dots and dashes only.")
  .transform((code) => code || null);

/** The organization of the address; where the actor sees none, there is none. */
export async function getOrganization(visit: Visit<{ id: string }, unknown>): Promise<Organization> {
  const organization = await findOrganization(visit.trx, visit.params.id);
  if (!organization) throw notFound("This organization");
  return organization;
}

/** The way down to a page of the directory. */
export const crumbs = (organization?: Organization, here?: string): Crumb[] => [
  { label: "Organizations", href: ORGANIZATIONS_PATH },
  ...(organization ? [{ label: organization.name, href: `${ORGANIZATIONS_PATH}/${organization.id}` }] : []),
  ...(here ? [{ label: here }] : []),
];
