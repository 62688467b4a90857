import { z } from "zod";
import { isReportingYear, previousYear, reportingYearOf } from "../../../methods/reporting-year.ts";
import { isEvaluator, worksForHub } from "../../../platform/database/actor.ts";
import { readCodeList } from "../../../platform/database/code-lists.ts";
import { forbidden, notFound, unusable } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { findOrganization } from "../../directory/index.ts";
import { listAcademicYears } from "../../pathways/index.ts";
import {
  correctionBegun,
  interprofessionalSaved,
  narrativeSaved,
  reportAccepted,
  reportReturned,
  reportSubmitted,
} from "../events.ts";
import { ReportFiguresView, readReportLabels, recordsHref } from "../figures/report.pages.tsx";
import { readReportFigures } from "../figures/report-figures.store.ts";
import type { ReportFigures } from "../figures/report-figures.types.ts";
import { reportJson } from "../figures/report-json.ts";
import { reportWorkbook } from "../figures/report-workbook.ts";
import { findNewestRelease } from "../publication/release.store.ts";
import {
  acceptReport,
  beginCorrection,
  countInterprofessional,
  returnReport,
  submitReport,
  writeNarrative,
} from "./report.actions.ts";
import { ChangesView, NarrativePage, ReportPage } from "./report.pages.tsx";
import { isReviewer, reportRights } from "./report.policy.ts";
import { findSnapshot, listNarratives, listReports, listVersions, readReport } from "./report.store.ts";
import { REPORTS_PATH, ReportListPage } from "./report-list.pages.tsx";
import { reportSections } from "./report-sections.ts";

const READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;
const WRITERS = ["administrator", "hub_staff", "organization_lead"] as const;
const REVIEWERS = ["administrator", "reviewer"] as const;
const year = z.string().refine(isReportingYear);
const ofOrganization = z.object({ organization: z.uuid(), year });
const format = z.object({ format: z.enum(["json", "xlsx"]).optional().catch(undefined) });
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type ReportVisit = Visit<{ organization: string; year: string }, unknown>;

async function getOrganizationName(visit: ReportVisit): Promise<string> {
  const organization = await findOrganization(visit.trx, visit.params.organization);
  if (!organization) throw notFound("This report");
  return organization.name;
}

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

async function figuresView(visit: Pick<Visit<unknown, unknown>, "trx">, figures: ReportFigures) {
  return (
    <ReportFiguresView
      figures={figures}
      labels={await readReportLabels(visit.trx)}
      hrefOf={recordsHref(figures.scope)}
    />
  );
}

