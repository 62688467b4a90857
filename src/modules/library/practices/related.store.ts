import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { FacetKey } from "./facets.ts";
import { type PracticeHit, unmarked } from "./search.store.ts";

export interface RelatedPractice {
  hit: PracticeHit;
  /** What both are filed under: the reason. */
  shared: { key: FacetKey; code: string }[];
}

/** How much a shared filing says: that two are for the same people says more than that both are in a school. */
const WEIGHTS: Partial<Record<FacetKey, number>> = {
  state: 3,
  category: 3,
  occupation: 3,
  stage: 2,
  mechanism: 2,
  population: 1,
  setting: 1,
};

/** The practices that share most with one, with what they share. */
export async function listRelated(trx: Trx, slug: string, limit: number): Promise<RelatedPractice[]> {
  const weights = Object.entries(WEIGHTS);
  const { rows } = await sql<{
    id: string;
    slug: string;
    title: string;
    summary: string;
    states: string[];
    categories: string[];
    language: string;
    rating: string | null;
    has_obligation: boolean;
    changed_at: Date;
    shared: string[];
  }>`
    with weight (key, points) as (
      select * from unnest(${sql.val(weights.map(([key]) => key))}::text[], ${sql.val(weights.map(([, points]) => points))}::int[])),
    mine as (
      select facet, points from library.practice p cross join lateral unnest(p.facets) facet
        join weight on weight.key = split_part(facet, ':', 1) where p.slug = ${slug} and facet <> 'population:general'),
    near as (
      select p.practice_id, sum(mine.points) as points, array_agg(mine.facet order by mine.points desc, mine.facet) as shared
      from library.published p cross join lateral unnest(p.facets) filed join mine on mine.facet = filed
      where p.practice_id <> (select id from library.practice where slug = ${slug})
        and p.facets && (select coalesce(array_agg(facet), '{}') from mine where facet ~ '^(category|occupation):')
      group by p.practice_id order by points desc, p.practice_id limit ${limit})
    select p.id, p.slug, ${unmarked(sql`p.title`)} as title, ${unmarked(sql`p.content ->> 'summary'`)} as summary, p.content -> 'states' as states,
      p.content -> 'categories' as categories, p.content ->> 'language' as language, p.rating,
      'obligation:yes' = any (p.facets) as has_obligation, p.changed_at, near.shared
    from near join library.practice p on p.id = near.practice_id order by near.points desc, p.id`.execute(
    trx,
  );
  return rows.map(({ shared, has_obligation, changed_at, ...row }) => ({
    hit: { ...row, excerpt: null, hasObligation: has_obligation, changedAt: changed_at },
    shared: shared.map((facet) => {
      const at = facet.indexOf(":");
      return { key: facet.slice(0, at) as FacetKey, code: facet.slice(at + 1) };
    }),
  }));
}
