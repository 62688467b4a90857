import type { Trx } from "../../../platform/database/database.ts";
import { type Adoption, type AdoptionContent, type ChangeKind, contentOf } from "./adoption.types.ts";

/** Writes an adoption down. @returns false where the organization has one of this practice that goes on. */
export async function insertAdoption(
  trx: Trx,
  adoption: AdoptionContent & {
    id: string;
    organizationId: string;
    practice: { id: string; version: number };
    at: Date;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("library.adoption")
    .values({
      organization_id: adoption.organizationId,
      id: adoption.id,
      practice_id: adoption.practice.id,
      practice_version: adoption.practice.version,
      state: adoption.state,
      since: adoption.since,
      takes_on: adoption.takesOn,
      adapts: adoption.adapts,
      need: adoption.need,
      contact_id: adoption.contactId,
      created_at: adoption.at,
      changed_at: adoption.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** A change of an adoption. */
export interface AdoptionWrite {
  kind: ChangeKind;
  /** Left out: what is told stays. */
  content?: AdoptionContent;
  /** Who consents; null takes the consent back; left out: it stays as it is. */
  consentBy?: string | null;
  changedBy: string | null;
  at: Date;
}

/** @returns false where somebody else has changed it since `adoption` was read; nothing is written then. */
export async function updateAdoption(trx: Trx, adoption: Adoption, write: AdoptionWrite): Promise<boolean> {
  const { kind, content, consentBy, changedBy, at } = write;
  const { numUpdatedRows } = await trx
    .updateTable("library.adoption")
    .set({
      edition: adoption.edition + 1,
      changed_at: at,
      ...(content && {
        state: content.state,
        since: content.since,
        takes_on: content.takesOn,
        adapts: content.adapts,
        need: content.need,
        contact_id: content.contactId,
        ended_on: content.endedOn,
        outcome: content.outcome,
        how_it_went: content.howItWent,
      }),
      ...(consentBy !== undefined && {
        consented_by: consentBy,
        consented_at: consentBy === null ? null : at,
      }),
    })
    .where("organization_id", "=", adoption.organizationId)
    .where("id", "=", adoption.id)
    .where("edition", "=", adoption.edition)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await trx
    .insertInto("library.adoption_change")
    .values({
      organization_id: adoption.organizationId,
      adoption_id: adoption.id,
      edition: adoption.edition + 1,
      kind,
      before: JSON.stringify(contentOf(adoption)),
      changed_by: changedBy,
      changed_at: at,
    })
    .execute();
  return true;
}

/** Keeps others from changing an adoption until the transaction ends. */
export async function lockAdoption(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom("library.adoption").select("id").where("id", "=", id).forUpdate().execute();
}
