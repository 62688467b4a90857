// Webhooks: who is told of what, signed so that an independent check believes it, tried again, and never inwards.
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import { sendMessage } from "../src/platform/webhooks/send-message.ts";
import { TRY_AGAIN_AFTER, webhookJobs } from "../src/platform/webhooks/webhook.jobs.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

let now = new Date("2026-03-02T09:00:00Z");
const hub = await createTestHub({
  demo: true,
  clock: () => now,
  config: { TRELLIS_WEBHOOK_PRIVATE_ADDRESSES: "yes" },
});
const { ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const organization = await organizationOfCode(hub, "G35");
const other = await organizationOfCode(hub, "G01");

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
const received: Received[] = [];
/** What the listener answers, in turn; then 204. */
let answers: { status: number; headers?: Record<string, string> }[] = [];
const listener = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    received.push({
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    });
    const { status, headers = {} } = answers.shift() ?? { status: 204 };
    response.writeHead(status, headers).end();
  });
});
await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", () => resolve()));
afterAll(() => listener.close());
const base = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;

beforeEach(async () => {
  received.length = 0;
  answers = [];
  await ownerPool.query("delete from platform.webhook");
});

const place = (id = organization): string => `/directory/organizations/${id}/webhooks`;

/** Makes a webhook on its page. @returns its id and secret. */
async function makeWebhook(
  events: string[],
  of = organization,
  path = "/hook",
): Promise<{ id: string; secret: string }> {
  const answer = await hub.post(place(of), { url: `${base}${path}`, events }, administrator);
  const page = await answer.text();
  expect(answer.status, page.slice(0, 1500)).toBe(200);
  const secret = /whsec_[A-Za-z0-9+/=]+/.exec(page.replaceAll("&#x2F;", "/"))?.[0] ?? "";
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from platform.webhook order by created_at desc, id limit 1",
  );
  expect(await (await hub.get(place(of), administrator)).text()).not.toContain(secret);
  return { id: rows[0]?.id ?? "", secret };
}
let awards = 0;
async function addAward(to = organization): Promise<void> {
  awards += 1;
  const answer = await hub.post(
    `/directory/organizations/${to}/awards`,
    { program: "BHWET", number: `W-${awards}`, starts: "2024-07-01", ends: "2025-06-30", code: "" },
    administrator,
  );
  expect(answer.status).toBe(303);
}
const deliveries = async () =>
  (
    await ownerPool.query<{
      state: string;
      tries: number;
      status: number | null;
      problem: string | null;
      next_try_at: Date | null;
    }>(
      "select state, tries, status, problem, next_try_at from platform.webhook_delivery order by created_at, id",
    )
  ).rows;

test("what an organization asked for it is told, signed, and nothing else", async () => {
  const { secret } = await makeWebhook(["directory.award-added"]);
  await makeWebhook(["directory.award-added"], other, "/other");
  await addAward();
  await hub.workJobs();
  expect(received.map(({ path }) => path)).toEqual(["/hook"]);
  const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: "" }] = received;
  const told = JSON.parse(body) as Record<string, unknown>;
  expect(told).toEqual({
    id: headers["webhook-id"],
    event: "directory.award-added",
    organization,
    subject: { kind: "award", id: expect.any(String) },
    data: { award: expect.any(String) },
    at: "2026-03-02T09:00:00.000Z",
  });
  // As the specification of Standard Webhooks has it, computed here by itself.
  expect(headers["content-type"]).toBe("application/json");
  expect(headers["webhook-timestamp"]).toBe(String(Date.parse("2026-03-02T09:00:00Z") / 1000));
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  expect(key).toHaveLength(32);
  expect(headers["webhook-signature"]).toBe(
    `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
  );
  expect(await deliveries()).toEqual([
    { state: "delivered", tries: 1, status: 204, problem: null, next_try_at: null },
  ]);
});

test("the hub's own webhook hears of every organization", async () => {
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from directory.organization where organization_type = 'hub'",
  );
  await makeWebhook(["directory.award-added"], rows[0]?.id);
  await addAward();
  await addAward(other);
  await hub.workJobs();
  expect(
    received.map(({ body }) => (JSON.parse(body) as { organization: string }).organization).toSorted(),
  ).toEqual([organization, other].toSorted());
});

test("what a lead does tells a webhook that the lead cannot see", async () => {
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from directory.organization where organization_type = 'hub'",
  );
  await makeWebhook(["pathways.enrollments-exported"], rows[0]?.id);
  const samuel = await hub.signIn("samuel@demo.example");
  expect((await hub.get("/pathways/enrollments?format=csv", samuel)).status).toBe(200);
  await hub.workJobs();
  expect(received).toHaveLength(1);
  // An evaluator writes nothing, and is told of all the same.
  const priya = await hub.signIn("priya@demo.example");
  expect((await hub.get("/pathways/enrollments?format=csv", priya)).status).toBe(200);
  await hub.workJobs();
  expect(received).toHaveLength(2);
});

test("what is rolled back is told to nobody", async () => {
  await makeWebhook(["directory.award-added"]);
  const number = `W-${awards}`;
  const answer = await hub.post(
    `/directory/organizations/${organization}/awards`,
    { program: "BHWET", number, starts: "2025-07-01", ends: "2024-06-30", code: "" },
    administrator,
  );
  expect(answer.status).toBe(422);
  await hub.workJobs();
  expect(await deliveries()).toEqual([]);
});

test("a message that is not taken is tried again under the same id, later each time, until it is", async () => {
  await makeWebhook(["directory.award-added"]);
  await addAward();
  answers = [{ status: 500 }, { status: 503 }];
  await hub.workJobs();
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await deliveries()).toMatchObject([{ state: "delivered", tries: 3, status: 204, problem: null }]);
});

test("the next try is put off, and what never is taken counts as failed after about a day, and is shown", async () => {
  await makeWebhook(["directory.award-added"]);
  await addAward();
  answers = Array.from({ length: 20 }, () => ({ status: 500 }));
  const { rows } = await ownerPool.query<{ data: object }>(
    "delete from pgboss.job where name = 'platform.send-webhook' and state = 'created' returning data",
  );
  await webhookJobs[0]?.handle(hub.services, rows[0]?.data);
  const [first] = await deliveries();
  expect(first).toMatchObject({ state: "waiting", tries: 1, status: 500, problem: "It answered 500." });
  expect(first?.next_try_at?.getTime()).toBe(now.getTime() + (TRY_AGAIN_AFTER[0] ?? 0) * 1000);
  const waiting = await ownerPool.query<{ start_after: Date }>(
    "select start_after from pgboss.job where name = 'platform.send-webhook' and state = 'created'",
  );
  expect(waiting.rows.map(({ start_after }) => start_after.getTime())).toEqual([
    first?.next_try_at?.getTime(),
  ]);
  expect(await (await hub.get(place(), administrator)).text()).toContain("Not taken yet");
  await hub.workJobs();
  expect(received).toHaveLength(TRY_AGAIN_AFTER.length + 1);
  expect(await deliveries()).toMatchObject([
    { state: "failed", tries: TRY_AGAIN_AFTER.length + 1, next_try_at: null },
  ]);
  const hours = TRY_AGAIN_AFTER.reduce<number>((sum, seconds) => sum + seconds, 0) / 3600;
  expect(hours).toBeGreaterThan(20);
  expect(hours).toBeLessThan(30);
  expect(await (await hub.get(place(), administrator)).text()).toContain("It answered 500.");
});

test("a redirect is not followed, and nobody listening is told in words", async () => {
  answers = [{ status: 302, headers: { location: `${base}/elsewhere` } }];
  const message = { body: "{}", headers: {} };
  expect(await sendMessage(`${base}/hook`, message, { mayBePrivate: true })).toEqual({
    status: 302,
    problem: "It answered with a redirect, which is not followed.",
  });
  expect(received.map(({ path }) => path)).toEqual(["/hook"]);
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", () => resolve()));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  expect(await sendMessage(`http://127.0.0.1:${port}/`, message, { mayBePrivate: true })).toEqual({
    status: null,
    problem: "Nothing listens there: the connection was refused.",
  });
});

