import { z } from "zod";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { Buttons } from "../../../ui/form.tsx";
import { adoptionWays } from "../adoptions/adoption-ways.ts";
import { FollowSection } from "../follow/follow-section.tsx";
import { FeedLink, ListHead } from "../follow/list-head.tsx";
import { mayEditLibrary, mayRate, mayReadAdoptions } from "../library.policy.ts";
import { materialsFront } from "../materials/materials-section.tsx";
import { notHere } from "../not-here.ts";
import { RATINGS_PATH } from "../ratings/rating-addresses.ts";
import type { Chosen, FacetKey } from "./facets.ts";
import { findPractices } from "./find-practices.ts";
import { LibraryPage, NationalPractices } from "./library.pages.tsx";
import { FORMATS, viewOf, viewQuery } from "./list-view.ts";
import { say } from "./practice.words.ts";
import { DESK_PATH, LIBRARY_PATH, PRACTICES_PATH } from "./practice-addresses.ts";
import { sendList } from "./practice-file.ts";
import { labelOf, readPracticeLabels } from "./practice-labels.ts";
import { listHeading, PracticeListPage } from "./practice-list.pages.tsx";

type ListVisit = Visit<unknown, z.infer<typeof viewQuery>>;
const NEWEST = 5;
const NATIONAL = 3;

/** Shows one view of the list: as a page, or as a file. */
async function showList(visit: ListVisit, fixed: Chosen = {}): Promise<Response> {
  const view = viewOf(visit.query, fixed);
  if (visit.query.format) return sendList(visit, view, visit.query.format);
  const { config } = visit.platform;
  const labels = await readPracticeLabels(visit.trx);
  const found = await findPractices(visit.trx, view);
  const state = fixed.state?.[0];
  const national =
    state && state !== "US" && !view.q
      ? await findPractices(visit.trx, { chosen: { state: ["US"] } }, NATIONAL)
      : null;
  return visit.page(
    {
      title: listHeading({ view, found, labels }),
      breadcrumbs: [
        { label: say("library"), href: LIBRARY_PATH },
        ...(fixed.state || fixed.category ? [{ label: say("practices"), href: PRACTICES_PATH }] : []),
        { label: titleOf(fixed, labels) },
      ],
      head: <ListHead view={view} found={found} labels={labels} config={config} />,
    },
    <PracticeListPage
      view={view}
      found={found}
      labels={labels}
      formats={FORMATS.filter((one) => one === "json" || found.total <= config.mostPracticesInFile)}
      after={
        <>
          {national ? <NationalPractices {...national} labels={labels} /> : null}
          <FollowSection view={view} sendsMail={config.mail !== null} />
        </>
      }
    />,
  );
}

function titleOf(fixed: Chosen, labels: Awaited<ReturnType<typeof readPracticeLabels>>): string {
  const [only] = Object.entries(fixed) as [FacetKey, readonly string[]][];
  return only ? labelOf(labels, only[0], only[1][0] ?? "") : say("practices");
}

/** The library's front, and its practices by state, category, filter and word. */
export const practiceListRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: LIBRARY_PATH,
    who: "public",
    menu: { label: "Library", order: 30 },
    handle: async (visit) => {
      const labels = await readPracticeLabels(visit.trx);
      const { total, facets, hits } = await findPractices(visit.trx, { chosen: {}, sort: "newest" }, NEWEST);
      return visit.page(
        {
          title: say("library"),
          description: say("library_lead"),
          head: <FeedLink view={{ chosen: {} }} />,
        },
        <LibraryPage
          total={total}
          facets={facets}
          newest={hits}
          labels={labels}
          materials={await materialsFront(visit.trx)}
          ways={
            mayEditLibrary(visit.actor) || mayRate(visit.actor) || mayReadAdoptions(visit.actor) ? (
              <Buttons
                quiet={[
                  ...(mayEditLibrary(visit.actor) ? [{ label: "Library desk", href: DESK_PATH }] : []),
                  ...(mayEditLibrary(visit.actor) || mayRate(visit.actor)
                    ? [{ label: "Ratings", href: RATINGS_PATH }]
                    : []),
                  ...adoptionWays(visit.actor),
                ]}
              />
            ) : null
          }
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: PRACTICES_PATH,
    who: "public",
    query: viewQuery,
    handle: (visit) => showList(visit),
  }),
  route({
    method: "GET",
    path: `${LIBRARY_PATH}/states/:state`,
    who: "public",
    params: z.object({ state: z.string().regex(/^[A-Z]{2}$/) }),
    query: viewQuery,
    handle: async (visit) => {
      const labels = await readPracticeLabels(visit.trx);
      if (!labels.get("state")?.has(visit.params.state)) throw notHere("state");
      return showList(visit, { state: [visit.params.state] });
    },
  }),
  route({
    method: "GET",
    path: `${LIBRARY_PATH}/categories/:category`,
    who: "public",
    params: z.object({ category: z.string().regex(/^[a-z_]{1,60}$/) }),
    query: viewQuery,
    handle: async (visit) => {
      const labels = await readPracticeLabels(visit.trx);
      if (!labels.get("category")?.has(visit.params.category)) throw notHere("category");
      return showList(visit, { category: [visit.params.category] });
    },
  }),
];
