import { z } from "zod";
import { isReportingYear } from "../../../methods/reporting-year.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { openDataCsv } from "./open-data.ts";
import { findRelease, listReleases } from "./release.store.ts";
import { inPageLanguage } from "./release-language.ts";
import { OrganizationResultsPage, RESULTS_PATH, ResultsListPage, ResultsPage } from "./results.pages.tsx";
import { sayResults as say } from "./results.words.ts";

const year = z.string().refine(isReportingYear);

/** What the public sees. */
export const releaseRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: RESULTS_PATH,
    who: "public",
    handle: async (visit) =>
      visit.page(
        { title: say("results"), description: say("description") },
        <ResultsListPage releases={await listReleases(visit.trx)} />,
      ),
  }),
  route({
    method: "GET",
    path: `${RESULTS_PATH}/:year`,
    who: "public",
    params: z.object({ year }),
    query: z.object({ format: z.enum(["csv", "json"]).optional().catch(undefined) }),
    handle: async (visit) => {
      const release = await findRelease(visit.trx, visit.params.year);
      if (!release) throw notFound(say("reportOfYear"));
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
          title: say("resultsOf", { year: release.academicYear }),
          description: say("description"),
          breadcrumbs: [{ label: say("results"), href: RESULTS_PATH }, { label: release.academicYear }],
        },
        <ResultsPage release={await inPageLanguage(visit.trx, release)} />,
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
      if (!release || !organization) throw notFound(say("report"));
      return visit.page(
        {
          title: organization.name,
          breadcrumbs: [
            { label: say("results"), href: RESULTS_PATH },
            { label: release.academicYear, href: `${RESULTS_PATH}/${release.academicYear}` },
            { label: organization.name },
          ],
        },
        <OrganizationResultsPage
          release={await inPageLanguage(visit.trx, release)}
          organizationId={organization.id}
          name={organization.name}
        />,
      );
    },
  }),
];
