import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import {
  AWARD_TYPES,
  type AwardType,
  DIMENSIONS,
  type Dimension,
  HOUR_KINDS,
  type HourKind,
  type ReportScope,
} from "./report-figures.types.ts";

/** One thing the database counted for a report; `countEnrollments` says what each kind is. */
export interface CountedRow {
  kind: string;
  /** Null: of all years in the scope. */
  year: string | null;
  key: (string | null)[];
  n: number;
}

export interface SummedYear {
  year: string;
  awards: Record<AwardType | "total", string>;
  hours: Record<HourKind, string>;
}

// A report groups a whole portfolio at once. With the server's usual 4 MB the groups would go through temporary files.
const REPORT_MEMORY = "128MB";

// Seven categories, in any combination, or none: 128 lists at the most as the roster format stores them.
const RACE_BITS = 256;

/** Gives this transaction the memory to group a portfolio. */
export async function prepareForReport(trx: Trx): Promise<void> {
  await sql`select set_config('work_mem', ${REPORT_MEMORY}, true), set_config('jit', 'off', true)`.execute(
    trx,
  );
}

/** Row-level security has said which organizations; this says what of them. */
function inScope({ academicYear, organizationId }: ReportScope): RawBuilder<unknown> {
  const year = academicYear === null ? sql`` : sql` and e.academic_year = ${academicYear}`;
  const organization =
    organizationId === null ? sql`` : sql` and e.organization_id = ${organizationId}::uuid`;
  return sql`e.archived_at is null${year}${organization}`;
}

const AGE_BAND = sql`case when e.age is null then 'not_reported' when e.age < 20 then '<20' when e.age < 30 then '20-29' when e.age < 40 then '30-39'
  when e.age < 50 then '40-49' when e.age < 60 then '50-59' else '60+' end`;

const awardColumns = (["total", ...AWARD_TYPES] as const).map((name) => ({
  name,
  column: sql.ref(`e.award_${name}_usd`),
}));

/** Money and hours by year. */
export async function sumEnrollments(trx: Trx, scope: ReportScope): Promise<SummedYear[]> {
  const awards = awardColumns.map(
    ({ name, column }) => sql`${sql.lit(name)}, coalesce(sum(${column}), 0)::text`,
  );
  const hours = HOUR_KINDS.map(
    (name) => sql`${sql.lit(name)}, coalesce(sum(${sql.ref(`e.hours_${name}`)}), 0)::text`,
  );
  const { rows } = await sql<SummedYear>`
    select e.academic_year as year, jsonb_build_object(${sql.join(awards)}) as awards, jsonb_build_object(${sql.join(hours)}) as hours
    from pathways.enrollment e where ${inScope(scope)} group by e.academic_year`.execute(trx);
  return rows;
}

/** Sets of columns that are counted together: one grouping of six columns costs little more than one of a single column. */
export const FAMILIES = {
  program: ["program_type", "level", "profession", "enrollment_status", "outcome"],
  outcome: ["outcome", "left_reason", "employment_at_completion", "employment_1y", "funded"],
  person: ["sex", "veteran_status", "disadvantaged_background", "rural_background", "age_band"],
} as const satisfies Record<string, readonly Dimension[]>;

/** Positions of the awards in the number that says which ones an enrollment was paid. */
export const PAID_BITS = ["total", ...AWARD_TYPES] as const;

const refs = (names: readonly string[]): RawBuilder<unknown> => sql.join(names.map((name) => sql.ref(name)));
const families = Object.entries(FAMILIES);
const masked = [...DIMENSIONS, "race", "paid"] as const;
const paidBits = sql.join(
  awardColumns.map(({ column }, bit) => sql`case when ${column} > 0 then ${sql.lit(1 << bit)} else 0 end`),
  sql` + `,
);

/** A SQL array of the codes of one dimension that occur, from `counted`. */
function codesOf(dimension: Dimension): RawBuilder<unknown> {
  const family =
    families.find(([, columns]) => (columns as readonly string[]).includes(dimension))?.[0] ?? "";
  return sql`(select array_agg(distinct ${sql.ref(dimension)}) from counted where kind = ${sql.lit(family)}) as ${sql.ref(dimension)}`;
}

/**
 * Everything that is counted, in one statement that reads the enrollments three times, however much there is to count.
 *
 * Most trainees have one enrollment, and count once wherever it counts. Those with more ("several") are numbered, and what
 * they have is put together in bits, one a code, so that a trainee with a code twice has its bit once. Trainees of a code
 * are its enrollments, less those of trainees with several, plus the trainees with several who have its bit.
 *
 * Kinds of rows, `n` being enrollments unless said otherwise:
 * - "program", "outcome", "person": key = the family's codes; "race": the categories; "paid": the bits of the awards paid;
 * - "place": key = organization, program key and name, profession, site key and name, county; "credential": the credential;
 * - "codes", "races": key = a dimension and its codes, or a number and a list of categories: what the bits stand for;
 * - "repeated": key = dimension and bits of one enrollment; only those of trainees with several ("all": without bits);
 * - "several": key = dimension and bits; n = trainees with several who have these bits in the year, or in all (year null);
 * - "extra": key = "county", "site", "exp2" or "credential", then its key; n = by how much enrollments outnumber trainees.
 */
