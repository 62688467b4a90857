import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { RACES_1997, raceEthnicity1997, type Spd15Answer } from "../../../methods/race-1997.ts";
import { filterText } from "../../../platform/web/list-query.ts";
import { canonicalColumns, codeList, raceCategories } from "../roster-reading/roster-format.rules.ts";

/** Filters that name a stored column and take one of its codes. */
export const CODE_FILTERS = [
  "program_type",
  "level",
  "profession",
  "apprenticeship_approach",
  "enrollment_status",
  "outcome",
  "sex",
  "veteran_status",
  "disadvantaged_background",
  "rural_background",
  "funded",
  "left_reason",
  "employment_at_completion",
  "employment_1y",
] as const;
export type CodeFilter = (typeof CODE_FILTERS)[number];

/** In a filter by employment: any of the codes of the employed, or whatever is not "not reported". */
const ANY_EMPLOYMENT = "employed";
const KNOWN_EMPLOYMENT = "known";

/** Ages by the bands of the report: first and last year, both within. */
export const AGE_BANDS: Readonly<Record<string, readonly [number, number]>> = {
  "<20": [0, 19],
  "20-29": [20, 29],
  "30-39": [30, 39],
  "40-49": [40, 49],
  "50-59": [50, 59],
  "60+": [60, 200],
};

/** The part of an amount's column that names it: "stipend" of award_stipend_usd. */
const kindsOf = (type: "usd" | "hours", name: RegExp): string[] =>
  canonicalColumns.flatMap((column) => (column.type === type ? (name.exec(column.name)?.[1] ?? []) : []));

/** The column that holds an award or hours of this kind. */
export const amountColumn = {
  paid: (kind: string): string => `award_${kind}_usd`,
  hours: (kind: string): string => `hours_${kind}`,
};

// What an order or a page of a list cannot use is left out. A filter that is left out would show records that the address
// does not speak of, so these answer 422.
const orAbsent = (text: string): string | undefined => text || undefined;
const choice = (...values: readonly string[]) =>
  z
    .string()
    .trim()
    .transform(orAbsent)
    .pipe(z.enum(values as [string, ...string[]]).optional())
    .optional();
const written = (pattern: RegExp) =>
  z.string().trim().transform(orAbsent).pipe(z.string().regex(pattern).optional()).optional();

const codes = Object.fromEntries(CODE_FILTERS.map((name) => [name, filterText])) as Record<
  CodeFilter,
  typeof filterText
>;

/** What a list of enrollments can be narrowed to: the addresses that figures of the report open. */
export const enrollmentFilters = {
  ...codes,
  year: filterText,
  organization: z.string().trim().transform(orAbsent).pipe(z.uuid().optional()).optional(),
  program: filterText,
  age_band: choice(...Object.keys(AGE_BANDS), "not_reported"),
  race: choice(...codeList("race_ethnicity").codes, "two_or_more"),
  /** Beside `race`. "yes": this one alone; "no": this one with others. */
  race_only: choice("yes", "no"),
  /** A race of the standard of 1997, as the methods derive it. */
  race_1997: choice(...RACES_1997, "two_or_more", "reported", "not_reported"),
  /** Beside `race_1997`: this one alone. */
  race_1997_only: choice("yes"),
  /** The other question of 1997. */
  hispanic: choice("yes", "no", "not_reported"),
  site: filterText,
  /** Whether a training site is named at all. */
  site_named: choice("yes", "no"),
  /** The county of the training site: its code, or whether it is known. */
  county: written(/^(\d{5}|known|not_known)$/),
  site_state: written(/^[A-Z]{2}$/),
  /** Whether that county is rural; "not_known": the county is known, and whether it is rural is not. */
  site_rural: choice("yes", "no", "not_known"),
  /** A discipline: the county has a shortage designation of it. */
  shortage: filterText,
  credential: filterText,
  /** An award, or a kind or setting of hours: enrollments with more than none. */
  paid: choice(...kindsOf("usd", /^award_(\w+)_usd$/)),
  hours: choice(...kindsOf("hours", /^hours_(\w+)$/)),
  trainee: filterText,
};

