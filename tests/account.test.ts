// One's own sign-in: the password, where one is signed in, and an administrator's help.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

let now = new Date("2026-03-02T09:00:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });
const { owner, ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const organizationId = await organizationOfCode(hub, "G35");
const FIRST = "a first pass phrase";
const SECOND = "a second pass phrase";

/** Adds a lead of G35 as an administrator would. @returns their membership. */
async function addLead(email: string): Promise<string> {
  const answer = await hub.post(
    `/directory/organizations/${organizationId}/people`,
    { name: "Nora Field", email, role: "organization_lead", password: FIRST },
    administrator,
  );
  expect(answer.status).toBe(303);
  const { rows } = await ownerPool.query<{ id: string }>(
    'select m.id from directory.membership m join directory.person p on p.id = m.person_id join auth."user" u on u.id = p.user_id where u.email = $1',
    [email],
  );
  return rows[0]?.id ?? "";
}

const change = (current: string, password: string, cookie: string): Promise<Response> =>
  hub.post("/account/password", { current, password }, cookie);
const mayWork = async (cookie: string): Promise<boolean> => (await hub.get("/work", cookie)).status === 200;
const trySignIn = async (email: string, password: string): Promise<number> =>
  (await hub.post("/sign-in", { email, password })).status;

async function events(event: string): Promise<{ data: unknown; actor_kind: string }[]> {
  return owner
    .selectFrom("platform.audit")
    .select(["data", "actor_kind"])
    .where("event", "=", event)
    .orderBy("id")
    .execute();
}

test("the account says who one is, for whom one works and where one is signed in", async () => {
  const cookie = await hub.signIn("samuel@demo.example");
  await hub.signIn("samuel@demo.example");
  const page = await (await hub.get("/account", cookie)).text();
  expect(page).toContain("samuel@demo.example");
  expect(page.match(/Since \w+, \w+ \d+, \d{4}/g)).toHaveLength(2);
  expect(page.match(/\(here\)/g)).toHaveLength(1);
  expect((await hub.get("/account")).headers.get("location")).toBe("/sign-in?to=%2Faccount");
});

test("a person changes their password, stays signed in here and is signed out everywhere else", async () => {
  await addLead("nora@field.example");
  const here = await hub.signIn("nora@field.example", FIRST);
  const elsewhere = await hub.signIn("nora@field.example", FIRST);
  const answer = await change(FIRST, SECOND, here);
  expect(answer.status).toBe(303);
  expect([await mayWork(here), await mayWork(elsewhere)]).toEqual([true, false]);
  expect(await trySignIn("nora@field.example", FIRST)).toBe(422);
  expect(await trySignIn("nora@field.example", SECOND)).toBe(303);
  expect(await events("directory.password-changed")).toEqual([
    { data: { byAdministrator: false }, actor_kind: "person" },
  ]);
});

test("a wrong present password, a short new one and the same one again are refused where they stand, and change nothing", async () => {
  await addLead("omar@field.example");
  const cookie = await hub.signIn("omar@field.example", FIRST);
  for (const [current, password, said] of [
    ["not this one", SECOND, "This is not your present password"],
    [FIRST, "short", "Use at least 12 characters"],
    [FIRST, FIRST, "This is the password that you have now"],
    ["", SECOND, "Enter your present password"],
  ] as const) {
    const answer = await change(current, password, cookie);
    expect(answer.status, said).toBe(422);
    const page = await answer.text();
    expect(page).toContain(said);
    for (const typed of [FIRST, SECOND]) expect(page).not.toContain(typed);
  }
  expect(await trySignIn("omar@field.example", FIRST)).toBe(303);
});

test("guessing at a present password is throttled, and the right one does not help until the time is over", async () => {
  await addLead("pia@field.example");
  const cookie = await hub.signIn("pia@field.example", FIRST);
  for (let attempt = 0; attempt < 8; attempt++) await change(`guess ${attempt} of many`, SECOND, cookie);
  const answer = await change(FIRST, SECOND, cookie);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("Too many attempts");
  now = new Date(now.getTime() + 16 * 60_000);
  expect((await change(FIRST, SECOND, cookie)).status).toBe(303);
});

test("signing out everywhere else leaves only the session that asks", async () => {
  await addLead("rosa@field.example");
  const [here, elsewhere] = [
    await hub.signIn("rosa@field.example", FIRST),
    await hub.signIn("rosa@field.example", FIRST),
  ];
  expect((await hub.post("/account/sessions/end", {}, here)).status).toBe(303);
  expect([await mayWork(here), await mayWork(elsewhere)]).toEqual([true, false]);
  expect(await (await hub.get("/account", here)).text()).toContain("You are signed in nowhere else.");
});

test("who signed in long ago signs in once more before other sessions end", async () => {
  await addLead("ruth@field.example");
  const [here, elsewhere] = [
    await hub.signIn("ruth@field.example", FIRST),
    await hub.signIn("ruth@field.example", FIRST),
  ];
  const page = await (await hub.get("/account", here)).text();
  const one = /action="(\/account\/sessions\/[^/"]+\/end)"/.exec(page)?.[1] ?? "";
  const before = now;
  // The clock of these tests runs ahead of the sessions' own.
  now = new Date(Date.now() + 31 * 60_000);
  for (const path of ["/account/sessions/end", one]) {
    const answer = await hub.post(path, {}, here);
    expect([path, answer.headers.get("location")]).toEqual([path, "/sign-in?to=%2Faccount"]);
  }
  expect([await mayWork(here), await mayWork(elsewhere)]).toEqual([true, true]);
  now = before;
  expect((await hub.post(one, {}, here)).headers.get("location")).toBe("/account");
  expect([await mayWork(here), await mayWork(elsewhere)]).toEqual([true, false]);
});

