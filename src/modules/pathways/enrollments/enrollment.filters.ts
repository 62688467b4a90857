import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { filterText } from "../../../platform/web/list-query.ts";

/** Filters that name a stored column and take one of its codes. */
export const CODE_FILTERS = [
  "program_type",
  "level",
  "profession",
  "apprenticeship_approach",
  "enrollment_status",
  "outcome",
  "sex",
  "veteran_status",
  "disadvantaged_background",
  "rural_background",
  "funded",
  "left_reason",
  "employment_at_completion",
  "employment_1y",
] as const;
export type CodeFilter = (typeof CODE_FILTERS)[number];

/** In a filter by employment: any of the codes of the employed. */
const ANY_EMPLOYMENT = "employed";

/** Ages by the bands of the report: first and last year, both within. */
export const AGE_BANDS: Readonly<Record<string, readonly [number, number]>> = {
  "<20": [0, 19],
  "20-29": [20, 29],
  "30-39": [30, 39],
  "40-49": [40, 49],
  "50-59": [50, 59],
  "60+": [60, 200],
};

const AWARD =
  /^(stipend|tuition|scholarship|fellowship|traineeship|loan|loan_repayment|insurance|travel|total)$/;

const codes = Object.fromEntries(CODE_FILTERS.map((name) => [name, filterText])) as Record<
  CodeFilter,
  typeof filterText
>;

/** What a list of enrollments can be narrowed to: the addresses that figures of the report open. */
export const enrollmentFilters = {
  ...codes,
  year: filterText,
  organization: z.uuid().optional().catch(undefined),
  program: filterText,
  age_band: filterText,
  race: filterText,
  race_only: filterText,
  site: filterText,
  county: filterText,
  credential: filterText,
  paid: filterText,
  trainee: filterText,
};

export type EnrollmentFilter = { [Name in keyof typeof enrollmentFilters]?: string | undefined };

/** SQL conditions on `pathways.enrollment e`; only rows that are not archived. */
export function enrollmentConditions(filter: EnrollmentFilter): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`e.archived_at is null`];
  for (const name of CODE_FILTERS)
    if (filter[name])
      conditions.push(
        filter[name] === ANY_EMPLOYMENT && name.startsWith("employment_")
          ? sql`starts_with(${sql.ref(`e.${name}`)}, 'employed_')`
          : sql`${sql.ref(`e.${name}`)} = ${filter[name]}`,
      );
  if (filter.year) conditions.push(sql`e.academic_year = ${filter.year}`);
  if (filter.organization) conditions.push(sql`e.organization_id = ${filter.organization}`);
  if (filter.program) conditions.push(sql`e.program_key = lower(${filter.program})`);
  if (filter.site) conditions.push(sql`lower(e.site_name) = lower(${filter.site})`);
  if (filter.county)
    conditions.push(
      filter.county === "not_known"
        ? sql`e.site_county_fips is null`
        : sql`e.site_county_fips = ${filter.county}`,
    );
  if (filter.credential)
    conditions.push(
      filter.credential === "any" ? sql`e.credential is not null` : sql`e.credential = ${filter.credential}`,
    );
  // By the whole code only: a part of one would let an evaluator's pseudonyms be guessed.
  if (filter.trainee)
    conditions.push(
      sql`pathways.shown_trainee(e.organization_id, e.grantee_code, e.trainee_key, e.trainee_code) = ${filter.trainee}`,
    );
  if (filter.paid && AWARD.test(filter.paid))
    conditions.push(sql`${sql.ref(`e.award_${filter.paid}_usd`)} > 0`);
  const band = filter.age_band ? AGE_BANDS[filter.age_band] : undefined;
  if (band) conditions.push(sql`e.age between ${band[0]} and ${band[1]}`);
  else if (filter.age_band === "not_reported") conditions.push(sql`e.age is null`);
  if (filter.race === "two_or_more") conditions.push(sql`cardinality(e.race_ethnicity) > 1`);
  else if (filter.race)
    conditions.push(
      filter.race_only === "yes"
        ? sql`e.race_ethnicity = array[${filter.race}]::text[]`
        : sql`${filter.race} = any (e.race_ethnicity)`,
    );
  return sql.join(conditions, sql` and `);
}
