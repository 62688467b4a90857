// One visitor per role of the demonstration, and what the route table's parameters and forms stand for.
import { demoPeople } from "../../src/app/demo/demo-people.ts";
import { resolveActor } from "../../src/modules/directory/index.ts";
import { type Actor, anonymous, isEvaluator, worksForHub } from "../../src/platform/database/actor.ts";
import { mayUse, type RouteDefinition } from "../../src/platform/web/route.ts";
import { LIBRARY_FORMS, LIBRARY_PARAMETERS } from "./library-visitors.ts";
import type { TestHub } from "./test-hub.ts";

export interface Visitor {
  name: string;
  email: string | null;
  actor: Actor;
  cookie: string | undefined;
  /** Sees every organization. */
  ofHub: boolean;
  evaluator: boolean;
}

/** Without Ada, who works for two organizations: one person per role and grant, and nobody. */
export async function signInVisitors(hub: TestHub): Promise<Visitor[]> {
  const visitors: Visitor[] = [
    { name: "anonymous", email: null, actor: anonymous, cookie: undefined, ofHub: false, evaluator: false },
  ];
  for (const person of demoPeople.filter((one) => !one.also)) {
    const user = await hub.services.database.owner
      .selectFrom("auth.user")
      .select("id")
      .where("email", "=", person.email)
      .executeTakeFirstOrThrow();
    const actor = await resolveActor(hub.services.database.db, user.id, null);
    const name = [person.role, ...person.grants].join(" ");
    visitors.push({
      name,
      email: person.email,
      actor,
      cookie: await hub.signIn(person.email),
      ofHub: worksForHub(actor),
      evaluator: isEvaluator(actor),
    });
  }
  return visitors;
}

/** Rows of one organization, by what a parameter may name. */
export interface RowIds {
  organization: string;
  code: string;
  membership: string;
  roster: string;
  enrollment: string;
}

/** Ids of an organization's rows; the membership is the newest one. */
export async function findRowIds(hub: TestHub, organization: string): Promise<RowIds> {
  const { rows } = await hub.services.database.ownerPool.query<RowIds>(
    `select o.id as organization,
      (select g.code from directory.grantee_code g where g.organization_id = o.id limit 1) as code,
      (select m.id from directory.membership m where m.organization_id = o.id order by m.id limit 1) as membership,
      (select r.id from pathways.roster r where r.organization_id = o.id order by r.created_at limit 1) as roster,
      (select e.id::text from pathways.enrollment e where e.organization_id = o.id order by e.id limit 1) as enrollment
    from directory.organization o where o.id = $1`,
    [organization],
  );
  const [ids] = rows;
  if (!ids) throw new Error("there is no such organization");
  return ids;
}

export async function organizationOfCode(hub: TestHub, code: string): Promise<string> {
  const found = await hub.services.database.owner
    .selectFrom("directory.grantee_code")
    .select("organization_id")
    .where("code", "=", code)
    .executeTakeFirstOrThrow();
  return found.organization_id;
}

