import type { Work } from "../../../platform/events/work.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { lockOrganizationRecords } from "../../pathways/index.ts";
import {
  correctionBegun,
  interprofessionalSaved,
  narrativeSaved,
  reportAccepted,
  reportReturned,
  reportSubmitted,
} from "../events.ts";
import { readReportFigures } from "../figures/report-figures.store.ts";
import { canTake, compareFigures, isOpen, type ReportStep } from "./report.rules.ts";
import {
  findSnapshot,
  type Interprofessional,
  insertSnapshot,
  listNarratives,
  lockReport,
  saveInterprofessional,
  saveNarrative,
  updateReport,
} from "./report.store.ts";
import type { Report } from "./report.types.ts";

const personOf = (work: Work): string | null => (work.actor.kind === "person" ? work.actor.personId : null);

const REFUSALS: Record<ReportStep, string> = {
  submit: "Only a draft or a returned report can be submitted.",
  return: "Only a submitted report can be returned.",
  accept: "Only a submitted report can be accepted.",
  correct: "Only an accepted report can be corrected.",
};

async function take(
  work: Work,
  step: ReportStep,
  organizationId: string,
  academicYear: string,
): Promise<Report> {
  const report = await lockReport(work.trx, organizationId, academicYear);
  if (!canTake(step, report.state)) throw conflict(`${REFUSALS[step]} This one is ${report.state} by now.`);
  return report;
}

/** Hands the report in. */
export async function submitReport(work: Work, organizationId: string, academicYear: string): Promise<void> {
  const report = await take(work, "submit", organizationId, academicYear);
  await updateReport(work.trx, { ...report, state: "submitted", returnedBecause: null });
  await work.record(reportSubmitted, {
    organizationId,
    subject: ["report", academicYear],
    data: { academicYear, version: report.version },
  });
}

/** Sends it back, with what should be mended. */
export async function returnReport(
  work: Work,
  organizationId: string,
  academicYear: string,
  because: string,
): Promise<void> {
  const report = await take(work, "return", organizationId, academicYear);
  await updateReport(work.trx, { ...report, state: "returned", returnedBecause: because });
  await work.record(reportReturned, {
    organizationId,
    subject: ["report", academicYear],
    data: { academicYear, version: report.version },
  });
}

/** Accepts it: its figures and words are frozen as a version, and the year is closed to imports (src/app/loop.ts). */
export async function acceptReport(work: Work, organizationId: string, academicYear: string): Promise<void> {
  // No import may commit between the figures and the lock.
  await lockOrganizationRecords(work.trx, organizationId);
  const report = await take(work, "accept", organizationId, academicYear);
  const figures = await readReportFigures(work.trx, { academicYear, organizationId });
  const narratives = (await listNarratives(work.trx, organizationId, academicYear)).map(
    ({ section, body }) => ({ section, body }),
  );
  const previous =
    report.version > 1
      ? await findSnapshot(work.trx, organizationId, academicYear, report.version - 1)
      : null;
  await insertSnapshot(work.trx, {
    organizationId,
    academicYear,
    version: report.version,
    content: { figures, narratives },
    changes: previous ? compareFigures(previous.content.figures.all, figures.all) : [],
    correctionReason: report.correctionReason,
    acceptedBy: personOf(work),
  });
  await updateReport(work.trx, { ...report, state: "accepted", returnedBecause: null });
  await work.record(reportAccepted, {
    organizationId,
    subject: ["report", academicYear],
    data: { academicYear, version: report.version },
  });
}

/** Opens an accepted report again as the next version; the accepted one stays as it is. */
export async function beginCorrection(
  work: Work,
  organizationId: string,
  academicYear: string,
  reason: string,
): Promise<void> {
  const report = await take(work, "correct", organizationId, academicYear);
  const version = report.version + 1;
  await updateReport(work.trx, {
    ...report,
    state: "draft",
    version,
    correctionReason: reason,
    returnedBecause: null,
  });
  await work.record(correctionBegun, {
    organizationId,
    subject: ["report", academicYear],
    data: { academicYear, version },
  });
}

async function openReport(work: Work, organizationId: string, academicYear: string): Promise<void> {
  const report = await lockReport(work.trx, organizationId, academicYear);
  if (!isOpen(report.state))
    throw conflict(
      `This report is ${report.state}; it can be changed again when it is returned or corrected.`,
    );
}

/** Saves a narrative section. @returns false when another editor saved since `revision`; nothing is overwritten then. */
export async function writeNarrative(
  work: Work,
  narrative: {
    organizationId: string;
    academicYear: string;
    section: string;
    body: string;
    revision: number;
  },
): Promise<boolean> {
  await openReport(work, narrative.organizationId, narrative.academicYear);
  const saved = await saveNarrative(work.trx, { ...narrative, editedBy: personOf(work) });
  if (saved)
    await work.record(narrativeSaved, {
      organizationId: narrative.organizationId,
      subject: ["report", narrative.academicYear],
      data: {
        academicYear: narrative.academicYear,
        section: narrative.section,
        revision: narrative.revision + 1,
      },
    });
  return saved;
}

/** Records who trained alongside (EXP-2, other interprofessional trainees). */
export async function countInterprofessional(
  work: Work,
  organizationId: string,
  academicYear: string,
  entry: Interprofessional,
): Promise<void> {
  await openReport(work, organizationId, academicYear);
  await saveInterprofessional(work.trx, {
    ...entry,
    organizationId,
    academicYear,
    updatedBy: personOf(work),
  });
  await work.record(interprofessionalSaved, {
    organizationId,
    subject: ["report", academicYear],
    data: { academicYear, trainees: entry.trainees },
  });
}
