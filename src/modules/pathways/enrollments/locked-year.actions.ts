import type { Work } from "../../../platform/events/work.ts";
import { yearLocked, yearUnlocked } from "../events.ts";
import { deleteLockedYear, insertLockedYear } from "./locked-year.store.ts";

/** Closes a year: no roster changes its enrollments any more. `reason` is a sentence for the person who tries. */
export async function lockYear(
  work: Work,
  organizationId: string,
  academicYear: string,
  reason: string,
): Promise<void> {
  await insertLockedYear(work.trx, organizationId, academicYear, reason);
  await work.record(yearLocked, { organizationId, subject: ["year", academicYear], data: { academicYear } });
}

/** Opens a year again, for a correction. */
export async function unlockYear(work: Work, organizationId: string, academicYear: string): Promise<void> {
  if (await deleteLockedYear(work.trx, organizationId, academicYear))
    await work.record(yearUnlocked, {
      organizationId,
      subject: ["year", academicYear],
      data: { academicYear },
    });
}
