import { z } from "zod";
import { ApiProblem } from "../../../platform/api/api-problem.ts";
import { apiRoute, formatParameter } from "../../../platform/api/api-route.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { year } from "../annual/report-visit.ts";
import { openDataCsv } from "./open-data.ts";
import { findRelease, listReleases } from "./release.store.ts";

const GROUP = "Published results";

const release = z
  .object({
    academic_year: z.string(),
    number: z.int().describe("Releases of a year are counted from 1; the highest holds."),
    published_at: z.iso.datetime(),
  })
  .meta({ id: "Release", description: "A year's figures as they were published." });

const shown = z.union([z.int(), z.literal("withheld")]).describe("A count of people, or the word withheld.");

const results = release
  .extend({
    threshold: z
      .int()
      .describe("Counts from 1 to one less than this are withheld, and more where they would give one away."),
    trainees: shown,
    organizations: z.array(
      z.object({ id: z.uuid(), name: z.string(), state: z.string().nullable(), version: z.int() }),
    ),
    tables: z.array(
      z.object({
        dimension: z.string(),
        title: z.string(),
        addsUp: z.boolean().describe("False: a trainee may stand in several columns."),
        columns: z.array(z.object({ code: z.string(), label: z.string() })),
        rows: z.array(
          z.object({
            organizationId: z.uuid(),
            name: z.string(),
            state: z.string().nullable(),
            total: shown,
            cells: z.array(shown).describe("One per column."),
          }),
        ),
        totals: z.object({ total: shown, cells: z.array(shown) }),
      }),
    ),
  })
  .meta({ id: "Results", description: "Everything that a release publishes." });

/** What the public sees: without a token. */
export const releaseApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/results",
    operationId: "listReleases",
    group: GROUP,
    scope: null,
    summary: "List the releases",
    description: "Every release of every year, the newest first.",
    answer: z.object({ items: z.array(release) }),
    handle: async ({ trx }) => ({
      data: {
        items: (await listReleases(trx)).map(({ academicYear, number, publishedAt }) => ({
          academic_year: academicYear,
          number,
          published_at: publishedAt.toISOString(),
        })),
      },
    }),
  }),
  apiRoute({
    method: "GET",
    path: "/results/:year",
    operationId: "getResults",
    group: GROUP,
    scope: null,
    summary: "Read a year's results",
    description: "The newest release of a year. Counts of few people are withheld.",
    params: z.object({ year: year.describe("The academic year, such as 2024-25.") }),
    query: z.object({ ...formatParameter }),
    answer: results,
    csv: true,
    problems: [404],
    handle: async ({ trx, params }) => {
      const found = await findRelease(trx, params.year);
      if (!found) throw new ApiProblem(404, "Nothing is published of this year.");
      const { academicYear, number, publishedAt, threshold, tables } = found;
      return {
        data: {
          academic_year: academicYear,
          number,
          published_at: publishedAt.toISOString(),
          threshold,
          ...tables,
        },
        csv: () => openDataCsv(found),
      };
    },
  }),
];
