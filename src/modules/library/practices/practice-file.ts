// A view of the list as a file.
import { unusable } from "../../../platform/web/problems.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { tableDownload } from "../../../platform/web/table-download.ts";
import { localeNow } from "../../../ui/language.ts";
import { defineWords } from "../../../ui/words.tsx";
import { searchOf } from "./find-practices.ts";
import { type FORMATS, orderOfView } from "./list-view.ts";
import { listPracticesBySlug } from "./practice.store.ts";
import type { ListView } from "./practice-addresses.ts";
import { practiceColumns, practiceJson, withEvidence } from "./practice-data.ts";
import { readPracticeLabels } from "./practice-labels.ts";
import { listHits } from "./search.store.ts";
import { countHits } from "./search-counts.store.ts";

const say = defineWords("library-files", {
  en: {
    too_many:
      "These are {{shown}} practices, and a table holds at most {{most}}. Narrow the list with filters or words, then download it again; or use the API, which gives all of them, part by part: its documentation is at /api.",
  },
  es: {
    too_many:
      "Son {{shown}} prácticas, y una tabla contiene como máximo {{most}}. Acote la lista con filtros o palabras y descárguela de nuevo; o use la API, que las da todas, parte por parte: su documentación está en /api.",
  },
});

/**
 * Sends the practices of a view, whole. A table says nowhere what it lacks: one that would lack something is not made.
 * JSON says how many there are, and holds the first of them.
 */
export async function sendList(
  visit: Visit<unknown, unknown>,
  view: ListView,
  format: (typeof FORMATS)[number],
): Promise<Response> {
  const { trx } = visit;
  const most = visit.platform.config.mostPracticesInFile;
  const search = await searchOf(trx, view);
  const { total } = await countHits(trx, search);
  if (format !== "json" && total > most)
    throw unusable(say("too_many", { count: total, most: most.toLocaleString(localeNow()) }));
  const hits = await listHits(trx, search, { order: orderOfView(view), limit: most, offset: 0 });
  const practices = await listPracticesBySlug(
    trx,
    hits.map(({ slug }) => slug),
  );
  const told = await withEvidence(trx, practices);
  if (format === "json")
    return visit.download(
      "practices.json",
      "application/json",
      JSON.stringify({ total, practices: told.map(practiceJson) }, null, 2),
    );
  return tableDownload(visit, {
    name: "practices",
    format,
    columns: practiceColumns(await readPracticeLabels(trx)),
    rows: told,
  });
}
