import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { PracticeState } from "../practices/practice.types.ts";

/** A practice that may be the same one, with everything that says so. */
export interface SimilarPractice {
  slug: string;
  title: string;
  state: PracticeState;
  language: string;
  /** How much the titles share, of their runs of three letters: 0 to 100. */
  alike: number;
  sharedStates: string[];
  sharesLink: boolean;
  /** All words of the title stand somewhere in it. */
  hasWords: boolean;
}

export interface SimilarQuestion {
  title: string;
  states: readonly string[];
  links?: readonly string[];
  /** Not this one. */
  except?: string;
  /** Drafts too, for those who see them. */
  withDrafts?: boolean;
}

/** An address without what does not matter; a site's front says nothing of one practice. */
const bareAddress = (url: string): string | null => {
  const bare = url.toLowerCase().replaceAll(/^https?:\/\/(www\.)?|\/+$/g, "");
  return bare.includes("/") ? bare : null;
};

/** The practices that are most like one: by the letters of the title, its words, a web address. The nearest first. */
export async function listSimilar(
  trx: Trx,
  asked: SimilarQuestion,
  limit: number,
): Promise<SimilarPractice[]> {
  const title = asked.title.trim();
  const links = (asked.links ?? []).flatMap((url) => bareAddress(url) ?? []);
  if (title === "" && links.length === 0) return [];
  const states = asked.withDrafts ? ["published", "draft"] : ["published"];
  const sharesLink =
    links.length === 0
      ? sql`false`
      : sql`exists (select from jsonb_array_elements(p.content -> 'links') l
          where regexp_replace(lower(l ->> 'url'), '^https?://(www\\.)?|/+$', '', 'g') = any (${sql.val(links)}::text[]))`;
  const query = sql`(plainto_tsquery('library.english', ${title}) || plainto_tsquery('library.spanish', ${title}))`;
  const drafts = asked.withDrafts
    ? sql`union select p.id from library.practice p where p.state = 'draft'
        and (library.plain(p.title) % library.plain(${title}) or library.search_of(p.content, p.keywords) @@ ${query})`
    : sql``;
  const linked =
    links.length === 0
      ? sql``
      : sql`union select p.id from library.practice p where p.state = any (${sql.val(states)}::text[]) and ${sharesLink}`;
  const { rows } = await sql<SimilarPractice>`
    with candidate as (
      select practice_id as id from library.published where plain_title % library.plain(${title}) or search @@ ${query}
      ${drafts} ${linked}),
    near as (
      select p.slug, p.title, p.state, p.content ->> 'language' as language,
        round(similarity(library.plain(p.title), library.plain(${title})) * 100)::int as alike,
        array(select shared.code from jsonb_array_elements_text(p.content -> 'states') shared (code)
          where shared.code = any (${sql.val([...asked.states])}::text[]) order by 1) as "sharedStates",
        ${sharesLink} as "sharesLink", coalesce(found.search, library.search_of(p.content, p.keywords)) @@ ${query} as "hasWords"
      from candidate join library.practice p using (id) left join library.published found on found.practice_id = p.id
      where p.slug <> ${asked.except ?? ""})
    select * from near
    order by "sharesLink" desc, alike + 10 * least(cardinality("sharedStates"), 1) desc, title, slug limit ${limit}`.execute(
    trx,
  );
  return rows;
}
