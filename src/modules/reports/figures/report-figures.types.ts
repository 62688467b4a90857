// What a report counts. Sums are in US dollars and hours; "rows" are enrollments, "trainees" distinct people.
import type { Race1997 } from "../../../methods/race-1997.ts";
import type { RepresentationFigures } from "./representation.rules.ts";

/** What a report covers. */
export interface ReportScope {
  /** A reporting year such as "2024-25" (July 1 to June 30), or null for all years together. */
  academicYear: string | null;
  /** One organization, or null for all that the actor sees: the portfolio. */
  organizationId: string | null;
}

export interface Count {
  /** Enrollments. */
  rows: number;
  /** Distinct trainees (organization, grantee code, trainee); one trainee in two codes counts in both. */
  trainees: number;
}

/** The columns that are counted by code, in the order of the roster format; age_band and academic_year are derived. */
export const DIMENSIONS = [
  "program_type",
  "level",
  "profession",
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
  "age_band",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const AWARD_TYPES = [
  "stipend",
  "tuition",
  "scholarship",
  "fellowship",
  "traineeship",
  "loan",
  "loan_repayment",
  "insurance",
  "travel",
] as const;
export type AwardType = (typeof AWARD_TYPES)[number];

/** Didactic and on-the-job hours are kinds; the others are settings, which may overlap. */
export const HOUR_KINDS = ["total", "didactic", "ojl", "muc", "rural", "primary_care"] as const;
export type HourKind = (typeof HOUR_KINDS)[number];

/** The minimum categories of OMB SPD 15 (2024), in the order of the roster format. */
export const SPD15_CATEGORIES = [
  "american_indian_or_alaska_native",
  "asian",
  "black_or_african_american",
  "hispanic_or_latino",
  "middle_eastern_or_north_african",
  "native_hawaiian_or_pacific_islander",
  "white",
] as const;
export type Spd15Category = (typeof SPD15_CATEGORIES)[number];

export interface RaceFigures {
  categories: Record<Spd15Category, { any: Count; alone: Count; in_combination: Count }>;
  two_or_more: Count;
  not_reported: Count;
  /** At least one category given. */
  reported: Count;
}

/** The two questions of 1997, derived from the one of 2024. */
export interface Race1997Figures {
  categories: Record<Race1997, { any: Count; alone: Count }>;
  two_or_more: Count;
  /** Hispanic only, or nothing given. */
  race_not_reported: Count;
  race_reported: Count;
  hispanic: Record<"yes" | "no" | "not_reported", Count>;
}

/** Over enrollments whose outcome is "completed". */
export interface EmploymentFigures {
  /** In the field or another one. */
  employed: number;
  /** Whose employment is known. */
  known: number;
  completed: number;
  /** By code, "not_reported" included. */
  byCode: Record<string, number>;
}

/** The figures of one year, or of all years together. */
export interface YearFigures extends Count {
  by: Record<Dimension, Record<string, Count>>;
  race: RaceFigures;
  race1997: Race1997Figures;
  /** Paid in the year, with how many trainees were paid; "total" is the stored year total. */
  awards: Record<AwardType | "total", { usd: number; trainees: number }>;
  hours: Record<HourKind, number>;
  /** Enrollments by training program type and outcome. */
  outcomesByProgramType: Record<string, Record<string, number>>;
  /** Enrollments that ended without completion, by reason. */
  leftReasons: Record<string, number>;
  employmentAtCompletion: EmploymentFigures;
  employmentOneYearLater: EmploymentFigures;
}

/** Whether a county is short of care in a discipline, as far as the loaded designations tell. */
export interface Shortage {
  discipline: string;
  status: "designated" | "not_designated" | "not_known";
  /** The highest score of the county's designations, where designated and scored. */
  score: number | null;
}

export interface SiteFigures extends Count {
  organizationId: string;
  name: string;
  countyFips: string | null;
}

/** A county in which training sites lie. */
export interface CountyFigures extends Count {
  fips: string;
  name: string;
  state: string;
  /** A code of an earlier vintage: it has no population and no rural status. */
  superseded: boolean;
  /** RUCC 4 to 9; null: not known. */
  isRural: boolean | null;
  shortages: Shortage[];
  sites: number;
}

/** EXP-2: one row per training program, site and profession. */
export interface Exp2Row {
  academicYear: string;
  organizationId: string;
  programName: string;
  /** Null: the enrollments name no site. */
  siteName: string | null;
  profession: string;
  /** Those with an enrollment here. */
  principal: number;
  /** Others who trained alongside, without an enrollment. */
  interprofessional: number;
}

export interface CredentialFigures extends Count {
  credential: string;
}

export interface ReportFigures {
  scope: ReportScope;
  organization: { id: string; name: string; codes: string[] } | null;
  /** The figures of the scope: the year's, or all years'. */
  all: YearFigures;
  /** Years in which there are enrollments. */
  byYear: Record<string, YearFigures>;
  sites: SiteFigures[];
  /** Enrollments that name no county for their site. */
  countyNotKnown: Count;
  counties: CountyFigures[];
  exp2: Exp2Row[];
  credentials: CredentialFigures[];
  representation: RepresentationFigures;
}
