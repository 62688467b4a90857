import { z } from "zod";
import { filterText } from "../../../platform/web/list-query.ts";
import { CHOICE_KEYS, type Chosen, type FacetKey } from "./facets.ts";
import type { ListView } from "./practice-addresses.ts";
import type { PracticeOrder } from "./search.store.ts";

/** How many practices a page of the list shows. */
export const HITS_PER_PAGE = 20;
const MOST_CODES = 30;

export const ORDERS = ["relevance", "title", "newest", "changed"] as const satisfies readonly PracticeOrder[];
export const FORMATS = ["csv", "xlsx", "json"] as const;

/** One code or several; what cannot be one is left out. */
const codes = z
  .union([z.string(), z.array(z.string())])
  .transform((given) =>
    [...new Set([given].flat())].filter((code) => /^[A-Za-z0-9_]{1,60}$/.test(code)).slice(0, MOST_CODES),
  )
  .catch([])
  .default([]);

const choices = Object.fromEntries(CHOICE_KEYS.map((key) => [key, codes])) as Record<FacetKey, typeof codes>;

/** What may stand in the address of a list of practices. What cannot be used counts as absent. */
export const viewQuery = z.object({
  ...choices,
  q: filterText,
  sort: z.enum(ORDERS).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
  format: z.enum(FORMATS).optional().catch(undefined),
});

/** A list's view as its address has it, with what a shorter address says by itself. */
export function viewOf(query: z.infer<typeof viewQuery>, fixed: Chosen = {}): ListView {
  const chosen = Object.fromEntries(
    CHOICE_KEYS.map((key) => [key, [...new Set([...(fixed[key] ?? []), ...query[key]])]]).filter(
      ([, given]) => (given ?? []).length > 0,
    ),
  ) as Chosen;
  return { q: query.q, chosen, sort: query.sort, page: query.page };
}

/** The order that a list is in: the best match first where words are searched. */
export const orderOfView = (view: ListView): PracticeOrder =>
  ORDERS.find((one) => one === view.sort && (one !== "relevance" || view.q)) ??
  (view.q ? "relevance" : "title");
