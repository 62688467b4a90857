import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

/** Writes that a year is closed, and why. */
export async function insertLockedYear(
  trx: Trx,
  organizationId: string,
  academicYear: string,
  reason: string,
): Promise<void> {
  await trx
    .insertInto("pathways.locked_year")
    .values({ organization_id: organizationId, academic_year: academicYear, reason })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "academic_year"]).doUpdateSet({ reason, locked_at: sql`now()` }),
    )
    .execute();
}

/** Opens a year again. @returns whether it was closed. */
export async function deleteLockedYear(
  trx: Trx,
  organizationId: string,
  academicYear: string,
): Promise<boolean> {
  const opened = await trx
    .deleteFrom("pathways.locked_year")
    .where("organization_id", "=", organizationId)
    .where("academic_year", "=", academicYear)
    .executeTakeFirst();
  return opened.numDeletedRows > 0n;
}
