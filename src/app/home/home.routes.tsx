import { findHub } from "../../modules/directory/index.ts";
import { countPublished } from "../../modules/library/index.ts";
import { findRelease } from "../../modules/reports/index.ts";
import { type RouteDefinition, route } from "../../platform/web/route.ts";
import { Gallery } from "../../ui/gallery.tsx";
import { findOpenSteps } from "../hub/first-steps.ts";
import { HomePage, sayHome } from "./home.page.tsx";
import { WorkPage } from "./work.page.tsx";

/** Pages that look at the whole: the public home page, and the first page after signing in. */
export const homeRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: "/",
    who: "public",
    handle: async (visit) => {
      const hub = await findHub(visit.trx);
      const name = hub?.name ?? "Trellis";
      return visit.page(
        {
          title: name,
          description: sayHome("description"),
          bands: true,
        },
        <HomePage
          hubName={name}
          release={await findRelease(visit.trx)}
          practices={await countPublished(visit.trx)}
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: "/about/design",
    who: "public",
    handle: (visit) =>
      visit.page(
        { title: "Design", description: "Every part of these pages, in each of its states." },
        <Gallery />,
      ),
  }),
  route({
    method: "GET",
    path: "/work",
    who: "signed-in",
    menu: { label: "My work", order: 10 },
    handle: async (visit) => {
      const { actor } = visit;
      const isAdministrator = actor.kind === "person" && actor.role === "administrator";
      const openSteps = isAdministrator ? await findOpenSteps(visit.trx) : null;
      return visit.page({ title: "My work" }, <WorkPage actor={actor} openSteps={openSteps} />);
    },
  }),
];
