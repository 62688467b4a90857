import { z } from "zod";
import { isReportingYear } from "../../../methods/reporting-year.ts";
import { csvLine } from "../../../platform/spreadsheets/csv.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { findRelease, listReleases, type Release } from "./release.store.ts";
import { OrganizationResultsPage, RESULTS_PATH, ResultsListPage, ResultsPage } from "./results.pages.tsx";

const year = z.string().refine(isReportingYear);

function openDataCsv(release: Release): string {
  const lines = [
    csvLine(["reporting_year", "release", "dimension", "code", "label", "organization", "state", "trainees"]),
  ];
  for (const table of release.tables.tables) {
    const columns = [...table.columns, { code: "total", label: "All trainees" }];
    const rows = [...table.rows, { name: "All grantees", state: null, ...table.totals }];
    for (const row of rows)
      for (const [position, column] of columns.entries())
        lines.push(
          csvLine([
            release.academicYear,
            release.number,
            table.dimension,
            column.code,
            column.label,
            row.name,
            row.state,
            position === table.columns.length ? row.total : (row.cells[position] ?? "withheld"),
          ]),
        );
  }
  return lines.join("");
}

/** What the public sees. */
export const releaseRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: RESULTS_PATH,
    who: "public",
    handle: async (visit) =>
      visit.page({ title: "Results" }, <ResultsListPage releases={await listReleases(visit.trx)} />),
  }),
  route({
    method: "GET",
    path: `${RESULTS_PATH}/:year`,
    who: "public",
    params: z.object({ year }),
    query: z.object({ format: z.enum(["csv", "json"]).optional().catch(undefined) }),
    handle: async (visit) => {
      const release = await findRelease(visit.trx, visit.params.year);
      if (!release) throw notFound("The report of this year");
      if (visit.query.format === "json")
        return visit.download(
          `results-${release.academicYear}.json`,
          "application/json",
          JSON.stringify(release, null, 2),
        );
      if (visit.query.format === "csv")
        return visit.download(
          `results-${release.academicYear}.csv`,
          "text/csv; charset=utf-8",
          `\uFEFF${openDataCsv(release)}`,
        );
      return visit.page(
        {
          title: `Results ${release.academicYear}`,
          breadcrumbs: [{ label: "Results", href: RESULTS_PATH }, { label: release.academicYear }],
        },
        <ResultsPage release={release} />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${RESULTS_PATH}/:year/:organization`,
    who: "public",
    params: z.object({ year, organization: z.uuid() }),
    handle: async (visit) => {
      const release = await findRelease(visit.trx, visit.params.year);
      const organization = release?.tables.organizations.find((one) => one.id === visit.params.organization);
      if (!release || !organization) throw notFound("This report");
      return visit.page(
        {
          title: organization.name,
          breadcrumbs: [
            { label: "Results", href: RESULTS_PATH },
            { label: release.academicYear, href: `${RESULTS_PATH}/${release.academicYear}` },
            { label: organization.name },
          ],
        },
        <OrganizationResultsPage
          release={release}
          organizationId={organization.id}
          name={organization.name}
        />,
      );
    },
  }),
];
