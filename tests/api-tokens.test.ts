// Tokens: of persons and of organizations, how long they hold, how often they may be used.
import { sql } from "kysely";
import { expect, test } from "vitest";
import { type Actor, inTransaction } from "../src/platform/database/actor.ts";
import { callApi, makeToken, readApi, rosterForm, signInBearers } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";
import { findRowIds, organizationOfCode } from "./support/visitors.ts";

let now = new Date();
const hub = await createTestHub({ demo: true, clock: () => now });
const { db, ownerPool } = hub.services.database;
const { bearerOf: visitorOf } = await signInBearers(hub);
const own = await findRowIds(hub, await organizationOfCode(hub, "G01"));
const administrator = await hub.signIn("marisol@demo.example");
const lead = visitorOf("organization_lead");

test("an organization's token acts for it alone, survives whoever made it, and ends when it is revoked", async () => {
  const place = `/directory/organizations/${own.organization}/tokens`;
  const token = await makeToken(
    hub,
    administrator,
    ["rosters:write", "rosters:read", "organizations:read", "enrollments:read"],
    { place, name: "Monthly script" },
  );
  const { items } = await readApi<{ items: { id: string }[] }>(hub, token, "/organizations");
  expect(items.map(({ id }) => id)).toEqual([own.organization]);
  // Its bearer is nobody of the organization's people, and signs in nowhere.
  const people = await (await hub.get(`/directory/organizations/${own.organization}`, administrator)).text();
  expect(people).not.toContain("Monthly script");
  const marisol = visitorOf("administrator").actor;
  await ownerPool.query("update directory.membership set ended_on = current_date where id = $1", [
    marisol.membershipId,
  ]);
  const { id } = await readApi<{ id: string }>(hub, token, "/rosters", {
    method: "POST",
    body: rosterForm("G01"),
  });
  await hub.workJobs();
  expect(await readApi(hub, token, `/rosters/${id}`)).toMatchObject({ state: "ready" });
  expect((await callApi(hub, token, "/rosters", { method: "POST", body: rosterForm("G35") })).status).toBe(
    422,
  );
  await ownerPool.query("update directory.membership set ended_on = null where id = $1", [
    marisol.membershipId,
  ]);
  const { id: late } = await readApi<{ id: string }>(hub, token, "/rosters", {
    method: "POST",
    body: rosterForm("G01"),
  });
  const revoke =
    new RegExp(`${place}/([0-9a-f-]{36})/revoke`).exec(
      await (await hub.get(place, administrator)).text(),
    )?.[0] ?? "";
  expect((await hub.post(revoke, {}, administrator)).status).toBe(303);
  expect((await callApi(hub, token, "/organizations")).status).toBe(401);
  // What it had asked for is not done any more either.
  await hub.workJobs();
  const { rows } = await ownerPool.query<{ state: string }>(
    "select state from pathways.roster where id = $1",
    [late],
  );
  expect(rows).toEqual([{ state: "failed" }]);
});

test("a token of the hub itself reads every organization", async () => {
  const { rows } = await ownerPool.query<{ id: string; count: number }>(
    "select id, (select count(*)::int from directory.organization where archived_at is null) as count from directory.organization where organization_type = 'hub'",
  );
  const token = await makeToken(hub, administrator, ["organizations:read"], {
    place: `/directory/organizations/${rows[0]?.id}/tokens`,
  });
  const { items } = await readApi<{ items: unknown[] }>(hub, token, "/organizations?limit=1000");
  expect(items).toHaveLength(rows[0]?.count ?? 0);
});

test("a page gives no scope that the role has not, no token for longer than a year, and shows a token once", async () => {
  const cookie = visitorOf("supervisor").cookie ?? "";
  const ask = (form: Record<string, string>) =>
    hub.post("/account/tokens", { name: "X", scopes: "enrollments:read", days: "30", ...form }, cookie);
  expect((await ask({ scopes: "organizations:write" })).status).toBe(403);
  expect((await ask({ scopes: "everything" })).status).toBe(422);
  expect((await ask({ days: "3650" })).status).toBe(422);
  const refused = await ask({ name: "" });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("Name the program")]);
  const token = await makeToken(hub, cookie, ["enrollments:read"]);
  const page = await (await hub.get("/account/tokens", cookie)).text();
  expect(page).toContain(token.slice(-4));
  expect(page).not.toContain(token);
  const { rows } = await ownerPool.query<{ text: string }>(
    "select t::text as text from directory.api_token t",
  );
  expect(rows.some(({ text }) => text.includes(token))).toBe(false);
  const { rows: audit } = await ownerPool.query(
    "select data from platform.audit where event = 'directory.token-made' and data::text like '%trl%'",
  );
  expect(audit).toEqual([]);
});

test("the database lets nobody make or revoke a token for somebody else", async () => {
  const attempt = (actor: Actor, membership: string): Promise<unknown> =>
    inTransaction(db, actor, (trx) =>
      sql`select directory.make_api_token(gen_random_uuid(), ${membership}, 'x', array['enrollments:read'], sha256(${crypto.randomUUID()}::bytea), 'xxxx', now(), now() + interval '1 day')`.execute(
        trx,
      ),
    );
  const admin = visitorOf("administrator");
  await expect(attempt(lead.actor, admin.actor.membershipId)).rejects.toMatchObject({ code: "42501" });
  await expect(attempt(admin.actor, lead.actor.membershipId)).rejects.toMatchObject({ code: "42501" });
  await expect(
    attempt({ ...lead.actor, membershipId: admin.actor.membershipId }, lead.actor.membershipId),
  ).rejects.toMatchObject({ code: "42501" });
  await expect(attempt({ kind: "anonymous" }, lead.actor.membershipId)).rejects.toMatchObject({
    code: "42501",
  });
  await attempt(lead.actor, lead.actor.membershipId);
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from directory.api_token where membership_id = $1 and revoked_at is null limit 1",
    [lead.actor.membershipId],
  );
  const revoked = await inTransaction(db, visitorOf("supervisor").actor, (trx) =>
    sql<{ done: boolean }>`select directory.revoke_api_token(${rows[0]?.id}, now()) as done`.execute(trx),
  );
  expect(revoked.rows).toEqual([{ done: false }]);
  await expect(
    inTransaction(db, lead.actor, (trx) =>
      sql`update directory.api_token set scopes = array['events:read']`.execute(trx),
    ),
  ).rejects.toMatchObject({ code: "42501" });
});

test("a token's calls are counted, told in headers, and refused when they are too many", async () => {
  const slow = await createTestHub({
    demo: true,
    clock: () => now,
    config: { TRELLIS_API_REQUESTS_PER_MINUTE: "3" },
  });
  const cookie = await slow.signIn("samuel@demo.example");
  const [one, two] = [
    await makeToken(slow, cookie, ["organizations:read"]),
    await makeToken(slow, cookie, ["organizations:read"]),
  ];
  const answers = [];
  for (let count = 0; count < 4; count++) answers.push(await callApi(slow, one, "/organizations"));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get("ratelimit"))).toEqual([
    '"token";r=2;t=60',
    '"token";r=1;t=60',
    '"token";r=0;t=60',
    '"token";r=0;t=60',
  ]);
  expect(answers[3]?.headers.get("retry-after")).toBe("60");
  expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"token";q=3;w=60');
  expect((await callApi(slow, two, "/organizations")).status).toBe(200);
  const before = now;
  now = new Date(now.getTime() + 61_000);
  expect((await callApi(slow, one, "/organizations")).status).toBe(200);
  now = before;
});
