// Publishing in the background: asked for on one page, made by a job, and never twice or by half.
import { beforeEach, expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { inTransaction } from "../src/platform/database/actor.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode, signInVisitors } from "./support/visitors.ts";

let now: Date | null = null;
const hub = await createTestHub({ demo: true, clock: () => now ?? new Date() });
const { db, ownerPool } = hub.services.database;
const YEAR = "2024-25";
const PUBLISH = `/reports/${YEAR}/publish`;
const HERE = `/reports/portfolio/${YEAR}/publishing`;
const imani = await hub.signIn("imani@demo.example");
const marisol = await hub.signIn("marisol@demo.example");
const theo = await hub.signIn("theo@demo.example");

beforeEach(() => {
  now = null;
});

async function page(path = HERE, cookie = imani): Promise<string> {
  const answer = await hub.get(path, cookie);
  expect(answer.status, path).toBe(200);
  return answer.text();
}
async function press(cookie = imani): Promise<void> {
  const answer = await hub.post(PUBLISH, {}, cookie);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, HERE]);
}
async function count(statement: string): Promise<number> {
  const { rows } = await ownerPool.query<{ count: number }>(`select count(*) as count from ${statement}`);
  return rows[0]?.count ?? -1;
}
/** Releases, what the gate keeps of them, and their audit rows: always as many of each. */
const releases = async (): Promise<number[]> => [
  await count("reports.release"),
  await count("reports.release_gate"),
  await count("platform.audit where event = 'reports.release-published'"),
];
const waiting = (): Promise<number> =>
  count("pgboss.job where name = 'reports.publish' and state in ('created', 'retry')");
const newest = async (): Promise<number> =>
  ((await (await hub.get(`/results/${YEAR}?format=json`)).json()) as { number: number }).number;

/** Something to publish: a year's report is corrected by a few people, and accepted again. */
async function correct(code: string, people = 3): Promise<void> {
  const organization = await organizationOfCode(hub, code);
  const report = `/reports/${organization}/${YEAR}`;
  expect((await hub.post(`${report}/correct`, { reason: "Not in the program" }, imani)).status).toBe(303);
  await ownerPool.query(
    "update pathways.enrollment set archived_at = now() where id in (select id from pathways.enrollment where organization_id = $1 and academic_year = $2 and archived_at is null order by id limit $3)",
    [organization, YEAR, people],
  );
  expect((await hub.post(`${report}/submit`, {}, imani)).status).toBe(303);
  expect((await hub.post(`${report}/accept`, {}, imani)).status).toBe(303);
}

/** The newest job, as the queue gives it out a second time. */
async function runAgain(): Promise<void> {
  const { rows } = await ownerPool.query<{ data: unknown }>(
    "select data from pgboss.job where name = 'reports.publish' order by created_on desc limit 1",
  );
  const job = jobs.find(({ name }) => name === "reports.publish");
  await job?.handle(hub.services, job.payload.parse(rows[0]?.data));
}

test("pressing Publish leads to a page that says what is being done and asks again by itself, until it shows the release", async () => {
  await correct("G02");
  expect(await page()).toContain(`Release 1 of ${YEAR} is published`);
  await press();
  const during = await page();
  expect(during).toContain(`The results of ${YEAR} are being published`);
  expect(during).toContain('http-equiv="refresh"');
  expect(during).toContain(`data-poll="${HERE}/progress"`);
  expect(during).toContain("You may close this page");
  expect(await page(`${HERE}/progress`)).toContain(`data-poll="${HERE}/progress"`);
  const list = await page(`/reports?year=${YEAR}`);
  expect(list).toContain(`href="${HERE}"`);
  expect(list).not.toContain(`action="${PUBLISH}"`);
  expect(await newest()).toBe(1);

  await hub.workJobs();
  const fragment = await page(`${HERE}/progress`);
  expect(fragment).not.toContain("data-poll");
  expect(fragment).toContain(`data-then="${HERE}"`);
  const after = await page();
  expect(after).toContain(`Release 2 of ${YEAR} is published`);
  expect(after).toContain(`href="/results/${YEAR}"`);
  expect(after).not.toContain('http-equiv="refresh"');
  expect(await page(`/reports?year=${YEAR}`)).toContain(`action="${PUBLISH}"`);
  expect(await newest()).toBe(2);
  const { rows } = await ownerPool.query<{ name: string }>(
    "select p.name from reports.release r join directory.person p on p.id = r.published_by where number = 2",
  );
  expect(rows).toEqual([{ name: "Imani Okafor" }]);
});

test("two people pressing at once make one release, and so does a job that runs twice", async () => {
  await correct("G03");
  const before = await releases();
  await Promise.all([press(imani), press(marisol), press(imani), press(marisol)]);
  expect(await waiting()).toBe(1);
  const { rows } = await ownerPool.query<{ data: { year: string } }>(
    "select data from pgboss.job where name = 'reports.publish' and state = 'created'",
  );
  expect(Object.keys(rows[0]?.data ?? {}).toSorted()).toEqual(["membership", "user", "year"]);
  await Promise.all([runAgain(), runAgain()]);
  await hub.workJobs();
  expect(await releases()).toEqual(before.map((number) => number + 1));
});