export async function countEnrollments(trx: Trx, scope: ReportScope): Promise<CountedRow[]> {
  const bits = (name: Dimension) =>
    sql`1::bigint << (array_position(${sql.ref(`codes.${name}`)}, ${sql.ref(`e.${name}`)}) - 1) as ${sql.ref(name)}`;
  const extra = (kind: string, columns: readonly string[], isYearly = false) => {
    const counted = isYearly ? ["academic_year", ...columns] : columns;
    return sql`union all select 'extra', ${isYearly ? sql.ref("academic_year") : sql`null`}, array[${sql.lit(kind)}, ${refs(columns)}], sum(n - 1)::bigint
      from (select ${refs(counted)}, count(*) as n from several group by trainee, ${refs(counted)} having count(*) > 1) r group by ${refs(counted)}`;
  };
  const byBits = (kind: string, from: string) => sql`union all
    select ${sql.lit(kind)}, academic_year, case ${sql.join(
      masked.map(
        (name) =>
          sql`when grouping(${sql.ref(name)}) = 0 then array[${sql.lit(name)}, ${sql.ref(name)}::text]`,
      ),
      sql` `,
    )} else array['all', ''] end, count(*)
    from ${sql.table(from)} group by grouping sets ((academic_year), ${sql.join(masked.map((name) => sql`(academic_year, ${sql.ref(name)})`))})`;
  const { rows } = await sql<CountedRow>`
    with enrolled as not materialized (
      select e.*, ${AGE_BAND} as age_band, ${paidBits} as paid from pathways.enrollment e where ${inScope(scope)}
    ), with_several as materialized (
      select row_number() over () as trainee, organization_id, grantee_code, trainee_key from enrolled
      group by organization_id, grantee_code, trainee_key having count(*) > 1
    ), counted as materialized (
      select case ${sql.join(
        families.map(
          ([kind, columns]) => sql`when grouping(${sql.ref(columns[1])}) = 0 then ${sql.lit(kind)}`,
        ),
        sql` `,
      )}
          when grouping(race_ethnicity) = 0 then 'race' when grouping(paid) = 0 then 'paid' when grouping(program_key) = 0 then 'place' else 'credential' end as kind,
        academic_year, ${refs(DIMENSIONS)}, race_ethnicity, paid, organization_id::text, program_key, program_name, site_name, site_county_fips, credential, count(*) as n
      from enrolled
      group by grouping sets (${sql.join(families.map(([, columns]) => sql`(academic_year, ${refs(columns)})`))},
        (academic_year, race_ethnicity), (academic_year, paid),
        (academic_year, organization_id, program_key, program_name, profession, site_name, site_county_fips), (credential))
    ), codes as materialized (
      select ${sql.join(DIMENSIONS.map(codesOf))}
    ), races as materialized (
      select race_ethnicity, (row_number() over ())::int - 1 as number from (select distinct race_ethnicity from counted where kind = 'race') r
    ), several as materialized (
      select w.trainee, e.academic_year, ${sql.join(DIMENSIONS.map(bits))}, set_bit(${sql.lit("0".repeat(RACE_BITS))}::bit(${sql.lit(RACE_BITS)}), races.number, 1) as race, e.paid,
        e.organization_id::text, e.program_key, e.profession as profession_code, lower(e.site_name) as site_key, e.site_county_fips, e.credential
      from enrolled e join with_several w using (organization_id, grantee_code, trainee_key) join races using (race_ethnicity) cross join codes
    ), per_trainee as materialized (
      select academic_year, ${sql.join(masked.map((name) => sql`bit_or(${sql.ref(name)}) as ${sql.ref(name)}`))}
      from several group by grouping sets ((trainee, academic_year), (trainee))
    )
    select kind, academic_year as year, case kind
        ${sql.join(
          families.map(([kind, columns]) => sql`when ${sql.lit(kind)} then array[${refs(columns)}]`),
          sql` `,
        )}
        when 'race' then race_ethnicity
        when 'paid' then array[paid::text]
        when 'place' then array[organization_id, program_key, program_name, profession, lower(site_name), site_name, site_county_fips]
        else array[credential] end as key, n
    from counted
    ${sql.join(
      DIMENSIONS.map(
        (name) =>
          sql`union all select 'codes', null, ${sql.lit(name)}::text || ${sql.ref(name)}, 0 from codes`,
      ),
      sql` `,
    )}
    union all select 'races', null, number::text || race_ethnicity, 0 from races
    ${byBits("repeated", "several")}
    ${byBits("several", "per_trainee")}
    ${extra("county", ["site_county_fips"])}
    ${extra("site", ["organization_id", "site_key", "site_county_fips"])}
    ${extra("exp2", ["organization_id", "program_key", "profession_code", "site_key"], true)}
    ${extra("credential", ["credential"])}`.execute(trx);
  return rows;
}
