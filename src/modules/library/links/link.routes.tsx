import { z } from "zod";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { deskSection } from "../desk-section.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { DESK_PATH, LIBRARY_PATH } from "../practices/practice-addresses.ts";
import { LINK_VIEWS, LinksPage, type LinkView } from "./link.pages.tsx";
import { countLinks, listLinks } from "./link.store.ts";
import { DESK_LINKS_PATH } from "./link-addresses.ts";

const MOST_LISTED = 300;
const VIEWS = LINK_VIEWS.map(({ key }) => key) as [LinkView, ...LinkView[]];

/** What became of the addresses that the library leads to. */
export const linkRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: DESK_LINKS_PATH,
    who: LIBRARIANS,
    query: z.object({ view: z.enum(VIEWS).catch("care").default("care") }),
    handle: async (visit) => {
      const { view } = visit.query;
      const states = LINK_VIEWS.find(({ key }) => key === view)?.states ?? [];
      return visit.page(
        {
          title: "Links",
          breadcrumbs: [
            { label: "Library", href: LIBRARY_PATH },
            { label: "Library desk", href: DESK_PATH },
            { label: "Links" },
          ],
          section: await deskSection(visit.trx, DESK_LINKS_PATH),
        },
        <LinksPage
          links={await listLinks(visit.trx, states, MOST_LISTED)}
          view={view}
          counts={await countLinks(visit.trx)}
          isChecked={visit.platform.config.checkLinks}
        />,
      );
    },
  }),
];
