// The queue as an administrator sees it, and a second try for what failed.
import { beforeEach, expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { openJobs } from "../src/platform/jobs/jobs.ts";
import { textOf } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const samuel = await hub.signIn("samuel@demo.example");

beforeEach(async () => {
  await ownerPool.query("delete from pgboss.job");
});

interface Made {
  name?: string;
  state: string;
  reason?: string;
  data?: object;
}

async function makeJob({ name = "pathways.read-roster", state, reason, data = {} }: Made): Promise<string> {
  const { rows } = await ownerPool.query<{ id: string }>(
    "insert into pgboss.job (name, state, output, data, started_on, completed_on) values ($1, $2, $3, $4, now(), now()) returning id",
    [name, state, reason === undefined ? null : JSON.stringify({ message: reason }), JSON.stringify(data)],
  );
  return rows[0]?.id ?? "";
}
const stateOf = async (id: string): Promise<string | undefined> =>
  (await ownerPool.query<{ state: string }>("select state from pgboss.job where id = $1", [id])).rows[0]
    ?.state;
const page = async (query = ""): Promise<string> => textOf(await hub.get(`/jobs${query}`, administrator));

test("the page says what runs, waits and failed, with the reason, and only that when asked for it", async () => {
  await makeJob({ state: "created" });
  await makeJob({ state: "active", name: "pathways.commit-roster" });
  await makeJob({ state: "failed", name: "reports.publish", reason: "The disk is full <b>" });
  const all = await page();
  for (const words of [
    "Reading a roster",
    "Committing a roster",
    "Publishing a year",
    "The disk is full &lt;b>",
  ])
    expect(all.replaceAll("&gt;", ">")).toContain(words);
  const failed = await page("?state=failed");
  expect(failed).toContain("The disk is full");
  expect(failed).not.toContain("Reading a roster");
  expect(await page("?state=done")).toContain("No job is in this state");
});

test("what runs every minute is listed only when it fails", async () => {
  // The queue's own clock has a queue of its own once it runs.
  await ownerPool.query(`select pgboss.create_queue('__pgboss__send-it', '{"policy": "standard"}')`);
  for (const name of ["platform.seal-audit", "__pgboss__send-it"])
    for (const state of ["completed", "created"]) await makeJob({ state, name });
  expect(await page()).toContain("Nothing has been asked for yet");
  await makeJob({ state: "failed", name: "platform.seal-audit", reason: "The server went away" });
  expect(await page()).toContain("The server went away");
});

test("a failed job is tried again, does its work, and the audit says who asked", async () => {
  const header =
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total";
  const file = new File(
    [`${header}\nA-001,Again,practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,1\n`],
    "again.csv",
  );
  await upload(hub, "/pathways/rosters", { code: "G35" }, samuel, file);
  const { rows } = await ownerPool.query<{ id: string; data: { roster: string } }>(
    "update pgboss.job set state = 'failed', retry_limit = 2, retry_count = 2, completed_on = now() where name = 'pathways.read-roster' returning id, data",
  );
  const [job] = rows;
  if (!job) throw new Error("the upload asked for no job");
  const answer = await hub.post(`/jobs/${job.id}/retry`, {}, administrator);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/jobs"]);
  expect(await stateOf(job.id)).toBe("retry");
  await hub.workJobs();
  expect(await stateOf(job.id)).toBe("completed");
  const roster = await ownerPool.query<{ state: string }>("select state from pathways.roster where id = $1", [
    job.data.roster,
  ]);
  expect(roster.rows).toEqual([{ state: "ready" }]);
  const audit = await ownerPool.query<{ event: string; actor_kind: string }>(
    "select event, actor_kind from platform.audit where subject_kind = 'job' and subject_id = $1",
    [job.id],
  );
  expect(audit.rows).toEqual([{ event: "platform.job-retried", actor_kind: "person" }]);
});

test("a job that has not failed, or is not there, is not tried again", async () => {
  const running = await makeJob({ state: "active" });
  for (const id of [running, crypto.randomUUID()])
    expect((await hub.post(`/jobs/${id}/retry`, {}, administrator)).status).toBe(409);
  expect(await stateOf(running)).toBe("active");
});

test("nobody but an administrator sees the queue or tries again", async () => {
  const id = await makeJob({ state: "failed" });
  for (const email of ["theo@demo.example", "samuel@demo.example"]) {
    const cookie = await hub.signIn(email);
    expect((await hub.get("/jobs", cookie)).status, email).toBe(403);
    expect((await hub.post(`/jobs/${id}/retry`, {}, cookie)).status, email).toBe(403);
  }
  expect(await stateOf(id)).toBe("failed");
});

test("a queue that an earlier version made gets the heartbeat that its job has now", async () => {
  await ownerPool.query("update pgboss.queue set heartbeat_seconds = null where name = 'reports.publish'");
  const opened = await openJobs(hub.services.database, jobs, hub.services.log);
  await opened.stop();
  const { rows } = await ownerPool.query<{ heartbeat_seconds: number }>(
    "select heartbeat_seconds from pgboss.queue where name = 'reports.publish'",
  );
  expect(rows).toEqual([{ heartbeat_seconds: 30 }]);
});
