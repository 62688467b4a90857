import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { ReportState } from "./report.types.ts";

export interface WaitingReport {
  organizationId: string;
  organizationName: string;
  academicYear: string;
  state: Exclude<ReportState, "accepted">;
}

/**
 * Reports that somebody should go on with: returned and submitted ones, drafts of years that are over, and reports that
 * nobody has begun of the year that ended last, where the organization has enrollments in it.
 * @param running the reporting year that has not ended.
 * @param ended the one before it.
 */
export async function listWaitingReports(trx: Trx, running: string, ended: string): Promise<WaitingReport[]> {
  const { rows } = await sql<WaitingReport>`
    select o.id as "organizationId", o.name as "organizationName", w.academic_year as "academicYear", w.state
    from directory.organization o join (
      select organization_id, academic_year, state from reports.report
      where state in ('returned', 'submitted') or (state = 'draft' and academic_year < ${running})
      union all
      select e.organization_id, ${ended}, 'draft' from (
        select distinct organization_id from pathways.enrollment where academic_year = ${ended} and archived_at is null) e
      where not exists (
        select from reports.report r where r.organization_id = e.organization_id and r.academic_year = ${ended})
    ) w on w.organization_id = o.id
    where o.archived_at is null
    order by w.academic_year desc, o.name, o.id`.execute(trx);
  return rows;
}
