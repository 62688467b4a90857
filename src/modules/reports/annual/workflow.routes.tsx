import { z } from "zod";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { correctionBegun, reportAccepted, reportReturned, reportSubmitted } from "../events.ts";
import { acceptReport, beginCorrection, returnReport, submitReport } from "./report.actions.ts";
import { showReport } from "./report.routes.tsx";
import { REPORTS_PATH } from "./report-list.pages.tsx";
import {
  getOrganizationName,
  ofOrganization,
  REVIEWERS,
  type ReportVisit,
  refuseEvaluator,
  WRITERS,
} from "./report-visit.ts";

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

const why = (question: string) =>
  z.string().trim().min(1, question).max(2000, "Use at most 2,000 characters.");
/** Draft, submitted, returned or accepted, corrected: each step a button. */
export const workflowRoutes: RouteDefinition[] = [
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
      refuseEvaluator(visit);
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
      refuseEvaluator(visit);
      await beginCorrection(visit, visit.params.organization, visit.params.year, form.reason);
      return visit.redirect(`${REPORTS_PATH}/${visit.params.organization}/${visit.params.year}`, {
        kind: "good",
        text: "The correction has begun. The accepted version stays as it is.",
      });
    },
  }),
];
