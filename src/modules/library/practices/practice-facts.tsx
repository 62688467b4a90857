// What is known of a practice, in words: one list of particulars for its page and for comparing.

import type { Child } from "hono/jsx";
import { langOf, localeNow } from "../../../ui/language.ts";
import { Said } from "../../../ui/said.tsx";
import type { FacetKey } from "./facets.ts";
import type { PracticeContent } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import { categoryPath, statePath } from "./practice-addresses.ts";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";

export interface Fact {
  key: string;
  term: string;
  /** Null: nobody has told the library. */
  value: Child | null;
}

/** Paragraphs as they were written, with an empty line between them. */
export const paragraphs = (text: string, language: string): Child | null =>
  text.trim() === ""
    ? null
    : text
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph) => (
          <p class="prose" lang={langOf(language)}>
            {paragraph}
          </p>
        ));

const dollars = (value: number): string =>
  value.toLocaleString(localeNow(), { style: "currency", currency: "USD", maximumFractionDigits: 0 });

/** An amount or a range of them: "$70,000 to $150,000 per person". */
export function amountInWords(amount: PracticeContent["funding"]["amounts"][number]): string {
  const { low, high, per } = amount;
  const number =
    low !== null && high !== null && low !== high
      ? say("amount_range", { low: dollars(low), high: dollars(high) })
      : low !== null || high !== null
        ? dollars(low ?? high ?? 0)
        : say("not_known");
  return per ? say("amount_per", { amount: number, per }) : number;
}

/** The years that are owed, in words. */
export function obligationYears({
  yearsLow: low,
  yearsHigh: high,
}: NonNullable<PracticeContent["obligation"]>): string {
  if (low !== null && high !== null)
    return low === high ? say("years", { count: low }) : say("years_range", { low, high });
  if (low !== null) return say("years_at_least", { low });
  if (high !== null) return say("years_at_most", { high });
  return say("years_unknown");
}

function filed(labels: PracticeLabels, key: FacetKey, codes: readonly string[]): Child | null {
  if (codes.length === 0) return null;
  const path = key === "state" ? statePath : key === "category" ? categoryPath : null;
  return codes.map((code, index) => (
    <>
      {index > 0 ? ", " : ""}
      {path ? <a href={path(code)}>{labelOf(labels, key, code)}</a> : labelOf(labels, key, code)}
    </>
  ));
}

/** The short facts, each with null where nothing is known. */
export function factsOf(content: PracticeContent, labels: PracticeLabels): Fact[] {
  return [
    { key: "states", term: say("where"), value: filed(labels, "state", content.states) },
    {
      key: "sponsor",
      term: say("sponsor"),
      value: content.sponsor ? <Said in={content.language}>{content.sponsor}</Said> : null,
    },
    { key: "stages", term: say("stages"), value: filed(labels, "stage", content.stages) },
    { key: "occupations", term: say("occupations"), value: filed(labels, "occupation", content.occupations) },
    { key: "settings", term: say("settings"), value: filed(labels, "setting", content.settings) },
    { key: "populations", term: say("populations"), value: filed(labels, "population", content.populations) },
    { key: "mechanisms", term: say("mechanisms"), value: filed(labels, "mechanism", content.mechanisms) },
    { key: "categories", term: say("categories"), value: filed(labels, "category", content.categories) },
    {
      key: "startYear",
      term: say("since"),
      value: content.startYear === null ? null : String(content.startYear),
    },
    {
      key: "status",
      term: say("status"),
      value: content.status === "unknown" ? null : labelOf(labels, "status", content.status),
    },
  ];
}

/** The longer ones: money, what is owed, what it takes. */
export function longFactsOf(content: PracticeContent): Fact[] {
  const { obligation, funding, language } = content;
  return [
    {
      key: "funding",
      term: say("money"),
      value:
        funding.note || funding.amounts.length > 0 ? (
          <>
            {paragraphs(funding.note, language)}
            {funding.amounts.length > 0 ? (
              <ul>
                {funding.amounts.map((amount) => (
                  <li>
                    {amount.label ? (
                      <>
                        <Said in={language}>{amount.label}</Said>:{" "}
                      </>
                    ) : null}
                    {amountInWords(amount)}
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        ) : null,
    },
    {
      key: "obligation",
      term: say("obligation"),
      value: obligation ? (
        <>
          <p>
            <strong>{obligationYears(obligation)}</strong>
          </p>
          {obligation.siteRule ? (
            <p>
              {say("site_rule")}: <Said in={language}>{obligation.siteRule}</Said>
            </p>
          ) : null}
          {obligation.buyOut ? (
            <p>
              {say("buy_out")}: <Said in={language}>{obligation.buyOut}</Said>
            </p>
          ) : null}
        </>
      ) : null,
    },
    { key: "costToRun", term: say("cost"), value: paragraphs(content.costToRun, language) },
    { key: "staffing", term: say("staffing"), value: paragraphs(content.staffing, language) },
    { key: "adaptation", term: say("adapt"), value: paragraphs(content.adaptation, language) },
  ];
}
