import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

/** What points at a practice that is to be merged into another one, as counts. */
export interface CountedForMerge {
  materials: number;
  /** Of these, those that belong to both. */
  materialsOfBoth: number;
  /** Submissions and corrections that wait for a decision, and those that are decided. */
  waiting: number;
  decided: number;
  /** Submissions that it is the draft of. */
  drafted: number;
  /** Practices that were merged into it earlier. */
  mergedEarlier: number;
  adoptions: number;
  /** Organizations with an entry for each of the two. */
  adoptersOfBoth: number;
  /** Ratings that were given. */
  ratings: number;
  /** One that goes on. */
  openRound: string | null;
}

/** Counts what points at a practice, all at once. */
export async function countForMerge(trx: Trx, fromId: string, toId: string): Promise<CountedForMerge> {
  const { rows } = await sql<CountedForMerge>`
    with here as materialized (select ${fromId}::uuid as id, ${toId}::uuid as "into"),
    sent as materialized (
      select s.state, s.result_id = here.id as is_result from library.submission s, here
      where s.practice_id = here.id or s.result_id = here.id),
    used as materialized (
      select a.organization_id from library.adoption a, here where a.practice_id in (select library.practices_told_by(here.id)))
    select
      (select count(*) from library.material_practice mp where mp.practice_id = here.id) as materials,
      (select count(*) from library.material_practice mp join library.material_practice other
        on other.material_id = mp.material_id and other.practice_id = here.into where mp.practice_id = here.id) as "materialsOfBoth",
      (select count(*) from sent where state in ('waiting', 'probably_spam')) as waiting,
      (select count(*) from sent where state = 'drafted' and is_result) as drafted,
      (select count(*) from sent where state not in ('waiting', 'probably_spam', 'drafted')) as decided,
      (select count(*) from library.practice p where p.merged_into = here.id) as "mergedEarlier",
      (select count(*) from used) as adoptions,
      (select count(distinct organization_id) from used where organization_id in (
        select a.organization_id from library.adoption a where a.practice_id in (select library.practices_told_by(here.into)))) as "adoptersOfBoth",
      (select count(*) from library.rating_round r where r.practice_id = here.id and r.state = 'closed') as ratings,
      (select r.id from library.rating_round r where r.practice_id = here.id and r.state in ('open', 'disagreed')) as "openRound"
    from here`.execute(trx);
  const [counted] = rows;
  if (!counted) throw new Error("A count is one row.");
  return counted;
}
