// Digests and reminders: who hears of what, how often, and how one leaves.
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { inTransaction } from "../src/platform/database/actor.ts";
import { textOf } from "./support/leaks.ts";
import { createMailHub } from "./support/mail-hub.ts";
import type { ReceivedMail } from "./support/mail-server.ts";
import { organizationOfCode, signInVisitors } from "./support/visitors.ts";

const HUB = "https://hub.example.org";
const mail = await createMailHub({ TRELLIS_URL: HUB });
const { hub } = mail;
const { ownerPool, db } = hub.services.database;
const [ofSamuel, ofOthers] = [await organizationOfCode(hub, "G35"), await organizationOfCode(hub, "G05")];
const nameOf = async (organization: string): Promise<string> =>
  (
    await ownerPool.query<{ name: string }>("select name from directory.organization where id = $1", [
      organization,
    ])
  ).rows[0]?.name ?? "";
const personOf = async (email: string): Promise<string> =>
  (
    await ownerPool.query<{ id: string }>(
      'select p.id from directory.person p join auth."user" u on u.id = p.user_id where u.email = $1',
      [email],
    )
  ).rows[0]?.id ?? "";

const MONDAY = "2026-11-23T12:00:00Z";
const TUESDAY = "2026-11-24T12:00:00Z";

beforeEach(async () => {
  await ownerPool.query("delete from directory.mail_preference");
  await ownerPool.query("delete from pathways.roster where file_name like 'waiting %'");
  await ownerPool.query("delete from reports.report where state in ('draft', 'returned')");
});

async function addRoster(organization: string, state: string, questions = 0): Promise<string> {
  const id = randomUUID();
  await ownerPool.query(
    `insert into pathways.roster (organization_id, id, grantee_code, file_name, file_hash, file_size, state, outcome, given, created_at)
    select $1, $2, g.code, 'waiting list of Larkenshaw.xlsx', '', 0, $3, $4, '{"answers": [], "archive": []}', '2026-11-20'
    from directory.grantee_code g where g.organization_id = $1 limit 1`,
    [organization, id, state, JSON.stringify({ questions: Array.from({ length: questions }, () => ({})) })],
  );
  return id;
}
const addReport = (organization: string, year: string, state: string): Promise<unknown> =>
  ownerPool.query("insert into reports.report (organization_id, academic_year, state) values ($1, $2, $3)", [
    organization,
    year,
    state,
  ]);
/** Lets the hub write on a day. @returns what arrived, by address. */
async function writeOn(day: string): Promise<Map<string, ReceivedMail[]>> {
  mail.clock.now = new Date(day);
  mail.server.received = [];
  await mail.work("directory.write-regular-mail");
  await hub.workJobs();
  const arrived = new Map<string, ReceivedMail[]>();
  for (const one of mail.server.received)
    for (const to of one.to) arrived.set(to, [...(arrived.get(to) ?? []), one]);
  return arrived;
}
const choose = async (email: string, digest: string, reminders: boolean): Promise<void> => {
  const form = { digest, ...(reminders ? { reminders: "yes" } : {}) };
  const answer = await hub.post("/account/mail", form, await hub.signIn(email));
  expect(answer.status).toBe(303);
};

test("a lead's digest names what waits in the own organization, and nobody else's, and no file", async () => {
  const asking = await addRoster(ofSamuel, "asking", 3);
  const ready = await addRoster(ofSamuel, "ready");
  await addRoster(ofSamuel, "committed");
  const foreign = await addRoster(ofOthers, "asking", 1);
  await addReport(ofSamuel, "2023-24", "returned");
  await addReport(ofOthers, "2023-24", "returned");
  const [digest, ...more] = (await writeOn(MONDAY)).get("samuel@demo.example") ?? [];
  expect(more).toEqual([]);
  const own = await nameOf(ofSamuel);
  expect(digest?.headers.get("subject")).toMatch(/^3 things wait for you in /);
  expect(digest?.text).toContain(
    `${own}: the roster of November 20 has 3 open questions.\n${HUB}/pathways/rosters/${asking}`,
  );
  expect(digest?.text).toContain(`${own}: the roster of November 20 is read and waits to be committed.\n`);
  expect(digest?.text).toContain(`${HUB}/pathways/rosters/${ready}`);
  expect(digest?.text).toContain(
    `${own}: the annual report 2023-24 was returned to you.\n${HUB}/reports/${ofSamuel}/2023-24`,
  );
  for (const hidden of [await nameOf(ofOthers), foreign, ofOthers, "Larkenshaw", "waits for review"])
    expect(digest?.text).not.toContain(hidden);
  expect(digest?.html).toContain(`<a href="${HUB}/pathways/rosters/${asking}">`);
});

