// The second factor: who must have one, how it is made, asked for, lost and taken off.
import { expect, test } from "vitest";
import { makeRescueLink, rescueFromSecondFactor } from "../src/modules/directory/index.ts";
import { system } from "../src/platform/database/actor.ts";
import { addPersonTo, FIRST_PASSWORD, hubOrganizationId, mailsTo, membershipOf } from "./support/people.ts";
import { codeAt, keyOn, setUpSecondFactor, withCookies } from "./support/second-factor.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

let now = new Date();
const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const hubId = await hubOrganizationId(hub);
const grantee = await organizationOfCode(hub, "G35");

let people = 0;
async function newStaff(): Promise<string> {
  const email = `staff.${(people += 1)}@hub.example`;
  await addPersonTo(hub, administrator, hubId, { name: "Nia Staff", email, role: "hub_staff" });
  return email;
}
const whereTo = async (path: string, cookie: string): Promise<string | null> =>
  (await hub.get(path, cookie)).headers.get("location");
const mayWork = async (cookie: string): Promise<boolean> => (await hub.get("/work", cookie)).status === 200;
const show = (code: string, cookie: string): Promise<Response> =>
  hub.post("/sign-in/second-factor", { code, to: "/jobs" }, cookie);

test("hub staff come no further than setting up a second factor, then work, and are asked for it at every sign-in", async () => {
  const email = await newStaff();
  const first = await hub.signIn(email, FIRST_PASSWORD);
  expect(await whereTo("/work", first)).toBe("/sign-in/second-factor?to=%2Fwork");
  expect(await whereTo("/sign-in/second-factor?to=/work", first)).toBe("/account/second-factor?to=%2Fwork");
  expect((await hub.post("/account/sessions/end", {}, first)).status).toBe(403);
  expect((await hub.get("/directory/organizations", first)).status).toBe(303);
  const { cookie, key } = await setUpSecondFactor(hub, first);
  expect([await mayWork(cookie), await mayWork(first)]).toEqual([true, false]);

  later(60);
  const again = await hub.signIn(email, FIRST_PASSWORD);
  expect(await mayWork(again)).toBe(false);
  expect(await whereTo("/account/second-factor", again)).toBe("/sign-in/second-factor");
  const answer = await show(codeAt(key, now), again);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/jobs"]);
  expect(await mayWork(withCookies(again, answer))).toBe(true);
  // The session of the first step is over: its name is not the name of what may do more.
  expect(await mayWork(again)).toBe(false);
});

test("a code works once, in its own half minute or the one beside it", async () => {
  const email = await newStaff();
  const { key } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  later(90);
  const code = codeAt(key, now);
  const [one, two] = [await hub.signIn(email, FIRST_PASSWORD), await hub.signIn(email, FIRST_PASSWORD)];
  expect((await show(code, one)).status).toBe(303);
  const replayed = await show(code, two);
  expect(replayed.status).toBe(422);
  expect(await replayed.text()).toContain("was used already");
  const old = await show(codeAt(key, new Date(now.getTime() - 120_000)), two);
  expect([old.status, (await old.text()).includes("not right, or too old")]).toEqual([422, true]);
  later(30);
  expect((await show(codeAt(key, new Date(now.getTime() + 20_000)), two)).status).toBe(303);
});

