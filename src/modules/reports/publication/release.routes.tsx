import { z } from "zod";
import { isReportingYear } from "../../../methods/reporting-year.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { openDataCsv } from "./open-data.ts";
import { findRelease, listReleases } from "./release.store.ts";
import { OrganizationResultsPage, RESULTS_PATH, ResultsListPage, ResultsPage } from "./results.pages.tsx";

const year = z.string().refine(isReportingYear);

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
