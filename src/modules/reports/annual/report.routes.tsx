import type { Child } from "hono/jsx";
import { z } from "zod";
import { previousYear, reportingYearOf } from "../../../methods/reporting-year.ts";
import { worksForHub } from "../../../platform/database/actor.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { listAcademicYears } from "../../pathways/index.ts";
import { ReportFiguresView, readReportLabels, recordsHref } from "../figures/report.pages.tsx";
import { readFiguresForPage } from "../figures/report-figures.store.ts";
import type { ReportFigures } from "../figures/report-figures.types.ts";
import { reportJson } from "../figures/report-json.ts";
import { reportWorkbook } from "../figures/report-workbook.ts";
import { isUnderWay } from "../publication/publication.rules.ts";
import { findPublication } from "../publication/publication.store.ts";
import { findNewestRelease } from "../publication/release.store.ts";
import { ChangesView, ReportPage } from "./report.pages.tsx";
import { isReviewer, reportRights } from "./report.policy.ts";
import { findSnapshot, listNarratives, listReports, listVersions } from "./report.store.ts";
import { REPORTS_PATH, ReportListPage } from "./report-list.pages.tsx";
import { reportSections } from "./report-sections.ts";
import { getOrganizationName, ofOrganization, READERS, type ReportVisit, year } from "./report-visit.ts";
import { readShownFigures } from "./shown-figures.ts";

const format = z.object({ format: z.enum(["json", "xlsx"]).optional().catch(undefined) });
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async function downloadFigures(
  visit: Pick<Visit<unknown, unknown>, "download" | "now">,
  figures: ReportFigures,
  name: string,
  as: "json" | "xlsx",
): Promise<Response> {
  if (as === "json")
    return visit.download(
      `${name}.json`,
      "application/json",
      JSON.stringify(reportJson(figures, visit.now), null, 2),
    );
  return visit.download(`${name}.xlsx`, XLSX, new Uint8Array(await reportWorkbook(figures)));
}

/** The figures as a page writes them; what stands below their heading is told when they are written. */
async function figuresView(visit: Pick<Visit<unknown, unknown>, "trx">, figures: ReportFigures) {
  const labels = await readReportLabels(visit.trx, figures.scope);
  const hrefOf = recordsHref(figures.scope);
  return (standing: Child) => (
    <ReportFiguresView figures={figures} labels={labels} hrefOf={hrefOf} standing={standing} />
  );
}

/** One organization's report, with what is wrong in a sent form. */
export async function showReport(visit: ReportVisit, sent?: Sent): Promise<Response> {
  const { organization, year: academicYear } = visit.params;
  const organizationName = await getOrganizationName(visit);
  const { report, frozen, figures } = await readShownFigures(visit.trx, organization, academicYear);
  const wanted = (visit.query as { format?: "json" | "xlsx" }).format;
  if (wanted) return downloadFigures(visit, figures, `report-${academicYear}`, wanted);
  const page = (
    <ReportPage
      report={report}
      narratives={
        frozen
          ? frozen.content.narratives.map((one) => ({ ...one, revision: 1, editedBy: null, editedAt: null }))
          : await listNarratives(visit.trx, organization, academicYear)
      }
      versions={await listVersions(visit.trx, organization, academicYear)}
      rights={reportRights(visit.actor, report)}
      figures={await figuresView(visit, figures)}
      sent={sent}
    />
  );
  return visit.page(
    {
      title: `Annual report ${academicYear}`,
      breadcrumbs: [
        { label: "Reports", href: `${REPORTS_PATH}?year=${academicYear}` },
        { label: organizationName },
      ],
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    page,
  );
}

/** The annual reports to read: the list, the portfolio's, one organization's, its versions. */
export const reportRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: REPORTS_PATH,
    who: READERS,
    menu: { label: "Reports", order: 35 },
    query: z.object({ year: year.optional().catch(undefined) }),
    handle: async (visit) => {
      const known = await listAcademicYears(visit.trx, visit.actor);
      const current = reportingYearOf(visit.now.toISOString().slice(0, 10));
      const years = [...new Set([current, previousYear(current), ...known])].toSorted().toReversed();
      const chosen = visit.query.year ?? known[0] ?? previousYear(current);
      const page = (
        <ReportListPage
          year={chosen}
          years={years}
          lines={await listReports(visit.trx, visit.actor, chosen)}
          isHub={worksForHub(visit.actor)}
          mayPublish={isReviewer(visit.actor)}
          isPublishing={isUnderWay(await findPublication(visit.trx, chosen), visit.now)}
          release={await findNewestRelease(visit.trx, chosen)}
        />
      );
      return visit.page({ title: "Reports", scripts: ["submit-once"] }, page);
    },
  }),
  route({
    method: "GET",
    path: `${REPORTS_PATH}/portfolio/:year`,
    who: ["administrator", "hub_staff"],
    params: z.object({ year }),
    query: format,
    handle: async (visit) => {
      const academicYear = visit.params.year;
      const figures = await readFiguresForPage(visit.trx, { academicYear, organizationId: null });
      if (visit.query.format)
        return downloadFigures(visit, figures, `portfolio-${academicYear}`, visit.query.format);
      const page = (
        <div class="stack">
          {(await figuresView(visit, figures))(
            <p class="soft">
              The whole portfolio, {academicYear}, as the records stand now. Download:{" "}
              <a href="?format=xlsx">XLSX</a> · <a href="?format=json">JSON</a>
            </p>,
          )}
        </div>
      );
      return visit.page(
        {
          title: `Portfolio report ${academicYear}`,
          breadcrumbs: [
            { label: "Reports", href: `${REPORTS_PATH}?year=${academicYear}` },
            { label: "Portfolio" },
          ],
        },
        page,
      );
    },
  }),
  route({
    method: "GET",
    path: `${REPORTS_PATH}/:organization/:year`,
    who: READERS,
    params: ofOrganization,
    query: format,
    handle: (visit) => showReport(visit),
  }),
  route({
    method: "GET",
    path: `${REPORTS_PATH}/:organization/:year/versions/:version`,
    who: READERS,
    params: z.object({ organization: z.uuid(), year, version: z.coerce.number().int().min(1).max(10_000) }),
    query: format,
    handle: async (visit) => {
      const organizationName = await getOrganizationName(visit);
      const { organization, year: academicYear, version } = visit.params;
      const snapshot = await findSnapshot(visit.trx, organization, academicYear, version);
      if (!snapshot) throw notFound("This version");
      if (visit.query.format)
        return downloadFigures(
          visit,
          snapshot.content.figures,
          `report-${academicYear}-version-${version}`,
          visit.query.format,
        );
      const here = `${REPORTS_PATH}/${organization}/${academicYear}`;
      const page = (
        <div class="stack">
          {(await figuresView(visit, snapshot.content.figures))(
            <>
              <p class="soft">Version {version}, as accepted. Later edits do not change it.</p>
              <ChangesView changes={snapshot.changes} reason={snapshot.correctionReason} />
            </>,
          )}
          {snapshot.content.narratives.map((narrative) => (
            <section class="stack">
              <h2>
                {reportSections.find((section) => section.code === narrative.section)?.title ??
                  narrative.section}
              </h2>
              {narrative.body.split(/\n{2,}/).map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </section>
          ))}
        </div>
      );
      return visit.page(
        {
          title: `Version ${version}, ${academicYear}`,
          breadcrumbs: [
            { label: "Reports", href: `${REPORTS_PATH}?year=${academicYear}` },
            { label: organizationName, href: here },
            { label: `Version ${version}` },
          ],
        },
        page,
      );
    },
  }),
];
