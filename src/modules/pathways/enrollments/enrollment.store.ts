import { type RawBuilder, sql } from "kysely";
import { type Actor, onlyOrganizationOf } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import type { Order } from "../../../platform/web/list-query.ts";
import { enrollmentColumns } from "./enrollment.columns.ts";
import { type EnrollmentSearch, enrollmentConditions } from "./enrollment.filters.ts";

export interface EnrollmentRow {
  id: number;
  organizationId: string;
  organizationName: string;
  academicYear: string;
  trainee: string;
  programName: string;
  programType: string;
  profession: string;
  outcome: string;
  startedOn: string;
  awardTotal: string | null;
  hoursTotal: string | null;
}

export const ENROLLMENT_ORDERS = [
  "trainee",
  "year",
  "organization",
  "program",
  "outcome",
  "started",
  "award",
  "hours",
] as const;
export type EnrollmentOrder = Order<(typeof ENROLLMENT_ORDERS)[number]>;

const ORDER_SQL: Record<(typeof ENROLLMENT_ORDERS)[number], string> = {
  trainee: "e.trainee_key",
  year: "e.academic_year",
  organization: "o.name",
  program: "e.program_key",
  outcome: "e.outcome",
  started: "e.started_on",
  award: "e.award_total_usd",
  hours: "e.hours_total",
};

/** Counting stops here: an exact count of a million rows would cost every page a scan. */
export const COUNTED_AT_MOST = 100_000;

const SHOWN_TRAINEE =
  "pathways.shown_trainee(e.organization_id, e.grantee_code, e.trainee_key, e.trainee_code)";
// Asked once for the list, not once per row.
const shownTrainee = sql.raw(
  `case when (select directory.reads_identities()) then e.trainee_code else ${SHOWN_TRAINEE} end`,
);

/** A run of a list. */
export interface ListPart {
  limit: number;
  offset: number;
  /** The reader sees pseudonyms: in the order of the codes behind them they would tell much. */
  isDeidentified: boolean;
  /** How many the whole list has, where that is known. */
  total: number | null;
}

/** From so many on, going through an index until a page is full is quicker than sorting what the filter leaves. */
const WALKED_FROM = 10_000;

/** One page of enrollments; trainees under the name that the actor may see. */
export async function listEnrollments(
  trx: Trx,
  search: EnrollmentSearch,
  order: EnrollmentOrder,
  { limit, offset, isDeidentified, total }: ListPart,
): Promise<EnrollmentRow[]> {
  const isByPseudonym = isDeidentified && order.key === "trainee";
  const key = isByPseudonym ? "h.hash" : ORDER_SQL[order.key];
  // Only an optional column has nulls, and only without the words about them does an index give the order.
  const nulls = order.key === "award" || order.key === "hours" ? " nulls last" : "";
  const ordered = sql.raw(
    `order by ${key} ${order.descending ? "desc" : "asc"}${nulls}, e.organization_id, e.id`,
  );
  const joined = isByPseudonym
    ? sql`join pathways.trainees_hashed(${search.filter.year ?? null}) h on h.organization_id = e.organization_id and h.id = e.id`
    : order.key === "organization"
      ? sql`join directory.organization o on o.id = e.organization_id`
      : sql``;
  const conditions = enrollmentConditions(search);
  const isNarrow =
    search.organization ?? search.traineeKeys ?? search.filter.year ?? search.filter.organization;
  const isWalked = key === ORDER_SQL.trainee && !isNarrow && (total ?? 0) >= WALKED_FROM;
  const years = isWalked ? search.years : null;
  const found = years
    ? // An index has each year in this order: the first of every year are sorted, not all there are.
      sql`select e.organization_id, e.id, e.trainee_key from unnest(${years}::text[]) as years (year) cross join lateral (
        select e.organization_id, e.id, e.trainee_key from pathways.enrollment e
        where e.academic_year = years.year and ${conditions} ${ordered} limit ${offset + limit}) e`
    : sql`select e.organization_id, e.id from pathways.enrollment e ${joined} where ${conditions}`;
  return readRows(
    trx,
    sql`select e.organization_id, e.id, row_number() over () as place from (
      ${found} ${ordered} limit ${limit} offset ${offset}) e`,
  );
}

