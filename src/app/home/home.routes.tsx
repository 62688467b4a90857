import { route, type RouteDefinition } from "../../platform/web/route.ts";
import { WorkPage } from "./work.page.tsx";

/** Pages that look at the whole: the public home page, and the first page after signing in. */
export const homeRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: "/",
    who: "public",
    handle: (visit) => visit.page({ title: "Home" }, <h1>Trellis</h1>),
  }),
  route({
    method: "GET",
    path: "/work",
    who: "signed-in",
    menu: { label: "My work", order: 10 },
    handle: async (visit) => visit.page({ title: "My work" }, <WorkPage actor={visit.actor} />),
  }),
];
