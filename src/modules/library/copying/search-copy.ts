// What a static copy of the library needs besides its pages: its addresses, and what its search finds by.
import type { Trx } from "../../../platform/database/database.ts";
import { MATERIALS_PATH, materialPath } from "../materials/material-addresses.ts";
import { FACET_GROUPS } from "../practices/facets.ts";
import { ORDERS } from "../practices/list-view.ts";
import { say } from "../practices/practice.words.ts";
import {
  categoryPath,
  LIBRARY_PATH,
  PRACTICES_PATH,
  practicePath,
  statePath,
} from "../practices/practice-addresses.ts";
import { RATING_TONES } from "../practices/practice-card.tsx";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { listPublicPlaces, listPublished } from "./search-copy.store.ts";
import { type SearchEntry, type SearchPageData, wordsOf } from "./static-search.rules.ts";

/** Every public address of the library, whether a page leads there or not. */
export async function listLibraryAddresses(trx: Trx): Promise<string[]> {
  const labels = await readPracticeLabels(trx);
  const { practices, materials } = await listPublicPlaces(trx);
  return [
    LIBRARY_PATH,
    PRACTICES_PATH,
    MATERIALS_PATH,
    ...[...(labels.get("state")?.keys() ?? [])].map(statePath),
    ...[...(labels.get("category")?.keys() ?? [])].map(categoryPath),
    ...practices.map(practicePath),
    ...materials.map(materialPath),
  ];
}

const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
const distinct = (text: string, known: ReadonlySet<string>): string =>
  [...new Set(wordsOf(text))].filter((word) => !known.has(word)).join(" ");

/** Every published practice, as a copy's search knows it. */
export async function readSearchEntries(trx: Trx): Promise<SearchEntry[]> {
  return (await listPublished(trx)).map(({ slug, content, keywords, facets, published_at, changed_at }) => {
    const said = new Set(wordsOf(`${content.title} ${content.summary}`));
    const filed = distinct(`${content.sponsor} ${keywords}`, said);
    const { description, costToRun, staffing, adaptation, funding } = content;
    const rest = [description, costToRun, staffing, adaptation, funding.note].join(" ");
    return {
      s: slug,
      t: content.title,
      m: content.summary,
      l: content.language,
      f: facets,
      p: seconds(published_at),
      c: seconds(changed_at),
      k: filed,
      d: distinct(rest, new Set([...said, ...filed.split(" ")])),
    };
  });
}

/** A count that stands for any other: no sentence has it otherwise. */
const MANY = 987_654;
const counted = (
  key: "found" | "found_in" | "found_for" | "filters_chosen",
  values: Record<string, string> = {},
) => ({
  [`${key}_one`]: say(key, { ...values, count: 1, shown: "{count}" }),
  [`${key}_other`]: say(key, { ...values, count: MANY, shown: "{count}" }),
});

/** What the search page of a copy says, in the language that is written in. */
export async function readSearchPage(trx: Trx): Promise<SearchPageData> {
  const labels = await readPracticeLabels(trx);
  return {
    labels: Object.fromEntries(
      FACET_GROUPS.map(({ key }) => [key, Object.fromEntries(labels.get(key) ?? new Map<string, string>())]),
    ),
    groups: FACET_GROUPS.map(({ key }) => ({ key, label: say(`group_${key}`) })),
    orders: ORDERS.map((key) => ({ key, label: say(`order_${key}`) })),
    tones: RATING_TONES,
    words: {
      ...counted("found"),
      ...counted("found_in", { place: "{place}" }),
      ...counted("found_for", { words: "{words}" }),
      ...counted("filters_chosen"),
      filters: say("filters"),
      none: say("none"),
      none_next: say("none_next"),
      meant: say("meant", { typed: "{typed}", meant: "{meant}" }),
      any_words: say("any_words"),
      remove: say("remove", { label: "{label}" }),
      clear: say("clear"),
      more: say("more"),
      all: say("all"),
      order: say("order"),
    },
  };
}
