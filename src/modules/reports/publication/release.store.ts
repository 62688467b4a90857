import { sql } from "kysely";
import type { Release as GateRelease } from "../../../methods/disclosure/model.ts";
import type { Trx } from "../../../platform/database/database.ts";
import type { PublishedTables } from "./release.types.ts";

export interface Release {
  academicYear: string;
  number: number;
  publishedAt: Date;
  threshold: number;
  tables: PublishedTables;
}

/** The newest release of a year, without its tables. */
export async function findNewestRelease(
  trx: Trx,
  academicYear: string,
): Promise<{ number: number; publishedAt: Date } | null> {
  const row = await trx
    .selectFrom("reports.release")
    .select(["number", "published_at as publishedAt"])
    .where("academic_year", "=", academicYear)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** A release with what it publishes: the newest of the year where no number is given; the newest of all without a year. */
export async function findRelease(trx: Trx, academicYear?: string, number?: number): Promise<Release | null> {
  let query = trx
    .selectFrom("reports.release")
    .select([
      "academic_year as academicYear",
      "number",
      "published_at as publishedAt",
      "threshold",
      "tables",
    ]);
  if (academicYear) query = query.where("academic_year", "=", academicYear);
  if (number !== undefined) query = query.where("number", "=", number);
  const row = await query
    .orderBy("academic_year", "desc")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, tables: row.tables as unknown as PublishedTables } : null;
}

/** Every release, the newest first, without tables. */
export function listReleases(
  trx: Trx,
): Promise<{ academicYear: string; number: number; publishedAt: Date }[]> {
  return trx
    .selectFrom("reports.release")
    .select(["academic_year as academicYear", "number", "published_at as publishedAt"])
    .orderBy("academic_year", "desc")
    .orderBy("number", "desc")
    .execute();
}

/**
 * What the gate must know of everything published before, oldest first. Every figure belongs to one year and is named
 * with it, and no relation joins two years: the releases of other years say nothing of this one.
 */
export async function listGates(trx: Trx, academicYear: string): Promise<GateRelease[]> {
  const rows = await trx
    .selectFrom("reports.release_gate")
    .select("gate")
    .where("academic_year", "=", academicYear)
    .orderBy("number")
    .execute();
  return rows.map((row) => row.gate as unknown as GateRelease);
}

/** One publication of a year at a time: each must see what the one before it gave away. */
export async function lockPublication(trx: Trx, academicYear: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reports/publication/${academicYear}`}, 0))`.execute(
    trx,
  );
}

export interface NewRelease {
  hubOrganizationId: string;
  academicYear: string;
  number: number;
  publishedBy: string | null;
  snapshots: { organization: string; version: number }[];
  tables: PublishedTables;
  threshold: number;
  gate: GateRelease;
}

export async function insertRelease(trx: Trx, release: NewRelease): Promise<void> {
  await trx
    .insertInto("reports.release")
    .values({
      academic_year: release.academicYear,
      number: release.number,
      published_by: release.publishedBy,
      snapshots: JSON.stringify(release.snapshots),
      tables: JSON.stringify(release.tables),
      threshold: release.threshold,
    })
    .execute();
  await trx
    .insertInto("reports.release_gate")
    .values({
      organization_id: release.hubOrganizationId,
      academic_year: release.academicYear,
      number: release.number,
      gate: JSON.stringify(release.gate),
    })
    .execute();
}