/** The rows of a page that is given by keys and places. The name under which a trainee is shown is made for them, not for all that are sorted. */
async function readRows(trx: Trx, page: RawBuilder<unknown>): Promise<EnrollmentRow[]> {
  const { rows } = await sql<EnrollmentRow>`
    with page as materialized (${page})
    select e.id, e.organization_id as "organizationId", o.name as "organizationName", e.academic_year as "academicYear", ${shownTrainee} as trainee,
      e.program_name as "programName", e.program_type as "programType", e.profession, e.outcome, e.started_on as "startedOn",
      e.award_total_usd::text as "awardTotal", trim_scale(e.hours_total)::text as "hoursTotal"
    from page p join pathways.enrollment e on e.organization_id = p.organization_id and e.id = p.id
      join directory.organization o on o.id = e.organization_id
    order by p.place`.execute(trx);
  return rows;
}

/** How many enrollments the filter leaves; counting stops at COUNTED_AT_MOST. */
export async function countEnrollments(trx: Trx, search: EnrollmentSearch): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from (select 1 from pathways.enrollment e where ${enrollmentConditions(search)} limit ${COUNTED_AT_MOST}) as counted`.execute(
    trx,
  );
  return rows[0]?.count ?? 0;
}

/** Where a reading in the order of the key has come to. */
export interface EnrollmentPlace {
  organizationId: string;
  id: number;
}

/** Enrollments behind a place in the order of their key, for programs that read them all: nothing twice, nothing left out. */
export async function listEnrollmentsBehind(
  trx: Trx,
  search: EnrollmentSearch,
  place: EnrollmentPlace | null,
  limit: number,
): Promise<EnrollmentRow[]> {
  const behind = place ? sql`and (e.organization_id, e.id) > (${place.organizationId}, ${place.id})` : sql``;
  return readRows(
    trx,
    sql`select e.organization_id, e.id, row_number() over (order by e.organization_id, e.id) as place from pathways.enrollment e
      where ${enrollmentConditions(search)} ${behind} order by e.organization_id, e.id limit ${limit}`,
  );
}

export interface EnrollmentDetail {
  id: number;
  organizationId: string;
  organizationName: string;
  trainee: string;
  rosterId: string;
  rosterFile: string | null;
  sourceSheet: string | null;
  sourceRow: number;
  archivedAt: Date | null;
  /** Canonical text by column of the roster format. */
  values: Record<string, string | null>;
}

/** Free text may name people, and these columns are codes of people. */
export const IDENTIFYING: ReadonlySet<string> = new Set(["trainee_id", "notes"]);

/** One enrollment, or null where there is none that the actor sees; evaluators get no identifying column. */
export async function findEnrollment(trx: Trx, id: number): Promise<EnrollmentDetail | null> {
  const pairs = sql.join(
    enrollmentColumns.map(
      (column) =>
        sql`${sql.lit(column.name)}, ${IDENTIFYING.has(column.name) ? sql`case when (select directory.reads_identities()) then ${sql.raw(column.toText)} end` : sql.raw(column.toText)}`,
    ),
  );
  const { rows } = await sql<EnrollmentDetail>`
    select e.id, e.organization_id as "organizationId", o.name as "organizationName", ${shownTrainee} as trainee, e.roster_id as "rosterId", r.file_name as "rosterFile",
      e.source_sheet as "sourceSheet", e.source_row as "sourceRow", e.archived_at as "archivedAt", jsonb_build_object(${pairs}) as values
    from pathways.enrollment e join directory.organization o on o.id = e.organization_id
      left join pathways.roster r on r.organization_id = e.organization_id and r.id = e.roster_id
    where e.id = ${id}`.execute(trx);
  return rows[0] ?? null;
}

/** The academic years in which the actor sees enrollments, the newest first. */
export async function listAcademicYears(trx: Trx, actor: Actor): Promise<string[]> {
  const organization = onlyOrganizationOf(actor);
  const own = organization ? sql`and organization_id = ${organization}` : sql``;
  const { rows } = await sql<{ year: string }>`
    with recursive years as (
      (select academic_year as year from pathways.enrollment where archived_at is null ${own} order by academic_year desc limit 1)
      union all
      select (select e.academic_year from pathways.enrollment e where e.archived_at is null ${own} and e.academic_year < y.year order by e.academic_year desc limit 1) from years y where y.year is not null
    ) select year from years where year is not null`.execute(trx);
  return rows.map((row) => row.year);
}
