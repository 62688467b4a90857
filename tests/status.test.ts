// How the hub is, for who runs it: the status page, slow queries, errors.
import { beforeEach, expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { createServices } from "../src/app/services.ts";
import { sealAudit } from "../src/platform/audit/audit.store.ts";
import { system } from "../src/platform/database/actor.ts";
import { textOf } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";

let now = new Date();
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool, db } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const staff = await hub.signIn("theo@demo.example");
const lead = await hub.signIn("samuel@demo.example");

beforeEach(async () => {
  now = new Date();
  await ownerPool.query("delete from platform.failure");
  await ownerPool.query("delete from pgboss.job");
});

/** The row of the page that begins with a label, as plain words. */
async function lineOf(label: string, cookie = administrator): Promise<string> {
  const page = await textOf(await hub.get("/status", cookie));
  const rows = page.match(/<tr role="row".*?<\/tr>/gs) ?? [];
  const found = rows.find((row) => row.includes(`>${label}<`)) ?? "";
  return found.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}
const page = async (path: string, cookie = administrator): Promise<string> =>
  textOf(await hub.get(path, cookie));

test("the page says of everything the hub stands on how it is", async () => {
  expect(await lineOf("Trellis")).toMatch(
    /Good Version 0\.\d+\.\d+, running for .* on Node\.js 2\d.* 00\d\d_/,
  );
  expect(await lineOf("Database")).toMatch(
    /Good PostgreSQL \d+(\.\d+)?.*, [\d.]+ MB\. \d+ of \d+ connections/,
  );
  expect(await lineOf("Disk of the data folder")).toMatch(/GB of .* are free/);
  expect(await lineOf("Uploaded files")).toMatch(/Good Kept in .*files/);
  expect(await lineOf("Work in the background")).toMatch(/Good Nothing waits, none has failed/);
  expect(await lineOf("Mail")).toMatch(/Look at this No mail server is set.*TRELLIS_SMTP_URL/);
  expect(await lineOf("Errors")).toMatch(/Good Nothing has failed/);
});

test("a backup that was never made, is new, or is old, is told apart", async () => {
  await ownerPool.query("alter table platform.audit disable trigger all");
  const backedUp = (age: string): Promise<unknown> =>
    ownerPool.query(
      `insert into platform.audit (organization_id, event, actor_kind, subject_kind, subject_id, data, recorded_at)
        select id, 'platform.backup-written', 'system', 'hub', id::text, '{"encrypted": true, "bytes": 5242880}', now() - $1::interval
        from directory.organization where organization_type = 'hub'`,
      [age],
    );
  expect(await lineOf("Last backup")).toMatch(/Look at this No backup .* trellis -- backup/);
  await backedUp("20 days");
  expect(await lineOf("Last backup")).toMatch(/Wrong .* encrypted, 5 MB/);
  await backedUp("3 days");
  expect(await lineOf("Last backup")).toMatch(/Look at this/);
  await backedUp("1 hour");
  expect(await lineOf("Last backup")).toMatch(/Good .* encrypted, 5 MB/);
  await ownerPool.query("alter table platform.audit enable trigger all");
});

test("what waits to be sealed for long is wrong, and good once it is sealed", async () => {
  await expect
    .poll(
      async () => {
        await hub.services.perform(system, (work) => sealAudit(work.trx));
        return lineOf("Audit");
      },
      { timeout: 30_000 },
    )
    .toMatch(/Good Sealed up to .* No entry waits/);
  await hub.get("/account", lead);
  await hub.post("/account/sessions/end", {}, lead);
  const { rows } = await ownerPool.query("select 1 from platform.audit_unsealed");
  if (rows.length === 0)
    await ownerPool.query(
      "insert into platform.audit (organization_id, event, actor_kind, subject_kind, subject_id) select id, 'directory.signed-in', 'system', 'hub', 'x' from directory.organization where organization_type = 'hub'",
    );
  now = new Date(Date.now() + 20 * 60_000);
  expect(await lineOf("Audit")).toMatch(/Wrong .* waits?\. Sealing runs every minute/);
});

test("failed jobs and jobs that nobody works are told, with the way to them", async () => {
  await ownerPool.query("insert into pgboss.job (name, state) values ('reports.publish', 'failed')");
  expect(await lineOf("Work in the background")).toMatch(/Look at this Nothing waits, 1 failed/);
  expect(await page("/status")).toContain('href="/jobs?state=failed"');
  expect(await page("/status", staff)).not.toContain('href="/jobs?state=failed"');
  await ownerPool.query(
    "insert into pgboss.job (name, state, start_after, created_on) values ('reports.publish', 'created', now() - interval '1 hour', now() - interval '1 hour')",
  );
  expect(await lineOf("Work in the background")).toMatch(
    /Wrong One job waits, 1 failed\. A job has been due for 60 minutes/,
  );
});

test("hub staff see the status, administrators alone queries and errors, and nobody else anything", async () => {
  expect((await hub.get("/status", staff)).status).toBe(200);
  expect((await hub.get("/status", lead)).status).toBe(403);
  for (const path of ["/status/queries", "/status/errors"]) {
    expect((await hub.get(path, administrator)).status).toBe(200);
    expect((await hub.get(path, staff)).status).toBe(403);
  }
  expect(await page("/status", staff)).not.toContain("/status/errors");
});

