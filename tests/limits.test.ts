// How often a network may ask, and how long one question to the database may take.
import { sql } from "kysely";
import { expect, test } from "vitest";
import { system } from "../src/platform/database/actor.ts";
import { callApi, makeToken } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";

test("the addresses of one IPv6 network count together, those of another and of IPv4 apart", async () => {
  const hub = await createTestHub({
    demo: true,
    clock: () => new Date("2026-11-02T12:00:00Z"),
    config: { TRELLIS_REQUESTS_PER_MINUTE: "10", TRELLIS_TRUST_PROXY: "yes" },
  });
  const ask = async (from: string): Promise<number> =>
    (await hub.get("/sign-in", undefined, { "x-forwarded-for": from })).status;
  for (let count = 1; count <= 10; count++) expect(await ask(`2001:db8:1:2::${count}`)).toBe(200);
  expect(await ask("2001:db8:1:2:ffff::9")).toBe(429);
  expect(await ask("2001:db8:1:3::1")).toBe(200);
  for (let count = 1; count <= 11; count++) expect(await ask(`203.0.113.${count}`)).toBe(200);
});

test("a page or a call whose query takes too long gets a kind 503 and a number for the log; work in the background goes on", async () => {
  const hub = await createTestHub({ demo: true, config: { TRELLIS_QUERY_SECONDS: "1" } });
  const { ownerPool } = hub.services.database;
  const cookie = await hub.signIn("theo@demo.example");
  const token = await makeToken(hub, cookie, ["enrollments:read"]);
  const blocker = await ownerPool.connect();
  try {
    await blocker.query("begin");
    await blocker.query("lock table pathways.enrollment in access exclusive mode");
    const page = await hub.get("/pathways/enrollments", cookie);
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("60");
    const text = await page.text();
    expect(text).toContain("took too long");
    expect(text).toMatch(/Reference\s*<code>[0-9a-f-]{36}/);
    const call = await callApi(hub, token, "/enrollments");
    expect(call.status).toBe(503);
    expect(call.headers.get("content-type")).toContain("application/problem+json");
  } finally {
    await blocker.query("rollback");
    blocker.release();
  }
  expect((await hub.get("/pathways/enrollments", cookie)).status).toBe(200);
  await expect(
    hub.services.perform(system, (work) => sql`select pg_sleep(1.5)`.execute(work.trx)),
  ).resolves.toBeDefined();
});
