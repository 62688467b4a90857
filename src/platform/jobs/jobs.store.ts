import { sql } from "kysely";
import type { Trx } from "../database/database.ts";

/** created and retry wait; the others are pg-boss's words. */
export const JOB_STATES = ["created", "retry", "active", "completed", "cancelled", "failed"] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobRow {
  id: string;
  name: string;
  state: JobState;
  tries: number;
  createdAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
  /** Why it failed, in the error's own words. */
  reason: string | null;
}

/** What runs by the clock, the queue's own work included, would hide what people ask for: it counts once it has failed. */
const worthListing = (asked: readonly string[]) =>
  sql`(name = any(${[...asked]}::text[]) or state = 'failed')`;

/**
 * The newest jobs.
 * @param states which states are wanted; all where there is none.
 * @param asked names of the jobs that people ask for.
 */
export async function listJobs(
  trx: Trx,
  states: readonly JobState[],
  asked: readonly string[],
  limit: number,
): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`
    select id, name, state::text as state, retry_count + (started_on is not null)::int as tries, created_on as "createdAt",
      started_on as "startedAt", completed_on as "completedAt", case when state in ('failed', 'retry') then left(output ->> 'message', 300) end as reason
    from pgboss.job
    where (${states.length === 0} or state::text = any(${[...states]}::text[])) and ${worthListing(asked)}
    order by created_on desc, id limit ${limit}`.execute(trx);
  return rows;
}

/** How many jobs there are in each state; completed ones are kept for some days. */
export async function countJobs(trx: Trx, asked: readonly string[]): Promise<Map<JobState, number>> {
  const { rows } = await sql<{ state: JobState; count: number }>`
    select state::text as state, count(*) as count from pgboss.job where ${worthListing(asked)} group by state`.execute(
    trx,
  );
  return new Map(rows.map((row) => [row.state, row.count]));
}

/** Lets a failed job run once more. @returns its name, or null where no failed job has this id. */
export async function retryJob(trx: Trx, id: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    update pgboss.job set state = 'retry', retry_limit = retry_limit + 1, completed_on = null, start_after = now()
    where id = ${id} and state = 'failed' returning name`.execute(trx);
  return rows[0]?.name ?? null;
}
