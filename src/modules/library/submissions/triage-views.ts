// The piles that submissions lie in, as the desk offers them.
import type { SubmissionState } from "./submission.types.ts";

export const TRIAGE_VIEWS = [
  { key: "waiting", label: "Waiting", states: ["waiting"] },
  { key: "drafted", label: "Draft made", states: ["drafted"] },
  { key: "probably_spam", label: "Probably spam", states: ["probably_spam"] },
  { key: "taken", label: "Published or applied", states: ["published", "applied"] },
  { key: "merged", label: "Duplicates", states: ["merged"] },
  { key: "refused", label: "Refused", states: ["refused"] },
  { key: "spam", label: "Spam", states: ["spam"] },
] as const satisfies readonly { key: string; label: string; states: readonly SubmissionState[] }[];

export type TriageView = (typeof TRIAGE_VIEWS)[number]["key"];

export const VIEW_KEYS = TRIAGE_VIEWS.map(({ key }) => key) as [TriageView, ...TriageView[]];

export const statesOf = (view: TriageView): readonly SubmissionState[] =>
  TRIAGE_VIEWS.find(({ key }) => key === view)?.states ?? [];
