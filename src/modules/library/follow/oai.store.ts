import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { PracticeContent } from "../practices/practice.types.ts";
import type { OaiSelection } from "./oai.rules.ts";

/** What has been public, and still is or not. */
export interface HarvestRecord {
  id: string;
  slug: string;
  isDeleted: boolean;
  content: PracticeContent;
  publishedAt: Date;
  changedAt: Date;
  /** The change in microseconds, as the database has it. */
  at: string;
}

const columns = sql`p.id, p.slug, p.state <> 'published' as "isDeleted", p.content, p.published_at as "publishedAt",
  p.changed_at as "changedAt", (extract(epoch from p.changed_at) * 1000000)::bigint::text as at`;

/** "state" and "category" hold every record that has one; "state:NE" those of Nebraska. */
function inSet(set: string): RawBuilder<unknown> {
  if (set === "state") return sql`jsonb_array_length(p.content -> 'states') > 0`;
  if (set === "category") return sql`jsonb_array_length(p.content -> 'categories') > 0`;
  return /^(state|category):/.test(set) ? sql`p.facets @> array[${set}]::text[]` : sql`false`;
}

/** Neither a draft nor one that was merged: harvesters are told of no end of what they could not have. */
const hasBeenPublic = sql`p.state <> 'draft' and p.published_at is not null`;

function conditionOf({ set, from, before }: OaiSelection): RawBuilder<unknown> {
  const parts = [hasBeenPublic];
  if (set !== null) parts.push(inSet(set));
  if (from) parts.push(sql`p.changed_at >= ${from}`);
  if (before) parts.push(sql`p.changed_at < ${before}`);
  return sql`${sql.join(parts, sql` and `)}`;
}

/** The records of a selection in the order of their last changes, after one of them. */
export async function listHarvest(
  trx: Trx,
  selection: OaiSelection,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<HarvestRecord[]> {
  const { rows } = await sql<HarvestRecord>`
    select ${columns} from library.practice p
    where ${conditionOf(selection)} ${
      after
        ? sql`and (p.changed_at, p.id) > (timestamptz 'epoch' + ${after.at}::bigint * interval '1 microsecond', ${after.id}::uuid)`
        : sql``
    }
    order by p.changed_at, p.id limit ${limit}`.execute(trx);
  return rows;
}

/** How many records a selection has. */
export async function countHarvest(trx: Trx, selection: OaiSelection): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from library.practice p where ${conditionOf(selection)}`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** One record, of what has been public. */
export async function findHarvestRecord(trx: Trx, id: string): Promise<HarvestRecord | null> {
  const { rows } = await sql<HarvestRecord>`
    select ${columns} from library.practice p where p.id = ${id} and ${hasBeenPublic}`.execute(trx);
  return rows[0] ?? null;
}

/** Before this nothing has changed; null while there is nothing. */
export async function findFirstChange(trx: Trx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(p.changed_at) as at from library.practice p where ${hasBeenPublic}`.execute(trx);
  return rows[0]?.at ?? null;
}
