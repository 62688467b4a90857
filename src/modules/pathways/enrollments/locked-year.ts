import { sql } from "kysely";
import type { Work } from "../../../platform/events/work.ts";
import { yearLocked, yearUnlocked } from "../events.ts";

/** Closes a year: no roster changes its enrollments any more. `reason` is a sentence for the person who tries. */
export async function lockYear(
  work: Work,
  organizationId: string,
  academicYear: string,
  reason: string,
): Promise<void> {
  await work.trx
    .insertInto("pathways.locked_year")
    .values({ organization_id: organizationId, academic_year: academicYear, reason })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "academic_year"]).doUpdateSet({ reason, locked_at: sql`now()` }),
    )
    .execute();
  await work.record(yearLocked, { organizationId, subject: ["year", academicYear], data: { academicYear } });
}

/** Opens a year again, for a correction. */
export async function unlockYear(work: Work, organizationId: string, academicYear: string): Promise<void> {
  const opened = await work.trx
    .deleteFrom("pathways.locked_year")
    .where("organization_id", "=", organizationId)
    .where("academic_year", "=", academicYear)
    .executeTakeFirst();
  if (opened.numDeletedRows > 0n)
    await work.record(yearUnlocked, {
      organizationId,
      subject: ["year", academicYear],
      data: { academicYear },
    });
}
