// Every field of a practice as text, in words: for showing what an edit changed.
import { CONTENT_FIELDS, type FacetKey } from "./facets.ts";
import type { PracticeContent } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import { amountInWords, obligationYears } from "./practice-facts.tsx";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";

/** The fields, with the word that stands over each. */
export const fieldLabels = (): Record<keyof PracticeContent, string> => ({
  title: say("title"),
  summary: say("summary"),
  description: say("what"),
  language: say("language"),
  states: say("where"),
  sponsor: say("sponsor"),
  categories: say("categories"),
  stages: say("stages"),
  occupations: say("occupations"),
  settings: say("settings"),
  populations: say("populations"),
  mechanisms: say("mechanisms"),
  funding: say("money"),
  obligation: say("obligation"),
  startYear: say("since"),
  status: say("status"),
  costToRun: say("cost"),
  staffing: say("staffing"),
  adaptation: say("adapt"),
  contacts: say("contacts"),
  links: say("links"),
  sources: say("sources"),
  lastVerifiedOn: say("verified"),
  reviewBy: say("review_due"),
  license: say("license"),
});

const groupOf = new Map<string, FacetKey>(
  Object.entries(CONTENT_FIELDS).map(([key, field]) => [field, key as FacetKey]),
);

/** A field in words: running text as it is, a list with a line for each of its parts. */
export function fieldText(
  content: PracticeContent,
  field: keyof PracticeContent,
  labels: PracticeLabels,
): string {
  const group = groupOf.get(field);
  if (group) return (content[field] as string[]).map((code) => labelOf(labels, group, code)).join("\n");
  switch (field) {
    case "status":
      return labelOf(labels, "status", content.status);
    case "license":
      return labelOf(labels, "license", content.license);
    case "funding":
      return [
        content.funding.note,
        ...content.funding.amounts.map((amount) => `${amount.label}: ${amountInWords(amount)}`),
      ]
        .filter(Boolean)
        .join("\n");
    case "obligation": {
      const { obligation } = content;
      if (!obligation) return "";
      return [obligationYears(obligation), obligation.siteRule, obligation.buyOut].filter(Boolean).join("\n");
    }
    case "contacts":
      return content.contacts
        .map((one) => [one.name, one.role, one.organization, one.email, one.phone].filter(Boolean).join(", "))
        .join("\n");
    case "links":
      return content.links.map(({ label, url }) => `${label} ${url}`.trim()).join("\n");
    case "sources":
      return content.sources
        .map((one) =>
          [one.title, one.publisher, one.year, one.url, one.supports, say(`certainty_${one.certainty}`)]
            .filter(Boolean)
            .join(". "),
        )
        .join("\n");
    default: {
      const value = content[field];
      return value === null ? "" : String(value);
    }
  }
}

/** Whether a field is running text, in which single words change. */
export const isProse = (field: keyof PracticeContent): boolean =>
  ["title", "summary", "description", "costToRun", "staffing", "adaptation", "sponsor"].includes(field);
