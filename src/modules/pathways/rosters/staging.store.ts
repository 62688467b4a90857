import { hash } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import { copyField, copyLines } from "../../../platform/database/copy.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { type EnrollmentColumn, enrollmentColumns } from "../enrollments/enrollment.columns.ts";
import type { RosterRow } from "../roster-reading/roster-reading.types.ts";

/** The list version that rows are read with: roster format v1. */
export const LIST_VERSION = 1;

const storedColumns = enrollmentColumns.map((column) => column.stored).join(", ");
const STAGED = `${storedColumns}, trainee_key, program_key, fingerprint, source_sheet, source_row`;

/**
 * Tables that go with the transaction. `staged`: the checked rows of one portion of a file, as enrollments to be.
 * `staged_match`: their stored counterparts. Of the whole file stay `staged_seen`, the stored rows that it holds, and
 * `staged_left_out`, the keys of rows that could not be loaded: what the file holds is not missing.
 */
export async function createStaging(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create temporary table if not exists staged on commit drop as select ${STAGED}, false as left_out from pathways.enrollment where false;
    create temporary table if not exists staged_match (staged_row tid, enrollment_id bigint, differs boolean) on commit drop;
    create temporary table if not exists staged_seen (enrollment_id bigint) on commit drop;
    create temporary table if not exists staged_left_out (academic_year text, trainee_key text, program_key text) on commit drop;
    savepoint staging`);
}

/** Takes back everything since createStaging; another reading may be staged. */
export async function forgetStaged(client: pg.ClientBase): Promise<void> {
  await client.query("rollback to savepoint staging");
}

const positionsWhere = (holds: (column: EnrollmentColumn) => boolean): number[] =>
  enrollmentColumns.flatMap((column, position) => (holds(column) ? [position] : []));
const multiPositions = positionsWhere((column) => column.isMulti);
const freePositions = positionsWhere((column) => column.isFree);
const yearPosition = enrollmentColumns.findIndex((column) => column.stored === "academic_year");
const emptyValues = enrollmentColumns.map(() => "");

/** The staging line of a row: all values of one that is loaded, the key of one that is left out. An empty field is null. */
export function stagedLine(row: RosterRow): string {
  const place = `${row.sheet === null ? "" : copyField(row.sheet)}\t${row.row}`;
  const key = `${copyField(row.traineeKey)}\t${copyField(row.programKey)}`;
  if (!row.values)
    return `${emptyValues.with(yearPosition, row.academicYear).join("\t")}\t${key}\t\t${place}\tt\n`;
  const values = row.values.slice();
  // Codes, numbers and dates have no sign that an array's text or COPY would give a meaning.
  for (const position of multiPositions)
    values[position] = `{${values[position]?.replaceAll(";", ",") ?? ""}}`;
  for (const position of freePositions) values[position] = copyField(values[position] ?? "");
  const line = `${values.join("\t")}\t${key}`;
  return `${line}\t${hash("md5", line)}\t${place}\tf\n`;
}

/** COPY of a portion's lines in place of the portion before. `leftOut` of them are keys of rows that were left out. */
export async function copyStaged(client: pg.ClientBase, lines: string, leftOut: number): Promise<void> {
  await client.query("truncate staged, staged_match");
  await copyLines(client, `staged (${STAGED}, left_out)`, [lines], "");
  if (leftOut === 0) return;
  await client.query(
    "with apart as (delete from staged where left_out returning academic_year, trainee_key, program_key) insert into staged_left_out select * from apart",
  );
}

/** The organization and grantee code that an upload is for. */
export interface Target {
  organizationId: string;
  granteeCode: string;
}

const KEY_MATCH = sql`e.academic_year = s.academic_year and e.program_key = s.program_key and e.trainee_key = s.trainee_key`;

/** Whether anything is stored that rows for this target could meet. */
export async function hasStored(trx: Trx, target: Target): Promise<boolean> {
  const { rows } = await sql<{
    found: boolean;
  }>`select exists (select from pathways.enrollment e where e.organization_id = ${target.organizationId} and e.grantee_code = ${target.granteeCode}) as found`.execute(
    trx,
  );
  return rows[0]?.found ?? false;
}

/**
 * Ties the portion to what is stored: staged_match names each stored counterpart and whether it differs.
 * @returns how many rows have a counterpart, and how many of these differ.
 */
export async function matchStaged(trx: Trx, target: Target): Promise<{ matched: number; changed: number }> {
  // "offset 0" keeps one look into the key's index per row: a portion is small, what is stored may be a million rows.
  const { rows } = await sql<{ matched: number; changed: number }>`
    with matched as (
      insert into staged_match
      select s.ctid, m.id, m.fingerprint <> s.fingerprint or m.archived_at is not null from staged s cross join lateral (
        select e.id, e.fingerprint, e.archived_at from pathways.enrollment e
        where e.organization_id = ${sql.lit(target.organizationId)} and e.grantee_code = ${sql.lit(target.granteeCode)} and ${KEY_MATCH} offset 0) m
      returning enrollment_id, differs
    ), seen as (insert into staged_seen select enrollment_id from matched)
    select count(*) as matched, count(*) filter (where differs) as changed from matched`.execute(trx);
  return rows[0] ?? { matched: 0, changed: 0 };
}

export interface ChangeCounts {
  new: number;
  changed: number;
  unchanged: number;
  missing: number;
}

/** Programs as compared, by academic year: what is missing is looked for within those that the file has. */
export type ProgramsByYear = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Stored rows of this grantee, of the academic years and programs in the file, that the file lacks; none of a closed
 * year, and none that `rosterId` itself has brought.
 */
function missingRows(target: Target, rosterId: string, programs: ProgramsByYear) {
  const pairs = [...programs].flatMap(([year, keys]) => [...keys].map((key) => ({ year, key })));
  return sql<{ id: number; academic_year: string; trainee_code: string; program_name: string }>`
    select e.id, e.academic_year, e.trainee_code, e.program_name from pathways.enrollment e
    where e.organization_id = ${target.organizationId} and e.grantee_code = ${target.granteeCode} and e.archived_at is null and e.roster_id <> ${rosterId}
      and (e.academic_year, e.program_key) in (select * from unnest(${pairs.map((pair) => pair.year)}::text[], ${pairs.map((pair) => pair.key)}::text[]))
      and not exists (select from staged_seen seen where seen.enrollment_id = e.id)
      and not exists (select from staged_left_out s where ${KEY_MATCH})
      and not exists (select from pathways.locked_year y where y.organization_id = e.organization_id and y.academic_year = e.academic_year)`;
}

/** How many stored rows the whole file lacks. */
export async function countMissing(
  trx: Trx,
  target: Target,
  rosterId: string,
  programs: ProgramsByYear,
): Promise<number> {
  await sql`analyze staged_seen, staged_left_out`.execute(trx);
  const { rows } = await sql<{
    missing: number;
  }>`select count(*) as missing from (${missingRows(target, rosterId, programs)}) as m`.execute(trx);
  return rows[0]?.missing ?? 0;
}

/** How many changed and missing rows are listed one by one; all are counted. */
export const MOST_LISTED_CHANGES = 5000;

/** Writes the portion's changed rows, with each value before and after, behind the `listed` ones. @returns how many. */
export async function listChanged(
  trx: Trx,
  target: Target,
  rosterId: string,
  listed: number,
): Promise<number> {
  const pairs = sql.join(
    enrollmentColumns.map(
      (column) =>
        sql`(${sql.lit(column.name)}, ${sql.raw(column.toText)}, ${sql.raw(column.toText.replace("e.", "s."))})`,
    ),
  );
  const written =
    await sql`insert into pathways.roster_change (organization_id, roster_id, position, kind, enrollment_id, academic_year, trainee_code, program_name, sheet, row, columns)
    select e.organization_id, ${rosterId}, ${listed} + row_number() over (order by s.ctid), 'changed', e.id, e.academic_year, e.trainee_code, e.program_name, s.source_sheet, s.source_row,
      coalesce((select jsonb_object_agg(v.name, jsonb_build_array(v.before, v.after)) from (values ${pairs}) as v(name, before, after) where coalesce(v.before, '') <> coalesce(v.after, '')), '{}')
    from staged_match m join staged s on s.ctid = m.staged_row join pathways.enrollment e on e.organization_id = ${target.organizationId} and e.id = m.enrollment_id
    where m.differs order by s.ctid limit ${MOST_LISTED_CHANGES - listed}`.execute(trx);
  return Number(written.numAffectedRows ?? 0);
}

/** Writes the missing rows for the page. */
export async function listMissing(
  trx: Trx,
  target: Target,
  rosterId: string,
  programs: ProgramsByYear,
): Promise<void> {
  await sql`insert into pathways.roster_change (organization_id, roster_id, position, kind, enrollment_id, academic_year, trainee_code, program_name)
    select ${target.organizationId}, ${rosterId}, ${MOST_LISTED_CHANGES} + row_number() over (order by m.academic_year, m.program_name, m.trainee_code), 'missing', m.id, m.academic_year, m.trainee_code, m.program_name
    from (${missingRows(target, rosterId, programs)}) as m order by m.academic_year, m.program_name, m.trainee_code limit ${MOST_LISTED_CHANGES}`.execute(
    trx,
  );
}

/** Merges the portion: earlier values are kept for undo, changed rows rewritten, new ones added. Needs matchStaged. */
export async function mergeStaged(
  trx: Trx,
  target: Target,
  rosterId: string,
  { matched, changed }: { matched: number; changed: number },
): Promise<void> {
  if (changed > 0) {
    await keepBefore(trx, target, rosterId, sql`select enrollment_id from staged_match where differs`);
    const assignments = sql.raw(
      enrollmentColumns.map((column) => `${column.stored} = s.${column.stored}`).join(", "),
    );
    await sql`update pathways.enrollment e set ${assignments}, fingerprint = s.fingerprint, list_version = ${LIST_VERSION}, roster_id = ${rosterId},
        source_sheet = s.source_sheet, source_row = s.source_row, archived_at = null, archived_by_roster = null, updated_at = now()
      from staged s join staged_match m on m.staged_row = s.ctid
      where m.differs and e.organization_id = ${target.organizationId} and e.id = m.enrollment_id`.execute(
      trx,
    );
  }
  const columns = sql.raw(STAGED);
  const unmatched =
    matched === 0 ? sql`` : sql`where not exists (select from staged_match m where m.staged_row = s.ctid)`;
  await sql`insert into pathways.enrollment (organization_id, list_version, roster_id, ${columns})
    select ${target.organizationId}::uuid, ${LIST_VERSION}::smallint, ${rosterId}::uuid, ${columns} from staged s ${unmatched}`.execute(
    trx,
  );
}

/** Keeps the present values of rows that `rosterId` is about to change or archive. */
export async function keepBefore(
  trx: Trx,
  target: Target,
  rosterId: string,
  ids: ReturnType<typeof sql>,
): Promise<void> {
  await sql`insert into pathways.enrollment_before (organization_id, roster_id, enrollment_id, before)
    select e.organization_id, ${rosterId}, e.id, to_jsonb(e) from pathways.enrollment e
    where e.organization_id = ${target.organizationId} and e.id in (${ids})`.execute(trx);
}