async function showReport(visit: ReportVisit, sent?: Sent): Promise<Response> {
  const { organization, year: academicYear } = visit.params;
  const organizationName = await getOrganizationName(visit);
  const report = await readReport(visit.trx, organization, academicYear);
  // An accepted report shows what was accepted, whatever the records say by now.
  const frozen =
    report.state === "accepted"
      ? await findSnapshot(visit.trx, organization, academicYear, report.version)
      : null;
  const figures =
    frozen?.content.figures ??
    (await readReportFigures(visit.trx, { academicYear, organizationId: organization }));
  const wanted = (visit.query as { format?: "json" | "xlsx" }).format;
  if (wanted) return downloadFigures(visit, figures, `report-${academicYear}`, wanted);
  const page = (
    <ReportPage
      report={report}
      organizationName={organizationName}
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

/** A step of the workflow: a button, then back to the report with a sentence. */
function step(
  path: string,
  who: RouteDefinition["who"],
  events: RouteDefinition["events"],
  act: (visit: ReportVisit) => Promise<void>,
  said: string,
): RouteDefinition {
  return route({
    method: "POST",
    path: `${REPORTS_PATH}/:organization/:year/${path}`,
    who,
    params: ofOrganization,
    events: events ?? [],
    handle: async (visit) => {
      await getOrganizationName(visit);
      refuseEvaluator(visit);
      await act(visit);
      return visit.redirect(`${REPORTS_PATH}/${visit.params.organization}/${visit.params.year}`, {
        kind: "good",
        text: said,
      });
    },
  });
}

function refuseEvaluator(visit: ReportVisit): void {
  if (isEvaluator(visit.actor)) throw forbidden("Evaluators read reports and change nothing.");
}

const why = (question: string) =>
  z.string().trim().min(1, question).max(2000, "Use at most 2,000 characters.");
const narrativeParams = z.object({
  organization: z.uuid(),
  year,
  section: z.enum(reportSections.map((section) => section.code) as [string, ...string[]]),
});

async function showNarrative(
  visit: Visit<z.infer<typeof narrativeParams>, unknown>,
  conflicting?: { body: string },
): Promise<Response> {
  const { organization, year: academicYear, section: code } = visit.params;
  const organizationName = await getOrganizationName(visit);
  const stored = (await listNarratives(visit.trx, organization, academicYear)).find(
    (one) => one.section === code,
  );
  const section = reportSections.find((one) => one.code === code);
  if (!section) throw notFound("This section");
  const here = `${REPORTS_PATH}/${organization}/${academicYear}`;
  const page = (
    <NarrativePage
      here={here}
      section={section}
      revision={stored?.revision ?? 0}
      body={conflicting?.body ?? stored?.body ?? ""}
      theirs={conflicting ? (stored?.body ?? "") : undefined}
    />
  );
  return visit.page(
    {
      title: section.title,
      breadcrumbs: [
        { label: "Reports", href: `${REPORTS_PATH}?year=${academicYear}` },
        { label: organizationName, href: here },
        { label: section.title },
      ],
      status: conflicting ? 409 : 200,
    },
    page,
  );
}

/** The annual reports: list, one organization's, the portfolio's, workflow and narrative. */
export const reportRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: REPORTS_PATH,
    who: READERS,
    menu: { label: "Reports", order: 35 },
    query: z.object({ year: year.optional().catch(undefined) }),
    handle: async (visit) => {
      const known = await listAcademicYears(visit.trx);
      const current = reportingYearOf(visit.now.toISOString().slice(0, 10));
      const years = [...new Set([current, previousYear(current), ...known])].toSorted().toReversed();
      const chosen = visit.query.year ?? known[0] ?? previousYear(current);
      const page = (
        <ReportListPage
          year={chosen}
          years={years}
          lines={await listReports(visit.trx, chosen)}
          isHub={worksForHub(visit.actor)}
          mayPublish={isReviewer(visit.actor)}
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
      const figures = await readReportFigures(visit.trx, { academicYear, organizationId: null });
      if (visit.query.format)
        return downloadFigures(visit, figures, `portfolio-${academicYear}`, visit.query.format);
      const page = (
        <div class="stack">
          <p class="soft">
            The whole portfolio, {academicYear}, as the records stand now. Download:{" "}
            <a href="?format=xlsx">XLSX</a> · <a href="?format=json">JSON</a>
          </p>
          {await figuresView(visit, figures)}
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
          <p class="soft">
            {organizationName}, version {version}, as accepted. Later edits do not change it.
          </p>
          <ChangesView changes={snapshot.changes} reason={snapshot.correctionReason} />
          {await figuresView(visit, snapshot.content.figures)}
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
  step(
    "submit",
    WRITERS,
    [reportSubmitted],
    (visit) => submitReport(visit, visit.params.organization, visit.params.year),
    "The report is submitted. The hub reviews it next.",
  ),
  step(
    "accept",
    REVIEWERS,
    [reportAccepted],
    (visit) => acceptReport(visit, visit.params.organization, visit.params.year),
    "The report is accepted. Its figures no longer change.",
  ),
  route({
    method: "POST",
    path: `${REPORTS_PATH}/:organization/:year/return`,
    who: REVIEWERS,
    params: ofOrganization,
    form: z.object({ because: why("Say what should be mended.") }),
    events: [reportReturned],
    again: showReport,
    handle: async (visit, form) => {
      await getOrganizationName(visit);
      await returnReport(visit, visit.params.organization, visit.params.year, form.because);
      return visit.redirect(`${REPORTS_PATH}/${visit.params.organization}/${visit.params.year}`, {
        kind: "good",
        text: "The report is returned.",
      });
    },
  }),
  route({
    method: "POST",
    path: `${REPORTS_PATH}/:organization/:year/correct`,
    who: REVIEWERS,
    params: ofOrganization,
    form: z.object({ reason: why("Say why a correction is needed.") }),
    events: [correctionBegun],
    again: showReport,
    handle: async (visit, form) => {
      await getOrganizationName(visit);
      await beginCorrection(visit, visit.params.organization, visit.params.year, form.reason);
      return visit.redirect(`${REPORTS_PATH}/${visit.params.organization}/${visit.params.year}`, {
        kind: "good",
        text: "The correction has begun. The accepted version stays as it is.",
      });
    },
  }),
  route({
    method: "POST",
    path: `${REPORTS_PATH}/:organization/:year/interprofessional`,
    who: WRITERS,
    params: ofOrganization,
    form: z.object({
      program: z.string().trim().min(1, "Enter your program's name.").max(120, "Use at most 120 characters."),
      site: z.string().trim().min(1, "Enter the training site.").max(120, "Use at most 120 characters."),
      profession: z.string().trim().min(1, "Enter their profession.").max(120, "Use at most 120 characters."),
      trainees: z
        .string()
        .trim()
        .regex(/^\d{1,5}$/, "Enter a whole number.")
        .transform(Number),
    }),
    events: [interprofessionalSaved],
    again: showReport,
    handle: async (visit, form) => {
      await getOrganizationName(visit);
      refuseEvaluator(visit);
      const profession = await codeOf(visit, form.profession);
      await countInterprofessional(visit, visit.params.organization, visit.params.year, {
        programName: form.program,
        siteName: form.site,
        profession,
        trainees: form.trainees,
      });
      return visit.redirect(`${REPORTS_PATH}/${visit.params.organization}/${visit.params.year}`, {
        kind: "good",
        text: "The entry is saved.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${REPORTS_PATH}/:organization/:year/narrative/:section`,
    who: WRITERS,
    params: narrativeParams,
    handle: (visit) => showNarrative(visit),
  }),
  route({
    method: "POST",
    path: `${REPORTS_PATH}/:organization/:year/narrative/:section`,
    who: WRITERS,
    params: narrativeParams,
    form: z.object({
      body: z.string().max(20_000, "Use at most 20,000 characters.").default(""),
      revision: z.coerce.number().int().min(0).catch(0),
    }),
    events: [narrativeSaved],
    handle: async (visit, form) => {
      await getOrganizationName(visit);
      refuseEvaluator(visit);
      const { organization, year: academicYear, section } = visit.params;
      const body = form.body.replaceAll("\r\n", "\n");
      const saved = await writeNarrative(visit, {
        organizationId: organization,
        academicYear,
        section,
        body,
        revision: form.revision,
      });
      if (!saved) return showNarrative(visit, { body });
      return visit.redirect(`${REPORTS_PATH}/${organization}/${academicYear}`, {
        kind: "good",
        text: "The section is saved.",
      });
    },
  }),
];

/** A profession by its code or its label; other programs' trainees may have one that the roster's list lacks. */
async function codeOf(visit: ReportVisit, written: string): Promise<string> {
  const professions = await readCodeList(visit.trx, "profession");
  const wanted = written.toLowerCase();
  for (const [code, label] of professions) if (code === wanted || label.toLowerCase() === wanted) return code;
  if (!/\p{L}/u.test(written))
    throw unusable("The profession has no letter in it. Go back and enter its name.");
  return written;
}
