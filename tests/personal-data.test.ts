// What the hub knows of a person: taken along, and erased.
import { expect, test } from "vitest";
import { addPersonTo, FIRST_PASSWORD, mailsTo } from "./support/people.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const grantee = await organizationOfCode(hub, "G35");
const PATH = "/directory/erasure-requests";

async function newLead(name: string, email: string): Promise<string> {
  await addPersonTo(hub, administrator, grantee, { name, email, role: "organization_lead" });
  return hub.signIn(email, FIRST_PASSWORD);
}
async function requestOf(email: string): Promise<string> {
  const { rows } = await ownerPool.query<{ id: string }>(
    'select r.id from directory.erasure_request r join directory.person p on p.id = r.person_id join auth."user" u on u.id = p.user_id where u.email = $1 and r.decided_at is null',
    [email],
  );
  return rows[0]?.id ?? "none";
}

test("a person takes their data along: their own, all of it, and nothing that would sign somebody in", async () => {
  const cookie = await newLead("Talia Quickwater", "talia@field.example");
  await newLead("Someone Else", "else@field.example");
  const answer = await hub.get("/account/data/file", cookie);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  const text = await answer.text();
  const data = JSON.parse(text) as {
    account: { name: string; email: string };
    memberships: { organization: string; role: string }[];
    sessions: unknown[];
    actions: { event: string }[];
  };
  expect(data.account).toMatchObject({ name: "Talia Quickwater", email: "talia@field.example" });
  expect(data.memberships).toMatchObject([{ role: "organization_lead" }]);
  expect(data.sessions).toHaveLength(1);
  expect(data.actions.map(({ event }) => event)).toEqual([
    "directory.signed-in",
    "directory.personal-data-taken",
  ]);
  expect(text).not.toContain("Someone Else");
  const { rows } = await ownerPool.query<{ secret: string }>(
    "select token as secret from auth.session union select password from auth.account",
  );
  for (const { secret } of rows) expect(text.includes(secret)).toBe(false);
});

test("somebody asks for erasure, the administrators are told, and it is done: no trace of the name, and the history stays", async () => {
  const cookie = await newLead("Zebulon Farquhar", "zebulon@field.example");
  expect((await hub.post("/account/erasure", { reason: "I, Zebulon, have left." }, cookie)).status).toBe(303);
  expect((await hub.post("/account/erasure", { reason: "" }, cookie)).status).toBe(409);
  const told = await mailsTo(hub, "marisol@demo.example");
  expect(told.map(({ subject }) => subject).join()).toContain("asks for erasure");
  const { rows: before } = await ownerPool.query<{ count: number }>(
    "select count(*) as count from platform.audit",
  );
  expect(await (await hub.get(PATH, administrator)).text()).toContain("Zebulon Farquhar");
  const request = await requestOf("zebulon@field.example");
  expect((await hub.post(`${PATH}/${request}/erase`, {}, administrator)).status).toBe(303);
  expect((await hub.get("/work", cookie)).status).toBe(303);
  expect(
    (await hub.post("/sign-in", { email: "zebulon@field.example", password: FIRST_PASSWORD })).status,
  ).toBe(422);
  // The last mail, which says that it is done, is the only thing that still has the address; it goes when it is sent.
  const { rows } = await ownerPool.query<{ text: string }>(
    `select to_jsonb(u)::text as text from auth."user" u union all select to_jsonb(p)::text from directory.person p
     union all select to_jsonb(a)::text from platform.audit a union all select to_jsonb(r)::text from directory.erasure_request r
     union all select to_jsonb(m)::text from platform.mail m where m.kind <> 'personal-data' union all select to_jsonb(c)::text from auth.account c`,
  );
  expect(rows.filter(({ text }) => /zebulon|farquhar/i.test(text))).toEqual([]);
  const { rows: after } = await ownerPool.query<{ count: number }>(
    "select count(*) as count from platform.audit",
  );
  expect(after[0]?.count).toBe((before[0]?.count ?? 0) + 1);
  expect((await mailsTo(hub, "zebulon@field.example")).at(-1)?.subject).toContain("is erased");
  expect((await hub.post(`${PATH}/${request}/erase`, {}, administrator)).status).toBe(409);
});

test("a refusal needs a reason, which the person gets; one's own request can be withdrawn", async () => {
  const cookie = await newLead("Ines Tarn", "ines@field.example");
  await hub.post("/account/erasure", { reason: "" }, cookie);
  const request = await requestOf("ines@field.example");
  const empty = await hub.post(`${PATH}/${request}/refuse`, { answer: " " }, administrator);
  expect([empty.status, (await empty.text()).includes("Say why")]).toEqual([422, true]);
  await hub.post(
    `${PATH}/${request}/refuse`,
    { answer: "The grant asks us to keep it until 2031." },
    administrator,
  );
  expect((await mailsTo(hub, "ines@field.example")).at(-1)?.body).toContain("until 2031");
  expect((await hub.get("/work", cookie)).status).toBe(200);
  await hub.post("/account/erasure", { reason: "Again" }, cookie);
  expect((await hub.post("/account/erasure/withdraw", {}, cookie)).status).toBe(303);
  expect(await requestOf("ines@field.example")).toBe("none");
  expect((await hub.post("/account/erasure/withdraw", {}, cookie)).status).toBe(409);
});

test("nobody reads or decides another's request, in the pages or in the database", async () => {
  const cookie = await newLead("Oda Pine", "oda@field.example");
  await hub.post("/account/erasure", { reason: "mine" }, cookie);
  const request = await requestOf("oda@field.example");
  for (const email of ["ada@demo.example", "theo@demo.example", "imani@demo.example"]) {
    const other = await hub.signIn(email);
    expect((await hub.get(PATH, other)).status, email).toBe(403);
    expect((await hub.post(`${PATH}/${request}/erase`, {}, other)).status, email).toBe(403);
  }
  const ada = await hub.signIn("ada@demo.example");
  expect(await (await hub.get("/account/data", ada)).text()).not.toContain("Withdraw");
});
