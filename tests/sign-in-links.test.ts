// Links by mail: to sign in, to choose a new password, to come in for the first time.
import { expect, test } from "vitest";
import { addPersonTo, FIRST_PASSWORD, linkIn, mailsTo } from "./support/people.ts";
import { withCookies } from "./support/second-factor.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

let now = new Date();
const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const grantee = await organizationOfCode(hub, "G35");
const NEXT_PASSWORD = "copper window eleven rivers";

let people = 0;
async function newLead(password?: string): Promise<string> {
  const email = `lead.${(people += 1)}@field.example`;
  await addPersonTo(hub, administrator, grantee, {
    name: "Lena Lead",
    email,
    role: "organization_lead",
    ...(password === undefined ? {} : { password }),
  });
  return email;
}
async function askFor(path: string, email: string, to = "/work"): Promise<Response> {
  const answer = await hub.post(path, { email, to });
  await hub.workJobs();
  return answer;
}
const mayWork = async (cookie: string): Promise<boolean> => (await hub.get("/work", cookie)).status === 200;
const trySignIn = async (email: string, password: string): Promise<number> =>
  (await hub.post("/sign-in", { email, password })).status;

test("a link signs in once, on a press of a button, and leads to where one wanted to go", async () => {
  const email = await newLead();
  expect((await askFor("/sign-in/link", email.toUpperCase(), "/pathways/rosters")).status).toBe(200);
  const link = await linkIn(hub, email);
  // A program that opens every link of a mail uses nothing up.
  for (let look = 0; look < 3; look++) expect((await hub.get(link)).status).toBe(200);
  const answer = await hub.post(link, {});
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/pathways/rosters"]);
  expect(await mayWork(withCookies("", answer))).toBe(true);
  for (const again of [await hub.get(link), await hub.post(link, {})]) {
    expect(again.status).toBe(404);
    expect(await again.text()).toContain("This link does not work any more");
  }
});

test("a link is for fifteen minutes, and the newest one only", async () => {
  const email = await newLead();
  await askFor("/sign-in/link", email);
  const older = await linkIn(hub, email);
  later(1);
  await askFor("/sign-in/link", email);
  const newer = await linkIn(hub, email);
  expect((await hub.get(older)).status).toBe(404);
  later(14);
  expect((await hub.get(newer)).status).toBe(200);
  later(2);
  expect((await hub.post(newer, {})).status).toBe(404);
});

test("of two who use a link at once, one gets in", async () => {
  const email = await newLead();
  await askFor("/sign-in/link", email);
  const link = await linkIn(hub, email);
  const answers = await Promise.all([hub.post(link, {}), hub.post(link, {})]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 404]);
});

test("whether anybody has an address cannot be told from the page, and nothing is sent to those who have none", async () => {
  const email = await newLead();
  const pages = [];
  for (const asked of [email, "nobody@field.example"])
    for (const path of ["/sign-in/link", "/sign-in/new-password"]) {
      const answer = await askFor(path, asked);
      pages.push(`${path} ${answer.status} ${await answer.text()}`);
    }
  expect(pages[0]).toBe(pages[2]);
  expect(pages[1]).toBe(pages[3]);
  expect(await mailsTo(hub, "nobody@field.example")).toEqual([]);
  const wrong = await hub.post("/sign-in/link", { email: "nobody" });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('value="nobody"');
});

test("nobody's mailbox is flooded: three links in a quarter of an hour, and the page says the same", async () => {
  const email = await newLead();
  for (let ask = 0; ask < 6; ask++) expect((await askFor("/sign-in/link", email)).status).toBe(200);
  expect((await mailsTo(hub, email)).filter(({ kind }) => kind === "sign-in-link")).toHaveLength(3);
});

