// Following a view of the library by mail, without an account.
import { expect, test } from "vitest";
import { type Actor, anonymous, system } from "../src/platform/database/actor.ts";
import { changePractice, makePractice, takeOut } from "./support/made-practices.ts";
import { createMailHub } from "./support/mail-hub.ts";
import type { ReceivedMail } from "./support/mail-server.ts";

const ADDRESS = "https://hub.example.org";
const mail = await createMailHub({ TRELLIS_URL: ADDRESS });
const { hub, clock } = mail;
const { ownerPool } = hub.services.database;
const DAY = 86_400_000;
const MONDAY = "2026-11-30T12:20:00Z";

let people = 0;
/** An address that nobody has used before. */
const somebody = (): string => {
  people += 1;
  return `reader.${people}@example.org`;
};
const ask = (email: string, more: Record<string, string> = {}, prefix = ""): Promise<Response> =>
  hub.post(`${prefix}/library/follow`, { email, often: "weekly", view: "state=WY", ...more });
const arrived = async (): Promise<ReceivedMail[]> => {
  mail.server.received = [];
  await hub.workJobs();
  return mail.server.received;
};
const linkIn = (letter: ReceivedMail | undefined, kind: "confirm" | "leave"): string => {
  const [, path = ""] =
    new RegExp(`${ADDRESS}(/\\S*/library/follow/${kind}/\\S+|/library/follow/${kind}/\\S+)`).exec(
      letter?.text ?? "",
    ) ?? [];
  expect(path).not.toBe("");
  return path;
};
/** Asks, and says yes. */
async function follow(email: string, more: Record<string, string> = {}, prefix = ""): Promise<void> {
  expect((await ask(email, more, prefix)).status).toBe(303);
  const [letter] = await arrived();
  expect((await hub.post(linkIn(letter, "confirm"), {})).status).toBe(200);
}
/** Lets the hub write on a day. */
async function writeOn(day: string): Promise<ReceivedMail[]> {
  clock.now = new Date(day);
  await mail.work("library.write-to-followers");
  return arrived();
}
const count = (what: string): Promise<number> => mail.count(what);

test("who asks gets a link; nothing begins before they say yes, and looking at the link says nothing yet", async () => {
  const email = somebody();
  const page = await (await hub.get("/library/states/WY")).text();
  expect(page).toContain("Get an e-mail when this list changes");
  expect(page).toContain('name="view" value="state=WY"');
  const answer = await ask(email);
  expect(answer.headers.get("location")).toBe("/library/follow/asked");
  expect(await (await hub.get("/library/follow/asked")).text()).toContain("Look into your mail");
  const [letter, ...more] = await arrived();
  expect(more).toEqual([]);
  expect(letter?.to).toEqual([email]);
  const link = linkIn(letter, "confirm");
  expect(await (await hub.get(link)).text()).toContain("Follow this list?");
  await makePractice(hub, { title: "Before anybody said yes", states: ["WY"] });
  expect(await writeOn(MONDAY)).toEqual([]);
  expect(await count("library.subscription where confirmed_at is not null")).toBe(0);
  clock.now = new Date("2026-11-23T14:00:00Z");
  const done = await hub.post(link, {});
  expect(done.headers.get("cache-control")).toContain("no-store");
  expect(await done.text()).toContain("You follow this list");
  expect(await count("library.subscription where confirmed_at is not null")).toBe(1);
});

test("the first mail holds nothing that was typed: it may go to anybody", async () => {
  await ask(somebody(), { view: "q=buy+pills+at+evil.example&state=WY&category=evil_code" });
  const [letter] = await arrived();
  expect(`${letter?.raw} ${letter?.text} ${letter?.html}`).not.toMatch(/evil|pills/);
});

