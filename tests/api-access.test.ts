// Who may do what with a token: role x scope x own and other organizations' rows; tokens that open nothing any more.

import { describe, expect, test } from "vitest";
import { SCOPES, whoOfScope } from "../src/platform/api/scopes.ts";
import { makeTokenText } from "../src/platform/api/token-text.ts";
import { mayUse } from "../src/platform/web/route.ts";
import {
  apiLines,
  callApi,
  callLine,
  forgeToken,
  lineOf,
  makeToken,
  problemOf,
  readApi,
  rosterForm,
  signInBearers,
} from "./support/api-client.ts";
import { findLeaksBeside } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";
import { findRowIds, namesRows, organizationOfCode } from "./support/visitors.ts";

let now = new Date();
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const { bearers: visitors, bearerOf: visitorOf } = await signInBearers(hub);
const other = await findRowIds(hub, await organizationOfCode(hub, "G05"));
const own = await findRowIds(hub, await organizationOfCode(hub, "G01"));
const administrator = await hub.signIn("marisol@demo.example");
const closed = apiLines.filter(({ api }) => api.scope !== null);

const lead = visitorOf("organization_lead");

describe.each(visitors)("a token of $name", (visitor) => {
  test("opens what its role may, with the scope, and nothing else", async () => {
    const token = await forgeToken(hub, visitor.actor, SCOPES);
    const ids = await findRowIds(hub, visitor.ofHub ? own.organization : visitor.actor.organizationId);
    const problems: string[] = [];
    for (const line of closed.filter(({ method }) => method === "GET")) {
      const query = line.api.operationId === "listReports" ? "?year=2024-25" : "";
      const { status } = await callLine(hub, line, ids, token, query);
      const isRoster = line.api.scope === "rosters:read";
      const allowed = mayUse(line.who, visitor.actor) && !(visitor.evaluator && isRoster);
      const expected = !allowed ? [403] : line.path.includes(":version") ? [200, 404] : [200];
      if (!expected.includes(status)) problems.push(`${line.path} answers ${status}`);
    }
    expect(problems).toEqual([]);
  });

  test("opens nothing without the scope of the call", async () => {
    for (const line of closed) {
      const token = await forgeToken(
        hub,
        visitor.actor,
        SCOPES.filter((scope) => scope !== line.api.scope),
      );
      const answer = await callLine(hub, line, own, token);
      expect(answer.status, line.path).toBe(403);
      expect(answer.headers.get("www-authenticate")).toContain(`scope="${line.api.scope}"`);
    }
  });

  test.skipIf(visitor.ofHub)(
    "finds nothing at another organization's ids, and lists only its own",
    async () => {
      const token = await forgeToken(hub, visitor.actor, SCOPES);
      const leaks = await findLeaksBeside(hub, visitor.actor.organizationId);
      for (const line of closed) {
        const queries =
          namesRows(line.path) || line.method === "POST"
            ? [""]
            : ["?limit=1000", "?year=2024-25", "?format=csv", `?organization=${other.organization}`];
        for (const query of queries) {
          const answer = await callLine(hub, line, other, token, query);
          const text = await answer.text();
          if (namesRows(line.path)) expect([403, 404], line.path).toContain(answer.status);
          expect(leaks.find(text, [other.organization, other.roster]), `${line.path}${query}`).toEqual([]);
        }
      }
    },
  );
});

test("every role that may something has a token that does it, so there is something to refuse", () => {
  for (const scope of SCOPES)
    expect(
      visitors.some(({ actor }) => mayUse(whoOfScope(scope), actor)),
      scope,
    ).toBe(true);
});