test("reviewers hear of submitted reports, everywhere; others of the hub, and people for whom nothing waits, of nothing", async () => {
  await addRoster(ofOthers, "asking", 1);
  const arrived = await writeOn(MONDAY);
  expect([...arrived.keys()].toSorted()).toEqual(["imani@demo.example", "marisol@demo.example"]);
  const [digest] = arrived.get("imani@demo.example") ?? [];
  expect(digest?.text).toContain("the annual report 2024-25 is submitted and waits for review.");
  expect(digest?.text).not.toContain("roster");
});

test("a report of the year that ended last waits as soon as there are records, and the running year's does not", async () => {
  const records =
    "update pathways.enrollment set academic_year = $2 where organization_id = $1 and academic_year = $3";
  await ownerPool.query(records, [ofSamuel, "2025-26", "2024-25"]);
  try {
    await addReport(ofSamuel, "2026-27", "draft");
    const [digest] = (await writeOn(MONDAY)).get("samuel@demo.example") ?? [];
    expect(digest?.text).toContain("the annual report 2025-26 is a draft and not submitted yet.");
    expect(digest?.text).not.toContain("2026-27");
  } finally {
    await ownerPool.query(records, [ofSamuel, "2024-25", "2025-26"]);
  }
});

test("the digest comes on Mondays, or on every working day, or never, as each person chose, and once a day at most", async () => {
  await addRoster(ofSamuel, "ready");
  await choose("imani@demo.example", "daily", true);
  await choose("marisol@demo.example", "never", true);
  const whom = async (day: string): Promise<string[]> => [...(await writeOn(day)).keys()].toSorted();
  expect(await whom(MONDAY)).toEqual(["imani@demo.example", "samuel@demo.example"]);
  // The clock strikes again, and the job is run twice at once.
  expect(await whom("2026-11-23T13:00:00Z")).toEqual([]);
  expect(await whom(TUESDAY)).toEqual(["imani@demo.example"]);
  expect(await whom("2026-11-28T12:00:00Z")).toEqual([]);
  mail.server.received = [];
  mail.clock.now = new Date("2026-11-30T12:00:00Z");
  await Promise.all([mail.work("directory.write-regular-mail"), mail.work("directory.write-regular-mail")]);
  await hub.workJobs();
  expect(mail.server.received.flatMap(({ to }) => to).toSorted()).toEqual([
    "imani@demo.example",
    "samuel@demo.example",
  ]);
});

test("leads are reminded two weeks and three days before an open report is due, once each, unless they do not want to be", async () => {
  await addReport(ofSamuel, "2025-26", "returned");
  await addReport(ofOthers, "2025-26", "draft");
  await choose("samuel@demo.example", "never", true);
  const reminders = async (day: string): Promise<string[]> =>
    ((await writeOn(`${day}T12:00:00Z`)).get("samuel@demo.example") ?? []).map(
      ({ headers }) => headers.get("subject") ?? "",
    );
  const own = await nameOf(ofSamuel);
  expect(await reminders("2026-07-16")).toEqual([]);
  expect(await reminders("2026-07-17")).toEqual([
    `${own}: the annual report 2025-26 is due on July 31, in 14 days`,
  ]);
  expect(await reminders("2026-07-18")).toEqual([]);
  // The hub stood still for a day: the reminder comes when it runs again.
  expect(await reminders("2026-07-29")).toEqual([
    `${own}: the annual report 2025-26 is due on July 31, in 2 days`,
  ]);
  expect(await reminders("2026-07-30")).toEqual([]);
  expect(await reminders("2026-08-01")).toEqual([]);
  await ownerPool.query("delete from platform.mail");
  await choose("samuel@demo.example", "never", false);
  expect(await reminders("2026-07-29")).toEqual([]);
  await choose("samuel@demo.example", "never", true);
  await ownerPool.query("update reports.report set state = 'submitted' where academic_year = '2025-26'");
  expect(await reminders("2026-07-29")).toEqual([]);
  await ownerPool.query("delete from reports.report where academic_year = '2025-26'");
});

test("nothing is written by the clock to an address that the last mail came back from", async () => {
  await addRoster(ofSamuel, "ready");
  mail.server.refuseRecipient = { code: 550, text: "5.1.1 No such mailbox" };
  await mail.queue({ to: "samuel@demo.example" });
  await hub.workJobs();
  mail.server.refuseRecipient = null;
  expect((await writeOn(MONDAY)).has("samuel@demo.example")).toBe(false);
});

