import { z } from "zod";
import { defineEvent } from "../../platform/events/event.ts";

const roster = z.object({ roster: z.string() });
const counts = z.object({
  roster: z.string(),
  new: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  archived: z.number(),
  rejected: z.number(),
  academicYears: z.array(z.string()),
});

export const rosterReceived = defineEvent("pathways.roster-received", roster);
export const rosterAnswered = defineEvent("pathways.roster-answered", roster);
export const rosterCommitted = defineEvent("pathways.roster-committed", counts);
export const rosterUndone = defineEvent("pathways.roster-undone", roster);
export const rosterDiscarded = defineEvent("pathways.roster-discarded", roster);
export const rosterFileRemoved = defineEvent("pathways.roster-file-removed", roster);
export const findingsExported = defineEvent(
  "pathways.findings-exported",
  z.object({ roster: z.string(), format: z.string() }),
);
export const enrollmentsExported = defineEvent(
  "pathways.enrollments-exported",
  z.object({ rows: z.number(), format: z.string() }),
);
export const yearLocked = defineEvent("pathways.year-locked", z.object({ academicYear: z.string() }));
export const yearUnlocked = defineEvent("pathways.year-unlocked", z.object({ academicYear: z.string() }));

/** Everything this module records. */
export const pathwaysEvents = [
  rosterReceived,
  rosterAnswered,
  rosterCommitted,
  rosterUndone,
  rosterDiscarded,
  rosterFileRemoved,
  findingsExported,
  enrollmentsExported,
  yearLocked,
  yearUnlocked,
] as const;
