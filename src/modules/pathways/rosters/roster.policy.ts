import { type Actor, isEvaluator, worksForHub } from "../../../platform/database/actor.ts";
import { forbidden } from "../../../platform/web/problems.ts";

/** Rosters hold the grantees' own codes of trainees: evaluators, who read under pseudonyms, do not see them. */
export function refuseEvaluators(actor: Actor): void {
  if (isEvaluator(actor))
    throw forbidden(
      "Evaluators read records under pseudonyms; rosters and their findings show the grantees' own codes.",
    );
}

/** Whether the actor may bring in, commit and undo rosters of this organization. */
export function mayImport(actor: Actor, organizationId: string): boolean {
  if (isEvaluator(actor)) return false;
  if (worksForHub(actor)) return true;
  return (
    actor.kind === "person" && actor.role === "organization_lead" && actor.organizationId === organizationId
  );
}
