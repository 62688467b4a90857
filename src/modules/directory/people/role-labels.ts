import type { Role } from "../../../platform/database/actor.ts";

const LABELS: Record<Role, string> = {
  administrator: "Administrator",
  hub_staff: "Hub staff",
  organization_lead: "Organization lead",
  supervisor: "Supervisor or mentor",
  worker: "Worker or trainee",
  partner: "Partner",
};

/** A role as people say it; a grant that narrows it is named. */
export function roleLabel(role: Role, grants: readonly string[] = []): string {
  return grants.length > 0 ? `${LABELS[role]} (${grants.join(", ")})` : LABELS[role];
}
