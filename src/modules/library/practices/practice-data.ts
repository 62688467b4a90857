import type { Trx } from "../../../platform/database/database.ts";
import type { DownloadColumn } from "../../../platform/web/table-download.ts";
import { listEvidenceInUse } from "../evidence/evidence.store.ts";
import type { EvidenceItem } from "../evidence/evidence.types.ts";
import { evidenceJson, findingsInWords } from "../evidence/evidence-data.ts";
import type { FacetKey } from "./facets.ts";
import type { Practice } from "./practice.types.ts";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";

/** A practice with what was found out about it, for and against. */
export type PracticeWithEvidence = Practice & { evidence: readonly EvidenceItem[] };

/** Puts to practices what was found out about each. */
export async function withEvidence(
  trx: Trx,
  practices: readonly Practice[],
): Promise<PracticeWithEvidence[]> {
  const evidence = await listEvidenceInUse(
    trx,
    practices.map(({ id }) => id),
  );
  return practices.map((practice) => ({ ...practice, evidence: evidence.get(practice.id) ?? [] }));
}

/** A practice as data for others: its whole content, where it lies, how it stands, and what was found out about it. */
export const practiceJson = (practice: PracticeWithEvidence) => ({
  id: practice.id,
  slug: practice.slug,
  version: practice.version,
  rating: practice.rating,
  publishedAt: practice.publishedAt,
  changedAt: practice.changedAt,
  ...practice.content,
  evidence: practice.evidence.map(evidenceJson),
});

/** A practice as a line of a table. What is a list has its parts between semicolons. */
export function practiceColumns(labels: PracticeLabels): DownloadColumn<PracticeWithEvidence>[] {
  const named = (key: FacetKey, codes: readonly string[]): string =>
    codes.map((code) => labelOf(labels, key, code)).join("; ");
  return [
    { header: "slug", value: ({ slug }) => slug },
    { header: "title", value: ({ content }) => content.title },
    { header: "summary", value: ({ content }) => content.summary },
    { header: "description", value: ({ content }) => content.description },
    { header: "states", value: ({ content }) => content.states.join("; ") },
    { header: "sponsor", value: ({ content }) => content.sponsor },
    { header: "categories", value: ({ content }) => named("category", content.categories) },
    { header: "career_stages", value: ({ content }) => named("stage", content.stages) },
    { header: "occupations", value: ({ content }) => named("occupation", content.occupations) },
    { header: "settings", value: ({ content }) => named("setting", content.settings) },
    { header: "populations", value: ({ content }) => named("population", content.populations) },
    { header: "mechanisms", value: ({ content }) => named("mechanism", content.mechanisms) },
    { header: "funding", value: ({ content }) => content.funding.note },
    {
      header: "obligation_years_low",
      type: "number",
      value: ({ content }) => content.obligation?.yearsLow ?? null,
    },
    {
      header: "obligation_years_high",
      type: "number",
      value: ({ content }) => content.obligation?.yearsHigh ?? null,
    },
    { header: "obligation_site", value: ({ content }) => content.obligation?.siteRule ?? null },
    { header: "obligation_buy_out", value: ({ content }) => content.obligation?.buyOut ?? null },
    { header: "start_year", type: "number", value: ({ content }) => content.startYear },
    { header: "status", value: ({ content }) => named("status", [content.status]) },
    { header: "evidence", value: ({ rating }) => named("rating", [rating ?? "not_rated"]) },
    { header: "evidence_items", type: "number", value: ({ evidence }) => evidence.length },
    { header: "findings", value: ({ evidence }) => findingsInWords(evidence) },
    { header: "last_verified", type: "date", value: ({ content }) => content.lastVerifiedOn },
    {
      header: "sources",
      value: ({ content }) =>
        content.sources.map(({ title, publisher }) => `${title} (${publisher})`).join("; "),
    },
    { header: "license", value: ({ content }) => content.license },
    { header: "language", value: ({ content }) => content.language },
  ];
}
