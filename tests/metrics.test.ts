// What a Prometheus server reads of the hub.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const TOKEN = "a token for the scraper only";
const hub = await createTestHub({ demo: true, config: { TRELLIS_METRICS_TOKEN: TOKEN } });
const silent = await createTestHub({ demo: true });
const read = async (): Promise<string> => {
  const answer = await hub.get("/metrics", undefined, { authorization: `Bearer ${TOKEN}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  return answer.text();
};
const valueOf = (text: string, series: string): number =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.split(" ")
      .at(-1),
  );

test("without a token in the settings there is no such page", async () => {
  expect((await silent.get("/metrics")).status).toBe(404);
  expect((await silent.get("/metrics", undefined, { authorization: "Bearer " })).status).toBe(404);
});

test("nobody reads it without the token, an administrator neither", async () => {
  const administrator = await hub.signIn("marisol@demo.example");
  for (const authorization of ["", "Bearer ", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
    const answer = await hub.get("/metrics", administrator, { authorization });
    expect(answer.status, authorization).toBe(401);
    expect(await answer.text()).not.toContain("trellis_request_seconds");
  }
});

test("requests are counted by method, route pattern and status", async () => {
  const cookie = await hub.signIn("theo@demo.example");
  const series = 'trellis_request_seconds_count{method="GET",route="/pathways/enrollments/:id",status="404"}';
  const before = valueOf(await read(), series) || 0;
  await hub.get("/pathways/enrollments/999999999", cookie);
  await hub.get("/pathways/enrollments/999999998", cookie);
  expect(valueOf(await read(), series)).toBe(before + 2);
});

test("what anybody makes up as address or method adds no series of its own", async () => {
  for (const path of ["/nothing-1", "/nothing-2", "/.env", "/assets/nothing-3"]) await hub.get(path);
  for (const method of ["BREW", "PROPFIND"])
    await hub.app.request("http://localhost/sign-in", { method, headers: { origin: "http://localhost" } });
  const text = await read();
  expect(text).not.toMatch(/nothing|\.env|BREW|PROPFIND/);
  expect(text).toContain('method="other"');
});

test("jobs, mails, connections, uploads and the process are told", async () => {
  const cookie = await hub.signIn("samuel@demo.example");
  const before = valueOf(await read(), "trellis_uploads_total");
  expect((await upload(hub, "/pathways/rosters", { code: "G35" }, cookie)).status).toBe(303);
  const text = await read();
  expect(valueOf(text, "trellis_uploads_total")).toBe(before + 1);
  expect(valueOf(text, 'trellis_jobs{job="pathways.read-roster",state="created"}')).toBe(1);
  expect(valueOf(text, 'trellis_database_connections{state="idle"}')).toBeGreaterThan(0);
  expect(text).toContain("# TYPE trellis_mails gauge");
  expect(valueOf(text, "process_resident_memory_bytes")).toBeGreaterThan(1e6);
  expect(valueOf(text, "nodejs_eventloop_lag_seconds")).toBeGreaterThanOrEqual(0);
});

test("jobs that this process worked are timed, with how they ended", async () => {
  hub.services.metrics.job({ name: "reports.publish", seconds: 2, failed: true });
  expect(valueOf(await read(), 'trellis_job_seconds_count{job="reports.publish",result="failed"}')).toBe(1);
});

test("no name, address, code or id of anybody is in it", async () => {
  const text = await read();
  // Without the values, whose digits may be anybody's code.
  const told = text.replaceAll(/ \S+$/gm, "");
  const { rows } = await hub.services.database.ownerPool.query<{ mark: string }>(
    `select trainee_code as mark from pathways.enrollment union select name from directory.organization union select name from directory.person
      union select email from auth."user" union select id::text from directory.organization union select file_name from pathways.roster`,
  );
  expect(rows.length).toBeGreaterThan(1000);
  expect(rows.filter(({ mark }) => mark.length > 3 && told.includes(mark))).toEqual([]);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});
