// Finding materials by words of their descriptions, of their files and of what is said in them; by kind and by language.
import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { tsqueryOf, unmarked } from "../practices/search.store.ts";
import { MATCH_END, MATCH_START, type SearchTerm } from "../practices/search-terms.ts";
import type { FileEnding } from "./file-kinds.ts";

export const MATERIAL_FACETS = ["kind", "language"] as const;
export type MaterialFacet = (typeof MATERIAL_FACETS)[number];

export interface MaterialSearch {
  terms: readonly SearchTerm[];
  isAny?: boolean;
  chosen: Readonly<Record<MaterialFacet, readonly string[]>>;
  /** Only what belongs to this practice, or to one that was merged into it. */
  practiceId?: string;
}

/** A place in what is said. */
export interface FoundCue {
  startsMs: number;
  language: string;
  /** Matches stand between MATCH_START and MATCH_END. */
  text: string;
}

/** What a list shows of a material. */
export interface MaterialHit {
  id: string;
  slug: string;
  /** Matches are marked. */
  title: string;
  summary: string;
  /** Where the match is in the file's text and title and summary do not say so: the place, marked. */
  excerpt: string | null;
  kind: string;
  language: string;
  date: string;
  version: number | null;
  ending: FileEnding | null;
  isLink: boolean;
  pages: number | null;
  picture: { width: number; height: number } | null;
  cues: FoundCue[];
}

export type MaterialFacetCounts = ReadonlyMap<MaterialFacet, ReadonlyMap<string, number>>;

const columnOf = { kind: sql.ref("m.kind"), language: sql.ref("m.language") };

function conditionOf(search: MaterialSearch, without?: MaterialFacet): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`m.state = 'published'`];
  for (const key of MATERIAL_FACETS)
    if (key !== without && search.chosen[key].length > 0)
      parts.push(sql`${columnOf[key]} = any (${sql.val([...search.chosen[key]])}::text[])`);
  if (search.terms.length > 0) parts.push(sql`m.search @@ ${tsqueryOf(search)}`);
  if (search.practiceId)
    parts.push(sql`m.id in (select mp.material_id from library.material_practice mp join library.practice p on p.id = mp.practice_id
      where p.id = ${search.practiceId} or p.merged_into = ${search.practiceId})`);
  return sql.join(parts, sql` and `);
}

/** How many materials a search finds, and how many each choice of a filter leads to. */
export async function countMaterials(
  trx: Trx,
  search: MaterialSearch,
): Promise<{ total: number; facets: MaterialFacetCounts }> {
  const { rows } = await sql<{ facet: MaterialFacet | null; code: string | null; materials: number }>`
    select null as facet, null as code, count(*) as materials from library.material m where ${conditionOf(search)}
    ${sql.join(
      MATERIAL_FACETS.map(
        (key) =>
          sql`union all (select ${sql.lit(key)}, ${columnOf[key]}, count(*) from library.material m where ${conditionOf(search, key)} group by 2)`,
      ),
      sql` `,
    )}`.execute(trx);
  const facets = new Map<MaterialFacet, Map<string, number>>(MATERIAL_FACETS.map((key) => [key, new Map()]));
  let total = 0;
  for (const { facet, code, materials } of rows) {
    if (facet === null) total = materials;
    else if (code !== null) facets.get(facet)?.set(code, materials);
  }
  return { total, facets };
}

/** Whether a search finds anything at all. */
export async function hasMaterial(trx: Trx, search: MaterialSearch): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from library.material m where ${conditionOf(search)}) as found`.execute(trx);
  return rows[0]?.found ?? false;
}

const CUES_SHOWN = 3;
/** As much of a text is looked through for the place to show; what is found further on is found without it. */
const EXCERPT_FROM = 100_000;
/** Pictures up to this size are their own small picture. */
const SMALL_PICTURE_BYTES = 60 * 1024;

/** One page of what a search finds: the best match first where words are searched, else the newest. */
export async function listMaterialHits(
  trx: Trx,
  search: MaterialSearch,
  page: { limit: number; offset: number },
): Promise<MaterialHit[]> {
  const isRanked = search.terms.length > 0;
  const query = isRanked ? tsqueryOf(search) : sql`''::tsquery`;
  const order = isRanked ? sql`ts_rank_cd(m.search, ${query}) desc, m.id` : sql`m.published_at desc, m.id`;
  const options = (further: string): RawBuilder<unknown> =>
    sql.lit(`StartSel=${MATCH_START}, StopSel=${MATCH_END}, ${further}`);
  const config = sql`library.config_of(m.language)`;
  const shown = (text: RawBuilder<unknown>) =>
    isRanked
      ? sql`ts_headline(${config}, ${unmarked(text)}, ${query}, ${options("HighlightAll=true")})`
      : unmarked(text);
  const words = search.terms.filter(({ isWithout }) => !isWithout);
  const anyWord = words.length > 0 ? tsqueryOf({ terms: words, isAny: true }) : null;
  const { rows } = await sql<
    Omit<MaterialHit, "picture" | "isLink"> & {
      url: string | null;
      picture_width: number | null;
      picture_height: number | null;
    }
  >`
    with found as materialized (
      select m.id from library.material m where ${conditionOf(search)} order by ${order} limit ${page.limit} offset ${page.offset})
    select m.id, m.slug, ${shown(sql`m.title`)} as title, ${shown(sql`(m.content ->> 'summary')`)} as summary,
      m.kind, m.language, m.content ->> 'date' as date, v.version, v.file_kind as ending, v.url, v.pages,
      case when v.picture_hash <> v.file_hash or v.file_bytes <= ${SMALL_PICTURE_BYTES} then v.picture_width end as picture_width, v.picture_height,
      ${isRanked ? sql`ts_headline(${config}, ${unmarked(sql`left(v.text, ${EXCERPT_FROM})`)}, ${query}, ${options("MaxFragments=1, MaxWords=24, MinWords=10")})` : sql`''`} as excerpt,
      ${anyWord ? cuesOf(anyWord, options("HighlightAll=true")) : sql`'[]'::jsonb`} as cues
    from library.material m
      left join lateral (select * from library.material_version v where v.material_id = m.id order by v.version desc limit 1) v on true
    where m.id in (select id from found) order by ${order}`.execute(trx);
  return rows.map(({ url, picture_width, picture_height, excerpt, ...row }) => ({
    ...row,
    isLink: url !== null,
    excerpt:
      excerpt?.includes(MATCH_START) && !`${row.title}${row.summary}`.includes(MATCH_START) ? excerpt : null,
    picture:
      picture_width !== null && picture_height !== null
        ? { width: picture_width, height: picture_height }
        : null,
  }));
}

/** The places in the newest recording where most of the words are said. */
const cuesOf = (query: RawBuilder<unknown>, options: RawBuilder<unknown>) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('startsMs', best.starts_ms, 'language', best.language, 'text',
      ts_headline(library.config_of(best.language), ${unmarked(sql`best.text`)}, ${query}, ${options})) order by best.starts_ms), '[]')
    from (select c.* from library.material_cue c
      where c.material_id = m.id and c.version = v.version and c.search @@ ${query}
      order by ts_rank(c.search, ${query}) desc, c.starts_ms limit ${CUES_SHOWN}) best)`;
