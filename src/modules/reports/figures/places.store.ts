import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { ReportScope } from "./report-figures.types.ts";
import type { CountyPopulation } from "./representation.rules.ts";

export interface CountyRecord {
  fips: string;
  name: string;
  state: string;
  superseded: boolean;
  isRural: boolean | null;
  population: CountyPopulation;
  /** The designations of the county, by discipline: the highest score, or null where none has one. */
  shortages: Record<string, number | null>;
}

/** Counties by their codes, with the population of the American Community Survey (`total` is its own, so that shares fit). */
export async function readCounties(trx: Trx, fips: readonly string[]): Promise<CountyRecord[]> {
  const { rows } = await sql<CountyRecord>`
    select c.fips, c.name, c.state, c.superseded, c.is_rural as "isRural",
      jsonb_build_object('fips', c.fips, 'total', c.population_acs, 'hispanic', c.hispanic, 'races', jsonb_build_object('white', c.white,
        'black_or_african_american', c.black, 'asian', c.asian, 'american_indian_or_alaska_native', c.american_indian,
        'native_hawaiian_or_pacific_islander', c.pacific_islander)) as population,
      coalesce((select jsonb_object_agg(s.discipline, s.score) from (
        select d.discipline, max(d.score) as score from directory.shortage_county sc join directory.shortage_designation d on d.id = sc.designation_id
        where sc.county_fips = c.fips group by d.discipline) s), '{}') as shortages
    from directory.county c where c.fips = any(${fips}) order by c.state, c.name`.execute(trx);
  return rows;
}

/** Disciplines for which shortage designations are loaded. */
export async function readDisciplines(trx: Trx): Promise<string[]> {
  const rows = await trx
    .selectFrom("directory.shortage_designation")
    .select("discipline")
    .distinct()
    .orderBy("discipline")
    .execute();
  return rows.map((row) => row.discipline);
}

export interface InterprofessionalRow {
  academicYear: string;
  organizationId: string;
  programKey: string;
  programName: string;
  siteKey: string;
  siteName: string;
  profession: string;
  trainees: number;
}

/** EXP-2: other trainees who trained alongside, with keys that compare as those of enrollments do. */
export async function readInterprofessional(
  trx: Trx,
  { academicYear, organizationId }: ReportScope,
): Promise<InterprofessionalRow[]> {
  let query = trx
    .selectFrom("reports.interprofessional")
    .select([
      "academic_year as academicYear",
      "organization_id as organizationId",
      "program_name as programName",
      "site_name as siteName",
      "profession",
      "trainees",
    ])
    .select([
      sql<string>`lower(regexp_replace(trim(program_name), '\\s+', ' ', 'g'))`.as("programKey"),
      sql<string>`lower(site_name)`.as("siteKey"),
    ]);
  if (academicYear !== null) query = query.where("academic_year", "=", academicYear);
  if (organizationId !== null) query = query.where("organization_id", "=", organizationId);
  return query.execute();
}