test("whoever presses a moment later is shown the release there is: nothing had changed since", async () => {
  const before = await releases();
  await press(marisol);
  await hub.workJobs();
  expect(await releases()).toEqual(before);
  const text = await page(HERE, marisol);
  expect(text).toContain(`Release ${await newest()} of ${YEAR} is published`);
  expect(text).toContain(`Nothing had changed since release ${await newest()} when it was asked for`);
});

test("an organization's new name is a change, and is published", async () => {
  const before = await releases();
  await ownerPool.query("update directory.organization set name = 'Renamed Clinic' where id = $1", [
    await organizationOfCode(hub, "G04"),
  ]);
  await press();
  await hub.workJobs();
  expect(await releases()).toEqual(before.map((number) => number + 1));
  expect(await (await hub.get(`/results/${YEAR}`)).text()).toContain("Renamed Clinic");
});

test("whoever may not publish any more when the work begins publishes nothing, and somebody else may", async () => {
  await correct("G05");
  const before = await releases();
  await press(imani);
  await ownerPool.query("update directory.membership set grants = '{}' where 'reviewer' = any (grants)");
  await hub.workJobs();
  await ownerPool.query(
    "update directory.membership m set grants = '{reviewer}' from directory.person p where p.id = m.person_id and p.name = 'Imani Okafor'",
  );
  expect(await releases()).toEqual(before);
  const text = await page();
  expect(text).toContain(`The results of ${YEAR} could not be published`);
  expect(text).toContain("may not publish any more");
  expect(text).toContain(`action="${PUBLISH}"`);
  await press(marisol);
  await hub.workJobs();
  expect(await page()).toContain(`Release ${await newest()} of ${YEAR} is published`);
  expect(await releases()).toEqual(before.map((number) => number + 1));
});

test("work that breaks off leaves no half of a release, says so, and can be tried again", async () => {
  await correct("G06");
  const before = await releases();
  await ownerPool.query(
    "alter table reports.release_gate add constraint full_disk check (number < 1) not valid",
  );
  await press();
  await expect(hub.workJobs()).rejects.toThrow("full_disk");
  expect(await releases()).toEqual(before);
  const text = await page();
  expect(text).toContain("The work broke off");
  expect(text).toContain(`release ${await newest()}, as before`);
  expect(text).not.toContain("full_disk");
  await ownerPool.query("alter table reports.release_gate drop constraint full_disk");
  // The queue tries it once more by itself: whether it is wanted is for people to say by now.
  await runAgain();
  expect(await releases()).toEqual(before);
  await press();
  await hub.workJobs();
  expect(await releases()).toEqual(before.map((number) => number + 1));
});

test("work that was lost with its process can be asked for again, and the lost job does no harm when it is found", async () => {
  await correct("G07");
  const before = await releases();
  await press();
  now = new Date(Date.now() + 9 * 60_000);
  await press();
  expect(await waiting()).toBe(1);
  now = new Date(Date.now() + 11 * 60_000);
  expect(await page()).toContain("no sign of life");
  await press(marisol);
  expect(await waiting()).toBe(2);
  expect(await page()).toContain("are being published");
  await hub.workJobs();
  expect(await releases()).toEqual(before.map((number) => number + 1));
});

test("while the gate computes, others are answered, and read how far it is", async () => {
  await correct("G08");
  await press();
  const job = { done: false };
  const work = hub.workJobs().finally(() => {
    job.done = true;
  });
  const read: string[] = [];
  while (!job.done) read.push(await page());
  await work;
  expect(read.filter((text) => text.includes("Proving that no withheld figure can be derived"))).not.toEqual(
    [],
  );
});

test("a year without an accepted report is not published, and its page says what there is", async () => {
  expect((await hub.post("/reports/2023-24/publish", {}, imani)).status).toBe(409);
  expect(await waiting()).toBe(0);
  expect(await page("/reports/portfolio/2023-24/publishing")).toContain(
    "Nothing of 2023-24 is published yet",
  );
});

test("only those who may publish see how it goes, and only the hub writes a release, whatever SQL is sent", async () => {
  for (const path of [HERE, `${HERE}/progress`]) expect((await hub.get(path, theo)).status).toBe(403);
  // Evaluators change nothing, whatever else they are.
  const grants = "update directory.membership set grants = $1 where 'reviewer' = any (grants)";
  await ownerPool.query(grants, [["reviewer", "evaluator"]]);
  expect((await hub.post(PUBLISH, {}, imani)).status).toBe(403);
  await ownerPool.query(grants, [["reviewer"]]);
  const lead = (await signInVisitors(hub)).find(({ name }) => name === "organization_lead");
  if (!lead) throw new Error("there is no lead");
  const insert = inTransaction(db, lead.actor, (trx) =>
    trx
      .insertInto("reports.release")
      .values({ academic_year: YEAR, number: 99, snapshots: "[]", tables: "{}", threshold: 11 })
      .execute(),
  );
  await expect(insert).rejects.toMatchObject({ code: "42501" });
});
