/** How far an organization is with a practice. */
export const ADOPTION_STATES = ["considering", "running", "ended"] as const;
export type AdoptionState = (typeof ADOPTION_STATES)[number];

/** How it went, in the words of those who did it; not_taken_up: it was considered, and no more. */
export const OUTCOMES = ["worked", "mixed", "did_not_work", "too_early", "not_taken_up"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What everybody may read of an adoption whose organization consented. */
export interface ShownContent {
  state: AdoptionState;
  /** A day, 2026-12-15. */
  since: string;
  /** What is done otherwise, and why. */
  adapts: string;
  endedOn: string | null;
  outcome: Outcome | null;
  howItWent: string;
}

/** What an organization tells of its use of a practice. */
export interface AdoptionContent extends ShownContent {
  takesOn: string;
  need: string;
  /** One of the organization's people. */
  contactId: string | null;
}

/** What is told of an adoption, without what it is. */
export const contentOf = (adoption: AdoptionContent): AdoptionContent => ({
  state: adoption.state,
  since: adoption.since,
  takesOn: adoption.takesOn,
  adapts: adoption.adapts,
  need: adoption.need,
  contactId: adoption.contactId,
  endedOn: adoption.endedOn,
  outcome: adoption.outcome,
  howItWent: adoption.howItWent,
});

/** An organization's use of a practice. */
export interface Adoption extends AdoptionContent {
  id: string;
  organizationId: string;
  organizationName: string;
  /** The practice that tells it now; where it was merged, the one that it went into. */
  practice: { slug: string; title: string };
  /** What was taken up then. */
  takenUp: { slug: string; version: number };
  /** null: nobody is named, or whoever was does not work there any more. */
  contactName: string | null;
  /** null: the public is not shown it. */
  consent: { by: string; at: Date } | null;
  /** One more with every change. */
  edition: number;
  changedAt: Date;
}

/** Somebody who may be named as the one to ask. */
export interface Contact {
  id: string;
  name: string;
}

export type ChangeKind = "changed" | "ended" | "consented" | "consent_withdrawn";

/** A change, with what stood there before. */
export interface AdoptionChange {
  edition: number;
  kind: ChangeKind;
  before: AdoptionContent;
  by: string | null;
  at: Date;
}

/** An adoption as everybody may read it. */
export interface ShownAdoption extends ShownContent {
  organizationName: string;
  organizationState: string | null;
}
