// Finding practices: words (typing errors forgiven), facets, order. One condition serves list and counts. What is searched is
// library.published, which holds what is public and nothing else.
import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { type Chosen, FACET_GROUPS, type FacetKey } from "./facets.ts";
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

/** A practice that a search found. */
export interface FoundPractice extends PracticeHit {
  /** How well it matches the words, compared with others of the same search (ts_rank_cd); 0 without words. */
  score: number;
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
  // The last word may still be in the writing. Without accents it may be several, and with marks: "⅛", "ŉ".
  const begun =
    term.begins && /^[\p{L}\p{N}]+$/u.test(term.text)
      ? sql`(${whole} || ('''' || replace(library.plain(${term.text}), '''', '''''') || ''':*')::tsquery)`
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

/** The groups in which something is chosen, with what a practice must have one of. */
export const chosenGroups = ({ chosen }: Search) =>
  FACET_GROUPS.flatMap(({ key }) => {
    const codes = chosen[key] ?? [];
    return codes.length > 0 ? [{ key, has: sql`p.facets && ${sql.val(tokensOf(key, codes))}::text[]` }] : [];
  });

export const hasTheWords = (search: Search): RawBuilder<unknown>[] =>
  search.terms.length > 0 ? [sql`p.search @@ ${tsqueryOf(search)}`] : [];

/** All of the conditions. */
export const every = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;

/** What a search means, of library.published as p. */
export const conditionOf = (search: Search): RawBuilder<unknown> =>
  every([...hasTheWords(search), ...chosenGroups(search).map(({ has }) => has)]);

/** A text in which matches are marked, or could be: what marks them is left out of it. */
export const unmarked = (text: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`translate(${text}, ${sql.lit(MATCH_START + MATCH_END)}, '')`;

/** One page of what a search finds. Matches are marked in title and summary. */
export async function listHits(
  trx: Trx,
  search: Search,
  page: { order: PracticeOrder; limit: number; offset: number },
): Promise<FoundPractice[]> {
  const isRanked = search.terms.length > 0;
  const query = isRanked ? tsqueryOf(search) : sql`''::tsquery`;
  const score = isRanked ? sql`ts_rank_cd(p.search, ${query})` : sql`0`;
  const order =
    page.order === "newest"
      ? sql`p.published_at desc, p.practice_id`
      : page.order === "changed"
        ? sql`p.changed_at desc, p.practice_id`
        : page.order === "relevance" && isRanked
          ? sql`${score} desc, p.plain_title, p.practice_id`
          : sql`p.plain_title, p.practice_id`;
  const marked = sql.lit(`StartSel=${MATCH_START}, StopSel=${MATCH_END}, HighlightAll=true`);
  const part = sql.lit(
    `StartSel=${MATCH_START}, StopSel=${MATCH_END}, MaxFragments=1, MaxWords=24, MinWords=10`,
  );
  const config = sql`case p.content ->> 'language' when 'es' then 'library.spanish'::regconfig else 'library.english'::regconfig end`;
  const shown = (text: RawBuilder<unknown>) =>
    isRanked ? sql`ts_headline(${config}, ${unmarked(text)}, ${query}, ${marked})` : unmarked(text);
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
    score: number;
  }>`
    with found as materialized (
      select p.practice_id, ${score} as score, row_number() over (order by ${order}) as place from library.published p
      where ${conditionOf(search)} order by ${order} limit ${page.limit} offset ${page.offset})
    select p.id, p.slug, ${shown(sql`p.title`)} as title, ${shown(sql`(p.content ->> 'summary')`)} as summary,
      ${isRanked ? sql`ts_headline(${config}, ${unmarked(sql`p.content ->> 'description'`)}, ${query}, ${part})` : sql`''`} as excerpt,
      p.content -> 'states' as states, p.content -> 'categories' as categories, p.content ->> 'language' as language,
      p.rating, 'obligation:yes' = any (p.facets) as has_obligation, p.changed_at, found.score
    from found join library.practice p on p.id = found.practice_id order by found.place`.execute(trx);
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
  const place = behind === null ? sql`true` : sql`p.practice_id > ${behind}::uuid`;
  const { rows } = await sql<{ id: string; slug: string }>`
    with found as materialized (
      select p.practice_id as id from library.published p where ${conditionOf(search)} and ${place} order by p.practice_id limit ${limit})
    select id, slug from found join library.practice using (id) order by id`.execute(trx);
  return rows;
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
