import type { Context, Hono } from "hono";
import { findBearer, resolveSession } from "../modules/directory/index.ts";
import { isFollowedFromAnywhere } from "../modules/library/index.ts";
import { apiProblemAnswer, isApiPath } from "../platform/api/api-problem.ts";
import { mountApi } from "../platform/api/mount-api.ts";
import { type Actor, anonymous } from "../platform/database/actor.ts";
import { LEAVE_PATH } from "../platform/mail/leave-link.ts";
import { mountRoutes } from "../platform/web/mount.ts";
import { createWebServer } from "../platform/web/server.ts";
import { demoPeople } from "./demo/demo-people.ts";
import { forgetAfterChange, leadToFirstVisit } from "./first-visit.ts";
import { routes } from "./modules.ts";
import { isTranslated } from "./public-addresses.ts";
import type { Services } from "./services.ts";
import { createShell } from "./shell.tsx";
import { mountStatus } from "./status.ts";
import { mountMetrics } from "./watching/metrics.endpoint.ts";

type FindHub = () => Promise<{ isDemo: boolean } | null>;

/** Everybody who tries the demonstration signs in with these: they have no second factor. */
const demoEmails: ReadonlySet<string> = new Set(demoPeople.map(({ email }) => email));

/** The hub as one function from a request to an answer. */
export function createApp(services: Services): Hono {
  const findActor = (c: Context): Promise<Actor> => actorOf(c, services, () => shell.hub());
  const shell = createShell(services, routes, findActor);
  const streamedPaths = routes.filter((route) => route.body === "streamed").map((route) => route.path);
  const app = createWebServer({
    config: services.config,
    log: services.log,
    clock: services.clock,
    streamedPaths,
    isTranslated,
    isFromAnywhere: (path) =>
      path.startsWith(`${LEAVE_PATH}/`) || isApiPath(path) || isFollowedFromAnywhere(path),
    problemPage: async (c, status, message) =>
      isApiPath(c.req.path) ? apiProblemAnswer(c, status, message) : shell.problemPage(c, status, message),
    onAnswered: (seen) => services.metrics.request(seen),
    onFailed: ({ method, route, requestId, error }) =>
      services.failures.note({ kind: "request", place: `${method} ${route}`, error, requestId }),
  });
  mountStatus(app, services);
  mountMetrics(app, services);
  leadToFirstVisit(app, () => shell.hub());
  forgetAfterChange(app, () => shell.forgetHub());
  mountApi(app, {
    routes,
    platform: services,
    findBearer: (token, now) => findBearer(services.database.db, token, now),
  });
  mountRoutes(app, { routes, platform: services, actorOf: findActor, render: shell.render });
  return app;
}

/** Who sends this request: looked up once, from the session cookie. */
async function actorOf(c: Context, services: Services, findHub: FindHub): Promise<Actor> {
  const known = c.get("actor" as never) as Actor | undefined;
  if (known) return known;
  const actor = await lookUpActor(c, services, findHub);
  c.set("actor" as never, actor as never);
  return actor;
}

async function lookUpActor(c: Context, services: Services, findHub: FindHub): Promise<Actor> {
  if (!c.req.header("cookie")?.includes("session_token")) return anonymous;
  const session = await services.signIn.auth.api.getSession({ headers: c.req.raw.headers });
  if (!session) return anonymous;
  const { user, session: kept } = session;
  return resolveSession(services.database.db, {
    userId: user.id,
    membershipId: kept.activeMembershipId ?? null,
    secondFactorAt: kept.secondFactorAt ?? null,
    isShared: demoEmails.has(user.email) && ((await findHub())?.isDemo ?? false),
  });
}
