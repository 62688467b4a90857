import type { Trx } from "../../../platform/database/database.ts";
import { findOrganization } from "../../directory/index.ts";
import { keepEnrollmentCounts } from "../../pathways/index.ts";
import {
  type CountedRow,
  countEnrollments,
  prepareForReport,
  type SummedYear,
  sumEnrollments,
} from "./counts.store.ts";
import { countiesOf, countyCountsOf, credentialsOf, exp2Of, sitesOf } from "./places.rules.ts";
import { readCounties, readDisciplines, readInterprofessional } from "./places.store.ts";
import type { ReportFigures, ReportScope } from "./report-figures.types.ts";
import { representationOf } from "./representation.rules.ts";
import { tally } from "./tally.rules.ts";

/** What the enrollments of a report come to. */
interface Counted {
  rows: CountedRow[];
  sums: SummedYear[];
}

async function countForReport(trx: Trx, scope: ReportScope): Promise<Counted> {
  await prepareForReport(trx);
  return { rows: await countEnrollments(trx, scope), sums: await sumEnrollments(trx, scope) };
}

/** A few only: what a portfolio comes to takes some megabytes. */
const countFewOnce = keepEnrollmentCounts(12);

/** As readReportFigures, for pages: the enrollments are counted again when they have changed. */
export function readFiguresForPage(trx: Trx, scope: ReportScope): Promise<ReportFigures> {
  return makeFigures(trx, scope, () =>
    countFewOnce(trx, [scope.academicYear, scope.organizationId], () => countForReport(trx, scope)),
  );
}

/**
 * Every figure of the annual report, over the enrollments that the actor sees and that are not archived. Seven queries,
 * whatever there is to count.
 */
export function readReportFigures(trx: Trx, scope: ReportScope): Promise<ReportFigures> {
  return makeFigures(trx, scope, () => countForReport(trx, scope));
}

async function makeFigures(
  trx: Trx,
  scope: ReportScope,
  count: () => Promise<Counted>,
): Promise<ReportFigures> {
  const { rows, sums } = await count();
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
