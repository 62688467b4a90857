import { hash } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import { copyField, copyLines } from "../../../platform/database/copy.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { enrollmentColumns } from "../enrollments/enrollment.columns.ts";
import type { RosterRow } from "../roster-reading/roster-reading.types.ts";

/** The list version that rows are read with: roster format v1. */
export const LIST_VERSION = 1;

const storedColumns = enrollmentColumns.map((column) => column.stored).join(", ");
const STAGED = `${storedColumns}, trainee_key, program_key, fingerprint, source_sheet, source_row`;

/**
 * The checked rows of one file as enrollments to be, in a table that goes with the transaction. Rows that were left out
 * stand apart with their key only: what the file holds but could not be loaded is not missing.
 */
export async function createStaging(client: pg.ClientBase): Promise<void> {
  await client.query(
    `create temporary table staged on commit drop as select ${STAGED}, false as left_out from pathways.enrollment where false`,
  );
  await client.query(
    "create temporary table staged_left_out (academic_year text, trainee_key text, program_key text) on commit drop",
  );
}

const multiPositions = enrollmentColumns.flatMap((column, position) => (column.isMulti ? [position] : []));
const yearPosition = enrollmentColumns.findIndex((column) => column.stored === "academic_year");
const emptyValues = enrollmentColumns.map(() => "");
// The signs to which COPY gives a meaning of their own.
const COPY_SIGNS = /[\\\t\n\r]/;

/** The staging line of a row: all values of one that is loaded, the key of one that is left out. An empty field is null. */
export function stagedLine(row: RosterRow): string {
  const place = `${row.sheet === null ? "" : copyField(row.sheet)}\t${row.row}`;
  if (!row.values) {
    const key = emptyValues.with(yearPosition, row.academicYear);
    return `${key.join("\t")}\t${copyField(row.traineeKey)}\t${copyField(row.programKey)}\t\t${place}\tt\n`;
  }
  const values = row.values.slice();
  // Codes have no sign that an array's text would give a meaning.
  for (const position of multiPositions)
    values[position] = `{${values[position]?.replaceAll(";", ",") ?? ""}}`;
  values.push(row.traineeKey, row.programKey);
  const joined = values.join("");
  const line = COPY_SIGNS.test(joined) ? values.map(copyField).join("\t") : values.join("\t");
  return `${line}\t${hash("md5", line)}\t${place}\tf\n`;
}

/** COPY of staging lines as they come; afterwards the rows that were left out stand apart. */
export async function copyStaged(client: pg.ClientBase, lines: AsyncIterable<string>): Promise<void> {
  await copyLines(client, `staged (${STAGED}, left_out)`, lines, "");
  await client.query(
    "with apart as (delete from staged where left_out returning academic_year, trainee_key, program_key) insert into staged_left_out select * from apart",
  );
  await client.query("analyze staged (academic_year, program_key, trainee_key)");
}

/** The organization and grantee code that an upload is for. */
export interface Target {
  organizationId: string;
  granteeCode: string;
}

const KEY_MATCH = sql`e.academic_year = s.academic_year and e.program_key = s.program_key and e.trainee_key = s.trainee_key`;

/** Ties the staged rows to what is stored: after this, staged_match names each stored counterpart and whether it differs. */
export async function matchStaged(trx: Trx, target: Target): Promise<void> {
  await sql`create temporary table staged_match on commit drop as
    select s.ctid as staged_row, e.id as enrollment_id, e.fingerprint <> s.fingerprint or e.archived_at is not null as differs
    from staged s join pathways.enrollment e on e.organization_id = ${sql.lit(target.organizationId)} and e.grantee_code = ${sql.lit(target.granteeCode)} and ${KEY_MATCH}`.execute(
    trx,
  );
  await sql`analyze staged_match`.execute(trx);
}

export interface ChangeCounts {
  new: number;
  changed: number;
  unchanged: number;
  missing: number;
}

/** What committing the staged rows would do. */
export async function countChanges(trx: Trx, target: Target): Promise<ChangeCounts> {
  const { rows } = await sql<{ staged: number; matched: number; changed: number }>`
    select (select count(*) from staged) as staged, count(*) as matched, count(*) filter (where differs) as changed from staged_match`.execute(
    trx,
  );
  const missing = await sql<{
    missing: number;
  }>`select count(*) as missing from (${missingRows(target)}) as m`.execute(trx);
  const { staged = 0, matched = 0, changed = 0 } = rows[0] ?? {};
  return {
    new: staged - matched,
    changed,
    unchanged: matched - changed,
    missing: missing.rows[0]?.missing ?? 0,
  };
}

