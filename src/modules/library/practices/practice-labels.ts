import { readCodeLists } from "../../../platform/database/code-lists.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { inLanguage, LANGUAGES } from "../../../ui/language.ts";
import { stateNameOf } from "../../../ui/state-names.ts";
import { listStates } from "../../directory/index.ts";
import { CONTENT_FIELDS, FACET_GROUPS, type FacetKey } from "./facets.ts";
import type { PracticeContent } from "./practice.types.ts";
import { say } from "./practice.words.ts";

/** Code to label, for every group that practices are found by, in the language of the page. */
export type PracticeLabels = ReadonlyMap<FacetKey | "license", ReadonlyMap<string, string>>;

/** The labels of every group, and of the licenses. */
export async function readPracticeLabels(trx: Trx): Promise<PracticeLabels> {
  const lists = FACET_GROUPS.flatMap(({ list }) => list ?? []);
  const labels = await readCodeLists(trx, [...lists, "content_license"]);
  const own: Partial<Record<FacetKey, Map<string, string>>> = {
    state: new Map([
      ["US", say("national")],
      ...(await listStates(trx)).map(({ code, name }): [string, string] => [code, stateNameOf(code, name)]),
    ]),
    rating: new Map(
      (["strong", "some", "expert", "insufficient", "mixed", "ineffective", "not_rated"] as const).map(
        (level) => [level, say(`rating_${level}`)],
      ),
    ),
    obligation: new Map([
      ["yes", say("obligation_yes")],
      ["no", say("obligation_no")],
    ]),
  };
  return new Map<FacetKey | "license", ReadonlyMap<string, string>>([
    ...FACET_GROUPS.map(({ key, list }): [FacetKey, ReadonlyMap<string, string>] => [
      key,
      (list === null ? own[key] : labels.get(list)) ?? new Map(),
    ]),
    ["license", labels.get("content_license") ?? new Map()],
  ]);
}

/** A code in words; the code itself where no list has it (an older version's, or another hub's). */
export const labelOf = (labels: PracticeLabels, key: FacetKey | "license", code: string): string =>
  labels.get(key)?.get(code) ?? code;

/** The names of everything a practice is filed under, in every language: "Nebraska" finds what says only NE. */
export async function keywordsOf(trx: Trx, contents: readonly PracticeContent[]): Promise<string[]> {
  const all: PracticeLabels[] = [];
  for (const language of LANGUAGES) all.push(await inLanguage(language, () => readPracticeLabels(trx)));
  return contents.map((content) => {
    const words = Object.entries(CONTENT_FIELDS).flatMap(([key, field]) =>
      content[field].flatMap((code) => all.map((labels) => labelOf(labels, key as FacetKey, code))),
    );
    return [...new Set(words)].join("; ");
  });
}
