import type { Trx } from "../../../platform/database/database.ts";
import type { Dimension } from "./report-figures.types.ts";

/** Labels by list and code, in the order of the list. */
export type ReportLabels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The code list of a dimension, where it is not called as the dimension is. */
const LISTS: Partial<Record<string, string>> = {
  disadvantaged_background: "yes_no",
  rural_background: "yes_no",
  funded: "yes_no",
  employment_at_completion: "employment",
  employment_1y: "employment",
};

const NEEDED = [
  "program_type",
  "level",
  "profession",
  "enrollment_status",
  "outcome",
  "sex",
  "race_ethnicity",
  "veteran_status",
  "yes_no",
  "left_reason",
  "employment",
  "award_type",
];

/** The labels of every code list that a report shows, in one query; of each code the newest version's. */
export async function readLabels(trx: Trx): Promise<ReportLabels> {
  const rows = await trx
    .selectFrom("platform.code")
    .select(["list_id", "code", "label"])
    .where("list_id", "in", NEEDED)
    .orderBy("list_id")
    .orderBy("version", "desc")
    .orderBy("position")
    .execute();
  const lists = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const list = lists.get(row.list_id) ?? new Map<string, string>();
    lists.set(row.list_id, list);
    if (!list.has(row.code)) list.set(row.code, row.label);
  }
  return lists;
}

/** A code in words; a code without a label stays as it is. Ages need none. */
export function labelOf(labels: ReportLabels, dimension: string, code: string): string {
  const label = labels.get(LISTS[dimension] ?? dimension)?.get(code);
  return label ?? (code === "not_reported" ? "Not reported" : code);
}

/** Codes in the order of their list; those that it does not have come last, as they are. */
export function inListOrder(
  labels: ReportLabels,
  dimension: Dimension | "race_ethnicity" | "award_type",
  codes: readonly string[],
): string[] {
  const order = [...(labels.get(LISTS[dimension] ?? dimension)?.keys() ?? [])];
  const position = (code: string): number => {
    // The youngest age band: its sign would sort it behind the digits of the others.
    if (code.startsWith("<")) return -1;
    const found = order.indexOf(code);
    return found < 0 ? (code === "not_reported" ? order.length + 1 : order.length) : found;
  };
  return codes.toSorted((one, other) => position(one) - position(other) || (one < other ? -1 : 1));
}
