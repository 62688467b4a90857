import { DeclarationError, DisclosureError } from "../../../methods/disclosure/model.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import type { Publication } from "./publication.types.ts";

/** Work that has given no sign of life for so long is taken to be lost, in milliseconds. */
const LOST_AFTER = 10 * 60_000;

export const LOST = "The work gave no sign of life for ten minutes, as after a power failure.";
export const NOT_ALLOWED = "Whoever asked for this release may not publish any more.";
export const noneAccepted = (academicYear: string): string =>
  `No report of ${academicYear} is accepted yet. Public figures come from accepted reports only.`;

/** Whether a release is being made: asked for, and not lost. */
export function isUnderWay(publication: Publication | null, now: Date): boolean {
  return publication?.state === "publishing" && now.getTime() - publication.updatedAt.getTime() < LOST_AFTER;
}

/** Why nothing was published, in words for the person who asked. What the gate says itself names figures, and stays out. */
export function whyNotPublished(error: unknown): string {
  if (error instanceof RequestProblem) return error.message;
  if (error instanceof DisclosureError)
    return "The disclosure gate found no way to publish these reports in which nothing withheld can be derived. Tell the hub's administrator: the log says more.";
  if (error instanceof DeclarationError)
    return "The accepted figures contradict each other or an earlier release, so the disclosure gate refused them. Tell the hub's administrator: the log says more.";
  return "The work broke off. Try again; if it breaks off once more, tell the hub's administrator.";
}
