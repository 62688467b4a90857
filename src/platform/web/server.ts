import { randomUUID } from "node:crypto";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import { getPath } from "hono/utils/url";
import { inLanguage } from "../../ui/language.ts";
import { defineWords } from "../../ui/words.tsx";
import type { Config } from "../config/config.ts";
import { isBehindTls } from "../config/reach.ts";
import { describeError, type Log } from "../log/log.ts";
import { assetsFolder } from "./assets.ts";
import {
  type IsTranslated,
  languageOfPath,
  routedPath,
  spanishWhereTranslated,
  withoutLanguage,
} from "./languages.ts";
import { sandboxPolicy, withMedia } from "./media-policy.ts";
import { networkOf } from "./network.ts";
import { RequestProblem } from "./problems.ts";
import { createRateLimit } from "./rate-limit.ts";

const say = defineWords("server", {
  en: {
    fromElsewhere:
      "The form came from another site, or your browser did not say where it came from. Open the page again and send it from there.",
    tooMany_one: "Too many requests came from your network. Wait {{shown}} second, then try again.",
    tooMany_other: "Too many requests came from your network. Wait {{shown}} seconds, then try again.",
  },
  es: {
    fromElsewhere:
      "El formulario llegó desde otro sitio, o su navegador no dijo de dónde venía. Abra la página de nuevo y envíelo desde allí.",
    tooMany_one:
      "Llegaron demasiadas solicitudes desde su red. Espere {{shown}} segundo e inténtelo de nuevo.",
    tooMany_other:
      "Llegaron demasiadas solicitudes desde su red. Espere {{shown}} segundos e inténtelo de nuevo.",
  },
});

const LARGEST_FORM_BYTES = 2 * 1024 * 1024;
const ONE_YEAR = 31_536_000;

export interface WebServerOptions {
  config: Config;
  log: Log;
  clock: () => Date;
  /** Paths whose bodies are streamed and limited by their own handlers. */
  streamedPaths: readonly string[];
  /** Whether a path's own token says all there is to say, whoever sends it: no session is looked at there. */
  isFromAnywhere?: (path: string) => boolean;
  /** Which pages exist in Spanish too, below /es. */
  isTranslated: IsTranslated;
  /** Told of every request that was answered; `route` is the pattern, never the address. */
  onAnswered?: (seen: { method: string; route: string; status: number; seconds: number }) => void;
  /** Told of a request that failed through no fault of whoever sent it. */
  onFailed?: (seen: { method: string; route: string; requestId: string; error: unknown }) => void;
  problemPage(
    c: Context,
    status: 400 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503,
    message: string | null,
  ): Promise<Response>;
}

/** The app without its routes: identity of the request, log, headers, limits, static files, error pages. In the order a request meets them. */
export function createWebServer(options: WebServerOptions): Hono {
  const { isTranslated } = options;
  const app = new Hono({ getPath: (request) => routedPath(getPath(request), isTranslated) });
  identify(app, options);
  sandboxDownloads(app);
  app.use(protect(options.config));
  chooseLanguage(app, isTranslated);
  app.use(
    "/assets/*",
    serveStatic({
      root: assetsFolder,
      precompressed: true,
      onFound: (_path, c) => c.header("Cache-Control", `public, max-age=${ONE_YEAR}, immutable`),
    }),
  );
  app.use(
    "/icon.svg",
    serveStatic({
      root: assetsFolder,
      onFound: (_path, c) => c.header("Cache-Control", "public, max-age=86400"),
    }),
  );
  app.use(compress({ threshold: 1024 }));
  limit(app, options);
  const ownFormsOnly = csrf();
  app.use((c, next) => (options.isFromAnywhere?.(c.req.path) ? next() : ownFormsOnly(c, next)));
  app.notFound((c) => options.problemPage(c, 404, null));
  app.onError((error, c) => {
    if (error instanceof RequestProblem) return options.problemPage(c, error.status, error.message);
    if ("status" in error && error.status === 403) return options.problemPage(c, 403, say("fromElsewhere"));
    if ("status" in error && error.status === 413) return options.problemPage(c, 413, null);
    options.log.error(
      { request: c.get("requestId" as never), route: c.req.routePath, err: describeError(error) },
      "request failed",
    );
    options.onFailed?.({
      method: c.req.method,
      route: c.req.routePath,
      requestId: String(c.get("requestId" as never)),
      error,
    });
    if (tookTooLong(error)) {
      c.header("Retry-After", "60");
      return options.problemPage(c, 503, null);
    }
    return options.problemPage(c, 500, null);
  });
  return app;
}

