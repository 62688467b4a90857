import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Roster } from "./roster.types.ts";
import { keepBefore } from "./staging.store.ts";

/** Archives the missing rows that the person ticked, and that are still missing. */
export async function archiveTicked(trx: Trx, roster: Roster): Promise<number> {
  if (roster.given.archive.length === 0) return 0;
  const ticked = sql`select c.enrollment_id from pathways.roster_change c where c.roster_id = ${roster.id} and c.kind = 'missing' and c.enrollment_id = any(${roster.given.archive}::bigint[])
    and not exists (select from staged_seen seen where seen.enrollment_id = c.enrollment_id)
    and not exists (select from pathways.locked_year y where y.organization_id = c.organization_id and y.academic_year = c.academic_year)`;
  await keepBefore(trx, roster, roster.id, ticked);
  const archived =
    await sql`update pathways.enrollment e set archived_at = now(), archived_by_roster = ${roster.id}
    where e.organization_id = ${roster.organizationId} and e.archived_at is null and e.id in (${ticked})`.execute(
      trx,
    );
  return Number(archived.numAffectedRows ?? 0);
}
