import type { Hono } from "hono";
import { inTimeZone } from "../ui/moment.ts";

/** Until there is a hub, every page leads to the one that makes it; then moments are written in its time zone. */
export function leadToFirstVisit(app: Hono, findHub: () => Promise<{ timeZone: string } | null>): void {
  app.use(async (c, next) => {
    const hub = await findHub();
    if (hub) return inTimeZone(hub.timeZone, next);
    if (c.req.path === "/first-visit") return next();
    return c.redirect("/first-visit", 303);
  });
}

/** Who changes what the hub says of itself sees it on the next page. */
export function forgetAfterChange(app: Hono, forgetHub: () => void): void {
  app.use("/hub/*", async (c, next) => {
    await next();
    if (c.req.method === "POST") forgetHub();
  });
}
