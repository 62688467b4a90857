import { z } from "zod";
import { defineEvent } from "../../platform/events/event.ts";

const report = z.object({ academicYear: z.string(), version: z.number() });

export const reportSubmitted = defineEvent("reports.report-submitted", report);
export const reportReturned = defineEvent("reports.report-returned", report);
export const reportAccepted = defineEvent("reports.report-accepted", report);
export const correctionBegun = defineEvent("reports.correction-begun", report);
export const narrativeSaved = defineEvent(
  "reports.narrative-saved",
  z.object({ academicYear: z.string(), section: z.string(), revision: z.number() }),
);
export const interprofessionalSaved = defineEvent(
  "reports.interprofessional-saved",
  z.object({ academicYear: z.string(), trainees: z.number() }),
);
export const releasePublished = defineEvent(
  "reports.release-published",
  z.object({
    academicYear: z.string(),
    number: z.number(),
    organizations: z.number(),
    withheld: z.number(),
    exposed: z.number(),
  }),
);

/** Everything this module records. */
export const reportsEvents = [
  reportSubmitted,
  reportReturned,
  reportAccepted,
  correctionBegun,
  narrativeSaved,
  interprofessionalSaved,
  releasePublished,
] as const;
