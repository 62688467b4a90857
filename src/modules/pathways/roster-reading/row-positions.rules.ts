// Where the columns that the rules name stand in a row that has been read.
import { columnOf, positionOf, raceCategories, typedAwards } from "./roster-format.rules.ts";

export const GRANTEE = positionOf("grantee_id");
export const TRAINEE = positionOf("trainee_id");
export const PROGRAM = positionOf("program_name");
export const PROGRAM_TYPE = positionOf("program_type");
export const YEAR = positionOf("academic_year");
export const LEVEL = positionOf("level");
export const APPROACH = positionOf("apprenticeship_approach");
export const STARTED = positionOf("started_on");
export const EXPECTED_END = positionOf("expected_end_on");
export const AGE = positionOf("age");
export const RACE_ETHNICITY = positionOf("race_ethnicity");
export const FUNDED = positionOf("funded");
export const AWARD_TOTAL = positionOf("award_total_usd");
export const HOURS_TOTAL = positionOf("hours_total");
export const DIDACTIC = positionOf("hours_didactic");
export const OJL = positionOf("hours_ojl");
export const OJL_TO_DATE = positionOf("hours_ojl_to_date");
export const FIPS = positionOf("site_county_fips");
export const OUTCOME = positionOf("outcome");
export const COMPLETED_ON = positionOf("completed_on");
export const LEFT_ON = positionOf("left_on");

export const BIRTH_YEAR = positionOf("birth_year");
export const ETHNICITY = positionOf("ethnicity");
export const RACE = positionOf("race");
export const IS_COMPLETED = positionOf("is_completed");
export const HAS_LEFT = positionOf("has_left");
export const COUNTY = positionOf("site_county");
export const STATE = positionOf("site_state");

export const TYPED_AWARDS: readonly number[] = typedAwards.map(positionOf);
/** Hours that are a part of the total by setting. */
export const SETTING_HOURS: readonly number[] = ["hours_muc", "hours_rural", "hours_primary_care"].map(
  positionOf,
);
export const AWARD_PAIRS: readonly (readonly [number, number])[] = [1, 2].map((pair) => [
  positionOf(`award_${pair}_type`),
  positionOf(`award_${pair}_amount`),
]);
export const RACE_MARKS: readonly { position: number; code: string }[] = raceCategories.map((code) => ({
  position: positionOf(`race_${code}`),
  code,
}));

/** Position of the amount of an award type. */
export function awardPosition(type: string): number {
  return positionOf(columnOf(`award_${type}_usd`).name);
}
