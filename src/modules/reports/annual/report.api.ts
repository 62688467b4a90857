import { z } from "zod";
import { ApiProblem } from "../../../platform/api/api-problem.ts";
import { apiRoute, formatParameter, listAnswer, listOf } from "../../../platform/api/api-route.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { findOrganization } from "../../directory/index.ts";
import { reportJson } from "../figures/report-json.ts";
import { findSnapshot, listReports } from "./report.store.ts";
import { year } from "./report-visit.ts";
import { readShownFigures } from "./shown-figures.ts";

const GROUP = "Annual reports";

const line = z
  .object({
    organization_id: z.uuid(),
    organization: z.string(),
    academic_year: z.string(),
    state: z.enum(["draft", "submitted", "returned", "accepted"]),
    version: z.int().describe("The version that is worked on, or the accepted one."),
    trainees: z.int().describe("Distinct trainees with records of the year."),
  })
  .meta({ id: "ReportLine", description: "How an organization's report of a year stands." });

const figures = z
  .looseObject({
    academicYear: z.string().nullable(),
    organization: z.object({ codes: z.array(z.string()), name: z.string() }).nullable(),
    generatedAt: z.iso.datetime(),
    totals: z
      .looseObject({ rows: z.int(), trainees: z.int() })
      .describe("The totals, in the shape of a roster's totals."),
  })
  .meta({
    id: "ReportFigures",
    description:
      "Every figure of a report, as its page's JSON download has it. These are not for the public: small counts are in them.",
  });

const ofYear = z.object({
  organization: z.uuid().describe("The organization's id."),
  year: year.describe("The academic year, such as 2024-25."),
});
const missing = (): ApiProblem =>
  new ApiProblem(404, "There is no such report, or the token does not reach its organization.");

/** Annual reports: how they stand, and their figures. */
export const reportApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/reports",
    operationId: "listReports",
    group: GROUP,
    scope: "reports:read",
    summary: "List the reports of a year",
    description:
      "How every report of an academic year stands, for the organizations that the token reaches. All in one answer.",
    query: z.object({
      year: z.string("Name the academic year.").pipe(year).describe("The academic year, such as 2024-25."),
      ...formatParameter,
    }),
    answer: listOf(line),
    csv: true,
    handle: async ({ trx, actor, query }) =>
      listAnswer(
        (await listReports(trx, actor, query.year)).map((row) => ({
          organization_id: row.organizationId,
          organization: row.organizationName,
          academic_year: query.year,
          state: row.state,
          version: row.version,
          trainees: row.trainees,
        })),
        null,
        (["organization_id", "organization", "academic_year", "state", "version", "trainees"] as const).map(
          (name) => ({ header: name, value: (row) => row[name] }),
        ),
      ),
  }),
  apiRoute({
    method: "GET",
    path: "/reports/:organization/:year",
    operationId: "getReport",
    group: GROUP,
    scope: "reports:read",
    summary: "Read a report's figures",
    description:
      "Every figure of an organization's report: as accepted where it is accepted, else as the records stand now.",
    params: ofYear,
    answer: figures,
    problems: [404],
    handle: async ({ trx, now, params }) => {
      if (!(await findOrganization(trx, params.organization))) throw missing();
      const { figures: shown } = await readShownFigures(trx, params.organization, params.year);
      return { data: asJson(reportJson(shown, now)) };
    },
  }),
  apiRoute({
    method: "GET",
    path: "/reports/:organization/:year/versions/:version",
    operationId: "getReportVersion",
    group: GROUP,
    scope: "reports:read",
    summary: "Read an accepted version's figures",
    description: "Every figure of an accepted version of a report, which later edits do not change.",
    params: ofYear.extend({
      version: z.coerce.number().int().min(1).max(10_000).describe("The version's number, from 1."),
    }),
    answer: figures,
    problems: [404],
    handle: async ({ trx, now, params: { organization, year: academicYear, version } }) => {
      const snapshot = await findSnapshot(trx, organization, academicYear, version);
      if (!snapshot) throw missing();
      return { data: asJson(reportJson(snapshot.content.figures, now)) };
    },
  }),
];

/** The figures under the type that says what everybody may count on. */
const asJson = (json: Record<string, unknown>): z.input<typeof figures> => json as z.input<typeof figures>;
