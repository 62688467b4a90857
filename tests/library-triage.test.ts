// What librarians decide of what was sent: drafts, corrections, duplicates, refusals, spam; who is told, and what stays written.
import { beforeAll, expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { later, newestId, tell } from "./support/submissions.ts";
import { createTestHub } from "./support/test-hub.ts";

const clock = { now: new Date("2026-11-23T15:00:00Z") };
const hub = await createTestHub({ demo: true, clock: () => clock.now });
const { ownerPool } = hub.services.database;
const CLUB = "/library/practices/club-scrub-wisconsin";
const DESK = "/library/desk/submissions";

const textOf = async (path: string, cookie?: string): Promise<string> => (await hub.get(path, cookie)).text();
let librarian: string;
let administrator: string;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
  administrator = await hub.signIn("marisol@demo.example");
});

/** The fields of a form as the page offers them: what a librarian sends who changes nothing. */
function fieldsOf(page: string): Record<string, string | string[]> {
  const plain = (text: string): string =>
    text
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const fields: Record<string, string[]> = {};
  const main = page.slice(page.indexOf("<main"));
  for (const [, tag = "", attributes = "", inner = ""] of main.matchAll(
    /<(input|textarea|select)\b([^>]*)>(?:([^<]*)<\/textarea>|((?:<option[^>]*>[^<]*<\/option>|<optgroup[^>]*>)*)<\/select>)?/g,
  )) {
    const name = /\sname="([^"]*)"/.exec(attributes)?.[1];
    if (!name || (/type="(checkbox|radio)"/.test(attributes) && !/\schecked/.test(attributes))) continue;
    const value =
      tag === "textarea"
        ? inner
        : tag === "select"
          ? (/<option value="([^"]*)" selected/.exec(main.slice(main.indexOf(`name="${name}"`)))?.[1] ?? "")
          : (/\svalue="([^"]*)"/.exec(attributes)?.[1] ?? "");
    fields[name] = [...(fields[name] ?? []), plain(value)];
  }
  return fields;
}

const answerMails = async (): Promise<{ recipient: string; subject: string; body: string }[]> => {
  await hub.workJobs();
  const { rows } = await ownerPool.query<{ recipient: string; subject: string; body: string }>(
    "select recipient, subject, body from platform.mail where key ~ '^submission/.*/[0-9]+$' order by queued_at, id",
  );
  return rows;
};
const stateOf = async (id: string): Promise<string> =>
  (await ownerPool.query<{ state: string }>("select state from library.submission where id = $1", [id]))
    .rows[0]?.state ?? "";

test("a draft begins with what was sent; when it is published, the sender sees the entry and is written to", async () => {
  const receipt = await tell(hub, clock, { title: "Porch listening" });
  const id = await newestId(hub);
  expect(await textOf(DESK, librarian)).toContain("Porch listening");
  const form = await textOf(`${DESK}/${id}/draft`, librarian);
  const fields = fieldsOf(form);
  expect(fields).toMatchObject({
    title: ["Porch listening"],
    sponsor: ["Elm Street Association"],
    states: ["NE"],
    "links-url": ["https://porch.example.org/hours", "", ""],
  });
  expect(form).not.toContain("quillon@example.org");
  const saved = await hub.post(`${DESK}/${id}/draft`, fields, librarian);
  expect(saved.status).toBe(303);
  const draft = saved.headers.get("location") ?? "";
  expect((await hub.get(draft)).status).toBe(404);
  expect(await textOf(receipt)).toContain("A librarian is writing an entry from it.");
  expect(await answerMails()).toEqual([]);
  expect((await hub.post(`${draft}/publish`, {}, librarian)).status).toBe(303);
  expect(await stateOf(id)).toBe("published");
  expect(await textOf(receipt)).toContain(`<a href="${draft}">Porch listening</a>`);
  const [mail] = await answerMails();
  expect(mail?.recipient).toBe("quillon@example.org");
  expect(mail?.body).toContain("It is in the library.");
  expect(mail?.body).toContain(draft);
  // What it came from is told in the history, not whom.
  expect(await textOf(`${draft}/history`)).toContain("Told by a reader of the library");
  expect(`${await textOf(draft)}${await textOf(`${draft}/history`)}`).not.toMatch(/Quillon|quillon@/);
});

