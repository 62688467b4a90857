import { readCodeLists } from "../../../platform/database/code-lists.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { inLanguage, LANGUAGES } from "../../../ui/language.ts";

/** Code to label of the kinds and the licenses, in the language of the page. */
export interface MaterialLabels {
  kind: ReadonlyMap<string, string>;
  license: ReadonlyMap<string, string>;
}

export async function readMaterialLabels(trx: Trx): Promise<MaterialLabels> {
  const lists = await readCodeLists(trx, ["material_kind", "content_license"]);
  return {
    kind: lists.get("material_kind") ?? new Map(),
    license: lists.get("content_license") ?? new Map(),
  };
}

/** A kind's names in every language: "grabación" finds what says only "recording". */
export async function kindWordsOf(trx: Trx, kind: string): Promise<string> {
  const words: string[] = [];
  for (const language of LANGUAGES) {
    const { kind: kinds } = await inLanguage(language, () => readMaterialLabels(trx));
    words.push(kinds.get(kind) ?? "");
  }
  return [...new Set(words)].filter(Boolean).join("; ");
}
