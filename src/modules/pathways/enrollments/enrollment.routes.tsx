import { z } from "zod";
import { isEvaluator, worksForHub } from "../../../platform/database/actor.ts";
import { listHref, listQuery, orderOf, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { tableDownload } from "../../../platform/web/table-download.ts";
import { enrollmentsExported } from "../events.ts";
import { mayImport } from "../rosters/roster.policy.ts";
import { enrollmentFilters } from "./enrollment.filters.ts";
import { codeInWords, ENROLLMENTS_PATH, EnrollmentListPage, EnrollmentPage } from "./enrollment.pages.tsx";
import {
  COUNTED_AT_MOST,
  countEnrollments,
  ENROLLMENT_ORDERS,
  type EnrollmentRow,
  findEnrollment,
  listAcademicYears,
  listEnrollments,
} from "./enrollment.store.ts";

const READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;

const downloadColumns = [
  { header: "Trainee", value: (row: EnrollmentRow) => row.trainee },
  { header: "Organization", value: (row: EnrollmentRow) => row.organizationName },
  { header: "Academic year", value: (row: EnrollmentRow) => row.academicYear },
  { header: "Program", value: (row: EnrollmentRow) => row.programName },
  { header: "Program type", value: (row: EnrollmentRow) => codeInWords("program_type", row.programType) },
  { header: "Profession", value: (row: EnrollmentRow) => codeInWords("profession", row.profession) },
  { header: "Outcome", value: (row: EnrollmentRow) => codeInWords("outcome", row.outcome) },
  { header: "Start date", value: (row: EnrollmentRow) => row.startedOn },
  {
    header: "Award total, USD",
    value: (row: EnrollmentRow) => (row.awardTotal === null ? null : Number(row.awardTotal)),
    type: "number" as const,
  },
  {
    header: "Hours total",
    value: (row: EnrollmentRow) => (row.hoursTotal === null ? null : Number(row.hoursTotal)),
    type: "number" as const,
  },
];

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
      if (format) {
        const rows = await listEnrollments(trx, filter, order, COUNTED_AT_MOST, 0);
        // Records leave the hub: that is an event, though it is a read.
        if (actor.kind === "person")
          await visit.record(enrollmentsExported, {
            organizationId: actor.organizationId,
            subject: ["export", visit.requestId],
            data: { rows: rows.length, format },
          });
        return tableDownload(visit, { name: "enrollments", format, columns: downloadColumns, rows });
      }
      const rows = await listEnrollments(trx, filter, order, PAGE_SIZE, (page - 1) * PAGE_SIZE);
      const body = (
        <EnrollmentListPage
          rows={rows}
          total={await countEnrollments(trx, filter)}
          filter={filter}
          years={await listAcademicYears(trx)}
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
