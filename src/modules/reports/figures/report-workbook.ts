import { RACES_1997 } from "../../../methods/race-1997.ts";
import {
  type WorkbookColumn,
  type WorkbookSheet,
  type WorkbookValue,
  writeWorkbook,
} from "../../../platform/spreadsheets/write-workbook.ts";
import {
  AWARD_TYPES,
  DIMENSIONS,
  HOUR_KINDS,
  type ReportFigures,
  SPD15_CATEGORIES,
} from "./report-figures.types.ts";
import { inListOrder, labelOf, type ReportLabels } from "./report-labels.store.ts";

type Rows = WorkbookValue[][];

/** Headers as "Trainees #" are numbers. */
function sheet(name: string, headers: readonly string[], rows: Rows): WorkbookSheet {
  const columns = headers.map(
    (header): WorkbookColumn =>
      header.endsWith(" #")
        ? { header: header.slice(0, -2), width: 14, type: "number" }
        : { header, width: 34 },
  );
  return { name, columns, rows };
}

const NO_LABELS: ReportLabels = new Map();

/** The report as an XLSX file, one sheet a section. Without labels, codes stand for themselves. */
export async function reportWorkbook(
  figures: ReportFigures,
  labels: ReportLabels = NO_LABELS,
): Promise<Buffer> {
  return writeWorkbook([
    summary(figures),
    ...people(figures, labels),
    ...support(figures, labels),
    ...outcomes(figures, labels),
    ...places(figures, labels),
  ]);
}

function summary({ all, scope, organization, countyNotKnown }: ReportFigures): WorkbookSheet {
  const outcome = (code: string): number => all.by.outcome[code]?.rows ?? 0;
  return sheet(
    "Summary",
    ["Figure", "Value"],
    [
      ["Reporting year", scope.academicYear ?? "All years"],
      [
        "Organization",
        organization ? `${organization.name} (${organization.codes.join(", ")})` : "Portfolio",
      ],
      ["Enrollments", all.rows],
      ["Trainees", all.trainees],
      ["Completed (enrollments)", outcome("completed")],
      ["Left (enrollments)", outcome("left")],
      ["Continuing (enrollments)", outcome("continuing")],
      ["Employed at completion", all.employmentAtCompletion.employed],
      ["… of known", all.employmentAtCompletion.known],
      ["Employed one year later", all.employmentOneYearLater.employed],
      ["… of known", all.employmentOneYearLater.known],
      ["… of completed", all.employmentOneYearLater.completed],
      ["Enrollments without a site county", countyNotKnown.rows],
    ],
  );
}

function people({ all, representation }: ReportFigures, labels: ReportLabels): WorkbookSheet[] {
  const codes: Rows = DIMENSIONS.flatMap((dimension) =>
    inListOrder(labels, dimension, Object.keys(all.by[dimension])).map((code) => [
      dimension,
      code,
      labelOf(labels, dimension, code),
      all.by[dimension][code]?.rows ?? 0,
      all.by[dimension][code]?.trainees ?? 0,
    ]),
  );
  const race: Rows = SPD15_CATEGORIES.map((code) => {
    const { any, alone, in_combination } = all.race.categories[code];
    return [
      code,
      labelOf(labels, "race_ethnicity", code),
      any.rows,
      any.trainees,
      alone.rows,
      alone.trainees,
      in_combination.rows,
      in_combination.trainees,
    ];
  });
  for (const name of ["two_or_more", "not_reported"] as const)
    race.push([
      name,
      name === "two_or_more" ? "Two or more" : "Not reported",
      all.race[name].rows,
      all.race[name].trainees,
      null,
      null,
      null,
      null,
    ]);
  const race1997: Rows = RACES_1997.map((code) => {
    const { any, alone } = all.race1997.categories[code];
    return [
      code,
      labelOf(labels, "race_ethnicity", code),
      any.rows,
      any.trainees,
      alone.rows,
      alone.trainees,
    ];
  });
  const apart = [
    ["two_or_more", "More than one race", all.race1997.two_or_more],
    ["race_not_reported", "Race not reported", all.race1997.race_not_reported],
    ["hispanic", "Hispanic or Latino, of any race", all.race1997.hispanic.yes],
    ["not_hispanic", "Not Hispanic or Latino", all.race1997.hispanic.no],
    ["ethnicity_not_reported", "Ethnicity not reported", all.race1997.hispanic.not_reported],
  ] as const;
  for (const [code, label, count] of apart)
    race1997.push([code, label, count.rows, count.trainees, null, null]);
  return [
    sheet("Trainees by code", ["Column", "Code", "Label", "Enrollments #", "Trainees #"], codes),
    sheet(
      "Race and ethnicity 2024",
      [
        "Code",
        "Label",
        "Any: enrollments #",
        "Any: trainees #",
        "Alone: enrollments #",
        "Alone: trainees #",
        "In combination: enrollments #",
        "In combination: trainees #",
      ],
      race,
    ),
    sheet(
      "Race and ethnicity 1997",
      ["Code", "Label", "Any: enrollments #", "Any: trainees #", "Alone: enrollments #", "Alone: trainees #"],
      race1997,
    ),
    sheet(
      "Representation",
      [
        "Category",
        "Basis",
        "Trainees #",
        "Trainees known #",
        "Population #",
        "Trainees' share #",
        "Population's share #",
        "Ratio #",
        "Low (95 %) #",
        "High (95 %) #",
        "Why no ratio",
      ],
      representation.rows.map((row) => [
        labelOf(labels, "race_ethnicity", row.category),
        row.basis,
        row.trainees,
        row.known,
        row.population,
        row.traineeShare,
        row.populationShare,
        row.ratio?.value ?? null,
        row.ratio?.low ?? null,
        row.ratio?.high ?? null,
        row.why,
      ]),
    ),
  ];
}

