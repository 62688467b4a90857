// What may be decided of a submission, and what looks like spam. Pure.
import type { Decision, Submission, SubmissionKind, SubmissionState, Suspicion } from "./submission.types.ts";

/** More addresses than these, wherever they stand, are unusual for somebody who tells of one practice. */
const USUAL_LINKS = 5;

const NEXT: Record<SubmissionKind, Partial<Record<SubmissionState, readonly Decision[]>>> = {
  practice: {
    waiting: ["drafted", "merged", "refused", "spam"],
    probably_spam: ["waiting", "drafted", "merged", "refused", "spam"],
    drafted: ["published", "merged", "refused"],
    spam: ["waiting"],
  },
  correction: {
    waiting: ["applied", "refused", "spam"],
    probably_spam: ["waiting", "applied", "refused", "spam"],
    spam: ["waiting"],
  },
};

/** What may be decided of a submission as it stands. */
export const decisionsFor = ({ kind, state }: Pick<Submission, "kind" | "state">): readonly Decision[] =>
  NEXT[kind][state] ?? [];

/** States in which nothing more is to be done. */
export const isSettled = (state: SubmissionState): boolean =>
  state !== "waiting" && state !== "probably_spam" && state !== "drafted";

/** Why something goes to the pile of what is probably spam, or null. It is never dropped: somebody looks at it. */
export function suspicionOf(typed: { trap: string; texts: readonly string[] }): Suspicion | null {
  if (typed.trap !== "") return "trap";
  const links = typed.texts.join("\n").match(/\b(?:https?:\/\/|www\.)/gi)?.length ?? 0;
  return links > USUAL_LINKS ? "links" : null;
}
