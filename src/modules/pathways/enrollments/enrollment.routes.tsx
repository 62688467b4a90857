import { z } from "zod";
import { isEvaluator, worksForHub } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { listHref, listQuery, orderOf, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { notFound, unusable } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { type DownloadColumn, tableDownload } from "../../../platform/web/table-download.ts";
import { enrollmentsExported } from "../events.ts";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { columnOf } from "../roster-reading/roster-format.rules.ts";
import { mayImport } from "../rosters/roster.policy.ts";
import { columnsOfFilter, type EnrollmentFilter, enrollmentFilters } from "./enrollment.filters.ts";
import { ENROLLMENTS_PATH, EnrollmentListPage, EnrollmentPage } from "./enrollment.pages.tsx";
import {
  COUNTED_AT_MOST,
  countEnrollments,
  ENROLLMENT_ORDERS,
  findEnrollment,
  listEnrollments,
} from "./enrollment.store.ts";
import { prepareSearch } from "./enrollment-search.store.ts";
import {
  addValues,
  hasDesignations,
  readCountyNames,
  readFilterNames,
  type ShownEnrollment,
  sumEnrollments,
} from "./enrollment-sums.store.ts";
import {
  codeInWords,
  type EnrollmentSums,
  filterInWords,
  sumsInWords,
  valueInWords,
} from "./enrollment-words.rules.ts";
import { countOnce } from "./kept-counts.store.ts";

const READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;

const downloadColumns: readonly DownloadColumn<ShownEnrollment>[] = [
  { header: "Trainee", value: (row) => row.trainee },
  { header: "Organization", value: (row) => row.organizationName },
  { header: "Academic year", value: (row) => row.academicYear },
  { header: "Program", value: (row) => row.programName },
  { header: "Program type", value: (row) => codeInWords("program_type", row.programType) },
  { header: "Profession", value: (row) => codeInWords("profession", row.profession) },
  { header: "Outcome", value: (row) => codeInWords("outcome", row.outcome) },
  { header: "Start date", value: (row) => row.startedOn },
  {
    header: "Award total, USD",
    value: (row) => (row.awardTotal === null ? null : Number(row.awardTotal)),
    type: "number",
  },
  {
    header: "Hours total",
    value: (row) => (row.hoursTotal === null ? null : Number(row.hoursTotal)),
    type: "number",
  },
];

/** A column that the filter speaks of, behind the others. */
function askedColumn(name: string): DownloadColumn<ShownEnrollment> {
  const { type } = columnOf(name);
  const isNumber = type === "usd" || type === "hours";
  return {
    header: columnLabel(name),
    value: ({ values }) => {
      const value = values[name];
      return value == null ? null : isNumber ? Number(value) : valueInWords(name, value);
    },
    ...(isNumber ? { type: "number" } : {}),
  };
}

/** What the filter says, in words. What there is none of is no filter. */
async function readFilterWords(trx: Trx, filter: EnrollmentFilter): Promise<string> {
  const names = await readFilterNames(trx, filter);
  if (filter.site_state && names.state === null)
    throw unusable(`There is no state “${filter.site_state}”. Go back and choose again.`);
  if (filter.shortage && !(await hasDesignations(trx, filter.shortage)))
    throw unusable(`No shortage designations of “${filter.shortage}” are loaded. Go back and choose again.`);
  return filterInWords(filter, names);
}

/** The records behind the figures. */
export const enrollmentRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: ENROLLMENTS_PATH,
    who: READERS,
    menu: { label: "Trainees", order: 30 },
    query: z.object({ ...listQuery, ...enrollmentFilters }),
    events: [enrollmentsExported],
    handle: async (visit) => {
      const { trx, actor, query } = visit;
      const { sort, page, format, ...filter } = query;
      const order = orderOf(sort, ENROLLMENT_ORDERS, { key: "trainee", descending: false });
      const isDeidentified = isEvaluator(actor);
      const words = await readFilterWords(trx, filter);
      const columns = columnsOfFilter(filter);
      const search = await prepareSearch(trx, actor, filter);
      if (format) {
        const rows = await listEnrollments(trx, search, order, {
          limit: COUNTED_AT_MOST,
          offset: 0,
          isDeidentified,
          total: null,
        });
        // Records leave the hub: that is an event, though it is a read.
        if (actor.kind === "person")
          await visit.record(enrollmentsExported, {
            organizationId: actor.organizationId,
            subject: ["export", visit.requestId],
            data: { rows: rows.length, format },
          });
        return tableDownload(visit, {
          name: "enrollments",
          format,
          columns: [...downloadColumns, ...columns.map(askedColumn)],
          rows: await addValues(trx, rows, columns),
        });
      }
      const count = async (): Promise<{ total: number; sums: EnrollmentSums | null }> => {
        const total = await countEnrollments(trx, search);
        return { total, sums: total === 0 ? null : await sumEnrollments(trx, search, total) };
      };
      // A trainee's name is not kept, and an index leads to the few records there are.
      const { total, sums } = await (filter.trainee ? count() : countOnce(trx, ["list", filter], count));
      const listed = await listEnrollments(trx, search, order, {
        limit: PAGE_SIZE,
        offset: (page - 1) * PAGE_SIZE,
        isDeidentified,
        total,
      });
      const rows = await addValues(trx, listed, columns);
      const body = (
        <EnrollmentListPage
          rows={rows}
          total={total}
          filter={filter}
          words={words}
          sums={sums ? sumsInWords(sums, filter) : ""}
          columns={columns}
          counties={
            await readCountyNames(
              trx,
              rows.map(({ values }) => values["site_county_fips"]),
            )
          }
          years={search.years}
          sort={sort ?? "trainee"}
          page={page}
          pageSize={PAGE_SIZE}
          showOrganization={worksForHub(actor)}
          href={(change) => listHref(ENROLLMENTS_PATH, { ...filter, sort, page }, change)}
          mayUpload={actor.kind === "person" && mayImport(actor, actor.organizationId)}
        />
      );
      return visit.page({ title: "Trainees", wide: true }, body);
    },
  }),
  route({
    method: "GET",
    path: `${ENROLLMENTS_PATH}/:id`,
    who: READERS,
    params: z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
    handle: async (visit) => {
      const enrollment = await findEnrollment(visit.trx, visit.params.id);
      if (!enrollment) throw notFound("This enrollment");
      return visit.page(
        {
          title: `Trainee ${enrollment.trainee}`,
          breadcrumbs: [{ label: "Trainees", href: ENROLLMENTS_PATH }, { label: enrollment.trainee }],
        },
        <EnrollmentPage enrollment={enrollment} mayOpenRoster={!isEvaluator(visit.actor)} />,
      );
    },
  }),
];
