import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { LinkResult } from "./link.rules.ts";
import type { KnownLink, LinkState, ListedLink } from "./link.types.ts";

/**
 * Every address that the public library leads to, with its place: links and sources of practices, materials that are links
 * (the newest version: an earlier one is history, and nobody could mend it), sources of evidence in use.
 */
const standing = sql`
  select 'practice' as kind, p.slug, p.title, null::jsonb as evidence, part ->> 'url' as url
  from library.practice p
    cross join lateral jsonb_array_elements((p.content -> 'links') || (p.content -> 'sources')) part
  where p.state = 'published' and part ->> 'url' <> ''
  union all
  select 'material', m.slug, m.title, null, newest.url
  from library.material m
    cross join lateral (select v.url from library.material_version v where v.material_id = m.id order by v.version desc limit 1) newest
  where m.state = 'published' and newest.url is not null
  union all
  select 'evidence', p.slug, p.title, jsonb_build_object('id', e.id, 'outcome', e.outcome), e.source_url
  from library.evidence e join library.practice p on p.id = e.practice_id
  where p.state = 'published' and e.archived_at is null and e.source_url <> ''`;

/** Brings the list of addresses up to what the public library leads to now. */
export async function syncLinks(trx: Trx): Promise<void> {
  await sql`insert into library.link (url) select distinct url from (${standing}) used on conflict do nothing`.execute(
    trx,
  );
  await sql`delete from library.link l where not exists (select from (${standing}) used where used.url = l.url)`.execute(
    trx,
  );
}

/** The addresses that nobody has looked at for longest. */
export async function listLinksToCheck(trx: Trx, limit: number): Promise<KnownLink[]> {
  const { rows } = await sql<KnownLink>`
    select url, failed_days as "failedDays", failed_on as "failedOn" from library.link
    order by checked_at nulls first, key limit ${limit}`.execute(trx);
  return rows;
}

/** Writes down what was found, all in one statement. */
export async function saveLinkResults(trx: Trx, results: readonly LinkResult[], at: Date): Promise<void> {
  if (results.length === 0) return;
  await sql`
    update library.link l set state = r.state, status = r.status, problem = r.problem, moved_to = r."movedTo",
      failed_days = r."failedDays", failed_on = r."failedOn", checked_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) r (url text, state text, status int, problem text,
      "movedTo" text, "failedDays" int, "failedOn" date)
    where l.key = md5(r.url) and l.url = r.url`.execute(trx);
}

/** How many addresses are in each state. */
export async function countLinks(trx: Trx): Promise<Map<LinkState, number>> {
  const { rows } = await sql<{ state: LinkState; count: number }>`
    select state, count(*) as count from library.link group by state`.execute(trx);
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** The addresses in some states, with the places where they stand; those that failed longest first. */
export async function listLinks(
  trx: Trx,
  states: readonly LinkState[],
  limit: number,
): Promise<ListedLink[]> {
  const { rows } = await sql<ListedLink>`
    with listed as (
      select * from library.link l where l.state = any (${sql.val([...states])}::text[])
      order by l.failed_days desc, l.checked_at desc, l.key limit ${limit}),
    places as (
      select used.url, jsonb_agg(distinct jsonb_build_object('kind', used.kind, 'slug', used.slug, 'title', used.title, 'evidence', used.evidence)) as places
      from (${standing}) used where used.url in (select url from listed) group by used.url)
    select l.url, l.state, l.status, l.problem, l.moved_to as "movedTo", l.failed_days as "failedDays",
      l.checked_at as "checkedAt", coalesce(p.places, '[]') as places
    from listed l left join places p on p.url = l.url
    order by l.failed_days desc, l.checked_at desc, l.key`.execute(trx);
  return rows;
}

/** Which of these addresses are dead, with the day on which that was seen last. */
export async function listDeadLinks(trx: Trx, urls: readonly string[]): Promise<Map<string, Date>> {
  if (urls.length === 0) return new Map();
  const rows = await trx
    .selectFrom("library.link")
    .select(["url", "checked_at"])
    .where("state", "=", "dead")
    .where("url", "in", [...urls])
    .execute();
  return new Map(rows.flatMap(({ url, checked_at }) => (checked_at ? [[url, checked_at] as const] : [])));
}
