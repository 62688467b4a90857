// What may be merged, and which content a merged practice gets, field by field. Pure.
import { isDeepStrictEqual } from "node:util";
import { changedFields } from "../practices/changed-fields.ts";
import { type PracticeContent, practiceContent } from "../practices/practice.types.ts";

/** Whether a practice in this state may be merged into another one: what is in the library, and what was never public. */
export const mayMerge = (state: string | undefined): boolean => state === "published" || state === "draft";

/** Why a practice that is being rated is not merged now. */
export const notWhileRated = (title: string): string =>
  `“${title}” is being rated. What the reviewers answer is about it alone and cannot be carried over: wait until they are done, or cancel the rating, then merge.`;

/** keep: as the surviving practice has it; take: as the other one has it; both: one after the other. */
export type Pick = "keep" | "take" | "both";
export type Field = keyof PracticeContent;

/** Text of which one part may follow the other. */
const PROSE: readonly Field[] = ["description", "costToRun", "staffing", "adaptation"];

const isEmpty = (value: PracticeContent[Field]): boolean =>
  value === "" || value === null || value === "unknown" || (Array.isArray(value) && value.length === 0);

const bothOf = (kept: PracticeContent, taken: PracticeContent, field: Field): unknown => {
  const [one, other] = [kept[field], taken[field]];
  if (Array.isArray(one) && Array.isArray(other))
    return [
      ...one,
      ...other.filter((part: unknown) => !one.some((known: unknown) => isDeepStrictEqual(known, part))),
    ];
  return typeof one === "string" && typeof other === "string" ? `${one}\n\n${other}` : one;
};

/** Whether a field can have what both say. */
const canBeBoth = (kept: PracticeContent, taken: PracticeContent, field: Field): boolean =>
  !isEmpty(kept[field]) &&
  !isEmpty(taken[field]) &&
  (Array.isArray(kept[field]) || PROSE.includes(field)) &&
  practiceContent.shape[field].safeParse(bothOf(kept, taken, field)).success;

export interface FieldChoice {
  field: Field;
  picks: Pick[];
  /** What stands there until the librarian chooses: nothing that is known is lost by not looking. */
  suggested: Pick;
}

/** The fields in which two practices differ, with what may be chosen. */
export function choicesFor(kept: PracticeContent, taken: PracticeContent): FieldChoice[] {
  const changed = new Set(changedFields(kept, taken));
  const inOrder = (Object.keys(practiceContent.shape) as Field[]).filter((field) => changed.has(field));
  return inOrder.map((field) => {
    const both = canBeBoth(kept, taken, field);
    return {
      field,
      picks: both ? ["keep", "take", "both"] : ["keep", "take"],
      suggested: isEmpty(kept[field]) ? "take" : both && Array.isArray(kept[field]) ? "both" : "keep",
    };
  });
}

/** The content that follows from what was picked; what was not picked stays as the surviving practice has it. */
export function mergeContents(
  kept: PracticeContent,
  taken: PracticeContent,
  picks: ReadonlyMap<Field, Pick>,
): PracticeContent {
  const merged: Record<string, unknown> = { ...kept };
  for (const { field, picks: possible } of choicesFor(kept, taken)) {
    const pick = picks.get(field) ?? "keep";
    if (!possible.includes(pick)) continue;
    if (pick === "take") merged[field] = taken[field];
    if (pick === "both") merged[field] = bothOf(kept, taken, field);
  }
  return practiceContent.parse(merged);
}
