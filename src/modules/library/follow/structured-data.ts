// What pages of the library are about, in the words of schema.org.
import type { Practice, PracticeContent } from "../practices/practice.types.ts";
import { labelOf, type PracticeLabels } from "../practices/practice-labels.ts";
import type { PracticeHit } from "../practices/search.store.ts";
import { splitMatches } from "../practices/search-terms.ts";
import { LICENSE_ADDRESSES } from "./license-addresses.ts";

/** A practice that trains or places people is a program in the sense of schema.org; a law, a tool or a payment is none. */
const PROGRAM_MECHANISMS = ["training", "placement"];

const isProgram = ({ mechanisms }: PracticeContent): boolean =>
  mechanisms.some((one) => PROGRAM_MECHANISMS.includes(one));

export interface DataPlaces {
  hubName: string;
  /** The absolute address of a path in the language of the page. */
  addressOf: (path: string) => string;
}

/** Leaves out what is not known. */
const known = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== "" && !isEmpty(value)),
  );
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * The entry, which the hub publishes under its license, and what it is about, which others run: two things, since the
 * license, the date and the version are the text's.
 */
export function practiceData(
  practice: Practice,
  labels: PracticeLabels,
  { hubName, addressOf }: DataPlaces,
  path: string,
): object {
  const { content } = practice;
  const address = addressOf(path);
  const named = (key: "occupation" | "category" | "state", codes: readonly string[]): string[] =>
    codes.map((code) => labelOf(labels, key, code));
  const about = known({
    "@type": isProgram(content) ? "EducationalOccupationalProgram" : "CreativeWork",
    "@id": `${address}#practice`,
    name: content.title,
    description: content.summary,
    ...(isProgram(content)
      ? {
          provider: content.sponsor ? { "@type": "Organization", name: content.sponsor } : null,
          occupationalCategory: named("occupation", content.occupations),
        }
      : { creator: content.sponsor ? { "@type": "Organization", name: content.sponsor } : null }),
    url: content.links.map(({ url }) => url),
  });
  return {
    "@graph": [
      known({
        "@type": "Article",
        "@id": address,
        url: address,
        identifier: `urn:uuid:${practice.id}`,
        headline: content.title,
        abstract: content.summary,
        inLanguage: content.language,
        version: practice.version,
        datePublished: practice.publishedAt?.toISOString() ?? null,
        dateModified: practice.changedAt.toISOString(),
        license: LICENSE_ADDRESSES[content.license] ?? labelOf(labels, "license", content.license),
        keywords: named("category", content.categories),
        spatialCoverage: named("state", content.states),
        publisher: { "@type": "Organization", name: hubName, url: addressOf("/") },
        author: { "@type": "Organization", name: hubName, url: addressOf("/") },
        citation: content.sources.map((source) =>
          known({
            "@type": "CreativeWork",
            name: source.title,
            publisher: source.publisher,
            datePublished: source.year === null ? null : String(source.year),
            url: source.url,
          }),
        ),
        about: { "@id": `${address}#practice` },
      }),
      about,
    ],
  };
}

/** What a page of the list shows. @param before how many stand on the pages before it. */
export function listData(
  name: string,
  hits: readonly PracticeHit[],
  { total, before }: { total: number; before: number },
  addressOf: (path: string) => string,
  pathOf: (slug: string) => string,
): object {
  return {
    "@type": "ItemList",
    name,
    numberOfItems: total,
    itemListElement: hits.map((hit, index) => ({
      "@type": "ListItem",
      position: before + index + 1,
      name: splitMatches(hit.title).join(""),
      url: addressOf(pathOf(hit.slug)),
    })),
  };
}
