// What anybody may send to the library without an account: practices, corrections, the receipt, and what keeps spam out.
import { beforeAll, expect, test } from "vitest";
import { later, newestId, send, stampOf, tell, told } from "./support/submissions.ts";
import { createTestHub } from "./support/test-hub.ts";

const clock = { now: new Date("2026-11-23T15:00:00Z") };
const hub = await createTestHub({ demo: true, clock: () => clock.now });
const { ownerPool } = hub.services.database;
const CLUB = "/library/practices/club-scrub-wisconsin";

const textOf = async (path: string, cookie?: string): Promise<string> => (await hub.get(path, cookie)).text();
const count = async (where = "true"): Promise<number> =>
  (
    await ownerPool.query<{ count: number }>(
      `select count(*) as count from library.submission where ${where}`,
    )
  ).rows[0]?.count ?? 0;
const mails = async () =>
  (
    await ownerPool.query<{ recipient: string; subject: string; body: string }>(
      "select recipient, subject, body from platform.mail where kind = 'submission' order by queued_at, id",
    )
  ).rows;

let librarian: string;
let staff: string;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
  staff = await hub.signIn("theo@demo.example");
});

test("somebody without an account tells of a practice, and gets a page of their own and a mail that quotes nothing", async () => {
  const receipt = await tell(hub, clock);
  expect(receipt).toMatch(/^\/library\/submissions\/[\w-]{43}$/);
  const answer = await hub.get(receipt);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect(answer.headers.get("x-robots-tag")).toBe("noindex");
  const page = await answer.text();
  expect(page).toContain("Front porch listening hours");
  expect(page).toContain("A librarian will read it.");
  expect(page).not.toContain("quillon@example.org");
  const [mail] = await mails();
  expect(mail?.recipient).toBe("quillon@example.org");
  expect(mail?.body).toContain(receipt);
  expect(`${mail?.subject}${mail?.body}`).not.toMatch(/porch|Quillon/i);
  const { rows } = await ownerPool.query<{ kept: string }>(
    "select token_hash::text || content::text as kept from library.submission",
  );
  expect(rows[0]?.kept).not.toContain(receipt.split("/").at(-1));
  expect((await hub.get(`/library/submissions/${"x".repeat(43)}`)).status).toBe(404);
});

