import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { keepCounts } from "../../../platform/database/kept-counts.ts";
import { FACET_GROUPS, type FacetCounts, type FacetKey } from "./facets.ts";
import { chosenGroups, conditionOf, every, hasTheWords, type Search } from "./search.store.ts";

export interface HitCounts {
  total: number;
  facets: FacetCounts;
}

/** Views by state, category and so on are asked for again and again; what somebody typed is not kept. */
const countViewOnce = keepCounts({ over: "library.published" }, 500);

/**
 * How many practices a search finds, and how many each further choice would leave: a choice of a group that is chosen
 * already counts under the other groups' choices, since codes of one group mean any of them.
 */
export function countHits(trx: Trx, search: Search): Promise<HitCounts> {
  const count = () => countNow(trx, search);
  return search.terms.length > 0 ? count() : countViewOnce(trx, [search.chosen], count);
}

/** Whether a search finds anything. */
export async function findsAnything(trx: Trx, search: Search): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from library.published p where ${conditionOf(search)}) as found`.execute(trx);
  return rows[0]?.found ?? false;
}

async function countNow(trx: Trx, search: Search): Promise<HitCounts> {
  const groups = chosenGroups(search);
  // Each practice is looked at once. What fails one group's choice only still counts for that group's other choices.
  const fails = groups.map(({ key, has }) => sql`case when ${has} then null else ${sql.lit(key)} end`);
  const missing = groups.length > 0 ? sql`array_remove(array[${sql.join(fails)}], null)` : sql`'{}'::text[]`;
  // The same in other words, for the index: of two choices, one is met.
  const either =
    groups.length > 1
      ? [
          sql`(${sql.join(
            groups.slice(0, 2).map(({ has }) => has),
            sql` or `,
          )})`,
        ]
      : [];
  const { rows } = await sql<{ facet: string | null; practices: number }>`
    with matched as materialized (
      select facets, missing
      from library.published p cross join lateral (select ${missing} as missing) choices
      where ${every([...hasTheWords(search), ...either])} and cardinality(missing) <= 1)
    select null as facet, count(*) as practices from matched where missing = '{}'
    union all
    select facet, count(*) from matched cross join lateral unnest(facets) facet
    where missing = '{}' or split_part(facet, ':', 1) = missing[1]
    group by facet`.execute(trx);
  const facets = new Map<FacetKey, Map<string, number>>(FACET_GROUPS.map(({ key }) => [key, new Map()]));
  let total = 0;
  for (const { facet, practices } of rows) {
    if (facet === null) total = practices;
    else {
      const at = facet.indexOf(":");
      facets.get(facet.slice(0, at) as FacetKey)?.set(facet.slice(at + 1), practices);
    }
  }
  return { total, facets };
}