export type EnrollmentFilter = { [Name in keyof typeof enrollmentFilters]?: string | undefined };

const PLACE_FILTERS = ["site", "site_named", "county", "site_state", "site_rural", "shortage"] as const;

/** Whether the list is narrowed by where training takes place. */
export const isByPlace = (filter: EnrollmentFilter): boolean => PLACE_FILTERS.some((name) => filter[name]);

/** Columns of the roster format that the filter speaks of and the list would not show otherwise. */
export function columnsOfFilter(filter: EnrollmentFilter): string[] {
  return [
    ...(isByPlace(filter) ? ["site_name", "site_county_fips"] : []),
    ...(filter.race || filter.race_1997 || filter.hispanic ? ["race_ethnicity"] : []),
    ...(filter.paid && filter.paid !== "total" ? [amountColumn.paid(filter.paid)] : []),
    ...(filter.hours && filter.hours !== "total" ? [amountColumn.hours(filter.hours)] : []),
  ];
}

const hasAny = (answers: readonly string[]): RawBuilder<unknown> =>
  sql`e.race_ethnicity && ${answers}::text[]`;

/** The answers of 2024 that each race of 1997 comes from: the derivation, asked of every answer by itself. */
const answersOf = new Map(
  RACES_1997.map((race) => [
    race as string,
    raceCategories.filter((answer) => raceEthnicity1997([answer as Spd15Answer]).races.includes(race)),
  ]),
);
const racesCounted = sql`(${sql.join(
  [...answersOf.values()].map((answers) => sql`(${hasAny(answers)})::int`),
  sql` + `,
)})`;

function race1997Condition(race: string, isOnly: boolean): RawBuilder<unknown> {
  if (race === "two_or_more") return sql`${racesCounted} > 1`;
  if (race === "reported") return sql`${racesCounted} > 0`;
  if (race === "not_reported") return sql`${racesCounted} = 0`;
  const any = hasAny(answersOf.get(race) ?? []);
  return isOnly ? sql`(${any} and ${racesCounted} = 1)` : any;
}

function hispanicCondition(answer: string): RawBuilder<unknown> {
  if (answer === "not_reported") return sql`not (${hasAny(raceCategories)})`;
  const isHispanic = hasAny(raceCategories.filter((one) => asHispanic(one) === "yes"));
  return answer === "yes" ? isHispanic : sql`(${hasAny(raceCategories)} and not (${isHispanic}))`;
}

const asHispanic = (answer: string): string => raceEthnicity1997([answer as Spd15Answer]).hispanic;

function raceConditions(filter: EnrollmentFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.race === "two_or_more") conditions.push(sql`cardinality(e.race_ethnicity) > 1`);
  else if (filter.race)
    conditions.push(
      filter.race_only === "yes"
        ? sql`e.race_ethnicity = array[${filter.race}]::text[]`
        : sql`${filter.race} = any (e.race_ethnicity)`,
      ...(filter.race_only === "no" ? [sql`cardinality(e.race_ethnicity) > 1`] : []),
    );
  if (filter.race_1997) conditions.push(race1997Condition(filter.race_1997, filter.race_1997_only === "yes"));
  if (filter.hispanic) conditions.push(hispanicCondition(filter.hispanic));
  return conditions;
}

const RURAL: Readonly<Record<string, RawBuilder<unknown>>> = {
  yes: sql`is_rural`,
  no: sql`not is_rural`,
  not_known: sql`is_rural is null`,
};

