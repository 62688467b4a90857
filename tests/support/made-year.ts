// A year of enrollments made for a report: every combination of races, amounts of zero and none, sites spelled twice, two disciplines short.
import { sql } from "kysely";
import { raceCategories } from "../../src/modules/pathways/roster-reading/roster-format.rules.ts";
import { system } from "../../src/platform/database/actor.ts";
import type { TestHub } from "./test-hub.ts";

export const MADE_YEAR = "2030-31";
export const MADE_ROWS = 2 ** raceCategories.length + 2;

/** Fills the year of one organization. Two counties of Ohio, one of an earlier vintage, and none, in turns. */
export async function makeYear(hub: TestHub, organizationId: string, granteeCode: string): Promise<void> {
  await hub.services.perform(system, async ({ trx }) => {
    const { rows: counties } = await sql<{ fips: string }>`
      (select fips from directory.county where state = 'OH' and is_rural order by fips limit 1) union all
      (select fips from directory.county where state = 'OH' and not is_rural order by fips limit 1) union all
      (select fips from directory.county where superseded order by fips limit 1)`.execute(trx);
    // Another discipline than the demonstration has, in the rural county alone.
    await sql`insert into directory.shortage_designation (id, name, discipline, designation_type, source)
      values ('MADE', 'Made area', 'Mental Health', 'Geographic HPSA', 'made')`.execute(trx);
    await sql`insert into directory.shortage_county (designation_id, county_fips) values ('MADE', ${counties[0]?.fips})`.execute(
      trx,
    );
    for (let number = 0; number < MADE_ROWS; number += 1) {
      const races = raceCategories.filter((_, bit) => (number >> bit) & 1);
      // The last two train where the second does, spelled in another way.
      const last = number >= MADE_ROWS - 2;
      const site = last ? "MADE SITE 1" : number % 5 === 4 ? null : `Made site ${number}`;
      const county = counties[last ? 1 : number % 4]?.fips ?? null;
      await sql`insert into pathways.enrollment (organization_id, grantee_code, academic_year, trainee_key, program_key, trainee_code, program_name, program_type, level, profession,
          enrollment_status, started_on, sex, race_ethnicity, veteran_status, disadvantaged_background, rural_background, funded, outcome, left_reason, post_completion_intent,
          employment_at_completion, employment_1y, site_name, site_county_fips, hours_total, hours_didactic, hours_ojl, hours_rural, award_stipend_usd, award_travel_usd, award_total_usd,
          fingerprint, list_version, roster_id, source_row)
        values (${organizationId}::uuid, ${granteeCode}, ${MADE_YEAR}, ${`M-${number % 100}`}, ${`made program ${number % 3}`}, ${`M-${number % 100}`}, ${`Made program ${number % 3}`},
          'certificate', 'level_1', 'peer_support_specialist', 'full_time', '2030-09-01', 'female', ${races.length === 0 ? ["not_reported"] : races}::text[], 'not_reported', 'no', 'no', 'yes',
          ${number % 2 === 0 ? "completed" : "left"}, ${number % 2 === 0 ? "not_reported" : "family"}, '{not_reported}', ${number % 4 === 0 ? "employed_other" : "not_reported"}, 'not_reported', ${site}, ${county},
          ${number + 0.25}, ${number % 3 === 0 ? null : number % 3 === 1 ? 0 : number + 0.5}, ${number % 7 === 0 ? 12.75 : null}, 0,
          ${number % 4 === 0 ? 100.01 * number : null}, ${number % 6 === 0 ? 0 : 3.33}, ${number % 4 === 0 ? 100.01 * number + 3.33 : 3.33},
          gen_random_uuid(), 1, gen_random_uuid(), ${number + 2})`.execute(trx);
    }
  });
}