test("in Spanish the form, the receipt and the mail are Spanish", async () => {
  later(clock, 600);
  const form = await textOf("/es/library/submit");
  expect(form).toContain("¿Cómo se llama?");
  expect(form).toContain('data-similar="/es/library/similar"');
  later(clock, 5);
  const answer = await hub.post("/es/library/submit", {
    ...told({ title: "Círculo de promotoras", language: "es", email: "rosa@example.org" }),
    opened: stampOf(form),
  });
  const receipt = answer.headers.get("location") ?? "";
  expect(receipt).toMatch(/^\/es\/library\/submissions\//);
  expect(await textOf(receipt)).toContain("Una persona bibliotecaria lo leerá.");
  expect((await mails()).at(-1)?.body).toContain(receipt);
  expect((await mails()).at(-1)?.subject).toContain("tenemos lo que usted envió");
});

test("a form with mistakes names each at its field, in the page's language, and keeps what was typed", async () => {
  const before = await count();
  const answer = await send(
    hub,
    clock,
    "/library/submit",
    told({ title: " ", what: "", links: "javascript:alert(1)", email: "nobody", sponsor: "<b>Elm</b>" }),
  );
  expect(answer.status).toBe(422);
  const page = await answer.text();
  for (const said of [
    "Say what it is called",
    "Say what it is, in at most",
    "Write whole web addresses",
    "Write an e-mail address such as",
    "4 things to mend",
  ])
    expect(page).toContain(said);
  expect(page).toContain("javascript:alert(1)</textarea>");
  expect(page).toContain('value="&lt;b&gt;Elm&lt;/b&gt;"');
  expect(page).toMatch(/value="NE"[^>]* checked/);
  const spanish = await send(hub, clock, "/es/library/submit", told({ title: "" }));
  expect(await spanish.text()).toContain("Diga cómo se llama");
  expect(await count()).toBe(before);
});

test("an address without its https:// is understood", async () => {
  await tell(hub, clock, {
    title: "Kitchen table visits",
    links: "kitchen.example.org/a  www.other.example",
  });
  const { rows } = await ownerPool.query<{ links: string[] }>(
    "select content -> 'links' as links from library.submission order by sent_at desc limit 1",
  );
  expect(rows[0]?.links).toEqual(["https://kitchen.example.org/a", "https://www.other.example"]);
});

test("too fast, too old or with a forged stamp: it is shown once more with everything, and the next press sends it", async () => {
  later(clock, 600);
  const before = await count();
  const form = told({ title: "Barn talks" });
  const opened = stampOf(await textOf("/library/submit"));
  later(clock, 1);
  const fast = await hub.post("/library/submit", { ...form, opened });
  expect(fast.status).toBe(422);
  const page = await fast.text();
  expect(page).toContain("Please send it once more");
  expect(page).toContain("Neighbors who were trained");
  // The same stamp goes on: who presses again need not wait anew.
  expect(stampOf(page)).toBe(opened);
  for (const bad of ["", "garbage", `${opened}x`, opened.replace(/^\w+/, "zzzzzzzz")]) {
    const answer = await hub.post("/library/submit", { ...form, opened: bad });
    expect(answer.status, bad).toBe(422);
  }
  later(clock, 25 * 3600);
  const old = await hub.post("/library/submit", { ...form, opened });
  expect(old.status).toBe(422);
  const fresh = stampOf(await old.text());
  expect(fresh).not.toBe(opened);
  expect(await count()).toBe(before);
  later(clock, 4);
  expect((await hub.post("/library/submit", { ...form, opened: fresh })).status).toBe(303);
  expect(await count()).toBe(before + 1);
});

test("a filled trap and many web addresses go to a pile of their own, unanswered and not lost", async () => {
  const written = (await mails()).length;
  await tell(hub, clock, { title: "Cheap pills", homepage: "http://pills.example" });
  const many = Array.from({ length: 6 }, (_, place) => `http://a${place}.example/x`).join(" ");
  await tell(hub, clock, { title: "Many links", what: `See ${many}` });
  expect(await count("state = 'probably_spam'")).toBe(2);
  expect((await mails()).length).toBe(written);
  const waiting = await textOf("/library/desk/submissions", librarian);
  expect(waiting).not.toContain("Cheap pills");
  const pile = await textOf("/library/desk/submissions?view=probably_spam", librarian);
  expect(pile).toContain("Cheap pills");
  expect(pile).toContain("Probably spam (2)");
});

test("what is much like an entry is asked about first; it can be sent anyway, or becomes a correction with all that was typed", async () => {
  const before = await count();
  const form = told({ title: "Club Scrubs", states: ["WI"] });
  const asked = await send(hub, clock, "/library/submit", form);
  expect(asked.status).toBe(422);
  const page = await asked.text();
  expect(page).toContain("Is it one of these?");
  expect(page).toMatch(/title \d\d % alike, same state: Wisconsin/);
  expect(await count()).toBe(before);
  const same = await hub.post("/library/submit", {
    ...form,
    same: "club-scrub-wisconsin",
    opened: stampOf(page),
  });
  const correction = await same.text();
  expect(correction).toContain("What do you know about “Club Scrub”?");
  expect(correction).toContain("Neighbors who were trained");
  expect(correction).toContain("https://porch.example.org/hours");
  expect(correction).toContain('value="quillon@example.org"');
  later(clock, 5);
  const anyway = await hub.post("/library/submit", { ...form, other: "yes", opened: stampOf(page) });
  expect(anyway.status).toBe(303);
});

test("the same web address is a duplicate under any title; the front page of a site is not", async () => {
  await ownerPool.query(
    `update library.practice set content = jsonb_set(content, '{links}', '[{"label":"","url":"https://www.scrub.example/club/"}]') where slug = 'club-scrub-wisconsin'`,
  );
  const form = told({ title: "Quite another name", links: "http://scrub.example/club" });
  const asked = await send(hub, clock, "/library/submit", form);
  expect(asked.status).toBe(422);
  expect(await asked.text()).toContain("same web address");
  const front = told({ title: "Quite another name", links: "https://www.scrub.example/" });
  expect((await send(hub, clock, "/library/submit", front)).status).toBe(303);
});

test("the button Check shows what is like it without sending anything, as the script does while somebody types", async () => {
  const before = await count();
  const checked = await send(hub, clock, "/library/submit", { title: "Heads up", check: "yes" });
  expect(checked.status).toBe(200);
  expect(await checked.text()).toContain("Heads Up Camp");
  const none = await send(hub, clock, "/library/submit", { title: "Zyx wvu", check: "yes" });
  expect(await none.text()).toContain("Nothing in the library is like this yet.");
  expect(await count()).toBe(before);
  const fragment = await textOf("/library/similar?title=Heads+up&states=MT");
  expect(fragment).toContain("Heads Up Camp");
  expect(fragment).toContain("same state: Montana");
  expect(fragment).not.toContain("<html");
  expect(await textOf("/es/library/similar?title=Heads+up")).toContain(
    "/es/library/practices/heads-up-camp-montana",
  );
  for (const title of ["", "%", "'", "a & b", "\\", "x".repeat(5000)])
    expect((await hub.get(`/library/similar?title=${encodeURIComponent(title)}`)).status).toBe(200);
});

test("a correction says what it is about; a practice that was taken out takes none", async () => {
  const page = await textOf(CLUB);
  expect(page.match(/href="\/library\/practices\/club-scrub-wisconsin\/correct"/g)).toHaveLength(2);
  expect(await textOf("/library")).toContain('href="/library/submit"');
  const receipt = await tell(
    hub,
    clock,
    { part: "startYear", right: "It began in 2006.", source: "RHIhub, model 459", email: "" },
    `${CLUB}/correct`,
  );
  expect(await textOf(receipt)).toContain("Club Scrub");
  expect((await send(hub, clock, `${CLUB}/correct`, { part: "", right: "" })).status).toBe(422);
  expect((await hub.get("/library/practices/no-such/correct")).status).toBe(404);
  const one = await textOf(`/library/desk/submissions/${await newestId(hub)}`, librarian);
  expect(one).toContain("It began in 2006.");
  expect(one).toContain("RHIhub, model 459");
  expect(one).toContain("Nobody said who they are");
});

test("one network sends ten an hour; the eleventh is kept in the form and told when", async () => {
  later(clock, 3700);
  const opened = stampOf(await textOf("/library/submit"));
  later(clock, 5);
  const statuses: number[] = [];
  let last = "";
  for (let number = 0; number < 11; number += 1) {
    const form = told({
      title: `Numbered thing ${"abcdefghijk"[number]?.repeat(9)}`,
      email: "",
      other: "yes",
    });
    const answer = await hub.post("/library/submit", { ...form, opened });
    statuses.push(answer.status);
    last = await answer.text();
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 303), 429]);
  expect(last).toContain("Send it again in 60 minutes");
  expect(last).toContain("Numbered thing kkkkkkkkk");
});

