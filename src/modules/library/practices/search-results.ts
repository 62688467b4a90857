import type { Trx } from "../../../platform/database/database.ts";
import type { Chosen } from "./facets.ts";
import { findPractices } from "./find-practices.ts";
import { readPracticeLabels } from "./practice-labels.ts";
import { MATCH_END, MATCH_START } from "./search-terms.ts";

/** What a search of the library found, as data. */
export interface SearchResults {
  /** How many practices there are, of which `items` are the first. */
  total: number;
  /** How many practices each further choice leaves, by group and code: {"state": {"NE": 1}}. */
  facets: Record<string, Record<string, number>>;
  items: {
    slug: string;
    title: string;
    states: string[];
    /** How well it matches the words, compared with the others here; 0 without words. */
    score: number;
  }[];
  /** No practice has all of the words; these have some of them. */
  isAny: boolean;
}

/** Codes that the library does not know, as "state XX". */
export async function unknownChoices(trx: Trx, chosen: Chosen): Promise<string[]> {
  const labels = await readPracticeLabels(trx);
  return Object.entries(chosen).flatMap(([key, codes]) =>
    codes.filter((code) => !labels.get(key as keyof Chosen)?.has(code)).map((code) => `${key} ${code}`),
  );
}

/** The same search as on the library's pages: typing errors forgiven, accents ignored, the best match first. */
export async function searchLibrary(
  trx: Trx,
  asked: { words: string; chosen: Chosen },
  limit: number,
): Promise<SearchResults> {
  const { total, facets, hits, isAny } = await findPractices(
    trx,
    { q: asked.words, chosen: asked.chosen },
    limit,
  );
  return {
    total,
    facets: Object.fromEntries([...facets].map(([key, counts]) => [key, Object.fromEntries(counts)])),
    items: hits.map(({ slug, title, states, score }) => ({
      slug,
      title: title.replaceAll(MATCH_START, "").replaceAll(MATCH_END, ""),
      states,
      score,
    })),
    isAny,
  };
}
