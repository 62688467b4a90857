import { sql } from "kysely";
import { type Actor, onlyOrganizationOf } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { countOnce } from "../../pathways/index.ts";
import type {
  FigureChange,
  Narrative,
  Report,
  ReportState,
  Snapshot,
  SnapshotContent,
} from "./report.types.ts";

const columns = [
  "organization_id as organizationId",
  "academic_year as academicYear",
  "state",
  "version",
  "correction_reason as correctionReason",
  "returned_because as returnedBecause",
] as const;

/** The report as it stands; a draft that nobody has touched yet where there is no row. */
export async function readReport(trx: Trx, organizationId: string, academicYear: string): Promise<Report> {
  const row = await trx
    .selectFrom("reports.report")
    .select([...columns])
    .where("organization_id", "=", organizationId)
    .where("academic_year", "=", academicYear)
    .executeTakeFirst();
  return row
    ? { ...row, state: row.state as ReportState }
    : {
        organizationId,
        academicYear,
        state: "draft",
        version: 1,
        correctionReason: null,
        returnedBecause: null,
      };
}

/** As readReport, with its row made and held until the transaction ends. */
export async function lockReport(trx: Trx, organizationId: string, academicYear: string): Promise<Report> {
  await trx
    .insertInto("reports.report")
    .values({ organization_id: organizationId, academic_year: academicYear })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await trx
    .selectFrom("reports.report")
    .select([...columns])
    .where("organization_id", "=", organizationId)
    .where("academic_year", "=", academicYear)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { ...row, state: row.state as ReportState };
}

export async function updateReport(trx: Trx, report: Report): Promise<void> {
  await trx
    .updateTable("reports.report")
    .set({
      state: report.state,
      version: report.version,
      correction_reason: report.correctionReason,
      returned_because: report.returnedBecause,
      updated_at: sql`now()`,
    })
    .where("organization_id", "=", report.organizationId)
    .where("academic_year", "=", report.academicYear)
    .execute();
}

export interface ReportLine {
  organizationId: string;
  organizationName: string;
  state: ReportState;
  version: number;
  trainees: number;
}

interface CountedTrainees {
  organizationId: string;
  trainees: number;
}

async function countTrainees(
  trx: Trx,
  academicYear: string,
  onlyOrganization: string | null,
): Promise<CountedTrainees[]> {
  const own = onlyOrganization ? sql`and organization_id = ${onlyOrganization}` : sql``;
  // Grouped, not count(distinct …): that would sort the trainees.
  const { rows } = await sql<CountedTrainees>`
    select organization_id as "organizationId", count(*) as trainees from (
      select organization_id, grantee_code, trainee_key from pathways.enrollment
      where academic_year = ${academicYear} and archived_at is null ${own}
      group by organization_id, grantee_code, trainee_key) as trainee
    group by organization_id`.execute(trx);
  return rows;
}

/** One line per organization with enrollments or a report in the year, with its trainees. */
export async function listReports(trx: Trx, actor: Actor, academicYear: string): Promise<ReportLine[]> {
  const counted = await countOnce(trx, ["trainees by organization", academicYear], () =>
    countTrainees(trx, academicYear, onlyOrganizationOf(actor)),
  );
  const { rows } = await sql<ReportLine>`
    with counted as (
      select * from unnest(${counted.map((one) => one.organizationId)}::uuid[], ${counted.map((one) => one.trainees)}::bigint[])
        as counted (organization_id, trainees))
    select o.id as "organizationId", o.name as "organizationName", coalesce(r.state, 'draft') as state, coalesce(r.version, 1) as version, coalesce(c.trainees, 0) as trainees
    from directory.organization o
      left join counted c on c.organization_id = o.id
      left join reports.report r on r.organization_id = o.id and r.academic_year = ${academicYear}
    where c.organization_id is not null or r.organization_id is not null
    order by o.name`.execute(trx);
  return rows;
}

export async function insertSnapshot(
  trx: Trx,
  snapshot: Omit<Snapshot, "acceptedAt"> & { acceptedBy: string | null },
): Promise<void> {
  await trx
    .insertInto("reports.snapshot")
    .values({
      organization_id: snapshot.organizationId,
      academic_year: snapshot.academicYear,
      version: snapshot.version,
      content: JSON.stringify(snapshot.content),
      changes: JSON.stringify(snapshot.changes),
      correction_reason: snapshot.correctionReason,
      accepted_by: snapshot.acceptedBy,
    })
    .execute();
}

function snapshots(trx: Trx) {
  return trx
    .selectFrom("reports.snapshot")
    .select([
      "organization_id as organizationId",
      "academic_year as academicYear",
      "version",
      "content",
      "changes",
      "correction_reason as correctionReason",
      "accepted_at as acceptedAt",
    ]);
}