test("one address is written to three times an hour, however often somebody types it", async () => {
  later(clock, 7200);
  const before = (await mails()).length;
  const opened = stampOf(await textOf("/library/submit"));
  later(clock, 5);
  for (const title of ["Aaaa", "Bbbb", "Cccc", "Dddd"])
    await hub.post("/library/submit", {
      ...told({ title, email: "Victim@example.org", other: "yes" }),
      opened,
    });
  expect((await mails()).length).toBe(before + 3);
});

test("what was sent, and who sent it, is read by librarians alone: pages and database say so", async () => {
  const lead = await hub.signIn("ada@demo.example");
  const id = await newestId(hub);
  for (const path of [
    "/library/desk/submissions",
    `/library/desk/submissions/${id}`,
    "/library/desk/decisions",
  ])
    for (const cookie of [staff, lead]) expect((await hub.get(path, cookie)).status, path).toBe(403);
  expect((await hub.get("/library/desk/submissions")).status).toBe(303);
  const { db } = hub.services.database;
  for (const table of ["submission", "submission_sender", "submission_decision"] as const)
    expect(await db.selectFrom(`library.${table}`).selectAll().execute()).toEqual([]);
  await expect(
    db.insertInto("library.submission_sender").values({ submission_id: id, name: "x", email: "" }).execute(),
  ).rejects.toMatchObject({ code: "42501" });
});

test("hostile text goes in and comes out as text", async () => {
  await tell(hub, clock, {
    title: `<img src=x onerror=alert(1)> "q"`,
    what: "</textarea><script>alert(1)</script>",
    name: "=cmd|'/c calc'!A1",
    other: "yes",
  });
  const page = await textOf(`/library/desk/submissions/${await newestId(hub)}`, librarian);
  expect(page).not.toMatch(/<img src=x|<script>alert/);
  expect(page).toContain("&lt;/textarea&gt;&lt;script&gt;");
});
