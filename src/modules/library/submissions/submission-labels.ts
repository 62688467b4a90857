// Words of the desk, for librarians.
import type { TagTone } from "../../../ui/tag.tsx";
import type { Decision, SubmissionKind, SubmissionState, Suspicion } from "./submission.types.ts";

export const STATE_LABELS: Record<SubmissionState, { label: string; tone: TagTone }> = {
  waiting: { label: "Waiting", tone: "warn" },
  probably_spam: { label: "Probably spam", tone: "neutral" },
  drafted: { label: "Draft made", tone: "warn" },
  published: { label: "Published", tone: "good" },
  applied: { label: "Applied", tone: "good" },
  merged: { label: "Duplicate", tone: "neutral" },
  refused: { label: "Refused", tone: "bad" },
  spam: { label: "Spam", tone: "bad" },
};

export const KIND_LABELS: Record<SubmissionKind, string> = { practice: "Practice", correction: "Correction" };

export const SUSPICION_LABELS: Record<Suspicion, string> = {
  trap: "A field that people do not see was filled, as programs do.",
  links: "It has many web addresses.",
};

const DECISIONS: Record<Decision, string> = {
  waiting: "put it back among those that wait",
  drafted: "made a draft of it",
  published: "published it",
  applied: "changed the entry",
  merged: "closed it as a duplicate",
  refused: "refused it",
  spam: "marked it as spam",
};

/** "refused it" */
export const decisionInWords = (decision: Decision): string => DECISIONS[decision];
