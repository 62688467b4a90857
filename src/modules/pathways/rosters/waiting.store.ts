import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";

export interface WaitingRoster {
  organizationId: string;
  organizationName: string;
  id: string;
  state: "asking" | "ready";
  questions: number;
  uploadedAt: Date;
}

/** Rosters that somebody brought in and that wait for an answer or for being committed, the oldest first. */
export async function listWaitingRosters(trx: Trx): Promise<WaitingRoster[]> {
  const { rows } = await sql<WaitingRoster>`
    select r.organization_id as "organizationId", o.name as "organizationName", r.id, r.state,
      coalesce(jsonb_array_length(r.outcome -> 'questions'), 0) as questions, r.created_at as "uploadedAt"
    from pathways.roster r join directory.organization o on o.id = r.organization_id
    where r.state in ('asking', 'ready') and o.archived_at is null
    order by r.created_at, r.id`.execute(trx);
  return rows;
}