test("without a token, with a mistyped, an unknown, an expired or a revoked one nothing opens, and the answer says why", async () => {
  const good = await forgeToken(hub, lead.actor, ["organizations:read"]);
  expect((await callApi(hub, good, "/organizations")).status).toBe(200);
  const refused = async (token: string | null, words: string): Promise<void> => {
    const answer = await callApi(hub, token, "/organizations");
    expect(answer.status, words).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain('Bearer realm="Trellis API"');
    expect((await problemOf(answer)).detail).toContain(words);
  };
  await refused(null, "Send a token");
  await refused(`${good.slice(0, -1)}${good.endsWith("A") ? "B" : "A"}`, "mistyped");
  await refused(makeTokenText(), "not known");
  const before = now;
  now = new Date(now.getTime() + 31 * 86_400_000);
  await refused(good, "expired");
  now = before;
  await ownerPool.query(
    "update directory.api_token set revoked_at = now() where hint = $1 and name = 'Forged'",
    [good.slice(-4)],
  );
  await refused(good, "revoked");
});

test("a session's cookie opens no call, and a token opens no page", async () => {
  const answer = await hub.get("/api/v1/organizations", administrator);
  expect(answer.status).toBe(401);
  expect(
    (await hub.post("/api/v1/organizations", { name: "By cookie", type: "other" }, administrator)).status,
  ).toBe(401);
  const token = await forgeToken(hub, visitorOf("administrator").actor, SCOPES);
  const page = await hub.get("/directory/organizations", undefined, { authorization: `Bearer ${token}` });
  expect(page.status).toBe(303);
});

test("a role that changes and a membership that ends count at once", async () => {
  const noor = visitorOf("supervisor");
  const token = await forgeToken(hub, noor.actor, SCOPES);
  const form = () => callApi(hub, token, "/rosters", { method: "POST", body: rosterForm("G01") });
  expect((await form()).status).toBe(403);
  const setRole = (role: string) =>
    ownerPool.query("update directory.membership set role = $1 where id = $2", [
      role,
      noor.actor.membershipId,
    ]);
  await setRole("organization_lead");
  expect((await form()).status).toBe(202);
  await setRole("worker");
  expect((await callApi(hub, token, "/organizations")).status).toBe(403);
  await setRole("supervisor");
  await ownerPool.query("update directory.membership set ended_on = current_date where id = $1", [
    noor.actor.membershipId,
  ]);
  expect((await callApi(hub, token, "/organizations")).status).toBe(401);
  await ownerPool.query("update directory.membership set ended_on = null where id = $1", [
    noor.actor.membershipId,
  ]);
  await hub.workJobs();
});

test("an evaluator makes a token, which reads under pseudonyms and changes nothing", async () => {
  const evaluator = visitors.find((visitor) => visitor.evaluator);
  const cookie = evaluator?.cookie ?? "";
  const page = await (await hub.get("/account/tokens", cookie)).text();
  expect(page).not.toContain('value="rosters:write"');
  const token = await makeToken(hub, cookie, ["enrollments:read"]);
  const { items } = await readApi<{ items: { id: number; trainee: string; values: object }[] }>(
    hub,
    token,
    "/enrollments?limit=1000",
  );
  expect(items.length).toBeGreaterThan(500);
  expect(items.filter(({ trainee }) => !/^P-[0-9A-F]{8}$/.test(trainee))).toEqual([]);
  const { rows } = await ownerPool.query<{ code: string }>(
    "select distinct trainee_code as code from pathways.enrollment",
  );
  const text = JSON.stringify(items);
  expect(rows.filter(({ code }) => text.includes(`"${code}"`))).toEqual([]);
  const one = await (await callApi(hub, token, `/enrollments/${items[0]?.id}`)).text();
  expect(rows.filter(({ code }) => one.includes(`"${code}"`))).toEqual([]);
  const forged = await forgeToken(hub, evaluator?.actor ?? lead.actor, SCOPES);
  for (const line of closed.filter(({ method }) => method === "POST"))
    expect((await callLine(hub, line, own, forged)).status, line.path).toBe(403);
});

test("public calls need no token", async () => {
  for (const line of apiLines.filter(({ api }) => api.scope === null))
    expect((await callLine(hub, line, own, null)).status, line.path).toBe(200);
  expect(lineOf("getResults").who).toBe("public");
});