test("an administrator gives a new password to one who has lost theirs, who is signed out everywhere", async () => {
  const membership = await addLead("lost@field.example");
  const cookie = await hub.signIn("lost@field.example", FIRST);
  const path = `/directory/organizations/${organizationId}/people/${membership}/password`;
  expect(await (await hub.get(path, administrator)).text()).toContain("New password for Nora Field");
  expect((await hub.post(path, { password: "short" }, administrator)).status).toBe(422);
  expect((await hub.post(path, { password: SECOND }, administrator)).status).toBe(303);
  expect(await mayWork(cookie)).toBe(false);
  expect(await trySignIn("lost@field.example", FIRST)).toBe(422);
  expect(await trySignIn("lost@field.example", SECOND)).toBe(303);
  expect((await events("directory.password-changed")).at(-1)).toEqual({
    data: { byAdministrator: true },
    actor_kind: "person",
  });
});

test("nobody but an administrator sets another's password, and the demonstration's own stays as it is", async () => {
  const membership = await addLead("safe@field.example");
  const path = `/directory/organizations/${organizationId}/people/${membership}/password`;
  for (const email of ["theo@demo.example", "samuel@demo.example"]) {
    const cookie = await hub.signIn(email);
    expect((await hub.post(path, { password: SECOND }, cookie)).status, email).toBe(403);
  }
  expect(await trySignIn("safe@field.example", FIRST)).toBe(303);
  expect((await change("trellis-grows-here", SECOND, administrator)).status).toBe(409);
  const { rows } = await ownerPool.query<{ id: string; organization_id: string }>(
    `select m.id, m.organization_id from directory.membership m join directory.person p on p.id = m.person_id join auth."user" u on u.id = p.user_id where u.email = 'samuel@demo.example' limit 1`,
  );
  const demoPath = `/directory/organizations/${rows[0]?.organization_id}/people/${rows[0]?.id}/password`;
  expect((await hub.post(demoPath, { password: SECOND }, administrator)).status).toBe(409);
  expect(await trySignIn("samuel@demo.example", "trellis-grows-here")).toBe(303);
});

test("a membership of another organization is not found under this one", async () => {
  const membership = await addLead("here@field.example");
  const other = await organizationOfCode(hub, "G01");
  const path = `/directory/organizations/${other}/people/${membership}/password`;
  expect((await hub.get(path, administrator)).status).toBe(404);
  expect((await hub.post(path, { password: SECOND }, administrator)).status).toBe(404);
});
