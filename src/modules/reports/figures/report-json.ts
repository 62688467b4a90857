import {
  AWARD_TYPES,
  DIMENSIONS,
  type Dimension,
  type ReportFigures,
  type YearFigures,
} from "./report-figures.types.ts";

type Json = Record<string, unknown>;

/** The shape of a roster's totals (roster format v1, section 6), so that a report can be held against its files. */
function totalsOf(figures: YearFigures, years: Readonly<Record<string, YearFigures>>): Json {
  const { rows, trainees, race } = figures;
  const { employed, known, completed } = figures.employmentOneYearLater;
  const counted = (dimension: Dimension): [string, unknown][] =>
    Object.keys(figures.by[dimension]).length === 0 ? [] : [[dimension, figures.by[dimension]]];
  const yearCounts = Object.entries(years).map(([year, counts]) => [
    year,
    { rows: counts.rows, trainees: counts.trainees },
  ]);
  return {
    rows,
    trainees,
    by: Object.fromEntries([
      ...DIMENSIONS.flatMap(counted),
      ...(yearCounts.length === 0 ? [] : [["academic_year", Object.fromEntries(yearCounts)]]),
    ]),
    race_ethnicity: {
      ...Object.fromEntries(
        Object.entries(race.categories).map(([code, { alone, in_combination, any }]) => [
          code,
          { alone: alone.rows, in_combination: in_combination.rows, any: any.rows },
        ]),
      ),
      two_or_more: race.two_or_more.rows,
      not_reported: race.not_reported.rows,
    },
    awards_usd: Object.fromEntries(
      (["total", ...AWARD_TYPES] as const).map((type) => [type, figures.awards[type].usd]),
    ),
    hours: figures.hours,
    completions: figures.by.outcome["completed"]?.rows ?? 0,
    attrition: figures.by.outcome["left"]?.rows ?? 0,
    continuing: figures.by.outcome["continuing"]?.rows ?? 0,
    employed_1y: { employed, known, completed },
  };
}

/** The totals of the scope; over all years, each year's own as `by_year` too. */
export function reportTotals(figures: ReportFigures): Json {
  const totals = totalsOf(figures.all, figures.byYear);
  if (figures.scope.academicYear !== null) return totals;
  const years = Object.entries(figures.byYear).map(([year, counted]) => [
    year,
    totalsOf(counted, { [year]: counted }),
  ]);
  return { ...totals, by_year: Object.fromEntries(years) };
}

/** The report as one object: what was counted, for whom, and each section. `generatedAt` is an instant in UTC. */
export function reportJson(figures: ReportFigures, generatedAt: Date): Json {
  const { scope, organization, all } = figures;
  return {
    academicYear: scope.academicYear,
    organization: organization && { codes: organization.codes, name: organization.name },
    generatedAt: generatedAt.toISOString(),
    totals: reportTotals(figures),
    awards_trainees: Object.fromEntries(
      Object.entries(all.awards).map(([type, { trainees }]) => [type, trainees]),
    ),
    employed_at_completion: all.employmentAtCompletion,
    left_reasons: all.leftReasons,
    outcomes_by_program_type: all.outcomesByProgramType,
    race_2024: all.race,
    race_1997: all.race1997,
    credentials: figures.credentials,
    sites: figures.sites.map(
      ({ organizationId: organization_id, name, countyFips: county_fips, rows, trainees }) => ({
        organization_id,
        name,
        county_fips,
        rows,
        trainees,
      }),
    ),
    counties: figures.counties.map(({ isRural: is_rural, ...county }) => ({ ...county, is_rural })),
    county_not_known: figures.countyNotKnown,
    exp2: figures.exp2.map(
      ({
        academicYear,
        organizationId,
        programName,
        siteName,
        profession,
        principal,
        interprofessional,
      }) => ({
        academic_year: academicYear,
        organization_id: organizationId,
        program_name: programName,
        site_name: siteName,
        profession,
        principal,
        interprofessional,
      }),
    ),
    representation: figures.representation,
  };
}