type SnapshotRow = Omit<Snapshot, "content" | "changes"> & { content: unknown; changes: unknown };
const asSnapshot = (row: SnapshotRow): Snapshot => ({
  ...row,
  content: row.content as SnapshotContent,
  changes: row.changes as FigureChange[],
});

/** One accepted version, or null. */
export async function findSnapshot(
  trx: Trx,
  organizationId: string,
  academicYear: string,
  version: number,
): Promise<Snapshot | null> {
  const row = await snapshots(trx)
    .where("organization_id", "=", organizationId)
    .where("academic_year", "=", academicYear)
    .where("version", "=", version)
    .executeTakeFirst();
  return row ? asSnapshot(row) : null;
}

/** The accepted versions of a report, the newest first, without their content. */
export function listVersions(
  trx: Trx,
  organizationId: string,
  academicYear: string,
): Promise<{ version: number; acceptedAt: Date; correctionReason: string | null }[]> {
  return trx
    .selectFrom("reports.snapshot")
    .select(["version", "accepted_at as acceptedAt", "correction_reason as correctionReason"])
    .where("organization_id", "=", organizationId)
    .where("academic_year", "=", academicYear)
    .orderBy("version", "desc")
    .execute();
}

/** The newest accepted version of every organization in a year, with its name. */
export async function listAcceptedSnapshots(
  trx: Trx,
  academicYear: string,
): Promise<(Snapshot & { organizationName: string })[]> {
  const rows = await snapshots(trx)
    .innerJoin("directory.organization as o", "o.id", "reports.snapshot.organization_id")
    .select("o.name as organizationName")
    .where("academic_year", "=", academicYear)
    .distinctOn("reports.snapshot.organization_id")
    .orderBy("reports.snapshot.organization_id")
    .orderBy("version", "desc")
    .execute();
  return rows
    .map((row) => ({ ...asSnapshot(row), organizationName: row.organizationName }))
    .toSorted((a, b) => a.organizationName.localeCompare(b.organizationName));
}

/** Whether any report of a year was ever accepted. */
export async function hasAcceptedSnapshot(trx: Trx, academicYear: string): Promise<boolean> {
  const found = await trx
    .selectFrom("reports.snapshot")
    .select("version")
    .where("academic_year", "=", academicYear)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The narrative sections that have been written, with who wrote last. */
export async function listNarratives(
  trx: Trx,
  organizationId: string,
  academicYear: string,
): Promise<Narrative[]> {
  return trx
    .selectFrom("reports.narrative as n")
    .leftJoin("directory.person as p", "p.id", "n.edited_by")
    .select(["n.section", "n.body", "n.revision", "p.name as editedBy", "n.edited_at as editedAt"])
    .where("n.organization_id", "=", organizationId)
    .where("n.academic_year", "=", academicYear)
    .execute();
}

/** Saves a section over the revision that the editor had before them. @returns false when somebody saved meanwhile. */
export async function saveNarrative(
  trx: Trx,
  narrative: {
    organizationId: string;
    academicYear: string;
    section: string;
    body: string;
    revision: number;
    editedBy: string | null;
  },
): Promise<boolean> {
  if (narrative.revision === 0) {
    const made = await trx
      .insertInto("reports.narrative")
      .values({
        organization_id: narrative.organizationId,
        academic_year: narrative.academicYear,
        section: narrative.section,
        body: narrative.body,
        edited_by: narrative.editedBy,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const saved = await trx
    .updateTable("reports.narrative")
    .set({
      body: narrative.body,
      revision: narrative.revision + 1,
      edited_by: narrative.editedBy,
      edited_at: sql`now()`,
    })
    .where("organization_id", "=", narrative.organizationId)
    .where("academic_year", "=", narrative.academicYear)
    .where("section", "=", narrative.section)
    .where("revision", "=", narrative.revision)
    .executeTakeFirst();
  return saved.numUpdatedRows > 0n;
}

export interface Interprofessional {
  programName: string;
  siteName: string;
  profession: string;
  trainees: number;
}

/** Sets how many others trained alongside at a site; 0 takes the entry away. */
export async function saveInterprofessional(
  trx: Trx,
  entry: Interprofessional & { organizationId: string; academicYear: string; updatedBy: string | null },
): Promise<void> {
  const key = {
    organization_id: entry.organizationId,
    academic_year: entry.academicYear,
    program_name: entry.programName,
    site_name: entry.siteName,
    profession: entry.profession,
  };
  if (entry.trainees === 0) {
    await trx
      .deleteFrom("reports.interprofessional")
      .where((is) => is.and(key))
      .execute();
    return;
  }
  await trx
    .insertInto("reports.interprofessional")
    .values({ ...key, trainees: entry.trainees, updated_by: entry.updatedBy })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "academic_year", "program_name", "site_name", "profession"])
        .doUpdateSet({ trainees: entry.trainees, updated_by: entry.updatedBy, updated_at: sql`now()` }),
    )
    .execute();
}