/** Stored rows of this grantee, of the academic years and programs in the file, that the file lacks; none of a closed year. */
function missingRows(target: Target) {
  return sql<{ id: number; academic_year: string; trainee_code: string; program_name: string }>`
    select e.id, e.academic_year, e.trainee_code, e.program_name from pathways.enrollment e
    where e.organization_id = ${target.organizationId} and e.grantee_code = ${target.granteeCode} and e.archived_at is null
      and (e.academic_year, e.program_key) in (select academic_year, program_key from staged union select academic_year, program_key from staged_left_out)
      and not exists (select from staged_match m where m.enrollment_id = e.id)
      and not exists (select from staged_left_out s where ${KEY_MATCH})
      and not exists (select from pathways.locked_year y where y.organization_id = e.organization_id and y.academic_year = e.academic_year)`;
}

/** How many changed and missing rows are listed one by one; all are counted. */
export const MOST_LISTED_CHANGES = 5000;

/** Writes the changed rows, with each value before and after, and the missing rows, for the page. */
export async function listChanges(trx: Trx, target: Target, rosterId: string): Promise<void> {
  const pairs = sql.join(
    enrollmentColumns.map(
      (column) =>
        sql`(${sql.lit(column.name)}, ${sql.raw(column.toText)}, ${sql.raw(column.toText.replace("e.", "s."))})`,
    ),
  );
  await sql`insert into pathways.roster_change (organization_id, roster_id, position, kind, enrollment_id, academic_year, trainee_code, program_name, sheet, row, columns)
    select e.organization_id, ${rosterId}, row_number() over (order by s.source_sheet nulls first, s.source_row), 'changed', e.id, e.academic_year, e.trainee_code, e.program_name, s.source_sheet, s.source_row,
      coalesce((select jsonb_object_agg(v.name, jsonb_build_array(v.before, v.after)) from (values ${pairs}) as v(name, before, after) where coalesce(v.before, '') <> coalesce(v.after, '')), '{}')
    from staged_match m join staged s on s.ctid = m.staged_row join pathways.enrollment e on e.organization_id = ${target.organizationId} and e.id = m.enrollment_id
    where m.differs order by s.source_sheet nulls first, s.source_row limit ${MOST_LISTED_CHANGES}`.execute(
    trx,
  );
  await sql`insert into pathways.roster_change (organization_id, roster_id, position, kind, enrollment_id, academic_year, trainee_code, program_name)
    select ${target.organizationId}, ${rosterId}, ${MOST_LISTED_CHANGES} + row_number() over (order by m.academic_year, m.program_name, m.trainee_code), 'missing', m.id, m.academic_year, m.trainee_code, m.program_name
    from (${missingRows(target)}) as m order by m.academic_year, m.program_name, m.trainee_code limit ${MOST_LISTED_CHANGES}`.execute(
    trx,
  );
}

/** The academic years of the staged rows. */
export async function stagedYears(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{
    academic_year: string;
  }>`select distinct academic_year from staged order by 1`.execute(trx);
  return rows.map((row) => row.academic_year);
}

/** The training sites that the staged rows name. */
export async function stagedSites(trx: Trx): Promise<{ name: string; countyFips: string | null }[]> {
  const { rows } = await sql<{ name: string; countyFips: string | null }>`
    select distinct site_name as name, site_county_fips as "countyFips" from staged where site_name is not null`.execute(
    trx,
  );
  return rows;
}

/** Merges the staged rows: earlier values are kept for undo, changed rows rewritten, new ones added. Needs matchStaged. */
export async function mergeStaged(
  trx: Trx,
  target: Target,
  rosterId: string,
  counts: ChangeCounts,
): Promise<void> {
  if (counts.changed > 0) {
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
  if (counts.new > 0) {
    const columns = sql.raw(STAGED);
    const unmatched =
      counts.changed + counts.unchanged === 0
        ? sql``
        : sql`where not exists (select from staged_match m where m.staged_row = s.ctid)`;
    await sql`insert into pathways.enrollment (organization_id, list_version, roster_id, ${columns})
      select ${target.organizationId}::uuid, ${LIST_VERSION}::smallint, ${rosterId}::uuid, ${columns} from staged s ${unmatched}`.execute(
      trx,
    );
  }
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