function placeConditions(filter: EnrollmentFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  const inCounties = (which: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`e.site_county_fips in (select fips from directory.county where ${which})`;
  if (filter.site) conditions.push(sql`lower(e.site_name) = lower(${filter.site})`);
  if (filter.site_named)
    conditions.push(filter.site_named === "yes" ? sql`e.site_name is not null` : sql`e.site_name is null`);
  if (filter.county === "known") conditions.push(sql`e.site_county_fips is not null`);
  else if (filter.county === "not_known") conditions.push(sql`e.site_county_fips is null`);
  else if (filter.county) conditions.push(sql`e.site_county_fips = ${filter.county}`);
  if (filter.site_state) conditions.push(inCounties(sql`state = ${filter.site_state}`));
  const rural = RURAL[filter.site_rural ?? ""];
  if (rural) conditions.push(inCounties(rural));
  if (filter.shortage)
    conditions.push(
      inCounties(
        sql`fips in (select s.county_fips from directory.shortage_county s join directory.shortage_designation d on d.id = s.designation_id where d.discipline = ${filter.shortage})`,
      ),
    );
  return conditions;
}

function codeCondition(name: CodeFilter, code: string): RawBuilder<unknown> {
  const column = sql.ref(`e.${name}`);
  if (name.startsWith("employment_")) {
    if (code === ANY_EMPLOYMENT) return sql`starts_with(${column}, 'employed_')`;
    if (code === KNOWN_EMPLOYMENT) return sql`${column} <> 'not_reported'`;
  }
  return sql`${column} = ${code}`;
}

/** A filter with what leads the database to its records quickly. Only the filter says which records they are. */
export interface EnrollmentSearch {
  filter: EnrollmentFilter;
  /** The one organization that the reader sees, or null. */
  organization: string | null;
  /** The years in which the reader sees enrollments. */
  years: readonly string[];
  /** Where a trainee is looked for: the keys that this trainee may have. */
  traineeKeys: readonly string[] | null;
}

function shortcuts({ organization, years, traineeKeys }: EnrollmentSearch): RawBuilder<unknown>[] {
  return [
    ...(organization ? [sql`e.organization_id = ${organization}`] : []),
    // Indexes begin with the year.
    ...(traineeKeys
      ? [sql`e.academic_year = any(${years}::text[])`, sql`e.trainee_key = any(${traineeKeys}::text[])`]
      : []),
  ];
}

/** SQL conditions on `pathways.enrollment e`; only rows that are not archived. */
export function enrollmentConditions(search: EnrollmentSearch): RawBuilder<unknown> {
  const { filter } = search;
  const conditions: RawBuilder<unknown>[] = [sql`e.archived_at is null`, ...shortcuts(search)];
  for (const name of CODE_FILTERS) if (filter[name]) conditions.push(codeCondition(name, filter[name]));
  if (filter.year) conditions.push(sql`e.academic_year = ${filter.year}`);
  if (filter.organization) conditions.push(sql`e.organization_id = ${filter.organization}`);
  if (filter.program) conditions.push(sql`e.program_key = lower(${filter.program})`);
  if (filter.credential)
    conditions.push(
      filter.credential === "any" ? sql`e.credential is not null` : sql`e.credential = ${filter.credential}`,
    );
  // By the whole code only: a part of one would let an evaluator's pseudonyms be guessed.
  if (filter.trainee)
    conditions.push(
      sql`pathways.shown_trainee(e.organization_id, e.grantee_code, e.trainee_key, e.trainee_code) = ${filter.trainee}`,
    );
  for (const name of ["paid", "hours"] as const)
    if (filter[name]) conditions.push(sql`${sql.ref(`e.${amountColumn[name](filter[name])}`)} > 0`);
  const band = filter.age_band ? AGE_BANDS[filter.age_band] : undefined;
  if (band) conditions.push(sql`e.age between ${band[0]} and ${band[1]}`);
  else if (filter.age_band === "not_reported") conditions.push(sql`e.age is null`);
  conditions.push(...raceConditions(filter), ...placeConditions(filter));
  return sql.join(conditions, sql` and `);
}