test("slow queries are listed with calls and times, and without values", async () => {
  await db.selectFrom("directory.state").select("name").where("name", "=", "A value of the test").execute();
  const { rows } = await ownerPool.query<{ loaded: boolean }>(
    "select exists (select from pg_extension where extname = 'pg_stat_statements') as loaded",
  );
  for (const order of ["total", "mean", "longest", "calls"]) {
    const text = await page(`/status/queries?order=${order}`);
    if (!rows[0]?.loaded) {
      expect(text).toMatch(/shared_preload_libraries|create extension/);
      continue;
    }
    expect(text).toMatch(/<code>(select|with|insert)/i);
    expect(text).not.toMatch(/A value of the test|password '/);
  }
});

test("without its statistics the page says how they are switched on", async () => {
  await ownerPool.query("drop extension if exists pg_stat_statements");
  expect(await page("/status/queries")).toContain("create extension pg_stat_statements");
});

/** Makes a request fail inside the hub. */
async function fail(): Promise<string> {
  await ownerPool.query("alter table pathways.enrollment rename to hidden_enrollment");
  try {
    const answer = await hub.get("/pathways/enrollments?trainee=LA-24-6335", administrator);
    expect(answer.status).toBe(500);
    return answer.headers.get("x-request-id") ?? "";
  } finally {
    await ownerPool.query("alter table pathways.hidden_enrollment rename to enrollment");
  }
}

test("a failed request is recorded once per kind, with where, what, how often and its reference, and no message", async () => {
  await fail();
  const reference = await fail();
  await hub.services.failures.settle();
  const { rows } = await ownerPool.query(
    "select kind, place, error_type, code, count, last_request_id, stack from platform.failure",
  );
  expect(rows).toMatchObject([
    {
      kind: "request",
      place: "GET /pathways/enrollments",
      code: "42P01",
      count: 2,
      last_request_id: reference,
    },
  ]);
  expect(rows[0].stack.join("\n")).toMatch(/^src\/.*\.tsx?:\d+/);
  const text = await page("/status/errors");
  for (const words of ["GET /pathways/enrollments", "42P01", reference]) expect(text).toContain(words);
  expect(JSON.stringify(rows)).not.toMatch(/LA-24|relation|does not exist|hidden_/);
  expect(await lineOf("Errors")).toMatch(/Look at this One kind of request or job failed/);
});

test("a page that is not there, or a form that is refused, is no error of the hub", async () => {
  await hub.get("/nothing", administrator);
  await hub.get("/pathways/enrollments/999999999", administrator);
  await hub.post("/sign-in", { email: "ada@demo.example", password: "a wrong password" });
  await hub.services.failures.settle();
  expect((await ownerPool.query("select 1 from platform.failure")).rowCount).toBe(0);
});

test("a job that fails is recorded too, from the queue that really works it", async () => {
  const other = await createServices(hub.config, {
    ...hub.services.database,
    close: () => Promise.resolve(),
  });
  const failing = jobs
    .filter((job) => job.name === "platform.seal-audit")
    .map((job) => ({
      ...job,
      handle: () => Promise.reject(Object.assign(new TypeError("Ada Larkenshaw"), { code: "E_TEST" })),
    }));
  await other.jobs.work(other, failing);
  await other.perform(system, (work) => work.enqueue("platform.seal-audit", {}));
  await expect
    .poll(
      async () => {
        await other.failures.settle();
        return (
          await ownerPool.query("select place, error_type, code from platform.failure where kind = 'job'")
        ).rows;
      },
      { timeout: 20_000 },
    )
    .toEqual([{ place: "platform.seal-audit", error_type: "TypeError", code: "E_TEST" }]);
  expect(JSON.stringify((await ownerPool.query("select * from platform.failure")).rows)).not.toContain(
    "Larkenshaw",
  );
  await other.close();
});

test("while the database refuses the record, requests go on, and what failed meanwhile is counted later", async () => {
  await ownerPool.query("alter table platform.failure rename to hidden_failure");
  await fail();
  await hub.services.failures.settle();
  await fail();
  await hub.services.failures.settle();
  await ownerPool.query("alter table platform.hidden_failure rename to failure");
  await hub.services.failures.settle();
  const { rows } = await ownerPool.query("select count from platform.failure");
  expect(rows).toEqual([{ count: 2 }]);
});

test("errors not seen for 30 days are forgotten", async () => {
  await fail();
  await hub.services.failures.settle();
  const forget = jobs.find((job) => job.name === "platform.forget-failures");
  now = new Date(Date.now() + 29 * 86_400_000);
  await forget?.handle(hub.services, {});
  expect((await ownerPool.query("select 1 from platform.failure")).rowCount).toBe(1);
  now = new Date(Date.now() + 31 * 86_400_000);
  await forget?.handle(hub.services, {});
  expect((await ownerPool.query("select 1 from platform.failure")).rowCount).toBe(0);
});

test("nobody but administrators and the hub itself reads or changes the record in the database", async () => {
  await fail();
  await hub.services.failures.settle();
  expect((await db.selectFrom("platform.failure").selectAll().execute()).length).toBe(0);
  await expect(
    db
      .insertInto("platform.failure")
      .values({
        fingerprint: "0".repeat(64),
        kind: "job",
        place: "x",
        error_type: "x",
        count: 1,
        first_seen: now,
        last_seen: now,
      })
      .execute(),
  ).rejects.toMatchObject({ code: "42501" });
});