test("of two who send the same code at once, one gets in", async () => {
  const email = await newStaff();
  const { key } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  later(90);
  const cookies = [await hub.signIn(email, FIRST_PASSWORD), await hub.signIn(email, FIRST_PASSWORD)];
  const code = codeAt(key, now);
  const answers = await Promise.all(cookies.map((cookie) => show(code, cookie)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
});

test("guessing codes is throttled, from every session of the person together", async () => {
  const email = await newStaff();
  const { key } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  later(90);
  const wrong = codeAt(key, now) === "123456" ? "654321" : "123456";
  for (let guess = 0; guess < 6; guess++)
    expect((await show(wrong, await hub.signIn(email, FIRST_PASSWORD))).status).toBe(422);
  const right = await show(codeAt(key, now), await hub.signIn(email, FIRST_PASSWORD));
  expect([right.status, (await right.text()).includes("Too many attempts")]).toEqual([422, true]);
  later(16 * 60);
  expect((await show(codeAt(key, now), await hub.signIn(email, FIRST_PASSWORD))).status).toBe(303);
});

test("a recovery code signs in once, however it is typed; the person is told, and how many are left", async () => {
  const email = await newStaff();
  const { codes } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  expect(new Set(codes).size).toBe(10);
  const typed = (codes[0] ?? "").toLowerCase().replaceAll("-", " ");
  const cookie = await hub.signIn(email, FIRST_PASSWORD);
  const answer = await show(typed, cookie);
  expect(answer.status).toBe(303);
  expect(decodeURIComponent(decodeURIComponent(answer.headers.getSetCookie().join(" ")))).toContain(
    "9 are left",
  );
  expect((await show(codes[0] ?? "", await hub.signIn(email, FIRST_PASSWORD))).status).toBe(422);
  expect((await mailsTo(hub, email)).map(({ body }) => body).join()).toContain("A recovery code was used");
});

test("recovery codes have more than 128 bits; a shorter one of before still works, and new ones are advised", async () => {
  const email = await newStaff();
  const { codes } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  // 32 letters and digits: five bits each.
  for (const code of codes) expect(code.replaceAll("-", "").length * 5).toBeGreaterThan(128);
  await ownerPool.query(
    `insert into auth.recovery_code (user_id, code_hash) select id, sha256('ABCDEFGHJKLMNPQR') from auth."user" where email = $1`,
    [email],
  );
  const answer = await show("abcd-efgh-jklm-npqr", await hub.signIn(email, FIRST_PASSWORD));
  expect(answer.status).toBe(303);
  expect(decodeURIComponent(decodeURIComponent(answer.headers.getSetCookie().join(" ")))).toContain(
    "They are of an earlier, shorter kind: make new ones",
  );
  expect((await show("abcd-efgh-jklm-npqr", await hub.signIn(email, FIRST_PASSWORD))).status).toBe(422);
});

test("nothing secret of it lies in the database as it is", async () => {
  const email = await newStaff();
  const { key, codes } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  const { rows } = await ownerPool.query<{ text: string }>(
    "select to_jsonb(f)::text as text from auth.second_factor f union all select to_jsonb(r)::text from auth.recovery_code r union all select to_jsonb(a)::text from platform.audit a union all select to_jsonb(m)::text from platform.mail m",
  );
  const all = rows.map(({ text }) => text).join("\n");
  const inHex = Buffer.from(key).toString("hex");
  for (const secret of [key, inHex, ...codes, ...codes.map((code) => code.replaceAll("-", ""))])
    expect(all.includes(secret)).toBe(false);
});

test("a lead may have one, is asked for it from then on, makes new codes and takes it off again", async () => {
  const email = "lead.one@field.example";
  await addPersonTo(hub, administrator, grantee, { name: "Lena Lead", email, role: "organization_lead" });
  const plain = await hub.signIn(email, FIRST_PASSWORD);
  expect(await mayWork(plain)).toBe(true);
  const { cookie, codes } = await setUpSecondFactor(hub, plain);
  expect(await mayWork(await hub.signIn(email, FIRST_PASSWORD))).toBe(false);
  const renewed = await (await hub.post("/account/second-factor/codes", {}, cookie)).text();
  expect(renewed).not.toContain(codes[0]);
  expect((await show(codes[0] ?? "", await hub.signIn(email, FIRST_PASSWORD))).status).toBe(422);
  expect((await hub.post("/account/second-factor/remove", {}, cookie)).headers.get("location")).toBe(
    "/account",
  );
  expect(await mayWork(await hub.signIn(email, FIRST_PASSWORD))).toBe(true);
});

test("who has it already cannot have it replaced by somebody who knows the password only", async () => {
  const email = await newStaff();
  const { key } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  const thief = await hub.signIn(email, FIRST_PASSWORD);
  expect(await whereTo("/account/second-factor", thief)).toBe("/sign-in/second-factor");
  expect((await hub.post("/account/second-factor", { code: "123456" }, thief)).headers.get("location")).toBe(
    "/sign-in/second-factor",
  );
  for (const path of ["/account/second-factor/remove", "/account/second-factor/codes", "/account/passkeys"])
    expect((await hub.post(path, { credential: "{}", name: "x" }, thief)).status, path).toBe(403);
  later(60);
  expect((await show(codeAt(key, now), thief)).status).toBe(303);
});

test("somebody promoted to hub staff must set one up at the next click", async () => {
  const email = "promoted@hub.example";
  await addPersonTo(hub, administrator, hubId, { name: "Pia Promoted", email, role: "hub_staff" });
  const grantees = "promoted.lead@field.example";
  await addPersonTo(hub, administrator, grantee, {
    name: "Paul",
    email: grantees,
    role: "organization_lead",
  });
  const cookie = await hub.signIn(grantees, FIRST_PASSWORD);
  expect(await mayWork(cookie)).toBe(true);
  await addPersonTo(hub, administrator, hubId, { name: "Paul", email: grantees, role: "hub_staff" });
  expect(await mayWork(cookie)).toBe(false);
  expect(await whereTo("/work", cookie)).toBe("/sign-in/second-factor?to=%2Fwork");
});

test("an administrator takes a lost one off; the person is signed out, told, and sets up another", async () => {
  const email = await newStaff();
  const { cookie } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  const place = `/directory/organizations/${hubId}/people/${await membershipOf(hub, email, hubId)}`;
  expect(await (await hub.get(place, administrator)).text()).toContain("authenticator app");
  expect((await hub.post(`${place}/second-factor/remove`, {}, administrator)).status).toBe(303);
  expect(await mayWork(cookie)).toBe(false);
  expect((await mailsTo(hub, email)).map(({ body }) => body).join()).toContain(
    "took your authenticator app off",
  );
  const next = await hub.signIn(email, FIRST_PASSWORD);
  expect((await setUpSecondFactor(hub, next)).codes).toHaveLength(10);
});

test("a wrong first code keeps the key, so that the picture that was scanned stays right", async () => {
  const email = await newStaff();
  const cookie = await hub.signIn(email, FIRST_PASSWORD);
  const before = keyOn(await (await hub.get("/account/second-factor", cookie)).text());
  const answer = await hub.post("/account/second-factor", { code: "12345" }, cookie);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("A code has six digits");
  expect(keyOn(page)).toBe(before);
});

test("a key that one session was shown is no other's: who saw it earlier does not know the one that is set up", async () => {
  const email = await newStaff();
  const [thief, owner] = [await hub.signIn(email, FIRST_PASSWORD), await hub.signIn(email, FIRST_PASSWORD)];
  const seen = keyOn(await (await hub.get("/account/second-factor", thief)).text());
  const { key } = await setUpSecondFactor(hub, owner);
  expect(key).not.toBe(seen);
  const late = await hub.post("/account/second-factor", { code: codeAt(seen, now) }, thief);
  expect(late.headers.get("location")).toBe("/sign-in/second-factor");
});

test("a session of long ago sets nothing up, by whichever door, and sees no key", async () => {
  const email = "stale@field.example";
  await addPersonTo(hub, administrator, grantee, { name: "Sol", email, role: "organization_lead" });
  const cookie = await hub.signIn(email, FIRST_PASSWORD);
  const place = "/account/second-factor";
  const key = keyOn(await (await hub.get(place, cookie)).text());
  // The clock of these tests runs ahead of the sessions' own.
  later(24 * 3600);
  for (const code of ["", codeAt(key, now)]) {
    const answer = await hub.post(place, { code }, cookie);
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/sign-in?to=%2Faccount%2Fsecond-factor",
    ]);
  }
  expect(await whereTo(place, cookie)).toBe("/sign-in?to=%2Faccount%2Fsecond-factor");
  later(-24 * 3600);
});

