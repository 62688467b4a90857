import { z } from "zod";
import { readCodeList } from "../../../platform/database/code-lists.ts";
import { notFound, unusable } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { interprofessionalSaved, narrativeSaved } from "../events.ts";
import { countInterprofessional, writeNarrative } from "./report.actions.ts";
import { NarrativePage } from "./report.pages.tsx";
import { showReport } from "./report.routes.tsx";
import { listNarratives } from "./report.store.ts";
import { REPORTS_PATH } from "./report-list.pages.tsx";
import { reportSections } from "./report-sections.ts";
import {
  getOrganizationName,
  ofOrganization,
  type ReportVisit,
  refuseEvaluator,
  WRITERS,
  year,
} from "./report-visit.ts";

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

/** What people add to a report: words, and who trained alongside. */
export const narrativeRoutes: RouteDefinition[] = [
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
