import { isDeepStrictEqual } from "node:util";
import type { PracticeContent } from "./practice.types.ts";

/** The fields in which two contents differ. */
export function changedFields(before: PracticeContent, after: PracticeContent): (keyof PracticeContent)[] {
  return (Object.keys(after) as (keyof PracticeContent)[]).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
}
