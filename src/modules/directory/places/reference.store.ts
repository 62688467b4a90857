import { createReadStream } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { projectFolder } from "../../../platform/config/project-folder.ts";
import { copyCsv } from "../../../platform/database/copy.ts";

/** The reference files this module loads, as named in reference/README.md. */
export const placesFiles = ["states.csv", "us-counties-2023.csv", "primary-care-shortage-2020.csv"] as const;

/** Source line of the county-level shortage scores that every hub starts with. */
export const STARTING_SHORTAGE_SOURCE = "HRSA primary care scores by county, 2020";

// Connecticut's counties gave way to planning regions in 2022; rosters of earlier years still name them.
const SUPERSEDED = [
  ["09001", "Fairfield County"],
  ["09003", "Hartford County"],
  ["09005", "Litchfield County"],
  ["09007", "Middlesex County"],
  ["09009", "New Haven County"],
  ["09011", "New London County"],
  ["09013", "Tolland County"],
  ["09015", "Windham County"],
] as const;

const COUNTY_COLUMNS =
  "fips, state, name, population, population_acs, white, black, asian, american_indian, pacific_islander, other_race, two_or_more, hispanic, poverty_pct, median_income, unemployment_pct, rucc, metro, nchs";

/** Loads states, counties and the starting shortage scores, replacing what an older release of Trellis loaded. As the owner, in the caller's transaction. */
export async function loadPlaces(client: pg.ClientBase): Promise<void> {
  const file = (name: string) => createReadStream(join(projectFolder, "reference", name));
  await client.query("create temporary table new_state (code text, fips text, name text) on commit drop");
  await copyCsv(client, "new_state", file("states.csv"));
  await client.query(
    "insert into directory.state select code, fips, name from new_state on conflict (code) do update set name = excluded.name",
  );
  await client.query(`create temporary table new_county (fips text, state text, name text, population int, population_acs int, white int, black int, asian int,
    american_indian int, pacific_islander int, other_race int, two_or_more int, hispanic int, poverty_pct numeric, median_income int, unemployment_pct numeric, rucc smallint, metro text, nchs smallint) on commit drop`);
  await copyCsv(client, `new_county (${COUNTY_COLUMNS})`, file("us-counties-2023.csv"));
  // Rural by county, as FORHP does for whole counties: not metropolitan, which is RUCC 4 to 9. Census tracts are not known here.
  await client.query(`insert into directory.county (fips, state, name, population, population_acs, white, black, asian, american_indian, pacific_islander, other_race, two_or_more, hispanic, poverty_pct, median_income, rucc, is_rural)
    select fips, state, name, population, population_acs, white, black, asian, american_indian, pacific_islander, other_race, two_or_more, hispanic, poverty_pct, median_income, rucc, rucc >= 4 from new_county
    on conflict (fips) do update set name = excluded.name, population = excluded.population, population_acs = excluded.population_acs, white = excluded.white, black = excluded.black,
      asian = excluded.asian, american_indian = excluded.american_indian, pacific_islander = excluded.pacific_islander, other_race = excluded.other_race, two_or_more = excluded.two_or_more,
      hispanic = excluded.hispanic, poverty_pct = excluded.poverty_pct, median_income = excluded.median_income, rucc = excluded.rucc, is_rural = excluded.is_rural`);
  for (const [fips, name] of SUPERSEDED)
    await client.query(
      "insert into directory.county (fips, state, name, superseded) values ($1, 'CT', $2, true) on conflict (fips) do nothing",
      [fips, name],
    );
  await loadStartingShortages(client, file("primary-care-shortage-2020.csv"));
}

async function loadStartingShortages(
  client: pg.ClientBase,
  csv: ReturnType<typeof createReadStream>,
): Promise<void> {
  await client.query(
    "create temporary table new_score (year int, state text, county text, score smallint, quality int) on commit drop",
  );
  await copyCsv(client, "new_score", csv);
  await client.query("delete from directory.shortage_designation where source = $1", [
    STARTING_SHORTAGE_SOURCE,
  ]);
  // 83 counties have several scores; the highest is the one that says how short care is. 0 means: not designated.
  await client.query(
    `insert into directory.shortage_designation (id, name, discipline, designation_type, score, source)
     select 'county-2020-' || state || county, 'Primary care shortage in the county', 'Primary Care', 'County score', max(score), $1 from new_score where score > 0 group by state, county`,
    [STARTING_SHORTAGE_SOURCE],
  );
  await client.query(
    `insert into directory.shortage_county (designation_id, county_fips, component_type)
     select distinct 'county-2020-' || state || county, state || county, 'County' from new_score where score > 0`,
  );
}
