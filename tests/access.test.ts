// Every route x every role x own and another organization's rows, read from the route table.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes as allRoutes } from "../src/app/modules.ts";
import type { RouteDefinition } from "../src/platform/web/route.ts";
import { findLeaksBeside, type LeakFinder, textOf } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";
import {
  callRoute,
  findRowIds,
  mayVisit,
  namesRows,
  organizationOfCode,
  type RowIds,
  signInVisitors,
  type Visitor,
} from "./support/visitors.ts";

// Calls of the API come with tokens: tests/api-access.test.ts.
const routes = allRoutes.filter((route) => !route.api);
const hub = await createTestHub({ demo: true });
const visitors = await signInVisitors(hub);
const other = await findRowIds(hub, await organizationOfCode(hub, "G05"));

/** Pages that answer 404 in the demonstration, or for some of its organizations, with the reason. */
const mayBeMissing: Record<string, string> = {
  "/first-visit": "the hub is made",
  "/library/adoptions/:adoption": "no organization of the demonstration says what it uses",
  "/library/adoptions/:adoption/edit": "no organization of the demonstration says what it uses",
  "/library/adoptions/:adoption/end": "no organization of the demonstration says what it uses",
  "/library/adoptions/:adoption/consent": "no organization of the demonstration says what it uses",
  "/library/desk/ratings/:round": "the demonstration rates nothing",
  "/library/practices/:slug/evidence/:evidence/archive": "the demonstration has no evidence",
  "/library/materials/:slug": "the demonstration has no material",
  "/library/materials/:slug/file/:version": "the demonstration has no material",
  "/library/materials/:slug/picture/:version": "the demonstration has no material",
  "/library/materials/:slug/captions/:version/:language": "the demonstration has no material",
  "/library/desk/materials/:slug/edit": "the demonstration has no material",
  "/library/desk/materials/:slug/archive": "the demonstration has no material",
  "/library/desk/materials/:slug/file": "the demonstration has no material",
  "/library/desk/materials/:slug/captions": "the demonstration has no material",
  "/mail/:id": "the hub has written to nobody",
  "/hub/logo/:hash": "the hub has no logo",
  "/hub/colors/:hash": "the hub has the colors that Trellis brings",
  "/mail/leave/:token": "the link is nobody's",
  "/library/follow/confirm/:token": "the link is nobody's",
  "/library/follow/leave/:token": "the link is nobody's",
  "/library/submissions/:token": "nobody has sent anything",
  "/library/desk/submissions/:id": "nobody has sent anything",
  "/library/desk/submissions/:id/draft": "nobody has sent anything",
  "/library/desk/submissions/:id/apply": "nobody has sent anything",
  "/sign-in/link/:token": "the link is nobody's",
  "/sign-in/new-password/:token": "the link is nobody's",
  "/sign-in/agency": "no agency is set up",
  "/sign-in/agency/return": "no agency is set up",
  "/pathways/rosters/:id/annotated": "the demonstration's rosters have no file",
  "/reports/:organization/:year/versions/:version": "not every report is accepted",
  "/results/:year/:organization": "not every report is published",
};

/** Pages that lead on or refuse in the demonstration, with the reason. */
const leadOn: Record<string, 303 | 409> = {
  // Whoever is in has no second step before them, and the people of the demonstration have no second factor.
  "/sign-in/second-factor": 303,
  "/account/second-factor": 409,
  // One of the people of the demonstration, who stay as they are.
  "/directory/organizations/:id/people/:membership/password": 409,
};

const reading = routes.filter((route) => route.method === "GET");
const changing = routes.filter((route) => route.method === "POST");
const lead = visitors.find((visitor) => visitor.name === "organization_lead");

/** Rows that the visitor may call their own; the hub's people have everybody's. */
function ownIds(visitor: Visitor): Promise<RowIds> {
  const from = visitor.ofHub || visitor.actor.kind !== "person" ? lead : visitor;
  if (from?.actor.kind !== "person") throw new Error("there is no organization lead");
  return findRowIds(hub, from.actor.organizationId);
}

const named = (route: RouteDefinition): string => `${route.method} ${route.path}`;

/** Why an answer to somebody who may use the route is not as it should be, or null. */
function whyWrong(route: RouteDefinition, visitor: Visitor, status: number): string | null {
  if (route.method === "GET" && !visitor.evaluator) {
    const expected = route.path in mayBeMissing ? [200, 404] : [leadOn[route.path] ?? 200];
    return expected.includes(status) ? null : `${named(route)} answers ${status}`;
  }
  return [200, 303, 403, 404, 409, 422].includes(status) ? null : `${named(route)} answers ${status}`;
}

function whyNotRefused(route: RouteDefinition, visitor: Visitor, answer: Response): string | null {
  const expected = visitor.actor.kind === "anonymous" && route.method === "GET" ? 303 : 403;
  if (answer.status !== expected) return `${named(route)} answers ${answer.status}, not ${expected}`;
  if (expected === 303 && !answer.headers.get("location")?.startsWith("/sign-in?to="))
    return `${named(route)} does not lead to the sign-in page`;
  return null;
}

test("the table of routes and the people of the demonstration are all there", () => {
  expect(routes.length).toBeGreaterThan(20);
  expect(visitors.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "anonymous",
      "administrator",
      "hub_staff",
      "hub_staff reviewer",
      "hub_staff librarian",
      "hub_staff facilitator",
      "hub_staff evaluator",
      "organization_lead",
      "supervisor",
      "worker",
      "partner",
    ]),
  );
});