test("a correction opens the entry with the sender's text beside it, and becomes a version", async () => {
  const receipt = await tell(
    hub,
    clock,
    { part: "startYear", right: "It began in 2006.", source: "RHIhub", email: "rae@example.org" },
    `${CLUB}/correct`,
  );
  const id = await newestId(hub);
  const form = await textOf(`${DESK}/${id}/apply`, librarian);
  expect(form).toContain("It began in 2006.");
  const fields = fieldsOf(form);
  const unchanged = await hub.post(`${DESK}/${id}/apply`, fields, librarian);
  expect(unchanged.status).toBe(422);
  expect(await unchanged.text()).toContain("Nothing was changed.");
  const answer = await hub.post(`${DESK}/${id}/apply`, { ...fields, startYear: "2006" }, librarian);
  expect(answer.status).toBe(303);
  expect(await textOf(CLUB)).toContain("2006");
  expect(await textOf(receipt)).toContain("The entry was changed.");
  const mail = (await answerMails()).find(({ recipient }) => recipient === "rae@example.org");
  expect(mail?.body).toMatch(/what is right about this: Club Scrub[^]*The entry was changed\./);
});

test("somebody who edits the entry meanwhile is not overwritten, and the librarian's text is kept", async () => {
  await tell(hub, clock, { part: "sponsor", right: "Another sponsor." }, `${CLUB}/correct`);
  const id = await newestId(hub);
  const fields = fieldsOf(await textOf(`${DESK}/${id}/apply`, librarian));
  const edit = fieldsOf(await textOf(`${CLUB}/edit`, administrator));
  const first = await hub.post(
    `${CLUB}/edit`,
    { ...edit, staffing: "Two people", reason: "Known now" },
    administrator,
  );
  expect(first.status).toBe(303);
  const second = await hub.post(`${DESK}/${id}/apply`, { ...fields, sponsor: "Another" }, librarian);
  expect(second.status).toBe(409);
  const page = await second.text();
  expect(page).toContain("Somebody else has changed this practice meanwhile");
  expect(page).toContain('value="Another"');
  expect(await stateOf(id)).toBe("waiting");
});

test("a duplicate is closed with the practice that it is, chosen or named by its address, and the sender reads which", async () => {
  const receipt = await tell(hub, clock, { title: "Heads-up camps", other: "yes", states: "MT" });
  const id = await newestId(hub);
  const page = await textOf(`${DESK}/${id}`, librarian);
  expect(page).toMatch(/title \d\d % alike, same state: Montana/);
  expect(page).toContain("quillon@example.org");
  const none = await hub.post(
    `${DESK}/${id}/duplicate`,
    { version: "1", address: "/nowhere", reason: "See it" },
    librarian,
  );
  expect(none.status).toBe(422);
  expect(await none.text()).toContain("See it</textarea>");
  const form = { version: "1", of: "heads-up-camp-montana", reason: "We had it since May." };
  expect((await hub.post(`${DESK}/${id}/duplicate`, form, librarian)).status).toBe(303);
  const shown = await textOf(receipt);
  expect(shown).toContain('<a href="/library/practices/heads-up-camp-montana">Heads Up Camp</a>');
  expect(shown).toContain("We had it since May.");
  await tell(hub, clock, { title: "By its address", links: "" });
  const address = {
    version: "1",
    address: "https://hub.example/library/practices/hb-2949-oregon?a=1",
    of: "",
  };
  expect((await hub.post(`${DESK}/${await newestId(hub)}/duplicate`, address, librarian)).status).toBe(303);
});

test("a refusal needs a reason, and the sender gets it in their language", async () => {
  clock.now = new Date(clock.now.getTime() + 600_000);
  const receipt = await tell(
    hub,
    clock,
    { part: "other", right: "Todo está mal.", email: "rosa@example.org" },
    `/es${CLUB}/correct`,
  );
  const id = await newestId(hub);
  const empty = await hub.post(`${DESK}/${id}/refuse`, { version: "1", reason: " " }, librarian);
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain("Say why: the sender reads it.");
  const reason = "Díganos qué está mal, por favor.";
  expect((await hub.post(`${DESK}/${id}/refuse`, { version: "1", reason }, librarian)).status).toBe(303);
  expect(await textOf(receipt)).toContain(reason);
  const mail = (await answerMails()).find(({ recipient }) => recipient === "rosa@example.org");
  expect(mail?.body).toContain("No se incluyó en la biblioteca.");
  expect(mail?.body).toContain(reason);
});

test("spam is told nobody, and can be taken back", async () => {
  await tell(hub, clock, { title: "Not spam at all", links: "" });
  const id = await newestId(hub);
  const before = (await answerMails()).length;
  expect((await hub.post(`${DESK}/${id}/spam`, { version: "1" }, librarian)).status).toBe(303);
  expect(await textOf(`${DESK}?view=spam`, librarian)).toContain("Not spam at all");
  expect((await hub.post(`${DESK}/${id}/wait`, { version: "2" }, librarian)).status).toBe(303);
  expect(await stateOf(id)).toBe("waiting");
  expect((await answerMails()).length).toBe(before);
});

