import { readCodeLists } from "../../../platform/database/code-lists.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { languageNow } from "../../../ui/language.ts";
import { publishedDimensions } from "./release.rules.ts";
import type { Release } from "./release.store.ts";
import { sayTitle } from "./results.words.ts";

/**
 * A release with its titles and labels in the language of the page. English stays as it was published; so does, in any
 * language, what there are no words for. The figures are the same.
 */
export async function inPageLanguage(trx: Trx, release: Release): Promise<Release> {
  if (languageNow() === "en") return release;
  const listOf = new Map(publishedDimensions.map(({ id, list }) => [id, list ?? "race_ethnicity"]));
  const lists = await readCodeLists(trx, [...new Set(listOf.values())]);
  const tables = release.tables.tables.map((table) => {
    const list = listOf.get(table.dimension);
    if (list === undefined) return table;
    return {
      ...table,
      title: sayTitle(table.dimension as Parameters<typeof sayTitle>[0]),
      columns: table.columns.map(({ code, label }) => ({ code, label: lists.get(list)?.get(code) ?? label })),
    };
  });
  return { ...release, tables: { ...release.tables, tables } };
}
