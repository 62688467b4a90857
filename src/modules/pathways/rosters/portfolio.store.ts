import { sql } from "kysely";
import type pg from "pg";
import type { Trx } from "../../../platform/database/database.ts";
import type { RosterContents } from "./portion-writer.ts";

/** A place beside the staging table for all rows of a portfolio. Needs createStaging. */
export async function createPortfolioStaging(client: pg.ClientBase): Promise<void> {
  await client.query(
    "create temporary table staged_portfolio on commit drop as select * from staged where false",
  );
}

/** Adds the portion that is staged now to the portfolio. */
export async function keepForPortfolio(client: pg.ClientBase): Promise<void> {
  await client.query("insert into staged_portfolio select * from staged");
}

/** Stages one member's rows of the portfolio. @returns how many. */
export async function stageMember(client: pg.ClientBase, granteeCode: string): Promise<number> {
  await client.query("truncate staged, staged_match, staged_seen");
  const staged = await client.query(
    "insert into staged select * from staged_portfolio where grantee_code = $1",
    [granteeCode],
  );
  return staged.rowCount ?? 0;
}

/** The academic years and training sites of the rows that are staged now. */
export async function stagedContents(trx: Trx): Promise<Pick<RosterContents, "academicYears" | "sites">> {
  const years = await sql<{ academic_year: string }>`select distinct academic_year from staged`.execute(trx);
  const sites = await sql<{ name: string; counties: string[] }>`
    select site_name as name, array_agg(distinct coalesce(site_county_fips, '')) as counties from staged where site_name is not null group by site_name`.execute(
    trx,
  );
  return {
    academicYears: new Set(years.rows.map((row) => row.academic_year)),
    sites: new Map(sites.rows.map((site) => [site.name, new Set(site.counties)])),
  };
}
