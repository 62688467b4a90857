// What stands behind a list of enrollments besides its rows: what they add up to, and the names of what narrows it.
import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { enrollmentColumns } from "./enrollment.columns.ts";
import {
  amountColumn,
  type EnrollmentFilter,
  type EnrollmentSearch,
  enrollmentConditions,
  isByPlace,
} from "./enrollment.filters.ts";
import type { EnrollmentRow } from "./enrollment.store.ts";
import type { EnrollmentSums, FilterNames } from "./enrollment-words.rules.ts";

/** Above this, distinct trainees are not counted: telling them apart would cost more than the list. */
const DISTINCT_AT_MOST = 10_000;

/** A year or an organization alone is the list itself; whatever else narrows it is a figure's address. */
const isFigure = ({ year: _year, organization: _organization, ...others }: EnrollmentFilter): boolean =>
  Object.values(others).some(Boolean);

/** What the enrollments of a figure add up to, so that the list says the figure too. `total`: how many there are. */
export async function sumEnrollments(
  trx: Trx,
  search: EnrollmentSearch,
  total: number,
): Promise<EnrollmentSums> {
  const { filter } = search;
  const places = isByPlace(filter) ? await countPlaces(trx, search) : { sites: null, counties: null };
  const isDistinct = isFigure(filter) && total <= DISTINCT_AT_MOST;
  if (!isDistinct && !filter.paid && !filter.hours)
    return { trainees: null, paid: null, hours: null, ...places };
  const sum = (name: keyof typeof amountColumn): RawBuilder<unknown> =>
    filter[name] ? sql`sum(${sql.ref(`e.${amountColumn[name](filter[name])}`)})` : sql`null::numeric`;
  // Grouped, not count(distinct …): that would sort the trainees.
  const trainee = isDistinct ? sql`group by e.organization_id, e.grantee_code, e.trainee_key` : sql``;
  const { rows } = await sql<Record<"trainees" | "paid" | "hours", string | null>>`
    select ${isDistinct ? sql`count(*)` : sql`null`}::text as trainees, sum(paid)::text as paid, sum(hours)::text as hours
    from (select ${sum("paid")} as paid, ${sum("hours")} as hours from pathways.enrollment e where ${enrollmentConditions(search)} ${trainee}) as of_trainee`.execute(
    trx,
  );
  const number = (text: string | null | undefined): number | null => (text == null ? null : Number(text));
  const [found] = rows;
  return {
    trainees: number(found?.trainees),
    paid: number(found?.paid),
    hours: number(found?.hours),
    ...places,
  };
}

/** Training sites as the report counts them: a name and a county, in one organization. */
async function countPlaces(trx: Trx, search: EnrollmentSearch): Promise<{ sites: number; counties: number }> {
  const { rows } = await sql<{ sites: number; counties: number }>`
    select count(site)::int as sites, count(distinct county)::int as counties from (
      select lower(e.site_name) as site, e.site_county_fips as county from pathways.enrollment e where ${enrollmentConditions(search)}
      group by e.organization_id, lower(e.site_name), e.site_county_fips) as places`.execute(trx);
  return rows[0] ?? { sites: 0, counties: 0 };
}

const columns = new Map(enrollmentColumns.map((column) => [column.name, column]));

/** An enrollment of a list, with what the filter speaks of. */
export type ShownEnrollment = EnrollmentRow & { values: Readonly<Record<string, string | null>> };

/** Adds the values of these columns of the roster format, as canonical text. */
export async function addValues(
  trx: Trx,
  rows: readonly EnrollmentRow[],
  names: readonly string[],
): Promise<ShownEnrollment[]> {
  if (names.length === 0 || rows.length === 0) return rows.map((row) => ({ ...row, values: {} }));
  const pairs = sql.join(
    names.flatMap((name) => {
      const column = columns.get(name);
      return column ? [sql`${sql.lit(name)}, ${sql.raw(column.toText)}`] : [];
    }),
  );
  const found = await sql<{ id: number; values: Record<string, string | null> }>`
    select e.id, jsonb_build_object(${pairs}) as values
    from unnest(${rows.map((row) => row.organizationId)}::uuid[], ${rows.map((row) => row.id)}::bigint[]) as wanted (organization_id, id)
      join pathways.enrollment e using (organization_id, id)`.execute(trx);
  const byId = new Map(found.rows.map(({ id, values }) => [id, values]));
  return rows.map((row) => ({ ...row, values: byId.get(row.id) ?? {} }));
}

/** "Franklin County, OH" by code. */
export async function readCountyNames(
  trx: Trx,
  fips: readonly (string | null | undefined)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(fips.filter((code) => code))] as string[];
  if (wanted.length === 0) return new Map();
  const rows = await trx
    .selectFrom("directory.county")
    .select(["fips", "name", "state"])
    .where("fips", "in", wanted)
    .execute();
  return new Map(rows.map((row) => [row.fips, `${row.name}, ${row.state}`]));
}

/** The names of what the filter gives by its code. */
export async function readFilterNames(
  trx: Trx,
  { organization, county, site_state }: EnrollmentFilter,
): Promise<FilterNames> {
  if (!organization && !county && !site_state) return { organization: null, county: null, state: null };
  const { rows } = await sql<FilterNames>`
    select (select name from directory.organization where id = ${organization ?? null}::uuid) as organization,
      (select name || ', ' || state from directory.county where fips = ${county ?? null}) as county,
      (select name from directory.state where code = ${site_state ?? null}) as state`.execute(trx);
  return rows[0] ?? { organization: null, county: null, state: null };
}

/** Whether there are shortage designations of a discipline. */
export async function hasDesignations(trx: Trx, discipline: string): Promise<boolean> {
  const row = await trx
    .selectFrom("directory.shortage_designation")
    .select("id")
    .where("discipline", "=", discipline)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