/** The database broke a query off, because it took longer than a request's may. */
const tookTooLong = (error: Error): boolean => "code" in error && error.code === "57014";

/** Gives every request an id, and one log line with its route pattern: never its address, which holds ids. */
function identify(app: Hono, options: WebServerOptions): void {
  app.use(async (c, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    c.set("requestId" as never, requestId);
    c.set("secureCookies" as never, isBehindTls(options.config) as never);
    await next();
    c.header("X-Request-Id", requestId);
    const ms = performance.now() - started;
    const seen = { method: c.req.method, route: c.req.routePath, status: c.res.status };
    options.log.info({ request: requestId, ...seen, ms: Math.round(ms) }, "request");
    options.onAnswered?.({ ...seen, seconds: ms / 1000 });
  });
}

/** Writes a request below /es in Spanish; what is not translated leads to the page that there is. */
function chooseLanguage(app: Hono, isTranslated: IsTranslated): void {
  app.use(async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    if (languageOfPath(pathname) === "en" || languageOfPath(getPath(c.req.raw)) === "en") return next();
    if (languageOfPath(c.req.path) === "es")
      return c.req.method === "GET" || c.req.method === "HEAD"
        ? c.redirect(`${withoutLanguage(pathname)}${search}`, 308)
        : next();
    await inLanguage("es", next);
    const to = c.res.headers.get("Location");
    if (to) c.res.headers.set("Location", spanishWhereTranslated(to, isTranslated));
  });
}

/** A file that is given out is never a page of this site: should a browser show it all the same, it may do nothing. */
function sandboxDownloads(app: Hono): void {
  app.use(async (c, next) => {
    await next();
    const policy = c.res.headers.get("Content-Security-Policy") ?? "";
    c.res.headers.set(
      "Content-Security-Policy",
      c.res.headers.has("Content-Disposition")
        ? sandboxPolicy(c.res.headers.get("Content-Type") ?? "")
        : withMedia(c, policy),
    );
  });
}

function protect(config: Config) {
  const none = ["'none'"];
  const own = ["'self'"];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: own,
      styleSrc: own,
      imgSrc: ["'self'", "data:"],
      fontSrc: own,
      connectSrc: own,
      formAction: own,
      baseUri: none,
      frameAncestors: none,
      objectSrc: none,
    },
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
    crossOriginOpenerPolicy: "same-origin",
    strictTransportSecurity: isBehindTls(config) ? `max-age=${ONE_YEAR}; includeSubDomains` : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });
}

function limit(app: Hono, options: WebServerOptions): void {
  const perMinute = createRateLimit(options.config.requestsPerMinute, 60);
  app.use(async (c, next) => {
    const wait = perMinute.hit(clientAddress(c, options.config), options.clock());
    if (wait === 0) return next();
    c.header("Retry-After", String(wait));
    return options.problemPage(c, 429, say("tooMany", { count: wait }));
  });
  const small = bodyLimit({ maxSize: LARGEST_FORM_BYTES });
  app.use((c, next) => (options.streamedPaths.includes(c.req.path) ? next() : small(c, next)));
}

/** The network a request came from, for counting; behind a trusted proxy, the one that the proxy names. Kept in memory only. */
export function clientAddress(c: Context, config: Config): string {
  if (config.trustProxy) {
    const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (forwarded) return networkOf(forwarded);
  }
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return networkOf(bindings?.incoming?.socket?.remoteAddress ?? "local");
}
