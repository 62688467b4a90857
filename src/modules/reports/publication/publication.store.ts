import type { Trx } from "../../../platform/database/database.ts";
import type { Publication, PublicationOutcome, PublicationProgress } from "./publication.types.ts";

function publications(trx: Trx, academicYear: string) {
  return trx
    .selectFrom("reports.publication")
    .select(["academic_year as academicYear", "state", "progress", "outcome", "updated_at as updatedAt"])
    .where("academic_year", "=", academicYear)
    .$castTo<Publication>();
}

/** How the work on a year's release stands, or null where nobody has asked for one, or the actor is not of the hub. */
export async function findPublication(trx: Trx, academicYear: string): Promise<Publication | null> {
  return (await publications(trx, academicYear).executeTakeFirst()) ?? null;
}

/** As findPublication, held against other changes until the transaction ends. */
export async function lockPublicationState(trx: Trx, academicYear: string): Promise<Publication | null> {
  return (await publications(trx, academicYear).forUpdate().executeTakeFirst()) ?? null;
}

export interface NewPublication {
  hubOrganizationId: string;
  academicYear: string;
  askedBy: string;
  now: Date;
}

/** Begins the work on a year for the first time. @returns false where it has been begun before. */
export async function insertPublication(trx: Trx, publication: NewPublication): Promise<boolean> {
  const made = await trx
    .insertInto("reports.publication")
    .values({
      organization_id: publication.hubOrganizationId,
      academic_year: publication.academicYear,
      asked_by: publication.askedBy,
      asked_at: publication.now,
      updated_at: publication.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Begins it anew. */
export async function restartPublication(trx: Trx, publication: NewPublication): Promise<void> {
  await trx
    .updateTable("reports.publication")
    .set({
      state: "publishing",
      progress: "{}",
      outcome: "{}",
      asked_by: publication.askedBy,
      asked_at: publication.now,
      updated_at: publication.now,
    })
    .where("academic_year", "=", publication.academicYear)
    .execute();
}

/** Writes how far the work is, while it is being worked on. */
export async function notePublicationProgress(
  trx: Trx,
  academicYear: string,
  progress: PublicationProgress,
  now: Date,
): Promise<void> {
  await trx
    .updateTable("reports.publication")
    .set({ progress: JSON.stringify(progress), updated_at: now })
    .where("academic_year", "=", academicYear)
    .where("state", "=", "publishing")
    .execute();
}

/** Writes what came of the work; what is finished stays as it is. */
export async function finishPublication(
  trx: Trx,
  academicYear: string,
  state: "published" | "failed",
  outcome: PublicationOutcome,
  now: Date,
): Promise<void> {
  await trx
    .updateTable("reports.publication")
    .set({ state, outcome: JSON.stringify(outcome), progress: "{}", updated_at: now })
    .where("academic_year", "=", academicYear)
    .where("state", "=", "publishing")
    .execute();
}
