import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { AWARD_TYPES, type AwardType, DIMENSIONS, HOUR_KINDS, type HourKind, type ReportScope } from "./report-figures.types.ts";

/** What the database counts for a report: see each query below. */
export interface CountedRow {
  kind: string;
  /** Null: of all years in the scope. */
  year: string | null;
  key: (string | null)[];
  n: number;
}

export interface SummedYear {
  year: string;
  awards: Record<AwardType | "total", { usd: string; paid: number }>;
  hours: Record<HourKind, string>;
}

// A report groups a whole portfolio at once. With the server's usual 4 MB the groups would go through temporary files.
const REPORT_MEMORY = "128MB";

/** Gives this transaction the memory to group a portfolio. */
export async function prepareForReport(trx: Trx): Promise<void> {
  await sql`select set_config('work_mem', ${REPORT_MEMORY}, true), set_config('jit', 'off', true)`.execute(trx);
}

/** Row-level security has said which organizations; this says what of them. */
function inScope({ academicYear, organizationId }: ReportScope): RawBuilder<unknown> {
  const year = academicYear === null ? sql`` : sql` and e.academic_year = ${academicYear}`;
  const organization = organizationId === null ? sql`` : sql` and e.organization_id = ${organizationId}::uuid`;
  return sql`e.archived_at is null${year}${organization}`;
}

const AGE_BAND = sql`case when e.age is null then 'not_reported' when e.age < 20 then '<20' when e.age < 30 then '20-29' when e.age < 40 then '30-39'
  when e.age < 50 then '40-49' when e.age < 60 then '50-59' else '60+' end`;

/**
 * Enrollments by combinations of codes, in one pass: columns that are read together share a grouping, because a grouping
 * costs almost the same for six columns as for one. Sums over a combination give each column's own counts.
 */
