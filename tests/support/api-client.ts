// A program that uses the API: its tokens come from the pages, its calls go through the front door.
import { expect } from "vitest";
import { routes } from "../../src/app/modules.ts";
import type { ApiDetails } from "../../src/platform/api/api-route.ts";
import { SCOPES } from "../../src/platform/api/scopes.ts";
import { hashToken, makeTokenText } from "../../src/platform/api/token-text.ts";
import type { RouteDefinition } from "../../src/platform/web/route.ts";
import type { TestHub } from "./test-hub.ts";
import { FORMS, fillPath, type RowIds, signInVisitors } from "./visitors.ts";

export type ApiLine = RouteDefinition & { api: ApiDetails };

/** The calls of the route table. */
export const apiLines: ApiLine[] = routes.flatMap((route) =>
  route.api ? [{ ...route, api: route.api }] : [],
);

export function lineOf(operationId: string): ApiLine {
  const line = apiLines.find(({ api }) => api.operationId === operationId);
  if (!line) throw new Error(`the route table has no call ${operationId}`);
  return line;
}

/** Makes a token on a page: one's own, or of an organization. */
export async function makeToken(
  hub: TestHub,
  cookie: string,
  scopes: readonly string[],
  { place = "/account/tokens", days = "90", name = "A test's program" } = {},
): Promise<string> {
  const answer = await hub.post(place, { name, scopes: [...scopes], days }, cookie);
  const text = await answer.text();
  expect(answer.status, text.slice(0, 2000)).toBe(200);
  const token = /trl_[0-9A-Za-z]{49}/.exec(text)?.[0];
  if (!token) throw new Error("the page shows no token");
  return token;
}

/** A token of this person with every scope that their role may have. */
export async function makeFullToken(hub: TestHub, cookie: string): Promise<string> {
  const page = await (await hub.get("/account/tokens", cookie)).text();
  return makeToken(
    hub,
    cookie,
    SCOPES.filter((scope) => page.includes(`value="${scope}"`)),
  );
}

/** A token that no page would make, straight into the database. */
export async function forgeToken(
  hub: TestHub,
  actor: { organizationId: string; membershipId: string; personId: string },
  scopes: readonly string[],
): Promise<string> {
  const text = makeTokenText();
  await hub.services.database.ownerPool.query(
    "insert into directory.api_token (organization_id, membership_id, name, scopes, hash, hint, made_by, created_at, expires_at) values ($1, $2, 'Forged', $3, $4, $5, $6, now(), now() + interval '30 days')",
    [actor.organizationId, actor.membershipId, scopes, hashToken(text), text.slice(-4), actor.personId],
  );
  return text;
}

/** The demonstration's people who may have tokens, by the names of their roles. */
export async function signInBearers(hub: TestHub) {
  const bearers = (await signInVisitors(hub)).flatMap((visitor) =>
    visitor.actor.kind === "person"
      ? [{ ...visitor, actor: visitor.actor, cookie: visitor.cookie ?? "" }]
      : [],
  );
  const bearerOf = (name: string) => {
    const found = bearers.find((visitor) => visitor.name === name);
    if (!found) throw new Error(`the demonstration has no ${name}`);
    return found;
  };
  return { bearers, bearerOf };
}

/** What an answer says is wrong. */
export interface ApiProblemSent {
  status: number;
  detail: string;
  errors?: { in: string; field: string; detail: string }[];
}

export async function problemOf(answer: Response): Promise<ApiProblemSent> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return (await answer.json()) as ApiProblemSent;
}

/** Makes a call of the route table with the ids of one organization. */
export function callLine(
  hub: TestHub,
  line: ApiLine,
  ids: RowIds,
  token: string | null,
  query = "",
): Promise<Response> {
  const path = `${fillPath(line.path, ids).slice("/api/v1".length)}${query}`;
  if (line.method === "GET") return callApi(hub, token, path);
  const body = line.api.upload ? rosterForm(ids.code) : FORMS[line.path]?.(ids);
  if (!body) throw new Error(`tests/support/visitors.ts does not say what ${line.path} is sent`);
  return callApi(hub, token, path, { method: "POST", body });
}

export interface CallOptions {
  method?: "GET" | "POST";
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends a call. */
export async function callApi(
  hub: TestHub,
  token: string | null,
  path: string,
  { method = "GET", body, headers = {} }: CallOptions = {},
): Promise<Response> {
  const isRaw = body instanceof FormData || body instanceof Uint8Array || typeof body === "string";
  return hub.app.request(`http://localhost/api/v1${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body !== undefined && !isRaw ? { "content-type": "application/json" } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as FormData) : JSON.stringify(body) }),
  });
}

/** What a call answers, as JSON. */
export async function readApi<Data = Record<string, unknown>>(
  hub: TestHub,
  token: string | null,
  path: string,
  options: CallOptions = {},
): Promise<Data> {
  const answer = await callApi(hub, token, path, options);
  const text = await answer.text();
  expect(answer.status, `${path}: ${text.slice(0, 500)}`).toBeLessThan(300);
  return JSON.parse(text) as Data;
}

/** What an answer holds that its schema does not say, or says otherwise. */
export function expectAsDocumented(operationId: string, json: unknown): void {
  const parsed = lineOf(operationId).api.answer.safeParse(json);
  expect(parsed.error?.issues ?? [], operationId).toEqual([]);
  // What the schema does not know it leaves out.
  expect(parsed.data, operationId).toEqual(json);
}

/** A roster with a few rows, for the organization with this code. */
export function rosterFile(name = "by-program.csv", program = "Sent by a program"): File {
  const header =
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total,site_name";
  const rows = ["P-1", "P-2", "P-3"].map(
    (trainee) =>
      `${trainee},${program},practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,12,=HYPERLINK("x")`,
  );
  return new File(
    [`${[header, ...rows.map((row) => row.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"'))].join("\n")}\n`],
    name,
  );
}

/** The form with which a roster is sent. */
export function rosterForm(code: string, file = rosterFile()): FormData {
  const form = new FormData();
  form.append("code", code);
  form.append("file", file);
  return form;
}
