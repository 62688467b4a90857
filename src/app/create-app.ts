import type { Context, Hono } from "hono";
import { resolveActor } from "../modules/directory/index.ts";
import { type Actor, anonymous } from "../platform/database/actor.ts";
import { mountRoutes } from "../platform/web/mount.ts";
import { createWebServer } from "../platform/web/server.ts";
import { leadToFirstVisit } from "./first-visit.ts";
import { routes } from "./modules.ts";
import type { Services } from "./services.ts";
import { createShell } from "./shell.tsx";
import { mountStatus } from "./status.ts";

/** The hub as one function from a request to an answer. */
export function createApp(services: Services): Hono {
  const findActor = (c: Context): Promise<Actor> => actorOf(c, services);
  const shell = createShell(services, routes, findActor);
  const streamedPaths = routes.filter((route) => route.body === "streamed").map((route) => route.path);
  const app = createWebServer({
    config: services.config,
    log: services.log,
    clock: services.clock,
    streamedPaths,
    problemPage: shell.problemPage,
  });
  mountStatus(app, services);
  leadToFirstVisit(app, () => shell.hub());
  mountRoutes(app, { routes, platform: services, actorOf: findActor, render: shell.render });
  return app;
}

/** Who sends this request: looked up once, from the session cookie. */
async function actorOf(c: Context, services: Services): Promise<Actor> {
  const known = c.get("actor" as never) as Actor | undefined;
  if (known) return known;
  const actor = await lookUpActor(c, services);
  c.set("actor" as never, actor as never);
  return actor;
}

async function lookUpActor(c: Context, services: Services): Promise<Actor> {
  if (!c.req.header("cookie")?.includes("session_token")) return anonymous;
  const session = await services.signIn.auth.api.getSession({ headers: c.req.raw.headers });
  if (!session) return anonymous;
  return resolveActor(services.database.db, session.user.id, session.session.activeMembershipId ?? null);
}
