// The second wall: with everything switched off that the code decides, the database must still refuse.
import { globSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { routes } from "../src/app/modules.ts";
import { SCOPES } from "../src/platform/api/scopes.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { apiLines, callLine, forgeToken } from "./support/api-client.ts";
import { countForeignRows, takeFingerprint } from "./support/foreign-rows.ts";
import { findLeaksBeside, textOf } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";
import { callRoute, findRowIds, namesRows, organizationOfCode, signInVisitors } from "./support/visitors.ts";

// Whoever is signed in may use every route, and every policy says yes.
vi.mock("../src/app/modules.ts", async (importOriginal) => {
  const original = await importOriginal<{ routes: typeof routes }>();
  return {
    ...original,
    routes: original.routes.map((route) => ({
      ...route,
      who: route.who === "public" ? "public" : "signed-in",
    })),
  };
});
vi.mock("../src/modules/library/library.policy.ts", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  mayEditLibrary: () => true,
  mayReadAdoptions: (actor: { kind: string }) => actor.kind === "person",
  mayWriteAdoptionsOf: (actor: { kind: string }) => actor.kind === "person",
  mayConsentFor: (actor: { kind: string }) => actor.kind === "person",
  mayRate: (actor: { kind: string }) => actor.kind === "person",
}));
vi.mock("../src/modules/pathways/rosters/roster.policy.ts", () => ({
  refuseEvaluators: () => undefined,
  mayImport: () => true,
}));
vi.mock("../src/modules/reports/annual/report.policy.ts", () => ({
  isReviewer: () => true,
  reportRights: () => ({ edit: true, submit: true, review: true, correct: true }),
}));
const switchedOff = ["library.policy.ts", "report.policy.ts", "roster.policy.ts"];

const hub = await createTestHub({ demo: true });
const visitors = (await signInVisitors(hub)).filter(
  (visitor) => visitor.actor.kind === "person" && !visitor.ofHub,
);
const other = await findRowIds(hub, await organizationOfCode(hub, "G05"));
const QUERIES = ["?year=2024-25", "?limit=1000", "?format=csv", `?organization=${other.organization}`];

test("every policy of the code is switched off here", () => {
  const policies = globSync("src/**/*.policy.ts", { cwd: projectFolder }).map((path) => basename(path));
  expect(policies.toSorted()).toEqual(switchedOff);
  expect(routes.filter((route) => Array.isArray(route.who))).toEqual([]);
  expect(visitors.map(({ name }) => name)).toEqual(["organization_lead", "supervisor", "worker", "partner"]);
});

describe.each(visitors)("$name, whom no code stops,", (visitor) => {
  const organization = visitor.actor.kind === "person" ? visitor.actor.organizationId : "";

  test("reads nothing of another organization, by page, by filter or by file", async () => {
    const leaks = await findLeaksBeside(hub, organization);
    const own = await findRowIds(hub, organization);
    const problems: string[] = [];
    for (const route of routes.filter((one) => one.method === "GET" && !one.api)) {
      const queries = namesRows(route.path)
        ? [""]
        : ["", "?format=csv", "?format=xlsx", "?format=json", `?organization=${other.organization}`];
      for (const ids of namesRows(route.path) ? [own, other] : [own]) {
        for (const query of queries) {
          const answer = await callRoute(hub, route, ids, visitor.cookie, query);
          const found = leaks.find(
            await textOf(answer),
            ids === other || query.includes("=") ? [other.organization, other.roster, other.membership] : [],
          );
          if (found.length > 0 && route.who !== "public")
            problems.push(`${route.path}${query} shows ${found.slice(0, 3).join(", ")}`);
          if (ids === other && answer.status === 200 && route.who !== "public")
            problems.push(`${route.path} answers 200`);
        }
      }
    }
    expect(problems).toEqual([]);
  });

  test("reads and changes nothing of another organization by the API, with every scope there is", async () => {
    if (visitor.actor.kind !== "person") throw new Error("nobody has a token");
    const token = await forgeToken(hub, visitor.actor, SCOPES);
    const leaks = await findLeaksBeside(hub, organization);
    const before = await takeFingerprint(hub.services.database.ownerPool, organization);
    const problems: string[] = [];
    for (const line of apiLines.filter(({ api }) => api.scope !== null)) {
      for (const query of namesRows(line.path) || line.method === "POST" ? [""] : QUERIES) {
        const answer = await callLine(hub, line, other, token, query);
        await hub.workJobs();
        const found = leaks.find(await answer.text(), [other.organization, other.roster]);
        if (found.length > 0) problems.push(`${line.path}${query} shows ${found.slice(0, 3).join(", ")}`);
        if (namesRows(line.path) && answer.status !== 404)
          problems.push(`${line.method} ${line.path} answers ${answer.status}`);
      }
    }
    expect(problems).toEqual([]);
    expect(await takeFingerprint(hub.services.database.ownerPool, organization)).toEqual(before);
  });

  test("changes nothing of another organization, whatever is sent", async () => {
    const { ownerPool } = hub.services.database;
    expect(await countForeignRows(ownerPool, organization)).toBeGreaterThan(3000);
    const before = await takeFingerprint(ownerPool, organization);
    const changed: string[] = [];
    for (const route of routes.filter(
      (one) => one.method === "POST" && !one.api && one.path !== "/sign-out" && one.path !== "/sign-in",
    )) {
      const answer = await callRoute(hub, route, other, visitor.cookie);
      await hub.workJobs();
      const after = await takeFingerprint(ownerPool, organization);
      const tables = Object.keys(after).filter((table) => after[table] !== before[table]);
      if (tables.length > 0) changed.push(`${route.path} (${answer.status}) changed ${tables.join(", ")}`);
    }
    expect(changed).toEqual([]);
  });
});
