import type { Hono } from "hono";

/** Until there is a hub, every page leads to the one that makes it. */
export function leadToFirstVisit(app: Hono, findHub: () => Promise<unknown>): void {
  app.use(async (c, next) => {
    if (c.req.path === "/first-visit" || (await findHub())) return next();
    return c.redirect("/first-visit", 303);
  });
}
