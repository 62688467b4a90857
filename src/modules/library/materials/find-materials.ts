import { z } from "zod";
import type { Trx } from "../../../platform/database/database.ts";
import { filterText } from "../../../platform/web/list-query.ts";
import { listMeantWords } from "../practices/search.store.ts";
import { readTerms, type SearchTerm, withMeantWords, wordsToCheck } from "../practices/search-terms.ts";
import type { MaterialView } from "./material-addresses.ts";
import {
  countMaterials,
  hasMaterial,
  listMaterialHits,
  type MaterialFacetCounts,
  type MaterialHit,
  type MaterialSearch,
} from "./material-search.store.ts";

/** How many materials a page of the list shows. */
export const MATERIALS_PER_PAGE = 20;
const MOST_CODES = 20;

/** One code or several; what cannot be one is left out. */
const codes = z
  .union([z.string(), z.array(z.string())])
  .transform((given) =>
    [...new Set([given].flat())].filter((code) => /^[a-z_]{1,40}$/.test(code)).slice(0, MOST_CODES),
  )
  .catch([])
  .default([]);

/** What may stand in the address of the list. What cannot be used counts as absent. */
export const materialQuery = z.object({
  q: filterText,
  kind: codes,
  language: codes,
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export interface FoundMaterials {
  hits: MaterialHit[];
  total: number;
  facets: MaterialFacetCounts;
  terms: readonly SearchTerm[];
  /** No material has all the words: these have some of them. */
  isAny: boolean;
}

/**
 * What a view of the list shows: what has all the words as they are typed; else what may have been meant; else what has
 * any of them.
 */
export async function findMaterials(
  trx: Trx,
  view: MaterialView,
  limit = MATERIALS_PER_PAGE,
): Promise<FoundMaterials> {
  const search = await firstThatFinds(trx, view);
  const counted = await countMaterials(trx, search);
  const offset = ((view.page ?? 1) - 1) * limit;
  const hits = counted.total > offset ? await listMaterialHits(trx, search, { limit, offset }) : [];
  return { hits, ...counted, terms: search.terms, isAny: search.isAny ?? false };
}

async function firstThatFinds(trx: Trx, view: MaterialView): Promise<MaterialSearch> {
  const typed = readTerms(view.q ?? "");
  const search: MaterialSearch = {
    terms: typed,
    chosen: { kind: view.kind, language: view.language },
  };
  if (typed.length === 0 || (await hasMaterial(trx, search))) return search;
  const meant = {
    ...search,
    terms: withMeantWords(typed, await listMeantWords(trx, wordsToCheck(typed))),
  };
  if (typed.filter(({ isWithout }) => !isWithout).length < 2 || (await hasMaterial(trx, meant))) return meant;
  const any = { ...meant, isAny: true };
  return (await hasMaterial(trx, any)) ? any : meant;
}
