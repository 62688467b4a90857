import { z } from "zod";
import { defineEvent } from "../../platform/events/event.ts";

const practice = { practice: z.string() };

export const practiceCreated = defineEvent("library.practice-created", z.object(practice));
export const practiceEdited = defineEvent(
  "library.practice-edited",
  z.object({ ...practice, version: z.number(), fields: z.array(z.string()) }),
);
export const practicePublished = defineEvent("library.practice-published", z.object(practice));
export const practiceWithdrawn = defineEvent("library.practice-withdrawn", z.object(practice));

export const evidenceAdded = defineEvent(
  "library.evidence-added",
  z.object({ ...practice, evidence: z.string(), kind: z.string(), direction: z.string() }),
);
export const evidenceArchived = defineEvent(
  "library.evidence-archived",
  z.object({ ...practice, evidence: z.string() }),
);

const round = { ...practice, round: z.string() };
export const ratingAsked = defineEvent("library.rating-asked", z.object({ ...round, scale: z.string() }));
/** Not what was answered: that is for nobody's eyes before both have. */
export const ratingGiven = defineEvent("library.rating-given", z.object({ ...round, seat: z.number() }));
export const thirdAsked = defineEvent("library.rating-third-asked", z.object(round));
export const ratingCancelled = defineEvent("library.rating-cancelled", z.object(round));
export const ratingSettled = defineEvent(
  "library.rating-settled",
  z.object({ ...round, scale: z.string(), level: z.string(), rating: z.string(), agreed: z.boolean() }),
);

export const practicesMerged = defineEvent(
  "library.practices-merged",
  z.object({ ...practice, into: z.string(), version: z.number() }),
);

/** Nothing of what was written, nor of who wrote it. */
const submission = { submission: z.string() };
export const submissionReceived = defineEvent(
  "library.submission-received",
  z.object({ ...submission, kind: z.string(), suspicion: z.string().nullable() }),
);
export const submissionDecided = defineEvent(
  "library.submission-decided",
  z.object({ ...submission, decision: z.string(), practice: z.string().nullable() }),
);
export const sendersErased = defineEvent("library.senders-erased", z.object({ count: z.number() }));
export const linksChecked = defineEvent(
  "library.links-checked",
  z.object({ checked: z.number(), dead: z.number() }),
);

const material = { material: z.string() };
export const materialCreated = defineEvent("library.material-created", z.object(material));
export const materialEdited = defineEvent(
  "library.material-edited",
  z.object({ ...material, edition: z.number() }),
);
/** Without the file's name, which a person typed. */
export const materialVersionAdded = defineEvent(
  "library.material-version-added",
  z.object({ ...material, version: z.number(), kind: z.string() }),
);
export const materialPublished = defineEvent("library.material-published", z.object(material));
export const materialArchived = defineEvent("library.material-archived", z.object(material));
const captions = { ...material, version: z.number(), language: z.string() };
export const captionsAdded = defineEvent(
  "library.captions-added",
  z.object({ ...captions, cues: z.number() }),
);
export const captionsRemoved = defineEvent("library.captions-removed", z.object(captions));

/** Of the organization that uses the practice. Nothing of what it wrote. */
const adoption = { adoption: z.string(), ...practice };
export const practiceAdopted = defineEvent(
  "library.practice-adopted",
  z.object({ ...adoption, version: z.number(), state: z.string() }),
);
export const adoptionChanged = defineEvent(
  "library.adoption-changed",
  z.object({ ...adoption, fields: z.array(z.string()) }),
);
export const adoptionEnded = defineEvent(
  "library.adoption-ended",
  z.object({ ...adoption, outcome: z.string() }),
);
export const consentGiven = defineEvent("library.adoption-consent-given", z.object(adoption));
export const consentWithdrawn = defineEvent("library.adoption-consent-withdrawn", z.object(adoption));

/** Nothing of who follows what. */
const subscription = { subscription: z.string() };
export const followAsked = defineEvent("library.follow-asked", z.object(subscription));
export const followConfirmed = defineEvent(
  "library.follow-confirmed",
  z.object({ ...subscription, often: z.string() }),
);
export const followLeft = defineEvent("library.follow-left", z.object(subscription));
export const followForgotten = defineEvent("library.follow-forgotten", z.object({ count: z.number() }));

export const libraryImported = defineEvent(
  "library.imported",
  z.object({ added: z.number(), changed: z.number(), leftAlone: z.number() }),
);

/** Everything this module records. */
export const libraryEvents = [
  practiceCreated,
  practiceEdited,
  practicePublished,
  practiceWithdrawn,
  evidenceAdded,
  evidenceArchived,
  ratingAsked,
  ratingGiven,
  thirdAsked,
  ratingCancelled,
  ratingSettled,
  practicesMerged,
  submissionReceived,
  submissionDecided,
  sendersErased,
  linksChecked,
  libraryImported,
  followAsked,
  followConfirmed,
  followLeft,
  followForgotten,
  materialCreated,
  materialEdited,
  materialVersionAdded,
  materialPublished,
  materialArchived,
  captionsAdded,
  captionsRemoved,
  practiceAdopted,
  adoptionChanged,
  adoptionEnded,
  consentGiven,
  consentWithdrawn,
] as const;
