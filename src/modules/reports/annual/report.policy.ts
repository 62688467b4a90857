import { type Actor, isEvaluator } from "../../../platform/database/actor.ts";
import { canTake, isOpen } from "./report.rules.ts";
import type { Report } from "./report.types.ts";

/** Whether the actor reviews reports for the hub. */
export function isReviewer(actor: Actor): boolean {
  return actor.kind === "person" && (actor.role === "administrator" || actor.grants.includes("reviewer"));
}

/** What the actor may do with this report now. */
export function reportRights(
  actor: Actor,
  report: Report,
): { edit: boolean; submit: boolean; review: boolean; correct: boolean } {
  const writes =
    actor.kind === "person" &&
    !isEvaluator(actor) &&
    (actor.role === "administrator" || actor.role === "hub_staff" || actor.role === "organization_lead");
  return {
    edit: writes && isOpen(report.state),
    submit: writes && canTake("submit", report.state),
    review: isReviewer(actor) && canTake("accept", report.state),
    correct: isReviewer(actor) && canTake("correct", report.state),
  };
}
