import type { DownloadColumn } from "../../../platform/web/table-download.ts";
import type { FacetKey } from "./facets.ts";
import type { Practice } from "./practice.types.ts";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";

/** A practice as data for others: its whole content, where it lies, and how it stands. */
export const contentJson = (practice: Practice) => ({
  id: practice.id,
  slug: practice.slug,
  version: practice.version,
  rating: practice.rating,
  publishedAt: practice.publishedAt,
  changedAt: practice.changedAt,
  ...practice.content,
});

/** A practice as a line of a table. What is a list has its parts between semicolons. */
export function practiceColumns(labels: PracticeLabels): DownloadColumn<Practice>[] {
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
