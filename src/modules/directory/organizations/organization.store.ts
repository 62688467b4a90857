import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

export interface Organization {
  id: string;
  name: string;
  organizationType: string;
  state: string | null;
  granteeCodes: string[];
}

export async function insertOrganization(
  trx: Trx,
  organization: { id?: string; name: string; organizationType: string; state: string | null },
): Promise<string> {
  const id = organization.id ?? crypto.randomUUID();
  await trx
    .insertInto("directory.organization")
    .values({
      id,
      name: organization.name,
      organization_type: organization.organizationType,
      state: organization.state,
    })
    .execute();
  return id;
}

export async function insertGranteeCode(trx: Trx, organizationId: string, code: string): Promise<void> {
  await trx
    .insertInto("directory.grantee_code")
    .values({ organization_id: organizationId, code: code.toUpperCase() })
    .execute();
}

/** The organization that has this grantee code, or null; a code compares in upper case. */
export async function findOrganizationByCode(
  trx: Trx,
  code: string,
): Promise<{ id: string; name: string } | null> {
  const row = await trx
    .selectFrom("directory.grantee_code as g")
    .innerJoin("directory.organization as o", "o.id", "g.organization_id")
    .select(["o.id", "o.name"])
    .where("g.code", "=", code.toUpperCase())
    .executeTakeFirst();
  return row ?? null;
}

/** The hub's own organization. */
export async function getHubOrganization(trx: Trx): Promise<{ id: string; name: string }> {
  return trx
    .selectFrom("directory.organization")
    .select(["id", "name"])
    .where("organization_type", "=", "hub")
    .executeTakeFirstOrThrow();
}

function organizations(trx: Trx) {
  return trx
    .selectFrom("directory.organization as o")
    .select(["o.id", "o.name", "o.organization_type as organizationType", "o.state"])
    .select(
      sql<
        string[]
      >`array(select g.code from directory.grantee_code g where g.organization_id = o.id order by g.code)`.as(
        "granteeCodes",
      ),
    )
    .where("o.archived_at", "is", null);
}

/** Organizations that the actor sees, by name. */
export function listOrganizations(trx: Trx): Promise<Organization[]> {
  return organizations(trx).orderBy("o.name").execute();
}

/** One organization, or null where there is none that the actor sees. */
export async function findOrganization(trx: Trx, id: string): Promise<Organization | null> {
  return (await organizations(trx).where("o.id", "=", id).executeTakeFirst()) ?? null;
}

export interface Award {
  id: string;
  program: string;
  number: string;
  startsOn: string;
  endsOn: string;
  granteeCode: string | null;
}

export function listAwards(trx: Trx, organizationId: string): Promise<Award[]> {
  return trx
    .selectFrom("directory.award")
    .select([
      "id",
      "program",
      "number",
      "starts_on as startsOn",
      "ends_on as endsOn",
      "grantee_code as granteeCode",
    ])
    .where("organization_id", "=", organizationId)
    .orderBy("starts_on", "desc")
    .execute();
}

export async function insertAward(
  trx: Trx,
  organizationId: string,
  award: Omit<Award, "id">,
): Promise<string> {
  const id = crypto.randomUUID();
  await trx
    .insertInto("directory.award")
    .values({
      organization_id: organizationId,
      id,
      program: award.program,
      number: award.number,
      starts_on: award.startsOn,
      ends_on: award.endsOn,
      grantee_code: award.granteeCode,
    })
    .execute();
  return id;
}

export interface Site {
  id: string;
  name: string;
  county: string | null;
  state: string | null;
  isRural: boolean | null;
}

/** Training sites with the county they lie in. */
export function listSites(trx: Trx, organizationId: string): Promise<Site[]> {
  return trx
    .selectFrom("directory.site as s")
    .leftJoin("directory.county as c", "c.fips", "s.county_fips")
    .select(["s.id", "s.name", "c.name as county", "c.state", "c.is_rural as isRural"])
    .where("s.organization_id", "=", organizationId)
    .orderBy("s.name")
    .execute();
}

/** Takes the sites that records name into the directory; those it has stay as they are. */
export async function noteSites(
  trx: Trx,
  organizationId: string,
  sites: readonly { name: string; countyFips: string | null }[],
): Promise<void> {
  if (sites.length === 0) return;
  await sql`insert into directory.site (organization_id, name, name_key, county_fips)
    select distinct on (lower(n.name), n.county) ${organizationId}::uuid, n.name, lower(n.name), n.county
    from unnest(${sites.map((site) => site.name)}::text[], ${sites.map((site) => site.countyFips)}::text[]) as n(name, county)
    order by lower(n.name), n.county, n.name
    on conflict do nothing`.execute(trx);
}

/** Grantee codes with their organizations, by name, as far as the actor sees them. */
export function listGranteeCodes(
  trx: Trx,
): Promise<{ organizationId: string; organizationName: string; code: string }[]> {
  return trx
    .selectFrom("directory.grantee_code as g")
    .innerJoin("directory.organization as o", "o.id", "g.organization_id")
    .select(["o.id as organizationId", "o.name as organizationName", "g.code"])
    .where("o.archived_at", "is", null)
    .orderBy("o.name")
    .orderBy("g.code")
    .execute();
}
