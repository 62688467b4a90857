// Writes that name themselves are done once, however often they are sent.
import { expect, test } from "vitest";
import { apiJobs } from "../src/platform/api/idempotency.jobs.ts";
import { callApi, makeFullToken, rosterFile, rosterForm } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";

let now = new Date();
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const cookie = await hub.signIn("marisol@demo.example");
const token = await makeFullToken(hub, cookie);
const samuel = await makeFullToken(hub, await hub.signIn("samuel@demo.example"));

const add = (name: string, key?: string, by = token): Promise<Response> =>
  callApi(hub, by, "/organizations", {
    method: "POST",
    body: { name, type: "other" },
    headers: key ? { "idempotency-key": key } : {},
  });
const send = (key: string, file = rosterFile()): Promise<Response> =>
  callApi(hub, samuel, "/rosters", {
    method: "POST",
    body: rosterForm("G35", file),
    headers: { "idempotency-key": key },
  });
async function count(text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await ownerPool.query<{ count: number }>(text, values);
  return rows[0]?.count ?? -1;
}
const named = (name: string): Promise<number> =>
  count("select count(*)::int as count from directory.organization where name = $1", [name]);
const rosters = (): Promise<number> => count("select count(*)::int as count from pathways.roster");

test("the same write under the same key is done once, and gets the same answer again", async () => {
  const [first, second] = [await add("Once", "key-1"), await add("Once", "key-1")];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
  expect(await second.text()).toBe(await first.text());
  expect(await named("Once")).toBe(1);
  expect(
    await count(
      "select count(*)::int as count from platform.audit a join directory.organization o on o.id = a.organization_id where o.name = 'Once'",
    ),
  ).toBe(1);
});

test("without a key, every write is a new one", async () => {
  await add("Twice");
  await add("Twice");
  expect(await named("Twice")).toBe(2);
});

test("another write under a used key is refused", async () => {
  await add("First of a key", "key-2");
  const answer = await add("Second of a key", "key-2");
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ errors: [{ in: "header", field: "Idempotency-Key" }] });
  expect(await named("Second of a key")).toBe(0);
});

test("two at a time under one key do the work once: the other one gets its answer, or is told to wait", async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => add("At a time", "key-3")));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => ![201, 409].includes(status))).toEqual([]);
  const fresh = answers.filter(
    ({ status, headers }) => status === 201 && !headers.get("idempotency-replayed"),
  );
  expect(fresh).toHaveLength(1);
  expect(await named("At a time")).toBe(1);
  for (const answer of answers.filter(({ status }) => status === 409))
    expect(answer.headers.get("retry-after")).toBe("1");
});

test("while the first is worked on, a second one is told to wait", async () => {
  const client = await ownerPool.connect();
  const { rows } = await ownerPool.query<{ id: string }>(
    "select t.id from directory.api_token t where hint = $1",
    [token.slice(-4)],
  );
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `idempotency/${rows[0]?.id}/key-busy`,
    ]);
    const answer = await add("Busy", "key-busy");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([409, "1"]);
  } finally {
    await client.query("rollback");
    client.release();
  }
  expect((await add("Busy", "key-busy")).status).toBe(201);
});

test("a refused write may be mended and sent again under its key", async () => {
  expect((await add("", "key-4")).status).toBe(422);
  expect((await add("Mended", "key-4")).status).toBe(201);
});

test("a key is one token's own", async () => {
  await add("Of one token", "key-5");
  const other = await makeFullToken(hub, cookie);
  expect((await add("Of one token", "key-5", other)).headers.get("idempotency-replayed")).toBeNull();
  expect(await named("Of one token")).toBe(2);
});

test("a file under the same key comes in once; another file is refused", async () => {
  const before = await rosters();
  const [first, second] = [await send("file-1"), await send("file-1")];
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(await second.json()).toEqual(await first.json());
  expect((await send("file-1", rosterFile("other.csv", "Another program"))).status).toBe(422);
  const many = await Promise.all(Array.from({ length: 4 }, () => send("file-2")));
  expect(many.every(({ status }) => status === 202 || status === 409)).toBe(true);
  expect(await rosters()).toBe(before + 2);
  await hub.workJobs();
});

test("a key that cannot be one is refused", async () => {
  for (const key of ["", "with space", "x".repeat(256)]) {
    const answer = await callApi(hub, token, "/organizations", {
      method: "POST",
      body: { name: "Never", type: "other" },
      headers: { "idempotency-key": key },
    });
    expect(answer.status, key).toBe(422);
  }
  expect(await named("Never")).toBe(0);
});

test("after a day a key is forgotten, and so is its row", async () => {
  await add("A day later", "key-6");
  now = new Date(now.getTime() + 25 * 3_600_000);
  const answer = await add("A day later", "key-6");
  expect(answer.headers.get("idempotency-replayed")).toBeNull();
  expect(await named("A day later")).toBe(2);
  await apiJobs[0]?.handle(hub.services, {});
  expect(await count("select count(*)::int as count from platform.idempotency_key")).toBe(1);
});