test("pages with a key or with codes are kept in no cache", async () => {
  const cookie = await hub.signIn(await newStaff(), FIRST_PASSWORD);
  const page = await hub.get("/account/second-factor", cookie);
  expect(page.headers.get("cache-control")).toContain("no-store");
  const code = codeAt(keyOn(await page.text()), now);
  const codes = await hub.post("/account/second-factor", { code }, cookie);
  expect([codes.status, codes.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
});

test("the people of the demonstration, whose password everybody knows, cannot be locked out by one", async () => {
  expect((await hub.get("/account/second-factor", administrator)).status).toBe(409);
  expect((await hub.post("/account/second-factor", { code: "123456" }, administrator)).status).not.toBe(200);
  expect(await mayWork(await hub.signIn("marisol@demo.example"))).toBe(true);
});

test("whoever has the machine lets in the only administrator who has lost everything", async () => {
  const email = await newStaff();
  const { cookie } = await setUpSecondFactor(hub, await hub.signIn(email, FIRST_PASSWORD));
  const { config, perform } = hub.services;
  expect(await perform(system, (work) => rescueFromSecondFactor(work, email))).toBe(true);
  expect(await mayWork(cookie)).toBe(false);
  const made = await perform(system, (work) => makeRescueLink(work, config, email));
  const path = new URL(made?.link ?? "").pathname;
  expect((await hub.post(path, { password: "copper window eleven rivers" })).status).toBe(303);
  await setUpSecondFactor(hub, await hub.signIn(email, "copper window eleven rivers"));
  expect(await perform(system, (work) => makeRescueLink(work, config, "nobody@hub.example"))).toBeNull();
  expect(await perform(system, (work) => rescueFromSecondFactor(work, "nobody@hub.example"))).toBe(false);
});