test("a lost password is chosen anew; the old one and all sessions end, and the person is told", async () => {
  const email = await newLead();
  const open = await hub.signIn(email, FIRST_PASSWORD);
  await askFor("/sign-in/new-password", email);
  const link = await linkIn(hub, email);
  const easy = await hub.post(link, { password: "trellis123456" });
  expect([easy.status, (await easy.text()).includes("easy to guess")]).toEqual([422, true]);
  expect((await hub.post(link, { password: "short" })).status).toBe(422);
  expect((await hub.post(link, { password: NEXT_PASSWORD })).headers.get("location")).toBe("/sign-in");
  expect(await mayWork(open)).toBe(false);
  expect([await trySignIn(email, FIRST_PASSWORD), await trySignIn(email, NEXT_PASSWORD)]).toEqual([422, 303]);
  expect((await hub.post(link, { password: FIRST_PASSWORD })).status).toBe(404);
  expect((await mailsTo(hub, email)).map(({ body }) => body).join()).toContain("A new password was chosen");
});

test("somebody invited chooses a password through the link, for a week, and is in", async () => {
  const email = await newLead("");
  expect(await trySignIn(email, "")).toBe(422);
  const mail = (await mailsTo(hub, email))[0];
  expect(mail?.subject).toContain("invites you to");
  const link = await linkIn(hub, email);
  expect(await (await hub.get(`/directory/organizations/${grantee}`, administrator)).text()).toContain(
    "Invited",
  );
  later(6 * 24 * 60);
  expect(await (await hub.get(link)).text()).toContain("Welcome, Lena Lead");
  const answer = await hub.post(link, { password: NEXT_PASSWORD });
  expect(answer.status).toBe(303);
  expect(await mayWork(withCookies("", answer))).toBe(true);
  expect(await trySignIn(email, NEXT_PASSWORD)).toBe(303);
  expect(await (await hub.get(`/directory/organizations/${grantee}`, administrator)).text()).not.toContain(
    "Invited",
  );
});

test("an invitation that is too old leads to a fresh link", async () => {
  const email = await newLead("");
  const link = await linkIn(hub, email);
  later(8 * 24 * 60);
  const page = await (await hub.get(link)).text();
  expect(page).toContain('href="/sign-in/new-password"');
  await askFor("/sign-in/new-password", email);
  expect((await hub.post(await linkIn(hub, email), { password: NEXT_PASSWORD })).status).toBe(303);
});

test("a link of one kind does not do another's work, and made-up ones do nothing", async () => {
  const email = await newLead();
  await askFor("/sign-in/link", email);
  const token = (await linkIn(hub, email)).split("/").at(-1) ?? "";
  const answer = await hub.post(`/sign-in/new-password/${token}`, { password: NEXT_PASSWORD });
  expect(answer.status).toBe(404);
  expect(await trySignIn(email, NEXT_PASSWORD)).toBe(422);
  for (const made of ["x", "A".repeat(43), "..%2F..", "%00"])
    expect((await hub.post(`/sign-in/link/${made}`, {})).status, made).toBe(404);
});

test("what is kept of a link does not open the door", async () => {
  const email = await newLead();
  await askFor("/sign-in/link", email);
  const token = (await linkIn(hub, email)).split("/").at(-1) ?? "";
  const { rows } = await ownerPool.query<{ text: string }>(
    "select to_jsonb(l)::text as text from auth.one_time_link l",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ text }) => text.includes(token))).toBe(false);
});

test("who does not work for anybody any more gets no link, and an old one is void", async () => {
  const email = await newLead();
  await askFor("/sign-in/link", email);
  const link = await linkIn(hub, email);
  await ownerPool.query(
    'update directory.membership set ended_on = current_date where person_id = (select p.id from directory.person p join auth."user" u on u.id = p.user_id where u.email = $1)',
    [email],
  );
  expect((await hub.post(link, {})).status).toBe(404);
  const before = (await mailsTo(hub, email)).length;
  later(20);
  await askFor("/sign-in/link", email);
  expect(await mailsTo(hub, email)).toHaveLength(before);
});
