// Finding practices: words (typing errors forgiven), facets with counts, order. One condition serves list and counts.
import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { type Chosen, FACET_GROUPS, type FacetCounts, type FacetKey } from "./facets.ts";
import { MATCH_END, MATCH_START, type SearchTerm } from "./search-terms.ts";

export type PracticeOrder = "relevance" | "title" | "newest" | "changed";

/** What a list shows of a practice. */
export interface PracticeHit {
  id: string;
  slug: string;
  title: string;
  /** Matches stand between MATCH_START and MATCH_END. */
  summary: string;
  /** Where the description matches and title and summary do not say so: the place, marked. */
  excerpt: string | null;
  states: string[];
  categories: string[];
  language: string;
  rating: string | null;
  hasObligation: boolean;
  changedAt: Date;
}

export interface Search {
  terms: readonly SearchTerm[];
  /** One of the terms is enough; else every one of them must be there. */
  isAny?: boolean;
  chosen: Chosen;
}

/** A term as a tsquery, in both languages; words that may have been meant count as well. */
function queryOf(term: SearchTerm): RawBuilder<unknown> {
  const texts = [term.text, ...term.meant];
  const parse = term.isPhrase ? sql`phraseto_tsquery` : sql`plainto_tsquery`;
  const either = texts.flatMap((text) => [
    sql`${parse}('library.english', ${text})`,
    sql`${parse}('library.spanish', ${text})`,
  ]);
  const whole = sql`(${sql.join(either, sql` || `)})`;
  // The last word may still be in the writing.
  const begun =
    term.begins && /^[\p{L}\p{N}]+$/u.test(term.text)
      ? sql`(${whole} || (library.plain(${term.text}) || ':*')::tsquery)`
      : whole;
  return term.isWithout ? sql`!! ${begun}` : begun;
}

/** What must not be there must never be there. */
export function tsqueryOf({ terms, isAny }: Pick<Search, "terms" | "isAny">): RawBuilder<unknown> {
  const without = terms.filter((term) => term.isWithout).map(queryOf);
  const wanted = terms.filter((term) => !term.isWithout).map(queryOf);
  const found = wanted.length > 0 ? [sql`(${sql.join(wanted, isAny ? sql` || ` : sql` && `)})`] : [];
  return sql`(${sql.join([...found, ...without], sql` && `)})`;
}

const tokensOf = (key: FacetKey, codes: readonly string[]): string[] => codes.map((code) => `${key}:${code}`);