test("of two librarians who decide at the same time, the second one is told who was first, and nothing is lost", async () => {
  await tell(hub, clock, { title: "Decided twice", links: "" });
  const id = await newestId(hub);
  const draft = fieldsOf(await textOf(`${DESK}/${id}/draft`, librarian));
  const [one, other] = await Promise.all([
    hub.post(`${DESK}/${id}/refuse`, { version: "1", reason: "One" }, librarian),
    hub.post(`${DESK}/${id}/refuse`, { version: "1", reason: "Other" }, administrator),
  ]);
  expect([one.status, other.status].toSorted((a, b) => a - b)).toEqual([303, 409]);
  const late = one.status === 409 ? one : other;
  expect(await late.text()).toMatch(
    /Somebody else has decided this meanwhile: (Lena|Marisol)[^:]* refused it/,
  );
  const { rows } = await ownerPool.query("select from library.submission_decision where submission_id = $1", [
    id,
  ]);
  expect(rows).toHaveLength(1);
  const drafted = await hub.post(`${DESK}/${id}/draft`, { ...draft, sponsor: "Typed for long" }, librarian);
  expect(drafted.status).toBe(409);
  const page = await drafted.text();
  expect(page).toContain("Somebody else has decided this meanwhile");
  expect(page).toContain("Typed for long");
  const left = await ownerPool.query("select from library.practice where title = 'Decided twice'");
  expect(left.rows).toHaveLength(0);
});

test("every decision can be taken along with its reason, as CSV and JSON, without any sender", async () => {
  const page = await textOf("/library/desk/decisions", librarian);
  expect(page).toContain("Díganos qué está mal, por favor.");
  const csv = await hub.get("/library/desk/decisions?format=csv", librarian);
  expect(csv.headers.get("content-type")).toContain("text/csv");
  const text = await csv.text();
  const { decisions } = (await (await hub.get("/library/desk/decisions?format=json", librarian)).json()) as {
    decisions: { decision: string; reason: string | null; decided_by: string; practice: string | null }[];
  };
  expect(decisions.map(({ decision }) => decision)).toEqual(
    expect.arrayContaining(["published", "drafted", "applied", "merged", "refused", "spam", "waiting"]),
  );
  expect(decisions.find(({ reason }) => reason === "We had it since May.")).toMatchObject({
    decision: "merged",
    practice: "heads-up-camp-montana",
    decided_by: "Lena Fosse",
  });
  expect(text.split("\r\n")).toHaveLength(decisions.length + 2);
  for (const data of [text, JSON.stringify(decisions), page])
    expect(data).not.toMatch(/quillon|marsh|@example\.org/i);
});

test("nothing of a sender is in the events, and every decision left one", async () => {
  const { rows } = await ownerPool.query<{ event: string; data: unknown }>(
    "select event, data from platform.audit where event like 'library.submission%'",
  );
  const decided = await ownerPool.query("select from library.submission_decision");
  expect(rows.filter(({ event }) => event === "library.submission-decided")).toHaveLength(
    decided.rows.length,
  );
  expect(JSON.stringify(rows)).not.toMatch(/quillon|marsh|@example|Elm Street/i);
});

test("who sent something is erased a year after the decision, and not before; what was sent stays", async () => {
  const erase = async (): Promise<void> => {
    const job = jobs.find(({ name }) => name === "library.erase-senders");
    await job?.handle(hub.services, {});
  };
  const left = async (): Promise<number> =>
    (await ownerPool.query("select from library.submission_sender")).rows.length;
  const open = (
    await ownerPool.query(
      "select from library.submission_sender w join library.submission s on s.id = w.submission_id where s.state = 'waiting'",
    )
  ).rows.length;
  expect(open).toBeGreaterThan(0);
  const before = await left();
  later(clock, 364 * 86_400);
  await erase();
  expect(await left()).toBe(before);
  later(clock, 2 * 86_400);
  await erase();
  expect(await left()).toBe(open);
  const { rows } = await ownerPool.query<{ count: number }>(
    "select count(*) as count from library.submission",
  );
  expect(rows[0]?.count).toBeGreaterThan(open);
});

test("what waits stands on the desk, and in the librarians' digest", async () => {
  const desk = await textOf("/library/desk", await hub.signIn("lena@demo.example"));
  expect(desk).toMatch(/Submissions to decide<\/a> <span class="count">\d/);
  const job = jobs.find(({ name }) => name === "directory.write-regular-mail");
  clock.now = new Date("2027-12-13T15:00:00Z");
  await job?.handle(hub.services, {});
  const { rows } = await ownerPool.query<{ recipient: string; body: string }>(
    "select recipient, body from platform.mail where kind = 'digest'",
  );
  const told = rows.filter(({ body }) => /Library: \d+ submissions? waits? for a decision/.test(body));
  expect(told.map(({ recipient }) => recipient).toSorted()).toEqual([
    "lena@demo.example",
    "marisol@demo.example",
  ]);
});
