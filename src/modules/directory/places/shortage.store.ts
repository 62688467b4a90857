import type pg from "pg";
import { copyLines } from "../../../platform/database/copy.ts";
import { STARTING_SHORTAGE_SOURCE } from "./reference.store.ts";

/** COPY of designation lines into a table that goes with the transaction. */
export async function stageShortages(client: pg.ClientBase, lines: AsyncIterable<string>): Promise<void> {
  await client.query(
    "create temporary table new_shortage (id text, name text, discipline text, designation_type text, score smallint, designated_on date, updated_on date, component text, county_fips text) on commit drop",
  );
  await copyLines(client, "new_shortage", lines);
}

/** The staged designations take the place of the earlier ones of the same disciplines. */
export async function replaceShortages(
  client: pg.ClientBase,
): Promise<{ designations: number; counties: number }> {
  await client.query(
    "delete from directory.shortage_designation where discipline in (select discipline from new_shortage) and source <> $1",
    [STARTING_SHORTAGE_SOURCE],
  );
  // The starting scores of 2020 give way to a real file of the same discipline.
  await client.query(
    "delete from directory.shortage_designation where source = $1 and discipline in (select discipline from new_shortage)",
    [STARTING_SHORTAGE_SOURCE],
  );
  const made = await client.query(
    "insert into directory.shortage_designation (id, name, discipline, designation_type, score, designated_on, updated_on, source) select distinct on (id) id, name, discipline, designation_type, score, designated_on, updated_on, 'HRSA designation file' from new_shortage order by id, updated_on desc nulls last",
  );
  await client.query(
    "insert into directory.shortage_county (designation_id, county_fips, component_type) select distinct id, county_fips, component from new_shortage where county_fips ~ '^[0-9]{5}$'",
  );
  const counties = await client.query<{ counties: number }>(
    "select count(distinct county_fips) as counties from new_shortage where county_fips ~ '^[0-9]{5}$'",
  );
  return { designations: made.rowCount ?? 0, counties: counties.rows[0]?.counties ?? 0 };
}
