import { CHOICE_KEYS } from "../practices/facets.ts";
import type { ListView } from "../practices/practice-addresses.ts";
import { labelOf, type PracticeLabels } from "../practices/practice-labels.ts";
import { say } from "./follow.words.ts";

/** What a view of the list shows, in words: "“rural”, Nebraska, Recruitment". */
export function viewInWords(view: Pick<ListView, "q" | "chosen">, labels: PracticeLabels): string {
  const parts = [
    ...(view.q ? [say("for_words", { words: view.q })] : []),
    ...CHOICE_KEYS.flatMap((key) => (view.chosen[key] ?? []).map((code) => labelOf(labels, key, code))),
  ];
  return parts.length > 0 ? parts.join(", ") : say("everything");
}
