import type { Trx } from "../../../platform/database/database.ts";
import type { FacetCounts } from "./facets.ts";
import { HITS_PER_PAGE, orderOfView } from "./list-view.ts";
import type { ListView } from "./practice-addresses.ts";
import { type FoundPractice, listHits, listMeantWords, type Search } from "./search.store.ts";
import { countHits, findsAnything } from "./search-counts.store.ts";
import { readTerms, type SearchTerm, withMeantWords, wordsToCheck } from "./search-terms.ts";

export interface Found {
  hits: FoundPractice[];
  total: number;
  facets: FacetCounts;
  terms: readonly SearchTerm[];
  /** No practice has all the words: these have some of them. */
  isAny: boolean;
}

/** A view's words with what may have been meant by those that the library does not know. */
async function readSearch(trx: Trx, view: ListView): Promise<Search> {
  const terms = readTerms(view.q ?? "");
  return {
    terms: withMeantWords(terms, await listMeantWords(trx, wordsToCheck(terms))),
    chosen: view.chosen,
  };
}

/** What a view of the list shows: a page of hits, how many there are, and what the filters would leave. */
export async function findPractices(trx: Trx, view: ListView, limit = HITS_PER_PAGE): Promise<Found> {
  const search = await searchOf(trx, view);
  const { total, facets } = await countHits(trx, search);
  const page = view.page ?? 1;
  const hits =
    total > (page - 1) * limit
      ? await listHits(trx, search, { order: orderOfView(view), limit, offset: (page - 1) * limit })
      : [];
  return { hits, total, facets, terms: search.terms, isAny: search.isAny ?? false };
}

/** The search for all the words; where that finds nothing, the one for any of them. */
export async function searchOf(trx: Trx, view: ListView): Promise<Search> {
  const search = await readSearch(trx, view);
  const words = search.terms.filter(({ isWithout }) => !isWithout);
  if (words.length < 2 || (await findsAnything(trx, search))) return search;
  const any: Search = { ...search, isAny: true };
  return (await findsAnything(trx, any)) ? any : search;
}