const PARAMETERS: readonly [path: RegExp, parameter: string, value: (ids: RowIds) => string][] = [
  [/^\/directory\/organizations\//, "id", (ids) => ids.organization],
  [/^\/directory\/organizations\//, "membership", (ids) => ids.membership],
  // No session, key or link at all: they are of one person.
  [/^\/directory\/erasure-requests\//, "request", () => "00000000-0000-4000-8000-000000000000"],
  [/^\/account\/sessions\//, "session", () => "no-such-session"],
  [/^\/account\/passkeys\//, "key", () => "no-such-key"],
  [/^\/sign-in\//, "token", () => "no-such-token"],
  [/^\/pathways\/rosters\//, "id", (ids) => ids.roster],
  [/^\/pathways\/enrollments\//, "id", (ids) => ids.enrollment],
  // No job at all: jobs are of the hub.
  [/^\/jobs\//, "id", () => "00000000-0000-4000-8000-000000000000"],
  // Nor a mail, nor a link that anybody was sent.
  [/^\/mail\//, "id", () => "00000000-0000-4000-8000-000000000000"],
  [/^\/mail\/leave\//, "token", () => "d.of-no-hub"],
  // No logo's and no style sheet's.
  [/^\/hub\/logo\//, "hash", () => "0".repeat(64)],
  [/^\/hub\/colors\//, "hash", () => "0".repeat(16)],
  [/^\/hub\/start\//, "step", () => "mail"],
  [/^\/api\/v1\/organizations\//, "id", (ids) => ids.organization],
  [/^\/api\/v1\/rosters\//, "id", (ids) => ids.roster],
  [/^\/api\/v1\/enrollments\//, "id", (ids) => ids.enrollment],
  [/^\/api\/v1\/code-lists\//, "list", () => "program_type"],
  [/^\/api\/v1\/reports\//, "version", () => "1"],
  // No token and no webhook at all.
  [/\/tokens\//, "token", () => "00000000-0000-4000-8000-000000000000"],
  [/\/webhooks\//, "webhook", () => "00000000-0000-4000-8000-000000000000"],
  ...LIBRARY_PARAMETERS,
  [/./, "organization", (ids) => ids.organization],
  [/./, "year", () => "2024-25"],
  [/^\/reports\//, "version", () => "1"],
  [/^\/reports\//, "section", () => "summary"],
];

/** A route's path with an organization's own ids in it. A parameter that nobody has told of is an error: tell it here. */
export function fillPath(path: string, ids: RowIds): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const known = PARAMETERS.find(([pattern, parameter]) => parameter === name && pattern.test(path));
    if (!known) throw new Error(`tests/support/visitors.ts does not say what :${name} of ${path} stands for`);
    return encodeURIComponent(known[2](ids));
  });
}

/** Whether a path's parameters name something of one organization: not the portfolio's year, one of the hub's first steps, or a practice of the library. */
export const namesRows = (path: string): boolean =>
  /:(?!(year|step|slug|state|category|occupation)\b)/.test(path);

/** What a page of the hub would send, with ids where the form names them: a form that would work, were it allowed. */
export const FORMS: Record<string, (ids: RowIds) => Record<string, string>> = {
  "/sign-in": () => ({ email: `nobody.${Math.random()}@demo.example`, password: "not the password" }),
  "/sign-out": () => ({}),
  "/switch": (ids) => ({ membership: ids.membership }),
  "/first-visit": () => ({
    hub: "Second hub",
    name: "Mallory",
    email: "mallory@example.org",
    password: "a long enough password",
  }),
  "/directory/organizations": () => ({
    name: "Made by the access test",
    type: "other",
    state: "OH",
    code: "",
  }),
  "/directory/organizations/:id/people": () => ({
    name: "Mallory Quill",
    email: `mallory.${Math.random()}@example.org`,
    role: "worker",
    grant: "",
    password: "a long enough password",
  }),
  "/directory/organizations/:id/people/:membership/end": () => ({}),
  "/directory/organizations/:id/people/:membership/name": () => ({
    name: "Renamed by the access test",
    email: `renamed.${Math.random()}@example.org`,
  }),
  "/directory/organizations/:id/people/:membership/role": () => ({ role: "worker", grant: "" }),
  "/directory/organizations/:id/people/:membership/link": () => ({}),
  "/directory/organizations/:id/people/:membership/second-factor/remove": () => ({}),
  "/directory/organizations/:id/people/:membership/deactivate": () => ({}),
  "/directory/organizations/:id/people/:membership/reactivate": () => ({}),
  "/directory/organizations/:id/people/:membership/password": () => ({ password: "a long enough password" }),
  // A wrong present password: the visitors go on signing in with theirs.
  "/account/password": () => ({ current: "not the password", password: "a long enough password" }),
  "/account/sessions/end": () => ({}),
  "/account/sessions/:session/end": () => ({}),
  "/account/second-factor": () => ({ code: "000000" }),
  "/account/second-factor/codes": () => ({}),
  "/account/second-factor/remove": () => ({}),
  "/account/passkeys": () => ({ credential: "{}", name: "Sent by the access test" }),
  "/account/passkeys/:key/remove": () => ({}),
  "/account/erasure": () => ({ reason: "Sent by the access test" }),
  "/account/erasure/withdraw": () => ({}),
  "/directory/erasure-requests/:request/refuse": () => ({ answer: "Sent by the access test" }),
  "/directory/erasure-requests/:request/erase": () => ({}),
  "/sign-in/link": () => ({ email: `nobody.${Math.random()}@demo.example` }),
  "/sign-in/link/:token": () => ({}),
  "/sign-in/new-password": () => ({ email: `nobody.${Math.random()}@demo.example` }),
  "/sign-in/new-password/:token": () => ({ password: "a long enough phrase of six" }),
  "/sign-in/second-factor": () => ({ code: "000000" }),
  "/sign-in/passkey": () => ({ credential: "{}" }),
  "/directory/organizations/:id/awards": () => ({
    program: "BHWET",
    number: `A-${Math.random()}`,
    starts: "2024-07-01",
    ends: "2025-06-30",
    code: "",
  }),
  "/jobs/:id/retry": () => ({}),
  "/account/tokens": () => ({ name: "Sent by the access test", scopes: "organizations:read", days: "30" }),
  "/account/tokens/:token/revoke": () => ({}),
  "/directory/organizations/:id/tokens": () => ({
    name: "Sent by the access test",
    scopes: "organizations:read",
    days: "30",
  }),
  "/directory/organizations/:id/tokens/:token/revoke": () => ({}),
  "/directory/organizations/:id/webhooks": () => ({
    url: "https://nowhere.example/sent-by-the-access-test",
    events: "directory.award-added",
  }),
  "/directory/organizations/:id/webhooks/:webhook/test": () => ({}),
  "/directory/organizations/:id/webhooks/:webhook/switch": () => ({ on: "no" }),
  "/directory/organizations/:id/webhooks/:webhook/delete": () => ({}),
  // Of the API, as JSON.
  "/api/v1/organizations": () => ({ name: "Made by a program", type: "other", state: "OH" }),
  "/api/v1/rosters/:id/commit": () => ({}),
  "/api/v1/rosters/:id/discard": () => ({}),
  "/mail/test": () => ({}),
  "/hub/name": () => ({ name: "Renamed by the access test", short: "" }),
  "/hub/colors": () => ({ accent: "own", own: "#6a3d75" }),
  "/hub/time-zone": () => ({ zone: "America/Chicago" }),
  "/hub/logo/remove": () => ({}),
  "/hub/start": () => ({}),
  "/hub/start/:step": () => ({ how: "later" }),
  "/mail/:id/retry": () => ({}),
  "/mail/leave/:token": () => ({}),
  "/account/mail": () => ({ digest: "daily", reminders: "yes" }),
  "/pathways/rosters/:id/answers": () => ({ asked: "0" }),
  "/pathways/rosters/:id/commit": () => ({}),
  "/pathways/rosters/:id/undo": () => ({}),
  "/pathways/rosters/:id/discard": () => ({}),
  "/reports/:organization/:year/submit": () => ({}),
  "/reports/:organization/:year/accept": () => ({}),
  "/reports/:organization/:year/return": () => ({ because: "Sent by the access test" }),
  "/reports/:organization/:year/correct": () => ({ reason: "Sent by the access test" }),
  "/reports/:organization/:year/interprofessional": () => ({
    program: "Sent by the access test",
    site: "Anywhere",
    profession: "Nurse",
    trainees: "3",
  }),
  "/reports/:organization/:year/narrative/:section": () => ({
    body: "Sent by the access test",
    revision: "0",
  }),
  "/reports/:year/publish": () => ({}),
  ...LIBRARY_FORMS,
};

/** Calls a route as a visitor, with the ids of one organization. */
export async function callRoute(
  hub: TestHub,
  route: RouteDefinition,
  ids: RowIds,
  cookie: string | undefined,
  query = "",
): Promise<Response> {
  const path = fillPath(route.path, ids);
  if (route.method === "GET") return hub.get(`${path}${query}`, cookie);
  if (route.body === "streamed") return upload(hub, path, { code: ids.code }, cookie);
  const form = FORMS[route.path];
  if (!form)
    throw new Error(`tests/support/visitors.ts does not say what a form sent to ${route.path} holds`);
  return hub.post(path, form(ids), cookie);
}

/** Sends a file as the upload page would. */
export async function upload(
  hub: TestHub,
  path: string,
  fields: Record<string, string>,
  cookie: string | undefined,
  file = new File(["trainee_id,program_name\nX-1,Y\n"], "sent-by-the-test.csv"),
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", file);
  return hub.app.request(`http://localhost${path}`, {
    method: "POST",
    body,
    headers: { origin: "http://localhost", "sec-fetch-site": "same-origin", ...(cookie ? { cookie } : {}) },
  });
}

export const mayVisit = (route: RouteDefinition, visitor: Visitor): boolean =>
  mayUse(route.who, visitor.actor);