function support({ all }: ReportFigures, labels: ReportLabels): WorkbookSheet[] {
  const awards: Rows = [...AWARD_TYPES, "total" as const].map((type) => [
    type,
    type === "total" ? "All" : labelOf(labels, "award_type", type),
    all.awards[type].usd,
    all.awards[type].trainees,
  ]);
  return [
    sheet("Awards", ["Code", "Award", "US dollars #", "Trainees paid #"], awards),
    sheet(
      "Hours",
      ["Kind or setting", "Hours #"],
      HOUR_KINDS.map((kind) => [kind, all.hours[kind]]),
    ),
  ];
}

function outcomes({ all, credentials }: ReportFigures, labels: ReportLabels): WorkbookSheet[] {
  const types = inListOrder(labels, "program_type", Object.keys(all.outcomesByProgramType));
  const crossed: Rows = types.flatMap((type) =>
    Object.entries(all.outcomesByProgramType[type] ?? {}).map(([outcome, n]) => [
      labelOf(labels, "program_type", type),
      labelOf(labels, "outcome", outcome),
      n,
    ]),
  );
  const reasons: Rows = inListOrder(labels, "left_reason", Object.keys(all.leftReasons)).map((code) => [
    labelOf(labels, "left_reason", code),
    all.leftReasons[code] ?? 0,
  ]);
  const employment: Rows = inListOrder(labels, "employment_1y", [
    ...new Set([
      ...Object.keys(all.employmentAtCompletion.byCode),
      ...Object.keys(all.employmentOneYearLater.byCode),
    ]),
  ]).map((code) => [
    labelOf(labels, "employment_1y", code),
    all.employmentAtCompletion.byCode[code] ?? 0,
    all.employmentOneYearLater.byCode[code] ?? 0,
  ]);
  return [
    sheet("Outcomes", ["Program type", "Outcome", "Enrollments #"], crossed),
    sheet("Reasons for leaving", ["Reason", "Enrollments #"], reasons),
    sheet("Employment of completers", ["Employment", "At completion #", "One year later #"], employment),
    sheet(
      "Credentials",
      ["Credential", "Enrollments #", "Trainees #"],
      credentials.map(({ credential, rows, trainees }) => [credential, rows, trainees]),
    ),
  ];
}

function places({ sites, counties, exp2 }: ReportFigures, labels: ReportLabels): WorkbookSheet[] {
  const names = new Map(counties.map((county) => [county.fips, `${county.name}, ${county.state}`]));
  const yesNo = (value: boolean | null): string => (value === null ? "not known" : value ? "yes" : "no");
  const disciplines = counties[0]?.shortages.map((shortage) => shortage.discipline) ?? [];
  return [
    sheet(
      "Sites",
      ["Site", "County code", "County", "Enrollments #", "Trainees #"],
      sites.map(({ name, countyFips, rows, trainees }) => [
        name,
        countyFips,
        names.get(countyFips ?? "") ?? null,
        rows,
        trainees,
      ]),
    ),
    sheet(
      "Counties",
      [
        "County code",
        "County",
        "State",
        "Rural",
        ...disciplines.flatMap((name) => [`Shortage: ${name}`, `Score: ${name} #`]),
        "Sites #",
        "Enrollments #",
        "Trainees #",
      ],
      counties.map((county) => [
        county.fips,
        county.name,
        county.state,
        yesNo(county.isRural),
        ...county.shortages.flatMap(({ status, score }) => [status.replaceAll("_", " "), score]),
        county.sites,
        county.rows,
        county.trainees,
      ]),
    ),
    sheet(
      "EXP-2",
      ["Year", "Program", "Site", "Profession", "Principal trainees #", "Interprofessional trainees #"],
      exp2.map((row) => [
        row.academicYear,
        row.programName,
        row.siteName,
        labelOf(labels, "profession", row.profession),
        row.principal,
        row.interprofessional,
      ]),
    ),
  ];
}
