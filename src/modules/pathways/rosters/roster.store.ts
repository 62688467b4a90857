import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Roster, RosterGiven, RosterOutcome, RosterProgress, RosterState } from "./roster.types.ts";

function rosters(trx: Trx) {
  return trx
    .selectFrom("pathways.roster")
    .select([
      "pathways.roster.organization_id as organizationId",
      "pathways.roster.id",
      "grantee_code as granteeCode",
      "file_name as fileName",
      "file_hash as fileHash",
      "file_size as fileSize",
      "pathways.roster.state",
      "progress",
      "given",
      "outcome",
      "academic_years as academicYears",
      "pathways.roster.created_at as createdAt",
      "committed_at as committedAt",
      "undone_at as undoneAt",
      "file_removed_at as fileRemovedAt",
    ])
    .$castTo<Roster>();
}

/** The newest uploads first; `behind`: only those that follow this one. */
export function listRosters(
  trx: Trx,
  limit = 100,
  behind: string | null = null,
): Promise<(Roster & { organizationName: string })[]> {
  let list = rosters(trx)
    .innerJoin("directory.organization as o", "o.id", "pathways.roster.organization_id")
    .select("o.name as organizationName");
  // Compared with the row itself: a moment of the database has more digits than a date of the program.
  if (behind)
    list = list.where(
      sql<boolean>`(pathways.roster.created_at, pathways.roster.id) < (select b.created_at, b.id from pathways.roster b where b.id = ${behind})`,
    );
  return list
    .orderBy("pathways.roster.created_at", "desc")
    .orderBy("pathways.roster.id", "desc")
    .limit(limit)
    .$castTo<Roster & { organizationName: string }>()
    .execute();
}

/** One upload, or null where there is none that the actor sees. */
export async function findRoster(trx: Trx, id: string): Promise<Roster | null> {
  return (await rosters(trx).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** As findRoster, held against other changes until the transaction ends. */
export async function lockRoster(trx: Trx, id: string): Promise<Roster | null> {
  return (await rosters(trx).where("id", "=", id).forUpdate().executeTakeFirst()) ?? null;
}

export interface NewRoster {
  organizationId: string;
  granteeCode: string;
  fileName: string;
  fileHash: string;
  fileSize: number;
  given: RosterGiven;
  uploadedBy: string | null;
}

export async function insertRoster(trx: Trx, roster: NewRoster): Promise<string> {
  const id = crypto.randomUUID();
  await trx
    .insertInto("pathways.roster")
    .values({
      organization_id: roster.organizationId,
      id,
      grantee_code: roster.granteeCode,
      file_name: roster.fileName,
      file_hash: roster.fileHash,
      file_size: roster.fileSize,
      given: JSON.stringify(roster.given),
      uploaded_by: roster.uploadedBy,
    })
    .execute();
  return id;
}

export interface RosterUpdate {
  state?: RosterState;
  progress?: RosterProgress;
  given?: RosterGiven;
  outcome?: RosterOutcome;
  academicYears?: string[];
  committedAt?: Date;
  undoneAt?: Date;
}

export async function updateRoster(trx: Trx, id: string, update: RosterUpdate): Promise<void> {
  await trx
    .updateTable("pathways.roster")
    .set({
      updated_at: sql`now()`,
      ...(update.state ? { state: update.state } : {}),
      ...(update.progress ? { progress: JSON.stringify(update.progress) } : {}),
      ...(update.given ? { given: JSON.stringify(update.given) } : {}),
      ...(update.outcome ? { outcome: JSON.stringify(update.outcome) } : {}),
      ...(update.academicYears ? { academic_years: update.academicYears } : {}),
      ...(update.committedAt ? { committed_at: update.committedAt } : {}),
      ...(update.undoneAt ? { undone_at: update.undoneAt } : {}),
    })
    .where("id", "=", id)
    .execute();
}

/** Writes how far the work on an upload is, while it is being worked on. */
export async function noteProgress(trx: Trx, id: string, progress: RosterProgress): Promise<void> {
  await trx
    .updateTable("pathways.roster")
    .set({ progress: JSON.stringify(progress) })
    .where("id", "=", id)
    .where("state", "in", ["reading", "committing"])
    .execute();
}

/** Notes that the work on an upload broke off; nothing of what is finished or put aside changes. */
export async function noteFailure(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable("pathways.roster")
    .set({ state: "failed", progress: JSON.stringify({}) })
    .where("id", "=", id)
    .where("state", "in", ["reading", "committing"])
    .execute();
}

/** One import at a time per organization, and none while its report is being accepted. */
export async function lockOrganizationRecords(trx: Trx, organizationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pathways/${organizationId}`}, 0))`.execute(trx);
}

/** A year that takes no more changes, and why. */
export interface LockedYear {
  academicYear: string;
  reason: string;
}

/** The organization's locked years. */
export function listLockedYears(trx: Trx, organizationId: string): Promise<LockedYear[]> {
  return trx
    .selectFrom("pathways.locked_year")
    .select(["academic_year as academicYear", "reason"])
    .where("organization_id", "=", organizationId)
    .orderBy("academic_year")
    .execute();
}

export interface StoredFinding {
  position: number;
  sheet: string | null;
  row: number | null;
  column: string;
  code: string;
  severity: string;
  message: string;
  read: string | null;
}

export interface FindingFilter {
  severity?: string | undefined;
  code?: string | undefined;
}

function findings(trx: Trx, rosterId: string, filter: FindingFilter) {
  let query = trx.selectFrom("pathways.roster_finding").where("roster_id", "=", rosterId);
  if (filter.severity) query = query.where("severity", "=", filter.severity);
  if (filter.code) query = query.where("code", "=", filter.code);
  return query;
}

/** Findings in the order of the file. */
export function listFindings(
  trx: Trx,
  rosterId: string,
  filter: FindingFilter = {},
  limit = 1_000_000,
  offset = 0,
): Promise<StoredFinding[]> {
  return findings(trx, rosterId, filter)
    .select(["position", "sheet", "row", "column_name as column", "code", "severity", "message", "read"])
    .orderBy("position")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countFindings(trx: Trx, rosterId: string, filter: FindingFilter = {}): Promise<number> {
  const row = await findings(trx, rosterId, filter)
    .select(sql<number>`count(*)`.as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Forgets what an earlier reading of the same upload found. */
export async function clearReading(trx: Trx, rosterId: string): Promise<void> {
  await trx.deleteFrom("pathways.roster_finding").where("roster_id", "=", rosterId).execute();
  await trx.deleteFrom("pathways.roster_change").where("roster_id", "=", rosterId).execute();
}

export interface StoredChange {
  kind: "changed" | "missing";
  enrollmentId: number;
  academicYear: string;
  traineeCode: string;
  programName: string;
  sheet: string | null;
  row: number | null;
  columns: Record<string, [string | null, string | null]>;
}

/** Changed or missing rows, for the page. */
export function listChangesOf(
  trx: Trx,
  rosterId: string,
  kind: "changed" | "missing",
  limit: number,
  offset: number,
): Promise<StoredChange[]> {
  return trx
    .selectFrom("pathways.roster_change")
    .select([
      "kind",
      "enrollment_id as enrollmentId",
      "academic_year as academicYear",
      "trainee_code as traineeCode",
      "program_name as programName",
      "sheet",
      "row",
      "columns",
    ])
    .where("roster_id", "=", rosterId)
    .where("kind", "=", kind)
    .orderBy("position")
    .limit(limit)
    .offset(offset)
    .$castTo<StoredChange>()
    .execute();
}
