import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { LinkResult } from "./link.rules.ts";
import type { KnownLink, LinkState, ListedLink } from "./link.types.ts";

/** Every address that a published practice leads to, with the practice. */
const published = sql`
  select p.id, p.slug, p.title, part ->> 'url' as url
  from library.practice p
    cross join lateral jsonb_array_elements((p.content -> 'links') || (p.content -> 'sources')) part
  where p.state = 'published' and part ->> 'url' <> ''`;

/** Brings the list of addresses up to what published practices lead to now. */
export async function syncLinks(trx: Trx): Promise<void> {
  await sql`insert into library.link (url) select distinct url from (${published}) used on conflict do nothing`.execute(
    trx,
  );
  await sql`delete from library.link l where not exists (select from (${published}) used where used.url = l.url)`.execute(
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

/** The addresses in some states, with the practices that lead to them; those that failed longest first. */
export async function listLinks(
  trx: Trx,
  states: readonly LinkState[],
  limit: number,
): Promise<ListedLink[]> {
  const { rows } = await sql<ListedLink>`
    select l.url, l.state, l.status, l.problem, l.moved_to as "movedTo", l.failed_days as "failedDays",
      l.checked_at as "checkedAt",
      (select coalesce(jsonb_agg(distinct jsonb_build_object('slug', used.slug, 'title', used.title)), '[]')
        from (${published}) used where used.url = l.url) as practices
    from library.link l where l.state = any (${sql.val([...states])}::text[])
    order by l.failed_days desc, l.checked_at desc, l.key limit ${limit}`.execute(trx);
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
