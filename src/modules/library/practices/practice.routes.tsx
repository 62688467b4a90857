import { z } from "zod";
import { type Crumb, type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { findHub } from "../../directory/index.ts";
import { triedPart } from "../adoptions/tried-section.tsx";
import { evidencePart } from "../evidence/evidence-section.tsx";
import { CITATION_FORMATS, citationDownload, citePart } from "../follow/cite-section.tsx";
import { PracticeHead } from "../follow/list-head.tsx";
import { mayEditLibrary } from "../library.policy.ts";
import { listDeadLinks } from "../links/link.store.ts";
import { materialsPart } from "../materials/materials-section.tsx";
import { notHere } from "../not-here.ts";
import { ComparePage } from "./compare.pages.tsx";
import { HistoryPage } from "./history.pages.tsx";
import { GonePracticePage, PracticePage } from "./practice.pages.tsx";
import { findPractice, listPracticesBySlug, listVersions } from "./practice.store.ts";
import type { Practice } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import { COMPARE_PATH, LIBRARY_PATH, PRACTICES_PATH } from "./practice-addresses.ts";
import { practiceJson, withEvidence } from "./practice-data.ts";
import { PracticeWays } from "./practice-desk.pages.tsx";
import { readPracticeLabels } from "./practice-labels.ts";
import { listRelated } from "./related.store.ts";

/** A practice's place in an address. */
export const slugParam = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,120}$/) });

const RELATED = 4;
const MOST_COMPARED = 4;

/** The practice that an address names. */
export async function getPractice(visit: Visit<{ slug: string }, unknown>): Promise<Practice> {
  const practice = await findPractice(visit.trx, visit.params.slug);
  if (!practice) throw notHere("practice");
  return practice;
}

/** Where one is: the library, the practices, and further. */
export const practiceCrumbs = (...further: Crumb[]): Crumb[] => [
  { label: say("library"), href: LIBRARY_PATH },
  { label: say("practices"), href: PRACTICES_PATH },
  ...further,
];

const slugs = z
  .union([z.string(), z.array(z.string())])
  .transform((given) =>
    [...new Set([given].flat())].filter((one) => /^[a-z0-9-]{1,120}$/.test(one)).slice(0, MOST_COMPARED),
  )
  .catch([])
  .default([]);

/** One practice, how it changed, and several side by side. */
export const practiceRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: COMPARE_PATH,
    who: "public",
    query: z.object({ practice: slugs }),
    handle: async (visit) => {
      const practices = (await listPracticesBySlug(visit.trx, visit.query.practice)).filter(
        ({ state }) => state === "published",
      );
      return visit.page(
        { title: say("compare"), breadcrumbs: practiceCrumbs({ label: say("compare") }), wide: true },
        <ComparePage practices={practices} labels={await readPracticeLabels(visit.trx)} />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug`,
    who: "public",
    params: slugParam,
    query: z.object({
      format: z
        .enum(["json", ...CITATION_FORMATS])
        .optional()
        .catch(undefined),
    }),
    handle: async (visit) => {
      const practice = await getPractice(visit);
      const { title, summary } = practice.content;
      if (practice.state === "withdrawn" || practice.state === "merged")
        return visit.page(
          { title, breadcrumbs: practiceCrumbs({ label: title }) },
          <GonePracticePage practice={practice} />,
        );
      if (visit.query.format === "json") {
        const [told] = (await withEvidence(visit.trx, [practice])).map(practiceJson);
        return visit.download(`${practice.slug}.json`, "application/json", JSON.stringify(told, null, 2));
      }
      if (visit.query.format) return citationDownload(visit, practice, visit.query.format);
      const labels = await readPracticeLabels(visit.trx);
      const { config } = visit.platform;
      const hubName = (await findHub(visit.trx))?.name ?? "Trellis";
      return visit.page(
        {
          title,
          description: summary,
          breadcrumbs: practiceCrumbs({ label: title }),
          head: <PracticeHead practice={practice} labels={labels} config={config} hubName={hubName} />,
        },
        <PracticePage
          practice={practice}
          labels={labels}
          related={await listRelated(visit.trx, practice.slug, RELATED)}
          dead={
            await listDeadLinks(
              visit.trx,
              [...practice.content.links, ...practice.content.sources].map(({ url }) => url),
            )
          }
          ways={mayEditLibrary(visit.actor) ? <PracticeWays practice={practice} /> : null}
          parts={[
            await evidencePart(visit.trx, visit.actor, practice, labels),
            await triedPart(visit.trx, visit.actor, practice),
            await materialsPart(visit.trx, visit.actor, practice),
          ]}
          ending={await citePart(visit.trx, config, practice)}
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug/history`,
    who: "public",
    params: slugParam,
    handle: async (visit) => {
      const practice = await getPractice(visit);
      const { title } = practice.content;
      return visit.page(
        {
          title: say("history_heading", { title }),
          breadcrumbs: practiceCrumbs(
            { label: title, href: `${PRACTICES_PATH}/${practice.slug}` },
            { label: say("history") },
          ),
        },
        <HistoryPage
          practice={practice}
          versions={await listVersions(visit.trx, practice.id)}
          labels={await readPracticeLabels(visit.trx)}
        />,
      );
    },
  }),
];
