import { findHub } from "../../modules/directory/index.ts";
import { type RouteDefinition, route, type Visit } from "../../platform/web/route.ts";
import { AboutPage } from "./about.pages.tsx";
import { sayAbout, sayData } from "./about.words.ts";
import { DataPage } from "./data.pages.tsx";
import { DataHead } from "./data-head.tsx";
import { dataSections } from "./data-sections.ts";

const hubName = async (visit: Pick<Visit<unknown, unknown>, "trx">): Promise<string> =>
  (await findHub(visit.trx))?.name ?? "Trellis";

/** What the hub says of itself and of its figures, and what can be taken along. */
export const aboutRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: "/about",
    who: "public",
    handle: async (visit) =>
      visit.page(
        { title: sayAbout("title"), description: sayAbout("description") },
        <AboutPage hubName={await hubName(visit)} withholdBelow={visit.platform.config.withholdBelow} />,
      ),
  }),
  route({
    method: "GET",
    path: "/data",
    who: "public",
    handle: async (visit) => {
      const sections: Parameters<typeof DataPage>[0]["sections"][number][] = [];
      // One after another: they share the request's one connection.
      for (const { id, heading, content } of dataSections)
        sections.push({ id, heading: heading(), content: await content(visit.trx) });
      const name = await hubName(visit);
      return visit.page(
        {
          title: sayData("title"),
          description: sayData("description"),
          head: <DataHead hubName={name} config={visit.platform.config} />,
        },
        <DataPage hubName={name} sections={sections} />,
      );
    },
  }),
];
