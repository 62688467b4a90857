// Checks over several cells of a row, roster format v1, section 3. Each runs only if every cell it reads could be read.
import { firstDayOf, lastDayOf } from "./date.rules.ts";
import { at, type Report, type RowReadings } from "./derived-values.rules.ts";
import {
  APPROACH,
  AWARD_TOTAL,
  COMPLETED_ON,
  DIDACTIC,
  EXPECTED_END,
  FUNDED,
  HOURS_TOTAL,
  LEFT_ON,
  LEVEL,
  OJL,
  OJL_TO_DATE,
  OUTCOME,
  PROGRAM_TYPE,
  SETTING_HOURS,
  STARTED,
  YEAR,
} from "./row-positions.rules.ts";

const REGISTERED = "registered_apprenticeship";
const TIME_BASED_HOURS = 2000 * 100;
const END_DATES = [COMPLETED_ON, LEFT_ON];
const LATER_DATES = [EXPECTED_END, COMPLETED_ON, LEFT_ON];

function checkDates(row: RowReadings, report: Report): void {
  const started = at(row, STARTED);
  const year = at(row, YEAR);
  if (started.readable && !started.blank) {
    for (const position of LATER_DATES) {
      const later = at(row, position);
      if (later.readable && !later.blank && later.number < started.number) report(position, "DATE_ORDER");
    }
  }
  if (!year.readable || year.blank) return;
  const [first, last] = [firstDayOf(year.number), lastDayOf(year.number)];
  for (const position of END_DATES) {
    const date = at(row, position);
    if (date.readable && !date.blank && (date.number < first || date.number > last))
      report(position, "DATE_OUTSIDE_AY");
  }
  if (started.readable && !started.blank && started.number > last) report(STARTED, "DATE_OUTSIDE_AY");
}

/** `statedHours` is hours_total as the file has it, before the parts were added up. */
function checkHours(row: RowReadings, statedHours: number, report: Report): void {
  const total = at(row, HOURS_TOTAL);
  const didactic = at(row, DIDACTIC);
  const ojl = at(row, OJL);
  if (!total.readable) return;
  if (!Number.isNaN(statedHours) && didactic.readable && ojl.readable) {
    const parts = (didactic.blank ? 0 : didactic.number) + (ojl.blank ? 0 : ojl.number);
    if (parts > statedHours) report(HOURS_TOTAL, "HOURS_PARTS");
  }
  if (total.blank) return;
  for (const position of SETTING_HOURS) {
    const hours = at(row, position);
    if (hours.readable && !hours.blank && hours.number > total.number) report(position, "HOURS_PARTS");
  }
}

function checkOutcome(row: RowReadings, report: Report): void {
  const outcome = at(row, OUTCOME);
  const completedOn = at(row, COMPLETED_ON);
  const leftOn = at(row, LEFT_ON);
  if (!outcome.readable) return;
  const completed = outcome.text === "completed";
  const left = outcome.text === "left";
  if (completedOn.readable) {
    if (completed && completedOn.blank) report(COMPLETED_ON, "COMPLETED_NO_DATE");
    if (!completed && !completedOn.blank) report(COMPLETED_ON, "OUTCOME_CONFLICT");
  }
  if (leftOn.readable) {
    if (left && leftOn.blank) report(LEFT_ON, "LEFT_NO_DATE");
    if (!left && !leftOn.blank) report(LEFT_ON, "OUTCOME_CONFLICT");
  }
}

function checkApprenticeship(row: RowReadings, report: Report): void {
  const type = at(row, PROGRAM_TYPE);
  const level = at(row, LEVEL);
  const outcome = at(row, OUTCOME);
  if (!type.readable) return;
  const registered = type.text === REGISTERED;
  if (level.readable && level.text === "level_2" && !registered) report(LEVEL, "LEVEL2_NOT_RA");
  const approach = at(row, APPROACH);
  const toDate = at(row, OJL_TO_DATE);
  const year = at(row, OJL);
  if (!registered || !approach.readable || approach.text !== "time") return;
  if (!outcome.readable || outcome.text !== "completed" || !toDate.readable) return;
  const hours = toDate.blank ? year : toDate;
  if (!hours.readable || hours.blank || hours.number >= TIME_BASED_HOURS) return;
  report(toDate.blank ? OJL : OJL_TO_DATE, "OJL_UNDER_2000");
}

function checkFunding(row: RowReadings, report: Report): void {
  const funded = at(row, FUNDED);
  const total = at(row, AWARD_TOTAL);
  if (funded.readable && total.readable && funded.text === "no" && total.number > 0) {
    report(FUNDED, "UNFUNDED_AWARD");
  }
}

/** Runs every check over several cells, after the derived values are in the row. */
export function checkRow(row: RowReadings, statedHours: number, report: Report): void {
  checkDates(row, report);
  checkHours(row, statedHours, report);
  checkOutcome(row, report);
  checkApprenticeship(row, report);
  checkFunding(row, report);
}