test("a mail tells what is new and what changed in the view, once, and nothing where nothing is", async () => {
  clock.now = new Date("2026-12-01T14:00:00Z");
  const email = somebody();
  const old = await makePractice(hub, { title: "Old\u202Eone", states: ["ND"] });
  await makePractice(hub, { title: "Old and quiet", states: ["ND"] });
  mail.later(DAY);
  await follow(email, { view: "state=ND" });
  mail.later(DAY);
  await makePractice(hub, { title: "https://evil.example/", states: ["ND"] });
  await makePractice(hub, { title: "Elsewhere", states: ["SD"] });
  await changePractice(hub, old, { summary: "Changed." });
  const gone = await makePractice(hub, { title: "Gone again", states: ["ND"] });
  await takeOut(hub, gone);
  const toIt = (letters: ReceivedMail[]): ReceivedMail[] => letters.filter(({ to }) => to.includes(email));
  // Before the week is over, nothing.
  expect(toIt(await writeOn("2026-12-04T12:20:00Z"))).toEqual([]);
  const [letter, ...more] = toIt(await writeOn("2026-12-07T12:20:00Z"));
  expect(more).toEqual([]);
  expect(letter?.headers.get("subject")).toBe("North Dakota: 2 practices are new or changed");
  expect(letter?.text).toContain("New: https://evil.example/");
  expect(letter?.html).not.toContain('href="https://evil.example');
  expect(letter?.html).toContain('<html lang="en">');
  expect(letter?.text).toContain(`Changed: Old\u202Eone\n${ADDRESS}/library/practices/${old}`);
  for (const hidden of ["Elsewhere", "quiet", "Gone again"]) expect(letter?.text).not.toContain(hidden);
  expect(letter?.headers.get("list-unsubscribe")).toBe(`<${ADDRESS}${linkIn(letter, "leave")}>`);
  expect(letter?.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  // The clock strikes again, the job runs twice at once, and another week passes without anything new.
  expect(toIt(await writeOn("2026-12-07T13:20:00Z"))).toEqual([]);
  clock.now = new Date("2026-12-14T12:20:00Z");
  await changePractice(hub, old, { summary: "Changed again." });
  mail.later(DAY);
  await Promise.all([mail.work("library.write-to-followers"), mail.work("library.write-to-followers")]);
  expect(toIt(await arrived())).toHaveLength(1);
  expect(toIt(await writeOn("2026-12-21T12:20:00Z"))).toEqual([]);
});

test("who chose months hears on the first of one, and who asked in Spanish reads Spanish", async () => {
  clock.now = new Date("2027-01-05T14:00:00Z");
  const email = somebody();
  await follow(email, { view: "category=peer_support", often: "monthly" }, "/es");
  mail.later(DAY);
  await makePractice(hub, { title: "Pares del norte", categories: ["peer_support"], language: "es" });
  const toIt = (letters: ReceivedMail[]): ReceivedMail[] => letters.filter(({ to }) => to.includes(email));
  expect(toIt(await writeOn("2027-01-11T12:20:00Z"))).toEqual([]);
  const [letter] = toIt(await writeOn("2027-02-01T12:20:00Z"));
  expect(letter?.headers.get("subject")).toContain("1 práctica nueva o cambiada");
  expect(letter?.text).toContain(`Nueva: Pares del norte\n${ADDRESS}/es/library/practices/pares-del-norte`);
  expect(linkIn(letter, "leave")).toMatch(/^\/es\/library\/follow\/leave\//);
  expect(letter?.html).toContain('<html lang="es">');
});

test("one click leaves, from wherever it is sent, and leaves nothing of the address behind", async () => {
  clock.now = new Date("2027-02-10T14:00:00Z");
  const email = somebody();
  await follow(email, { view: "state=HI" });
  mail.later(DAY);
  await makePractice(hub, { title: "Island rounds", states: ["HI"] });
  const [letter] = (await writeOn("2027-02-15T12:20:00Z")).filter(({ to }) => to.includes(email));
  const path = linkIn(letter, "leave");
  // A program that checks mails opens the link: nothing is left by that.
  expect((await hub.get(path)).status).toBe(200);
  expect(await count(`library.subscription where email = '${email}'`)).toBe(1);
  expect(await count(`platform.mail where recipient = '${email}'`)).toBeGreaterThan(0);
  const answer = await hub.app.request(`http://localhost${path}`, {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("Your address is erased");
  expect(await count(`library.subscription where email = '${email}'`)).toBe(0);
  const { rows } = await ownerPool.query<{ found: boolean }>(
    `select exists (select from platform.mail m where m::text like '%${email}%') or exists (select from platform.audit a where a::text like '%${email}%')
      or exists (select from pgboss.job j where j::text like '%${email}%') as found`,
  );
  expect(rows[0]?.found).toBe(false);
  // Again, it is no error; and the link of another hub is one.
  expect((await hub.post(path, {})).status).toBe(200);
  expect((await hub.post(`${path.slice(0, -2)}xx`, {})).status).toBe(404);
});

test("a link works for three days, and not after its wish was left", async () => {
  clock.now = new Date("2027-03-01T14:00:00Z");
  const email = somebody();
  await ask(email);
  const link = linkIn((await arrived())[0], "confirm");
  mail.later(3 * DAY + 1000);
  const late = await hub.post(link, {});
  expect(late.status).toBe(404);
  expect(await late.text()).toContain("This link does not work any more");
  expect(await count(`library.subscription where email = '${email}' and confirmed_at is null`)).toBe(1);
  expect((await hub.get("/library/follow/confirm/nonsense")).status).toBe(404);
  // A link that leaves cannot say yes.
  const [, token = ""] = link.split("/confirm/");
  expect((await hub.post(`/library/follow/leave/${token}`, {})).status).toBe(404);
});

test("addresses that nobody said yes for are forgotten after seven days, those who follow are not", async () => {
  clock.now = new Date("2027-04-01T14:00:00Z");
  await ownerPool.query("delete from library.subscription");
  const [silent, follower] = [somebody(), somebody()];
  await follow(follower);
  await ask(silent);
  await arrived();
  mail.later(6.9 * DAY);
  await mail.work("library.forget-unconfirmed");
  expect(await count(`library.subscription where email = '${silent}'`)).toBe(1);
  mail.later(0.2 * DAY);
  await mail.work("library.forget-unconfirmed");
  expect(await count(`library.subscription where email = '${silent}'`)).toBe(0);
  expect(await count(`platform.mail where recipient = '${silent}'`)).toBe(0);
  expect(await count(`library.subscription where email = '${follower}'`)).toBe(1);
});

test("a known and an unknown address get the same answer and a mail of the same words, and one wish stays one", async () => {
  clock.now = new Date("2027-05-01T14:00:00Z");
  const known = somebody();
  await follow(known);
  mail.later(2 * DAY);
  const unknown = somebody();
  const answers = [];
  for (const email of [known, known.toUpperCase(), unknown]) {
    const answer = await ask(email, { often: "monthly" });
    const [letter] = await arrived();
    answers.push([
      answer.status,
      answer.headers.get("location"),
      await answer.text(),
      letter?.text.replaceAll(/confirm\/\S+/g, "…"),
    ]);
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(await count(`library.subscription where lower(email) = '${known}'`)).toBe(1);
  // Somebody else's asking changes nothing for who follows.
  expect(await count(`library.subscription where lower(email) = '${known}' and often = 'weekly'`)).toBe(1);
});

test("nobody's mailbox is filled, and one network cannot ask for ever", async () => {
  clock.now = new Date("2027-06-01T14:00:00Z");
  const email = somebody();
  for (const view of ["state=WY", "state=WY", "state=WY", "state=ND", "state=SD", "state=MT"])
    expect((await ask(email, { view })).status).toBe(303);
  const letters = await arrived();
  expect(letters.length).toBeGreaterThan(0);
  expect(letters.length).toBeLessThanOrEqual(3);
  let status = 303;
  for (let tries = 0; status === 303 && tries < 40; tries += 1) status = (await ask(somebody())).status;
  expect(status).toBe(429);
});

test("a refused form says what is wrong at its field and keeps what was typed", async () => {
  clock.now = new Date("2027-07-01T14:00:00Z");
  const answer = await ask("nobody", { often: "hourly", view: "state=WY&q=rural" });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("Enter an e-mail address such as maria@example.org.");
  expect(page).toContain("Choose how often.");
  expect(page).toContain('value="nobody"');
  expect(page).toContain("“rural”, Wyoming");
  const spanish = await (await ask("nobody", {}, "/es")).text();
  expect(spanish).toContain("Escriba una dirección de correo como maria@example.org.");
});

test("who follows what is read by the hub alone: by no page, no administrator and no visitor", async () => {
  clock.now = new Date("2027-08-01T14:00:00Z");
  const email = somebody();
  await follow(email);
  const administrator = await hub.signIn("marisol@demo.example");
  const outbox = await (await hub.get("/mail", administrator)).text();
  expect(outbox).not.toContain(email);
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from platform.mail where kind = 'follow'",
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows) expect((await hub.get(`/mail/${id}`, administrator)).status).toBe(404);
  const seen = (actor: Actor): Promise<number> =>
    hub.services.perform(actor, async ({ trx }) => {
      const found = await trx.selectFrom("library.subscription").select("id").execute();
      return found.length;
    });
  expect(await seen(anonymous)).toBe(0);
  expect(await seen(system)).toBeGreaterThan(0);
});

test("an address that the last mail came back from is not written to", async () => {
  clock.now = new Date("2027-09-01T14:00:00Z");
  const email = somebody();
  await follow(email, { view: "state=GU" });
  mail.later(DAY);
  await makePractice(hub, { title: "Pacific rounds", states: ["GU"] });
  await ownerPool.query("update platform.mail set state = 'bounced', settled_at = $2 where recipient = $1", [
    email,
    clock.now,
  ]);
  expect((await writeOn("2027-09-06T12:20:00Z")).filter(({ to }) => to.includes(email))).toEqual([]);
});
