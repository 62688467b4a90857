import type { Context, Hono } from "hono";
import { z } from "zod";
import { type Actor, anonymous, isEvaluator } from "../database/actor.ts";
import type { Work } from "../events/work.ts";
import { cleanText } from "../web/clean-text.ts";
import { createRateLimit, type RateLimit } from "../web/rate-limit.ts";
import { mayUse, type RouteDefinition, type WebPlatform } from "../web/route.ts";
import { ApiProblem, answerToThrown, unusableBy, unusableFields } from "./api-problem.ts";
import type { ApiAnswer, ApiDetails, ApiVisit, FileOfCall } from "./api-route.ts";
import type { StoredAnswer } from "./idempotency.store.ts";
import { fingerprintOf, onceOnly, readIdempotencyKey } from "./idempotency.ts";
import { receiveFileOfCall } from "./receive-file.ts";
import { isTokenText } from "./token-text.ts";

/** Who comes with a token. */
export interface Bearer {
  tokenId: string;
  scopes: readonly string[];
  expiresAt: Date;
  revokedAt: Date | null;
  actor: Extract<Actor, { kind: "person" }>;
}

export interface MountApiOptions {
  routes: readonly RouteDefinition[];
  platform: WebPlatform;
  /** Looks a token up, and notes that it was used today. */
  findBearer(token: string, now: Date): Promise<Bearer | null>;
}

const WINDOW_SECONDS = 60;
const LONGEST_VALUE = 200;

interface Call {
  c: Context;
  route: RouteDefinition;
  api: ApiDetails;
  platform: WebPlatform;
  bearer: Bearer | null;
  requestId: string;
  /** The file that it brought, as soon as it has come. */
  file: FileOfCall | null;
}

/** Puts the calls of the route table into the app: token, scope, limit, schemas, one transaction, then the handler. No cookie counts here. */
export function mountApi(app: Hono, options: MountApiOptions): void {
  const perToken = createRateLimit(options.platform.config.apiRequestsPerMinute, WINDOW_SECONDS);
  for (const route of options.routes) {
    const { api } = route;
    if (!api) continue;
    app.on(route.method, route.path, async (c) => {
      let call: Call | null = null;
      try {
        const bearer = api.scope === null ? null : await admit(c, route, api.scope, options, perToken);
        const requestId = c.get("requestId" as never) as string;
        call = { c, route, api, platform: options.platform, bearer, requestId, file: null };
        return await answer(call);
      } catch (error) {
        if (call?.file) await api.upload?.drop?.(options.platform, call.file.hash);
        const problem = answerToThrown(c, error);
        if (problem) return problem;
        throw error;
      }
    });
  }
}

const challenge = (parts: string): Record<string, string> => ({
  "WWW-Authenticate": `Bearer realm="Trellis API"${parts}`,
});

function refuseToken(detail: string): ApiProblem {
  return new ApiProblem(401, detail, { headers: challenge(', error="invalid_token"') });
}

async function admit(
  c: Context,
  route: RouteDefinition,
  scope: string,
  options: MountApiOptions,
  perToken: RateLimit,
): Promise<Bearer> {
  const { platform } = options;
  const header = c.req.header("authorization");
  if (header === undefined)
    throw new ApiProblem(
      401,
      "Send a token: Authorization: Bearer trl_… It is made under Your account, API tokens.",
      {
        headers: challenge(""),
      },
    );
  const text = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? "";
  if (!isTokenText(text)) throw refuseToken("This is no token of this hub: it is cut off or mistyped.");
  const now = platform.clock();
  const bearer = await options.findBearer(text, now);
  if (!bearer)
    throw refuseToken("This token is not known, or whoever it acts for does not work here any more.");
  if (bearer.revokedAt) throw refuseToken("This token was revoked. Make a new one.");
  if (bearer.expiresAt <= now) throw refuseToken("This token has expired. Make a new one.");
  limit(c, platform, bearer, perToken, now);
  if (!bearer.scopes.includes(scope))
    throw new ApiProblem(403, `This token lacks the scope ${scope}. Make one that has it.`, {
      headers: challenge(`, error="insufficient_scope", scope="${scope}"`),
    });
  if (!mayUse(route.who, bearer.actor))
    throw new ApiProblem(403, "The role under which this token acts does not include this.");
  if (route.method !== "GET" && isEvaluator(bearer.actor))
    throw new ApiProblem(403, "Evaluators read records under pseudonyms and change nothing.");
  return bearer;
}

/** Counts the call, and says in headers how many are left. */
function limit(c: Context, platform: WebPlatform, bearer: Bearer, perToken: RateLimit, now: Date): void {
  const wait = perToken.hit(bearer.tokenId, now);
  const left = perToken.left(bearer.tokenId, now);
  const headers = {
    "RateLimit-Policy": `"token";q=${platform.config.apiRequestsPerMinute};w=${WINDOW_SECONDS}`,
    RateLimit: `"token";r=${left.attempts};t=${left.seconds}`,
  };
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  if (wait > 0)
    throw new ApiProblem(429, `This token has made too many calls. Wait ${wait} seconds.`, {
      headers: { ...headers, "Retry-After": String(wait) },
    });
}

