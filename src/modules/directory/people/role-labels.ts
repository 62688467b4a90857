import type { Grant, Role } from "../../../platform/database/actor.ts";
import { defineWords } from "../../../ui/words.tsx";

const say = defineWords("roles", {
  en: {
    administrator: "Administrator",
    hub_staff: "Hub staff",
    organization_lead: "Organization lead",
    supervisor: "Supervisor or mentor",
    worker: "Worker or trainee",
    partner: "Partner",
    librarian: "librarian",
    reviewer: "reviewer",
    facilitator: "facilitator",
    evaluator: "evaluator",
  },
  es: {
    administrator: "Administración",
    hub_staff: "Personal del centro",
    organization_lead: "Dirección de la organización",
    supervisor: "Supervisión o mentoría",
    worker: "Trabajo o formación",
    partner: "Entidad asociada",
    librarian: "biblioteca",
    reviewer: "revisión",
    facilitator: "facilitación",
    evaluator: "evaluación",
  },
});

/** A role as people say it; a grant that narrows it is named. */
export function roleLabel(role: Role, grants: readonly string[] = []): string {
  return grants.length > 0
    ? `${say(role)} (${grants.map((grant) => say(grant as Grant)).join(", ")})`
    : say(role);
}
