import { z } from "zod";
import { ApiProblem, unusableFields } from "../../../platform/api/api-problem.ts";
import {
  type ApiVisit,
  apiRoute,
  formatParameter,
  listAnswer,
  listOf,
  listParameters,
} from "../../../platform/api/api-route.ts";
import { fromCursor, partOf, toCursor } from "../../../platform/api/cursor.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { enrollmentsExported } from "../events.ts";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { enrollmentColumns } from "./enrollment.columns.ts";
import { CODE_FILTERS, type EnrollmentFilter, enrollmentFilters } from "./enrollment.filters.ts";
import { findEnrollment, IDENTIFYING, listEnrollmentsBehind } from "./enrollment.store.ts";
import { prepareSearch } from "./enrollment-search.store.ts";
import { addValues, hasDesignations, readFilterNames } from "./enrollment-sums.store.ts";

const GROUP = "Enrollments";

/** What the filters mean, for whoever writes a program. */
const MEANINGS: Record<Exclude<keyof typeof enrollmentFilters, (typeof CODE_FILTERS)[number]>, string> = {
  year: "Academic year, such as 2024-25.",
  organization: "An organization's id.",
  program: "A program's name, in upper or lower case.",
  age_band: "An age band of the report.",
  race: "A category of race or ethnicity (2024), or two_or_more.",
  race_only: "Beside `race`: yes for this one alone, no for this one with others.",
  race_1997: "A race by the standard of 1997.",
  race_1997_only: "Beside `race_1997`: yes for this one alone.",
  hispanic: "The question on ethnicity of 1997.",
  site: "A training site's name.",
  site_named: "Whether a training site is named.",
  county: "The site's county: five digits (FIPS), known or not_known.",
  site_state: "The site's state, two letters.",
  site_rural: "Whether the site's county is rural.",
  shortage: "A discipline: the site's county has a shortage designation of it.",
  credential: "A credential, or any.",
  paid: "An award of which more than nothing was paid.",
  hours: "A kind of hours of which there are more than none.",
  trainee: "A trainee's whole code; for evaluators, the pseudonym.",
};

const filters = Object.fromEntries(
  Object.entries(enrollmentFilters).map(([name, schema]) => [
    name,
    schema.describe(
      (CODE_FILTERS as readonly string[]).includes(name)
        ? `${columnLabel(name)}: a code of the roster format.`
        : MEANINGS[name as keyof typeof MEANINGS],
    ),
  ]),
) as typeof enrollmentFilters;

const fields = {
  id: z.int(),
  organization_id: z.uuid(),
  organization: z.string(),
  trainee: z.string().describe("The organization's own code; for evaluators, a pseudonym."),
};

/** Free text, and what would say the trainee's code a second time, are not in lists. */
const LISTED = enrollmentColumns.map((column) => column.name).filter((name) => !IDENTIFYING.has(name));

const values = z
  .record(z.string(), z.string().nullable())
  .describe(
    "The columns of the roster format as text: codes, amounts, days; several codes with semicolons between.",
  );

const enrollment = z
  .object({ ...fields, values })
  .meta({ id: "Enrollment", description: "One trainee in one program in one academic year." });

const detail = z
  .object({
    ...fields,
    values,
    roster_id: z.uuid().describe("The roster that it came with."),
    row: z.int().describe("Its row in that file."),
    archived_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "EnrollmentDetail", description: "An enrollment with where it comes from." });

/** Records leave the hub: the same event as for a download from a page. */
async function recordExport(visit: ApiVisit<unknown, unknown>, rows: number): Promise<void> {
  if (visit.actor.kind === "person")
    await visit.record(enrollmentsExported, {
      organizationId: visit.actor.organizationId,
      subject: ["export", visit.requestId],
      data: { rows, format: visit.format },
    });
}

/** A filter by something there is none of would give nothing, and look like an answer. */
async function refuseUnknown(visit: ApiVisit<unknown, unknown>, filter: EnrollmentFilter): Promise<void> {
  const refuse = (field: string, detail: string): never => {
    throw unusableFields({ in: "query", field, detail });
  };
  if (filter.site_state && (await readFilterNames(visit.trx, filter)).state === null)
    refuse("site_state", "There is no such state.");
  if (filter.shortage && !(await hasDesignations(visit.trx, filter.shortage)))
    refuse("shortage", "No shortage designations of this discipline are loaded.");
}

/** The records behind the figures. */
export const enrollmentApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/enrollments",
    operationId: "listEnrollments",
    group: GROUP,
    scope: "enrollments:read",
    summary: "List enrollments",
    description:
      "Records of trainees with every column of the roster format but notes, in an order that stays: go on with `next` until it is null and every record comes once. The filters are those of the page Trainees, and together narrow the list. Archived records are left out. Each call leaves a line in the audit.",
    query: z.object({ ...listParameters, ...formatParameter, ...filters }),
    answer: listOf(enrollment),
    csv: true,
    events: [enrollmentsExported],
    handle: async (visit) => {
      const { limit, cursor, format: _, ...filter } = visit.query;
      await refuseUnknown(visit, filter);
      const place = fromCursor(cursor, z.tuple([z.uuid(), z.int()]));
      const found = await listEnrollmentsBehind(
        visit.trx,
        await prepareSearch(visit.trx, visit.actor, filter),
        place && { organizationId: place[0], id: place[1] },
        limit + 1,
      );
      const { rows, last } = partOf(found, limit);
      const shown = await addValues(visit.trx, rows, LISTED);
      await recordExport(visit, rows.length);
      return listAnswer(
        shown.map((row) => ({
          id: row.id,
          organization_id: row.organizationId,
          organization: row.organizationName,
          trainee: row.trainee,
          values: { ...row.values },
        })),
        last ? toCursor([last.organizationId, last.id]) : null,
        [
          { header: "id", value: (row) => row.id },
          { header: "organization_id", value: (row) => row.organization_id },
          { header: "organization", value: (row) => row.organization },
          { header: "trainee", value: (row) => row.trainee },
          ...LISTED.map((name) => ({
            header: name,
            value: (row: z.infer<typeof enrollment>) => row.values[name] ?? null,
          })),
        ],
      );
    },
  }),
  apiRoute({
    method: "GET",
    path: "/enrollments/:id",
    operationId: "getEnrollment",
    group: GROUP,
    scope: "enrollments:read",
    summary: "Read one enrollment",
    description:
      "One record with every column of the roster format. Evaluators get neither the trainee's code nor notes.",
    params: z.object({
      id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).describe("The enrollment's id."),
    }),
    answer: detail,
    problems: [404],
    events: [enrollmentsExported],
    handle: async (visit) => {
      const found = await findEnrollment(visit.trx, visit.params.id);
      if (!found) throw new ApiProblem(404, "There is no such enrollment, or the token does not reach it.");
      await recordExport(visit, 1);
      return {
        data: {
          id: found.id,
          organization_id: found.organizationId,
          organization: found.organizationName,
          trainee: found.trainee,
          values: found.values,
          roster_id: found.rosterId,
          row: found.sourceRow,
          archived_at: found.archivedAt?.toISOString() ?? null,
        },
      };
    },
  }),
];