test("an administrator sends a test, switches a webhook off and on, and deletes it", async () => {
  const { id } = await makeWebhook(["directory.award-added"]);
  const act = (what: string, form: Record<string, string> = {}) =>
    hub.post(`${place()}/${id}/${what}`, form, administrator);
  expect((await act("test")).status).toBe(303);
  await hub.workJobs();
  expect(received.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual([
    "platform.webhook-tested",
  ]);
  await act("switch", { on: "no" });
  await addAward();
  await hub.workJobs();
  expect(received).toHaveLength(1);
  now = new Date(now.getTime() + 60_000);
  await act("switch", { on: "yes" });
  await addAward();
  await act("switch", { on: "no" });
  await hub.workJobs();
  expect((await deliveries()).map(({ state }) => state)).toEqual(["delivered", "dropped"]);
  await act("delete");
  expect(await deliveries()).toEqual([]);
  expect((await act("test")).status).toBe(404);
});

test("a webhook of one organization is not found under another, and only administrators come near", async () => {
  const { id } = await makeWebhook(["directory.award-added"]);
  expect((await hub.post(`${place(other)}/${id}/delete`, {}, administrator)).status).toBe(404);
  for (const email of ["theo@demo.example", "samuel@demo.example"]) {
    const cookie = await hub.signIn(email);
    expect((await hub.get(place(), cookie)).status, email).toBe(403);
    expect((await hub.post(`${place()}/${id}/delete`, {}, cookie)).status, email).toBe(403);
  }
  expect((await hub.post(place(), { url: base, events: "made.up" }, administrator)).status).toBe(422);
  expect(
    (await hub.post(place(), { url: "no address", events: "directory.award-added" }, administrator)).status,
  ).toBe(422);
});

test("a name is looked up once: where any of its addresses lies inwards nothing is sent, else it goes to that very one", async () => {
  const message = { body: "{}", headers: {} };
  const at = (...addresses: string[]) => ({
    lookUp: () => Promise.resolve(addresses.map((address) => ({ address }))),
  });
  for (const addresses of [["10.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1"], ["::ffff:10.0.0.1"]])
    expect(
      await sendMessage("https://data.example.org/", message, { mayBePrivate: false, ...at(...addresses) }),
    ).toEqual({
      status: null,
      problem: "The name leads to a private or local network.",
    });
  const here = base.replace("127.0.0.1", "data.example.org");
  expect(await sendMessage(`${here}/by-name`, message, { mayBePrivate: true, ...at("127.0.0.1") })).toEqual({
    status: 204,
    problem: null,
  });
  expect(received.map(({ path, headers }) => [path, headers.host])).toEqual([
    ["/by-name", here.replace("http://", "")],
  ]);
});

test("old messages are forgotten, those that wait are not", async () => {
  await makeWebhook(["directory.award-added"]);
  await addAward();
  await hub.workJobs();
  await ownerPool.query("delete from pgboss.job");
  await addAward();
  now = new Date(now.getTime() + 31 * 86_400_000);
  await webhookJobs[1]?.handle(hub.services, {});
  expect((await deliveries()).map(({ state }) => state)).toEqual(["waiting"]);
});
