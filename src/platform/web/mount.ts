import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { z } from "zod";
import { defineWords } from "../../ui/words.tsx";
import type { Actor } from "../database/actor.ts";
import type { Work } from "../events/work.ts";
import { cleanText } from "./clean-text.ts";
import { setFlash } from "./flash.ts";
import { forbidden, notFound, RequestProblem } from "./problems.ts";
import {
  mayUse,
  type PageOptions,
  type RouteDefinition,
  type Sent,
  type Visit,
  type WebPlatform,
} from "./route.ts";

const say = defineWords("mount", {
  en: {
    unusable: "What was sent cannot be used.",
    notYours:
      "Your role does not include this page. If you work for several organizations, switch to the one that it belongs to.",
    signedOut: "You are not signed in any more. Sign in, and send it again.",
    address: "The address has a part that cannot be used. Go back and choose again.",
    unreadable: "What was sent could not be read. Go back and send it again.",
  },
  es: {
    unusable: "Lo que envió no se puede usar.",
    notYours:
      "Su función no incluye esta página. Si trabaja para varias organizaciones, cambie a la que corresponde.",
    signedOut: "Su sesión ya no está abierta. Inicie sesión y envíelo de nuevo.",
    address: "Una parte de la dirección no se puede usar. Vuelva atrás y elija de nuevo.",
    unreadable: "Lo que envió no se pudo leer. Vuelva atrás y envíelo de nuevo.",
  },
});

export interface MountOptions {
  routes: readonly RouteDefinition[];
  platform: WebPlatform;
  actorOf(c: Context): Promise<Actor>;
  render(c: Context, visit: Work & { path: string }, options: PageOptions, body: Child): Promise<Response>;
}

/** Puts the route table into the app: who may, parameters, query and form checked, one transaction, then the handler. */
export function mountRoutes(app: Hono, options: MountOptions): void {
  for (const route of options.routes) {
    if (route.api) continue;
    app.on(route.method, route.path, async (c) => {
      const actor = await options.actorOf(c);
      if (!mayUse(route.who, actor)) return refuse(c, actor);
      const requestId = c.get("requestId" as never) as string;
      if (route.stream)
        return route.stream(c, options.platform, actor, requestId, (work, page, body) =>
          options.render(c, { ...work, path: c.req.path }, page, body),
        );
      const params = parseParams(route, c);
      const query = parseQuery(route, c);
      const sent = route.method === "POST" ? await readForm(c) : {};
      return options.platform.perform(
        actor,
        (work) => answer(route, c, work, { params, query, sent, requestId, options }),
        requestId,
      );
    });
  }
}

interface Parts {
  params: unknown;
  query: unknown;
  sent: Record<string, string | string[]>;
  requestId: string;
  options: MountOptions;
}

async function answer(route: RouteDefinition, c: Context, work: Work, parts: Parts): Promise<Response> {
  const visit = makeVisit(c, work, parts);
  if (!route.handle) throw new Error(`${route.method} ${route.path} has no handler`);
  if (route.method === "GET") return route.handle(visit as never, {} as never);
  const form = (route.form ?? z.object({})).safeParse(parts.sent);
  if (form.success) return route.handle(visit as never, form.data as never);
  const errors = z.flattenError(form.error);
  const sent: Sent = { values: parts.sent, errors: errors.fieldErrors };
  if (route.again) return route.again(visit as never, sent);
  throw new RequestProblem(
    422,
    Object.values(sent.errors).flat()[0] ?? errors.formErrors[0] ?? say("unusable"),
  );
}

function makeVisit(c: Context, work: Work, parts: Parts): Visit<unknown, unknown> {
  const path = c.req.path;
  const visit: Visit<unknown, unknown> = {
    ...work,
    c,
    path,
    params: parts.params,
    query: parts.query,
    requestId: parts.requestId,
    platform: parts.options.platform,
    page: (options, body) => parts.options.render(c, { ...work, path }, options, body),
    // Hono writes markup out itself; its type says text.
    fragment: async (body) => c.html(body as string),
    redirect: (to, flash) => {
      if (flash) setFlash(c, flash);
      return c.redirect(to, 303);
    },
    download: (name, type, body) =>
      c.body(body, 200, {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`,
        "Cache-Control": "private, no-store",
      }),
  };
  return visit;
}

/** Those who are not signed in are asked to; those who are, and may not, are told so. */
function refuse(c: Context, actor: Actor): Response {
  if (actor.kind === "person") throw forbidden(say("notYours"));
  if (c.req.method !== "GET") throw forbidden(say("signedOut"));
  const to = encodeURIComponent(new URL(c.req.url).pathname);
  const isOnTheWay = actor.kind === "anonymous" && actor.signingIn;
  return c.redirect(`${isOnTheWay ? "/sign-in/second-factor" : "/sign-in"}?to=${to}`, 303);
}

function parseParams(route: RouteDefinition, c: Context): unknown {
  const given = Object.entries(c.req.param()).map(([name, value]) => [name, cleanText(value)]);
  const params = (route.params ?? z.object({})).safeParse(Object.fromEntries(given));
  if (!params.success) throw notFound();
  return params.data;
}

function parseQuery(route: RouteDefinition, c: Context): unknown {
  const given: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(c.req.queries()))
    given[name] = values.length === 1 ? cleanText(values[0] ?? "") : values.map(cleanText);
  const query = (route.query ?? z.object({})).safeParse(given);
  if (!query.success) throw new RequestProblem(422, say("address"));
  return query.data;
}

async function readForm(c: Context): Promise<Record<string, string | string[]>> {
  const type = c.req.header("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return {};
  let body: Record<string, unknown>;
  try {
    body = await c.req.parseBody({ all: true });
  } catch {
    throw new RequestProblem(400, say("unreadable"));
  }
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    if (Array.isArray(value)) form[name] = value.filter((part) => typeof part === "string").map(cleanText);
    else if (typeof value === "string") form[name] = cleanText(value);
  }
  return form;
}