describe.each(visitors.filter((visitor) => !visitor.ofHub))("$name", (visitor) => {
  let own: RowIds;
  let leaks: LeakFinder;
  beforeAll(async () => {
    own = await ownIds(visitor);
    leaks = await findLeaksBeside(hub, visitor.actor.kind === "person" ? visitor.actor.organizationId : null);
    expect(leaks.size).toBeGreaterThan(2000);
  });

  test("is let in where the route table says so, is refused elsewhere, and reads nothing of others", async () => {
    const problems: string[] = [];
    for (const route of reading) {
      const answer = await callRoute(hub, route, own, visitor.cookie);
      const problem = mayVisit(route, visitor)
        ? whyWrong(route, visitor, answer.status)
        : whyNotRefused(route, visitor, answer);
      if (problem) problems.push(problem);
      // A public page names those who have published; what they keep of trainees is never public.
      const found = leaks
        .find(await textOf(answer))
        .filter((mark) => !(route.who === "public" && leaks.isPublic(mark)));
      if (visitor.actor.kind === "person" && found.length > 0)
        problems.push(`${named(route)} shows ${found.slice(0, 3).join(", ")}`);
    }
    expect(problems).toEqual([]);
  });

  test("meets a closed door at every row of another organization", async () => {
    const problems: string[] = [];
    for (const route of routes.filter((one) => namesRows(one.path) && one.who !== "public")) {
      const answer = await callRoute(hub, route, other, visitor.cookie);
      const anonymously =
        visitor.actor.kind === "anonymous" && route.method === "GET" && route.who !== "public";
      const shut = anonymously ? [303] : mayVisit(route, visitor) ? [404, 403] : [403];
      if (!shut.includes(answer.status)) problems.push(`${named(route)} answers ${answer.status}`);
      const found = leaks.find(await answer.text(), [other.roster, other.organization]);
      if (found.length > 0) problems.push(`${named(route)} shows ${found.slice(0, 3).join(", ")}`);
    }
    expect(problems).toEqual([]);
  });

  test("gets only own rows from lists, whatever is asked of them, and from their files", async () => {
    const wanted = await hub.services.database.ownerPool.query<{
      trainee: string;
      program: string;
      site: string | null;
      name: string;
      file: string;
    }>(
      "select e.trainee_code as trainee, e.program_name as program, e.site_name as site, o.name, r.file_name as file from pathways.enrollment e join directory.organization o on o.id = e.organization_id join pathways.roster r on r.organization_id = o.id where o.id = $1 limit 1",
      [other.organization],
    );
    const [row] = wanted.rows;
    const asked: Record<string, string>[] = [
      {},
      { organization: other.organization },
      { trainee: row?.trainee ?? "" },
      { program: row?.program ?? "" },
      { site: row?.site ?? "" },
      { q: row?.name ?? "" },
      { sort: "-organization", page: "2" },
      { year: "2024-25", sort: "organization" },
    ];
    const problems: string[] = [];
    for (const route of reading.filter(
      (one) => !namesRows(one.path) && mayVisit(one, visitor) && one.who !== "public",
    )) {
      for (const query of asked) {
        for (const format of [undefined, "csv", "xlsx"]) {
          const search = new URLSearchParams({ ...query, ...(format ? { format } : {}) }).toString();
          const answer = await callRoute(hub, route, own, visitor.cookie, `?${search}`);
          if (answer.status !== (leadOn[route.path] ?? 200))
            problems.push(`${route.path}?${search} answers ${answer.status}`);
          const found = leaks.find(await textOf(answer), Object.values(query));
          if (found.length > 0)
            problems.push(`${route.path}?${search} shows ${found.slice(0, 3).join(", ")}`);
        }
      }
    }
    expect(problems).toEqual([]);
  });
});

describe.each(visitors.filter((visitor) => visitor.ofHub))("$name, of the hub,", (visitor) => {
  test("reads every page that the route table opens, and no other", async () => {
    const own = await ownIds(visitor);
    const problems: string[] = [];
    for (const route of reading) {
      const answer = await callRoute(hub, route, own, visitor.cookie);
      const problem = mayVisit(route, visitor)
        ? whyWrong(route, visitor, answer.status)
        : whyNotRefused(route, visitor, answer);
      if (problem) problems.push(problem);
    }
    expect(problems).toEqual([]);
  });
});

// Last, because it changes the demonstration.
describe.each(visitors.toSorted((a, b) => Number(a.ofHub) - Number(b.ofHub)))(
  "$name, who sends forms,",
  (visitor) => {
    let cookie: string | undefined;
    beforeAll(async () => {
      cookie = visitor.email ? await hub.signIn(visitor.email) : undefined;
    });
    afterAll(async () => hub.workJobs());

    test("is heard where the route table says so, and refused elsewhere", async () => {
      const own = await ownIds(visitor);
      const problems: string[] = [];
      for (const route of changing.filter((one) => one.path !== "/sign-out")) {
        const answer = await callRoute(hub, route, own, cookie);
        const problem = mayVisit(route, visitor)
          ? whyWrong(route, visitor, answer.status)
          : whyNotRefused(route, visitor, answer);
        if (problem) problems.push(problem);
      }
      expect(problems).toEqual([]);
    });
  },
);