test("one leaves without signing in: by the mail program's own button, or by the link and one press", async () => {
  await addRoster(ofSamuel, "ready");
  await addReport(ofSamuel, "2025-26", "draft");
  const person = await personOf("samuel@demo.example");
  const preference = async (): Promise<unknown> =>
    (
      await ownerPool.query("select digest, reminders from directory.mail_preference where person_id = $1", [
        person,
      ])
    ).rows[0];
  const linkOf = (one: ReceivedMail | undefined): string =>
    /^<https:\/\/hub\.example\.org(\/mail\/leave\/[^>]+)>$/.exec(
      one?.headers.get("list-unsubscribe") ?? "",
    )?.[1] ?? "";
  const arrived = (await writeOn("2026-07-20T12:00:00Z")).get("samuel@demo.example") ?? [];
  const [digest, reminder] = arrived.toSorted((a, b) => linkOf(a).localeCompare(linkOf(b)));
  expect(digest?.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  const [leaveDigest, leaveReminders] = [linkOf(digest), linkOf(reminder)];
  expect(digest?.text).toContain(`${HUB}${leaveDigest}`);
  // Programs that check mails open the link: that changes nothing.
  const page = await hub.get(leaveDigest);
  expect([page.status, await preference()]).toEqual([200, undefined]);
  expect(await page.text()).toContain("Send me no digest");
  // A mail program sends no Origin (RFC 8058).
  const oneClick = await hub.app.request(`http://localhost${leaveDigest}`, {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
  });
  expect(oneClick.status).toBe(200);
  expect(await preference()).toEqual({ digest: "never", reminders: true });
  expect((await hub.post(leaveReminders, {})).status).toBe(200);
  expect(await preference()).toEqual({ digest: "never", reminders: false });
  expect((await writeOn("2026-07-29T12:00:00Z")).has("samuel@demo.example")).toBe(false);
  const audit = await ownerPool.query(
    "select actor_kind, data from platform.audit where event = 'directory.mail-preference-changed' and subject_id = $1 and data ->> 'byLink' = 'true'",
    [person],
  );
  expect(audit.rows).toHaveLength(2);
  await ownerPool.query("delete from reports.report where academic_year = '2025-26'");
});

test("a link that was altered ends nothing, and other forms are still refused when they come from elsewhere", async () => {
  await addRoster(ofSamuel, "ready");
  const [digest] = (await writeOn(MONDAY)).get("samuel@demo.example") ?? [];
  const path = /\/mail\/leave\/[^>]+/.exec(digest?.headers.get("list-unsubscribe") ?? "")?.[0] ?? "";
  const other = (await personOf("imani@demo.example")).replaceAll("-", "");
  const altered = [
    path.replace("/d.", "/r."),
    path.replace(/\.[0-9a-f]{32}\./, `.${other}.`),
    `${path.slice(0, -1)}${path.endsWith("A") ? "B" : "A"}`,
    `${path}x`,
    "/mail/leave/d",
  ];
  for (const wrong of altered) {
    expect((await hub.get(wrong)).status, wrong).toBe(404);
    expect((await hub.post(wrong, {})).status, wrong).toBe(404);
  }
  expect(await mail.count("directory.mail_preference")).toBe(0);
  for (const elsewhere of ["/account/mail", "/mail/test", "/mail/leave"])
    expect(
      (await hub.app.request(`http://localhost${elsewhere}`, { method: "POST", body: new URLSearchParams() }))
        .status,
      elsewhere,
    ).toBe(403);
});

test("one's choice is kept, shown again, asked for where it is missing, and nobody else's to see or change", async () => {
  const cookie = await hub.signIn("samuel@demo.example");
  const page = async (): Promise<string> => textOf(await hub.get("/account/mail", cookie));
  expect(await page()).toMatch(/value="weekly"[^>]*checked/);
  await choose("samuel@demo.example", "daily", false);
  expect(await page()).toMatch(/value="daily"[^>]*checked/);
  const refused = await hub.post("/account/mail", { digest: "hourly", reminders: "yes" }, cookie);
  expect(refused.status).toBe(422);
  const again = await refused.text();
  expect(again).toContain("Choose how often you want the digest.");
  expect(again).toMatch(/name="reminders"[^>]*checked/);
  const person = await personOf("samuel@demo.example");
  for (const { actor, name } of await signInVisitors(hub)) {
    if (actor.kind === "person" && actor.personId === person) continue;
    const touched = await inTransaction(db, actor, async (trx) => {
      const read = await sql`select from directory.mail_preference`.execute(trx);
      const changed =
        await sql`update directory.mail_preference set digest = 'never' returning person_id`.execute(trx);
      return read.rows.length + changed.rows.length;
    });
    expect([name, touched]).toEqual([name, 0]);
    await expect(
      inTransaction(db, actor, (trx) =>
        sql`insert into directory.mail_preference (person_id) values (${person}) on conflict (person_id) do update set digest = 'never'`.execute(
          trx,
        ),
      ),
      name,
    ).rejects.toMatchObject({ code: "42501" });
  }
});
