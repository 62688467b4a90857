import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { worksForHub } from "../../../platform/database/actor.ts";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, forbidden, notFound } from "../../../platform/web/problems.ts";
import {
  adoptionChanged,
  adoptionEnded,
  consentGiven,
  consentWithdrawn,
  practiceAdopted,
} from "../events.ts";
import { mayConsentFor, mayWriteAdoptionsOf } from "../library.policy.ts";
import type { Practice } from "../practices/practice.types.ts";
import { findAdoption, findAdoptionOf } from "./adoption.store.ts";
import { type Adoption, type AdoptionContent, contentOf, type ShownContent } from "./adoption.types.ts";
import { insertAdoption, lockAdoption, updateAdoption } from "./adoption-write.store.ts";

/** What everybody reads once the organization consents. */
export const SHOWN_FIELDS = [
  "state",
  "since",
  "adapts",
  "endedOn",
  "outcome",
  "howItWent",
] as const satisfies (keyof ShownContent)[];

const personOf = (work: Work): string | null => (work.actor.kind === "person" ? work.actor.personId : null);

function mustWrite(work: Work, organizationId: string): void {
  if (!mayWriteAdoptionsOf(work.actor, organizationId))
    throw forbidden("An organization's lead and the hub's staff write down what it uses.");
}

const changedMeanwhile = () =>
  conflict("Somebody else has changed this meanwhile. Open the page again, and change what is there now.");

/** Writes down that an organization uses a practice, or thinks of it. Nobody is shown it yet. @returns its id. */
export async function adoptPractice(
  work: Work,
  practice: Practice,
  organizationId: string,
  content: AdoptionContent,
): Promise<string> {
  mustWrite(work, organizationId);
  if (practice.state !== "published")
    throw conflict("Only practices that are in the library now can be taken up. This one is not.");
  const before = await findAdoptionOf(work.trx, organizationId, practice.id);
  const id = randomUUID();
  const isNew =
    (before === null || before.state === "ended") &&
    (await insertAdoption(work.trx, { ...content, id, organizationId, practice, at: work.now }));
  if (!isNew) throw conflict("The organization has an entry for this practice already. Change that one.");
  await work.record(practiceAdopted, {
    organizationId,
    subject: ["adoption", id],
    data: { adoption: id, practice: practice.slug, version: practice.version, state: content.state },
  });
  return id;
}

/**
 * Writes down what has changed; for one that has ended, also how it went.
 * @returns whether its consent is gone: what the hub's staff words is not the organization's own until its lead says so.
 */
export async function editAdoption(
  work: Work,
  adoption: Adoption,
  content: AdoptionContent,
  seenEdition: number,
): Promise<{ isUnshown: boolean }> {
  mustWrite(work, adoption.organizationId);
  if (adoption.edition !== seenEdition) throw changedMeanwhile();
  const fields = (Object.keys(content) as (keyof AdoptionContent)[]).filter(
    (field) => !isDeepStrictEqual(contentOf(adoption)[field], content[field]),
  );
  if (fields.length === 0) return { isUnshown: false };
  const hasEnded = adoption.state !== "ended" && content.state === "ended";
  const wrote = await updateAdoption(work.trx, adoption, {
    kind: hasEnded ? "ended" : "changed",
    content,
    changedBy: personOf(work),
    at: work.now,
  });
  if (!wrote) throw changedMeanwhile();
  const { about, data } = aboutOf(adoption);
  if (hasEnded)
    await work.record(adoptionEnded, { ...about, data: { ...data, outcome: content.outcome ?? "" } });
  else await work.record(adoptionChanged, { ...about, data: { ...data, fields } });
  const isUnshown =
    adoption.consent !== null &&
    worksForHub(work.actor) &&
    SHOWN_FIELDS.some((field) => fields.includes(field));
  if (isUnshown) await withdrawConsent(work, adoption.id);
  return { isUnshown };
}

/** Lets everybody read an adoption, as its lead has just seen it. */
export async function giveConsent(work: Work, adoption: Adoption, seenEdition: number): Promise<void> {
  if (!mayConsentFor(work.actor, adoption.organizationId))
    throw forbidden("Only a lead of the organization itself can let everybody read what it does.");
  if (adoption.edition !== seenEdition) throw changedMeanwhile();
  if (adoption.consent) return;
  const wrote = await updateAdoption(work.trx, adoption, {
    kind: "consented",
    consentBy: work.actor.personId,
    changedBy: work.actor.personId,
    at: work.now,
  });
  if (!wrote) throw changedMeanwhile();
  const { about, data } = aboutOf(adoption);
  await work.record(consentGiven, { ...about, data });
}

/** Takes an adoption out of everybody's sight at once, whatever has changed meanwhile. */
export async function withdrawConsent(work: Work, id: string): Promise<void> {
  await lockAdoption(work.trx, id);
  const adoption = await findAdoption(work.trx, id);
  if (!adoption) throw notFound("This entry");
  mustWrite(work, adoption.organizationId);
  if (!adoption.consent) return;
  await updateAdoption(work.trx, adoption, {
    kind: "consent_withdrawn",
    consentBy: null,
    changedBy: personOf(work),
    at: work.now,
  });
  const { about, data } = aboutOf(adoption);
  await work.record(consentWithdrawn, { ...about, data });
}

const aboutOf = (adoption: Adoption) => ({
  about: {
    organizationId: adoption.organizationId,
    subject: ["adoption", adoption.id] as [string, string],
  },
  data: { adoption: adoption.id, practice: adoption.practice.slug },
});
