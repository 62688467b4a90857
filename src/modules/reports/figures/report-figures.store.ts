import type { Trx } from "../../../platform/database/database.ts";
import { findOrganization } from "../../directory/index.ts";
import { countEnrollments, prepareForReport, sumEnrollments } from "./counts.store.ts";
import { countiesOf, countyCountsOf, credentialsOf, exp2Of, sitesOf } from "./places.rules.ts";
import { readCounties, readDisciplines, readInterprofessional } from "./places.store.ts";
import type { ReportFigures, ReportScope } from "./report-figures.types.ts";
import { representationOf } from "./representation.rules.ts";
import { tally } from "./tally.rules.ts";

/**
 * Every figure of the annual report, over the enrollments that the actor sees and that are not archived. Seven queries,
 * whatever there is to count.
 */
export async function readReportFigures(trx: Trx, scope: ReportScope): Promise<ReportFigures> {
  await prepareForReport(trx);
  const rows = await countEnrollments(trx, scope);
  const sums = await sumEnrollments(trx, scope);
  const { all, byYear } = tally(rows, sums);
  const sites = sitesOf(rows);
  const countyCounts = countyCountsOf(rows);
  const counties = await readCounties(
    trx,
    countyCounts.flatMap(({ fips }) => (fips === null ? [] : [fips])),
  );
  const disciplines = await readDisciplines(trx);
  const others = await readInterprofessional(trx, scope);
  const organization =
    scope.organizationId === null ? null : await findOrganization(trx, scope.organizationId);
  const { rows: unplaced = 0, trainees: unplacedTrainees = 0 } =
    countyCounts.find(({ fips }) => fips === null) ?? {};
  return {
    scope,
    organization: organization && {
      id: organization.id,
      name: organization.name,
      codes: organization.granteeCodes,
    },
    all,
    byYear,
    sites,
    countyNotKnown: { rows: unplaced, trainees: unplacedTrainees },
    counties: countiesOf(countyCounts, sites, counties, disciplines),
    exp2: exp2Of(rows, others),
    credentials: credentialsOf(rows),
    representation: representationOf(
      all.race1997,
      counties.map((county) => county.population),
    ),
  };
}
