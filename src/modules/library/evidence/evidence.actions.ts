import { randomUUID } from "node:crypto";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, forbidden } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { evidenceAdded, evidenceArchived } from "../events.ts";
import { mayEditLibrary } from "../library.policy.ts";
import type { Practice } from "../practices/practice.types.ts";
import { archiveEvidenceItem, insertEvidence, noteChangedPractice } from "./evidence.store.ts";
import type { EvidenceContent, EvidenceItem } from "./evidence.types.ts";

function mustEdit(work: Work): string | null {
  if (!mayEditLibrary(work.actor))
    throw forbidden("Only librarians and administrators of the hub write the library.");
  return work.actor.kind === "person" ? work.actor.personId : null;
}

/**
 * Adds what was found out about a practice.
 * @param corrects an item that the new one stands for from now on, and why: it is archived.
 */
export async function addEvidence(
  work: Work,
  practice: Practice,
  content: EvidenceContent,
  corrects?: { item: EvidenceItem; because: string },
): Promise<string> {
  const addedBy = mustEdit(work);
  if (practice.state === "merged" || practice.state === "withdrawn")
    throw conflict("This practice is not in the library any more. Evidence is added to those that are.");
  const id = randomUUID();
  if (corrects) await archiveEvidence(work, practice, corrects.item, corrects.because);
  await insertEvidence(work.trx, {
    ...content,
    id,
    practiceId: practice.id,
    replaces: corrects?.item.id ?? null,
    addedBy,
    at: work.now,
  });
  await noteChangedPractice(work.trx, practice.id, work.now);
  await work.record(evidenceAdded, {
    ...(await about(work, practice)),
    data: { practice: practice.slug, evidence: id, kind: content.kind, direction: content.direction },
  });
  return id;
}

/** Takes an item out of use. It stays readable, with the reason. */
export async function archiveEvidence(
  work: Work,
  practice: Practice,
  item: EvidenceItem,
  because: string,
): Promise<void> {
  const by = mustEdit(work);
  if (!(await archiveEvidenceItem(work.trx, item.id, { by, at: work.now, because })))
    throw conflict("Somebody else has archived this item already.");
  await noteChangedPractice(work.trx, practice.id, work.now);
  await work.record(evidenceArchived, {
    ...(await about(work, practice)),
    data: { practice: practice.slug, evidence: item.id },
  });
}

async function about(work: Work, practice: Practice) {
  const { id: organizationId } = await getHubOrganization(work.trx);
  return { organizationId, subject: ["practice", practice.id] as [string, string] };
}
