// What a list of enrollments is narrowed to, and what stands in it, in words.
import { amountText, dollarText, numberText } from "../../../ui/number-text.ts";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { codeList, columnOf } from "../roster-reading/roster-format.rules.ts";
import { amountColumn, CODE_FILTERS, type EnrollmentFilter } from "./enrollment.filters.ts";

/** Names of what a filter gives by its code; null: there is none that the actor sees. */
export interface FilterNames {
  organization: string | null;
  county: string | null;
  state: string | null;
}

export const NO_NAMES: FilterNames = { organization: null, county: null, state: null };

/** A code of a roster column in words; itself where the list does not have it. */
export function codeInWords(column: string, code: string): string {
  const { list } = columnOf(column);
  return (list ? codeList(list).labels.get(code) : undefined) ?? code;
}

type Words = (value: string, filter: EnrollmentFilter, names: FilterNames) => string | null;

const chosen =
  (words: Readonly<Record<string, string>>): Words =>
  (value) =>
    words[value] ?? value;
const labelled =
  (label: string): Words =>
  (value) =>
    `${label}: ${value}`;

const EMPLOYMENT: Readonly<Record<string, string>> = { employed: "Employed, in any field", known: "Known" };

const race: Words = (value, filter) => {
  if (value === "two_or_more") return "Race or ethnicity: two or more";
  const only = { yes: ", alone", no: ", in combination with others" }[filter.race_only ?? ""] ?? "";
  return `Race or ethnicity: ${codeInWords("race_ethnicity", value)}${only}`;
};

const RACE_1997: Readonly<Record<string, string>> = {
  two_or_more: "more than one race",
  reported: "race reported",
  not_reported: "race not reported (nothing, or Hispanic or Latino alone)",
};

const race1997: Words = (value, filter) => {
  const words = RACE_1997[value] ?? codeInWords("race_ethnicity", value);
  const from = value === "white" ? " (with Middle Eastern or North African)" : "";
  return `By the standard of 1997: ${words}${from}${filter.race_1997_only === "yes" ? ", alone" : ""}`;
};

const county: Words = (value, _filter, names) =>
  `County of the site: ${value === "known" || value === "not_known" ? value.replace("_", " ") : (names.county ?? value)}`;

const moreThanNone =
  (name: keyof typeof amountColumn): Words =>
  (value) =>
    `${columnLabel(amountColumn[name](value))}: more than 0`;

/** Every filter but the codes of columns, in the order in which it is said. Null: another one says it. */
const WORDS: Record<Exclude<keyof EnrollmentFilter, (typeof CODE_FILTERS)[number]>, Words> = {
  year: labelled("Academic year"),
  organization: (_value, _filter, names) => `Organization: ${names.organization ?? "none that you see"}`,
  program: labelled("Program"),
  age_band: (value) => `Age: ${value === "not_reported" ? "not reported" : value}`,
  race,
  race_only: () => null,
  race_1997: race1997,
  race_1997_only: () => null,
  hispanic: chosen({
    yes: "By the standard of 1997: Hispanic or Latino, of any race",
    no: "By the standard of 1997: not Hispanic or Latino",
    not_reported: "By the standard of 1997: ethnicity not reported",
  }),
  site: labelled("Site"),
  site_named: chosen({ yes: "With a named training site", no: "Without a named training site" }),
  county,
  site_state: (value, _filter, names) => `State of the site: ${names.state ?? value}`,
  site_rural: chosen({
    yes: "Site in a rural county",
    no: "Site in a county that is not rural",
    not_known: "Site in a county of which it is not known whether it is rural",
  }),
  shortage: (value) => `Site in a county designated as short of ${value.toLowerCase()}`,
  credential: (value) => `Credential: ${value === "any" ? "any" : value}`,
  paid: moreThanNone("paid"),
  hours: moreThanNone("hours"),
  trainee: labelled("Trainee"),
};

/** What the list is narrowed to, in words. */
export function filterInWords(filter: EnrollmentFilter, names: FilterNames = NO_NAMES): string {
  const codes = CODE_FILTERS.flatMap((name) => {
    const code = filter[name];
    if (!code) return [];
    const employment = name.startsWith("employment_") ? EMPLOYMENT[code] : undefined;
    return [`${columnLabel(name)}: ${employment ?? codeInWords(name, code)}`];
  });
  const others = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((name) => {
    const value = filter[name];
    return (value ? WORDS[name](value, filter, names) : null) ?? [];
  });
  return [...others, ...codes].join(" · ");
}

/** A stored value of a roster column, as a list shows it. */
export function valueInWords(column: string, value: string): string {
  const { type } = columnOf(column);
  if (type === "multi")
    return value
      .split(";")
      .map((code) => codeInWords(column, code))
      .join(", ");
  if (type === "usd") return amountText(Number(value));
  if (type === "hours") return Number(value).toLocaleString("en-US");
  return type === "code" ? codeInWords(column, value) : value;
}

/** What a list adds up to; null: it was not asked, or there is nothing to add up. */
export interface EnrollmentSums {
  trainees: number | null;
  sites: number | null;
  /** 0: the county of none is known. */
  counties: number | null;
  paid: number | null;
  hours: number | null;
}

/** "341 trainees · 12 training sites in 5 counties · 1,234.5: OJL hours": what a figure of the report says, said of its list. */
export function sumsInWords(sums: EnrollmentSums, filter: EnrollmentFilter): string {
  const count = (number: number, one: string, many: string): string =>
    `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
  const { trainees, sites, counties, paid, hours } = sums;
  const label = (name: keyof typeof amountColumn): string =>
    columnLabel(amountColumn[name](filter[name] ?? "total"));
  return [
    ...(trainees === null ? [] : [count(trainees, "trainee", "trainees")]),
    ...(sites === null ? [] : [count(sites, "training site", "training sites")]),
    ...(!counties ? [] : [count(counties, "county", "counties")]),
    ...(paid === null ? [] : [`${label("paid")}: ${dollarText(paid)}`]),
    ...(hours === null ? [] : [`${label("hours")}: ${numberText(hours)}`]),
  ].join(" · ");
}
