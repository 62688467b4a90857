import { z } from "zod";
import { isReportingYear } from "../../../methods/reporting-year.ts";
import { isEvaluator } from "../../../platform/database/actor.ts";
import { forbidden, notFound } from "../../../platform/web/problems.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { findOrganization } from "../../directory/index.ts";

export const READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;
export const WRITERS = ["administrator", "hub_staff", "organization_lead"] as const;
export const REVIEWERS = ["administrator", "reviewer"] as const;
/** A reporting year in an address. */
export const year = z.string().refine(isReportingYear);
export const ofOrganization = z.object({ organization: z.uuid(), year });
export type ReportVisit = Visit<{ organization: string; year: string }, unknown>;

/** The organization of the address; where the actor sees none, there is none. */
export async function getOrganizationName(visit: ReportVisit): Promise<string> {
  const organization = await findOrganization(visit.trx, visit.params.organization);
  if (!organization) throw notFound("This report");
  return organization.name;
}

/** Evaluators read, and change nothing. */
export function refuseEvaluator(visit: Pick<ReportVisit, "actor">): void {
  if (isEvaluator(visit.actor)) throw forbidden("Evaluators read reports and change nothing.");
}
