import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import { enrollmentColumns } from "../enrollments/enrollment.columns.ts";
import type { Roster } from "./roster.types.ts";

/** Why a committed roster cannot be undone, or null. */
export async function whyNotUndo(trx: Trx, roster: Roster): Promise<string | null> {
  if (roster.state !== "committed") return "Only a committed roster can be undone.";
  // What it archived may be of years of which it loaded nothing.
  const locked = await sql<{ year: string; reason: string }>`
    select y.academic_year as year, y.reason from pathways.locked_year y
    where y.organization_id = ${roster.organizationId} and (y.academic_year = any(${roster.academicYears}::text[]) or exists (
      select from pathways.enrollment_before b where b.organization_id = y.organization_id and b.roster_id = ${roster.id} and b.before ->> 'academic_year' = y.academic_year))
    order by 1 limit 1`.execute(trx);
  if (locked.rows[0]) return `The year ${locked.rows[0].year} is closed: ${locked.rows[0].reason}`;
  const later = await sql<{ file_name: string }>`
    select r.file_name from pathways.enrollment_before b join pathways.roster r on r.organization_id = b.organization_id and r.id = b.roster_id
    where b.organization_id = ${roster.organizationId} and b.roster_id <> ${roster.id} and b.before ->> 'roster_id' = ${roster.id} limit 1`.execute(
    trx,
  );
  if (later.rows[0]) return "A later import has changed some of the same rows. Undo that one first.";
  const archivedLater = await sql`
    select from pathways.enrollment_before b where b.organization_id = ${roster.organizationId} and b.roster_id <> ${roster.id} and b.before ->> 'archived_by_roster' = ${roster.id} limit 1`.execute(
    trx,
  );
  return archivedLater.rows.length > 0
    ? "A later import has brought back rows that this one archived. Undo that one first."
    : null;
}

const RESTORED = [
  ...enrollmentColumns.map((column) => column.stored),
  "fingerprint",
  "list_version",
  "roster_id",
  "source_sheet",
  "source_row",
  "archived_at",
  "archived_by_roster",
  "updated_at",
];

/** Gives changed and archived rows their earlier values back, and takes the new ones away. */
export async function restoreBefore(trx: Trx, roster: Roster): Promise<void> {
  const columns = sql.raw(RESTORED.join(", "));
  const values = sql.raw(RESTORED.map((column) => `b.${column}`).join(", "));
  // First what is new: those it created have no earlier values.
  await sql`delete from pathways.enrollment e where e.organization_id = ${roster.organizationId} and e.roster_id = ${roster.id}
    and not exists (select from pathways.enrollment_before b where b.organization_id = e.organization_id and b.roster_id = ${roster.id} and b.enrollment_id = e.id)`.execute(
    trx,
  );
  await sql`update pathways.enrollment e set (${columns}) = (select ${values} from jsonb_populate_record(null::pathways.enrollment, kept.before) b)
    from pathways.enrollment_before kept
    where kept.organization_id = ${roster.organizationId} and kept.roster_id = ${roster.id} and e.organization_id = kept.organization_id and e.id = kept.enrollment_id`.execute(
    trx,
  );
  await trx
    .deleteFrom("pathways.enrollment_before")
    .where("organization_id", "=", roster.organizationId)
    .where("roster_id", "=", roster.id)
    .execute();
}