/** The published practices that a search means, but for one group. */
function conditionOf(search: Search, without?: FacetKey): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`p.state = 'published'`];
  for (const { key } of FACET_GROUPS) {
    const codes = search.chosen[key] ?? [];
    if (key !== without && codes.length > 0)
      parts.push(sql`p.facets && ${sql.val(tokensOf(key, codes))}::text[]`);
  }
  if (search.terms.length > 0) parts.push(sql`p.search @@ ${tsqueryOf(search)}`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

/** One page of what a search finds. Matches are marked in title and summary. */
export async function listHits(
  trx: Trx,
  search: Search,
  page: { order: PracticeOrder; limit: number; offset: number },
): Promise<PracticeHit[]> {
  const isRanked = search.terms.length > 0;
  const query = isRanked ? tsqueryOf(search) : sql`''::tsquery`;
  const order =
    page.order === "newest"
      ? sql`p.published_at desc, p.id`
      : page.order === "changed"
        ? sql`p.changed_at desc, p.id`
        : page.order === "relevance" && isRanked
          ? sql`ts_rank_cd(p.search, ${query}) desc, library.plain(p.title), p.id`
          : sql`library.plain(p.title), p.id`;
  const marked = sql.lit(`StartSel=${MATCH_START}, StopSel=${MATCH_END}, HighlightAll=true`);
  const part = sql.lit(
    `StartSel=${MATCH_START}, StopSel=${MATCH_END}, MaxFragments=1, MaxWords=24, MinWords=10`,
  );
  const config = sql`case p.content ->> 'language' when 'es' then 'library.spanish'::regconfig else 'library.english'::regconfig end`;
  const shown = (text: RawBuilder<unknown>) =>
    isRanked ? sql<string>`ts_headline(${config}, ${text}, ${query}, ${marked})` : sql<string>`${text}`;
  const { rows } = await sql<{
    id: string;
    slug: string;
    title: string;
    summary: string;
    excerpt: string;
    states: string[];
    categories: string[];
    language: string;
    rating: string | null;
    has_obligation: boolean;
    changed_at: Date;
  }>`
    with found as materialized (
      select p.id from library.practice p where ${conditionOf(search)} order by ${order} limit ${page.limit} offset ${page.offset})
    select p.id, p.slug, ${shown(sql`p.title`)} as title, ${shown(sql`(p.content ->> 'summary')`)} as summary,
      ${isRanked ? sql`ts_headline(${config}, p.content ->> 'description', ${query}, ${part})` : sql`''`} as excerpt,
      p.content -> 'states' as states, p.content -> 'categories' as categories, p.content ->> 'language' as language,
      p.rating, 'obligation:yes' = any (p.facets) as has_obligation, p.changed_at
    from library.practice p where p.id in (select id from found) order by ${order}`.execute(trx);
  return rows.map(({ has_obligation, changed_at, excerpt, ...row }) => ({
    ...row,
    excerpt:
      excerpt.includes(MATCH_START) && !`${row.title}${row.summary}`.includes(MATCH_START) ? excerpt : null,
    hasObligation: has_obligation,
    changedAt: changed_at,
  }));
}

/** The same practices in an order that stays, whatever the words: from a place on. */
export async function listSlugsBehind(
  trx: Trx,
  search: Search,
  behind: string | null,
  limit: number,
): Promise<{ id: string; slug: string }[]> {
  const place = behind === null ? sql`true` : sql`p.id > ${behind}::uuid`;
  const { rows } = await sql<{ id: string; slug: string }>`
    select p.id, p.slug from library.practice p where ${conditionOf(search)} and ${place} order by p.id limit ${limit}`.execute(
    trx,
  );
  return rows;
}

/**
 * How many practices a search finds, and how many each further choice would leave: a choice of a group that is chosen
 * already counts under the other groups' choices, since codes of one group mean any of them.
 */
export async function countHits(trx: Trx, search: Search): Promise<{ total: number; facets: FacetCounts }> {
  const chosen = FACET_GROUPS.filter(({ key }) => (search.chosen[key] ?? []).length > 0).map(
    ({ key }) => key,
  );
  const open = FACET_GROUPS.filter(({ key }) => !chosen.includes(key)).map(({ key }) => key);
  const countOf = (keys: readonly FacetKey[], without?: FacetKey) => sql`
    select facet, count(*) as practices from library.practice p cross join lateral unnest(p.facets) facet
    where ${conditionOf(search, without)} and split_part(facet, ':', 1) = any (${sql.val([...keys])}::text[]) group by facet`;
  const { rows } = await sql<{ facet: string | null; practices: number }>`
    select null as facet, count(*) as practices from library.practice p where ${conditionOf(search)}
    ${sql.join(
      [countOf(open), ...chosen.map((key) => countOf([key], key))].map((part) => sql`union all (${part})`),
      sql` `,
    )}`.execute(trx);
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

/** Words that the library does not know, with the nearest that it does know: "aprenticeship" -> "apprenticeship". */
export async function listMeantWords(
  trx: Trx,
  words: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (words.length === 0) return new Map();
  const { rows } = await sql<{ typed: string; meant: string[] }>`
    select typed, array(
        select w.word from library.word w
        where w.word % library.plain(typed) and abs(length(w.word) - length(typed)) <= 3
        order by similarity(w.word, library.plain(typed)) desc, w.word limit 3) as meant
    from unnest(${sql.val([...words])}::text[]) typed
    where not exists (select from library.word w where w.word = library.plain(typed))`.execute(trx);
  return new Map(rows.filter(({ meant }) => meant.length > 0).map(({ typed, meant }) => [typed, meant]));
}
