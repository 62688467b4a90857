import { lastDay, previousYear, reportingYearOf } from "../../../methods/reporting-year.ts";
import type { Work } from "../../../platform/events/work.ts";
import type { NearDeadline, WaitingThing } from "../../directory/index.ts";
import { isOpen } from "./report.rules.ts";
import { listWaitingReports, type WaitingReport } from "./waiting.store.ts";

const DAY = 86_400_000;
/** A reminder goes out when at most so many days are left: two weeks before, and three days before. */
const NEAR = [3, 14] as const;

/**
 * The last day for a year's report: July 31 after its end. Source: HRSA Bureau of Health Workforce, annual performance
 * report FAQ for academic year 2025-26. Programs on other cycles (NHSC SLRP: September to August) are not known here.
 */
export const dueDay = (academicYear: string): string => `${lastDay(academicYear).slice(0, 4)}-07-31`;

/** How many days are left, the due day itself being 0; negative afterwards. */
export function daysUntil(day: string, now: Date): number {
  return Math.round((Date.parse(day) - Date.parse(now.toISOString().slice(0, 10))) / DAY);
}

async function listWaiting(work: Work): Promise<{ reports: WaitingReport[]; ended: string }> {
  const running = reportingYearOf(work.now.toISOString().slice(0, 10));
  const ended = previousYear(running);
  return { reports: await listWaitingReports(work.trx, running, ended), ended };
}

const pathOf = (report: WaitingReport): string => `/reports/${report.organizationId}/${report.academicYear}`;

const STANDS: Record<WaitingReport["state"], string> = {
  draft: "is a draft and not submitted yet",
  returned: "was returned to you",
  submitted: "is submitted and waits for review",
};

/** For the digest: reports to write for an organization's leads, reports to review for the hub's reviewers. */
export async function waitingReports(work: Work): Promise<WaitingThing[]> {
  const { reports } = await listWaiting(work);
  return reports.map((report) => ({
    organizationId: report.organizationId,
    waitsFor: report.state === "submitted" ? "reviewers" : "leads",
    sentence: `${report.organizationName}: the annual report ${report.academicYear} ${STANDS[report.state]}.`,
    path: pathOf(report),
  }));
}

const inDays = (days: number): string =>
  days === 0 ? "today" : days === 1 ? "tomorrow" : `on July 31, in ${days} days`;

/** For reminders: reports of the year that ended last which are open shortly before they are due. */
export async function reportDeadlines(work: Work): Promise<NearDeadline[]> {
  const { reports, ended } = await listWaiting(work);
  const days = daysUntil(dueDay(ended), work.now);
  const step = days < 0 ? undefined : NEAR.find((near) => days <= near);
  if (step === undefined) return [];
  return reports
    .filter((report) => report.academicYear === ended && isOpen(report.state))
    .map((report) => ({
      organizationId: report.organizationId,
      waitsFor: "leads",
      sentence: `${report.organizationName}: the annual report ${ended} is due ${inDays(days)}.`,
      path: pathOf(report),
      notice: `report/${ended}/${step}`,
    }));
}