async function answer(call: Call): Promise<Response> {
  const { c, route, api, platform, bearer } = call;
  const params = parse("path", route.params, withCleanText(c.req.param()));
  const multipart = /^multipart\/form-data/i.test(c.req.header("content-type") ?? "");
  const given = readQuery(c);
  // Beside a raw file the fields stand in the address.
  const query = parse("query", strict(route.query), api.upload && !multipart ? {} : given);
  const format = formatOf(c, api, query);
  const key = route.method === "POST" ? readIdempotencyKey(c.req.header("idempotency-key")) : null;
  let body: unknown = {};
  let said = "";
  if (api.upload) {
    const { fields, refuse } = api.upload;
    const acceptance = { limit: platform.config.maxUploadBytes, ...(refuse ? { refuse } : {}) };
    const received = await receiveFileOfCall(c, platform.files, acceptance, given);
    call.file = received.file;
    body = parse(multipart ? "body" : "query", fields.strict(), received.fields);
    said = JSON.stringify([received.fields, received.file.hash, received.file.name]);
  } else if (route.method === "POST") {
    said = await c.req.text();
    body = parse("body", strict(api.body), readJson(c, said, api.body !== undefined));
  }
  const run = async (work: Work): Promise<StoredAnswer> => {
    const visit: ApiVisit<unknown, unknown> = {
      ...work,
      c,
      params,
      query,
      requestId: call.requestId,
      platform,
      format,
      file: call.file,
    };
    if (!route.handle) throw new Error(`${route.path} has no handler`);
    const made = (await route.handle(visit as never, body as never)) as unknown as ApiAnswer<unknown>;
    return write(c, api, made, format);
  };
  const stored = await platform.perform(
    bearer?.actor ?? anonymous,
    (work) =>
      key === null || !bearer
        ? run(work)
        : onceOnly(
            work,
            {
              organizationId: bearer.actor.organizationId,
              tokenId: bearer.tokenId,
              key,
              fingerprint: fingerprintOf(route.method, c.req.path, said),
            },
            run,
          ),
    call.requestId,
  );
  return c.body(stored.body, stored.status as 200, {
    ...stored.headers,
    "Cache-Control": bearer ? "private, no-store" : "public, max-age=60",
  });
}

/** What the handler gave, as it goes out. */
function write(c: Context, api: ApiDetails, made: ApiAnswer<unknown>, format: "json" | "csv"): StoredAnswer {
  const headers: Record<string, string> = {};
  if (made.location) headers["Location"] = made.location;
  if (made.next) {
    const url = new URL(c.req.url);
    url.searchParams.set("cursor", made.next);
    headers["Link"] = `<${url.pathname}${url.search}>; rel="next"`;
  }
  if (format === "csv" && made.csv)
    return {
      status: api.status,
      headers: { ...headers, "Content-Type": "text/csv; charset=utf-8", Vary: "Accept" },
      body: made.csv(),
    };
  return {
    status: api.status,
    headers: { ...headers, "Content-Type": "application/json", ...(api.csv ? { Vary: "Accept" } : {}) },
    body: JSON.stringify(made.data),
  };
}

const strict = (schema: z.ZodType | undefined): z.ZodType =>
  schema instanceof z.ZodObject ? schema.strict() : (schema ?? z.strictObject({}));

function parse(place: "path" | "query" | "body", schema: z.ZodType | undefined, given: unknown): unknown {
  const parsed = (schema ?? z.object({})).safeParse(given);
  if (parsed.success) return parsed.data;
  if (place === "path") throw new ApiProblem(404, "There is no such thing: an id in the address is not one.");
  throw unusableBy(place, parsed.error);
}

/** Every parameter once: a filter that is read half would show what nobody asked for. */
function readQuery(c: Context): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    const [value = ""] = values;
    if (values.length > 1)
      throw unusableFields({ in: "query", field: name, detail: "Give this parameter once." });
    if (value.length > LONGEST_VALUE)
      throw unusableFields({ in: "query", field: name, detail: `Use at most ${LONGEST_VALUE} characters.` });
    given[name] = cleanText(value);
  }
  return given;
}

function readJson(c: Context, text: string, isExpected: boolean): unknown {
  if (text === "") return {};
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? ""))
    throw new ApiProblem(
      415,
      isExpected ? "Send the body as application/json." : "This call takes no body. Leave it out.",
    );
  try {
    return withCleanText(JSON.parse(text));
  } catch {
    throw new ApiProblem(400, "The body is no JSON. Check its quotes, commas and brackets.");
  }
}

function withCleanText(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(withCleanText);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [cleanText(name), withCleanText(one)]),
    );
  return value;
}

/** JSON unless CSV is asked for, by `format` or as what Accept likes best. */
function formatOf(c: Context, api: ApiDetails, query: unknown): "json" | "csv" {
  const asked = (query as { format?: "json" | "csv" }).format;
  if (asked) return asked;
  const accepted = (c.req.header("accept") ?? "*/*")
    .split(",")
    .map((part) => {
      const [type = "", ...rest] = part.trim().toLowerCase().split(";");
      const quality = rest.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find(Boolean);
      return { type, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { type } of accepted) {
    if (["*/*", "application/*", "application/json"].includes(type)) return "json";
    if (api.csv && ["text/csv", "text/*"].includes(type)) return "csv";
  }
  throw new ApiProblem(406, `This call answers with application/json${api.csv ? " or text/csv" : ""} only.`);
}