export async function countEnrollments(trx: Trx, scope: ReportScope): Promise<CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select kind, academic_year as year, n, case kind
        when 'program' then array[program_type, level, profession, enrollment_status, outcome]
        when 'outcome' then array[outcome, left_reason, employment_at_completion, employment_1y, funded]
        when 'person' then array[sex, veteran_status, disadvantaged_background, rural_background, age_band]
        when 'race' then race_ethnicity
        when 'place' then array[organization_id::text, program_key, program_name, profession, lower(site_name), site_name, site_county_fips]
        else array[credential] end as key
    from (
      select academic_year, program_type, level, profession, enrollment_status, outcome, left_reason, employment_at_completion, employment_1y, funded,
        sex, veteran_status, disadvantaged_background, rural_background, age_band, race_ethnicity,
        organization_id, program_key, program_name, site_name, site_county_fips, credential, count(*) as n,
        case when grouping(level) = 0 then 'program' when grouping(funded) = 0 then 'outcome' when grouping(sex) = 0 then 'person'
          when grouping(race_ethnicity) = 0 then 'race' when grouping(program_key) = 0 then 'place' else 'credential' end as kind
      from (select e.*, ${AGE_BAND} as age_band from pathways.enrollment e where ${inScope(scope)}) e
      group by grouping sets (
        (academic_year, program_type, level, profession, enrollment_status, outcome),
        (academic_year, outcome, left_reason, employment_at_completion, employment_1y, funded),
        (academic_year, sex, veteran_status, disadvantaged_background, rural_background, age_band),
        (academic_year, race_ethnicity),
        (academic_year, organization_id, program_key, program_name, profession, site_name, site_county_fips),
        (credential))
    ) counted`.execute(trx);
  return rows;
}

const awardColumns = (["total", ...AWARD_TYPES] as const).map((name) => ({ name, column: sql.ref(`e.award_${name}_usd`) }));

/** Money and hours by year. */
export async function sumEnrollments(trx: Trx, scope: ReportScope): Promise<SummedYear[]> {
  const awards = awardColumns.map(
    ({ name, column }) => sql`${sql.lit(name)}, jsonb_build_object('usd', coalesce(sum(${column}), 0)::text, 'paid', count(*) filter (where ${column} > 0))`,
  );
  const hours = HOUR_KINDS.map((name) => sql`${sql.lit(name)}, coalesce(sum(${sql.ref(`e.hours_${name}`)}), 0)::text`);
  const { rows } = await sql<SummedYear>`
    select e.academic_year as year, jsonb_build_object(${sql.join(awards)}) as awards, jsonb_build_object(${sql.join(hours)}) as hours
    from pathways.enrollment e where ${inScope(scope)} group by e.academic_year`.execute(trx);
  return rows;
}

/**
 * What must be taken off the counts of enrollments to get counts of trainees. Most trainees have one enrollment and need
 * no second look; the others are found by a hash of their key, numbered exactly, and each one's codes are put in a list.
 *
 * Rows of a dimension (and "race"): how many trainees (`n`) have this list of codes, one for each enrollment. Rows of
 * "award", "county", "site", "exp2" and "credential": by how much (`n`) the key's enrollments outnumber its trainees.
 */
export async function countRepeats(trx: Trx, scope: ReportScope): Promise<CountedRow[]> {
  const trainee = sql`hashtextextended(e.trainee_key, hashtextextended(e.grantee_code, 0))`;
  const lists = sql.join(DIMENSIONS.map((name) => sql`array_agg(${sql.ref(name)}) as ${sql.ref(name)}`));
  const paid = sql.join(awardColumns.map(({ name, column }) => sql`greatest(count(*) filter (where ${column} > 0) - 1, 0) as ${sql.ref(name)}`));
  const listed = [...DIMENSIONS, "race"] as const;
  const { rows } = await sql<CountedRow>`
    with candidate as (
      select trainee from (select ${trainee} as trainee from pathways.enrollment e where ${inScope(scope)}) e group by trainee having count(*) > 1
    ), repeated as materialized (
      select e.*, ${AGE_BAND} as age_band, lower(e.site_name) as site_key,
        dense_rank() over (order by c.trainee, e.organization_id, e.grantee_code, e.trainee_key) as trainee
      from candidate c join pathways.enrollment e on ${trainee} = c.trainee where ${inScope(scope)}
    ), per_trainee as materialized (
      select academic_year, ${lists}, array_agg(array_to_string(race_ethnicity, ';')) as race, ${paid}
      from repeated e group by grouping sets ((trainee, academic_year), (trainee)) having count(*) > 1
    )
    select kind, academic_year as year, key, n from (
      select academic_year, count(*) as n,
        case ${sql.join(listed.map((name) => sql`when grouping(${sql.ref(name)}) = 0 then ${sql.lit(name)}`), sql` `)} end as kind,
        case ${sql.join(listed.map((name) => sql`when grouping(${sql.ref(name)}) = 0 then ${sql.ref(name)}`), sql` `)} end as key
      from per_trainee group by grouping sets (${sql.join(listed.map((name) => sql`(academic_year, ${sql.ref(name)})`))})
    ) listed
    union all
    select 'award', academic_year, array[name], sum(n)::bigint
    from per_trainee, lateral (values ${sql.join(awardColumns.map(({ name }) => sql`(${sql.lit(name)}, ${sql.ref(name)})`))}) as award (name, n)
    group by academic_year, name having sum(n) > 0
    union all
    select 'county', null, array[site_county_fips], sum(n - 1)::bigint
    from (select site_county_fips, count(*) as n from repeated group by trainee, site_county_fips having count(*) > 1) r group by site_county_fips
    union all
    select 'site', null, array[organization_id::text, site_key, site_county_fips], sum(n - 1)::bigint
    from (select organization_id, site_key, site_county_fips, count(*) as n from repeated group by trainee, organization_id, site_key, site_county_fips having count(*) > 1) r
    group by organization_id, site_key, site_county_fips
    union all
    select 'exp2', academic_year, array[organization_id::text, program_key, profession, site_key], sum(n - 1)::bigint
    from (select academic_year, organization_id, program_key, profession, site_key, count(*) as n from repeated
      group by trainee, academic_year, organization_id, program_key, profession, site_key having count(*) > 1) r
    group by academic_year, organization_id, program_key, profession, site_key
    union all
    select 'credential', null, array[credential], sum(n - 1)::bigint
    from (select credential, count(*) as n from repeated group by trainee, credential having count(*) > 1) r group by credential`.execute(trx);
  return rows;
}
