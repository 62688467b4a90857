// An administrator's help for people: names, roles, leaving, coming back.
import { expect, test } from "vitest";
import { callApi, makeToken } from "./support/api-client.ts";
import { addPersonTo, FIRST_PASSWORD, hubOrganizationId, mailsTo, membershipOf } from "./support/people.ts";
import { setUpSecondFactor } from "./support/second-factor.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { owner } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");
const grantee = await organizationOfCode(hub, "G35");
const hubId = await hubOrganizationId(hub);

let people = 0;
async function newPerson(
  role = "organization_lead",
): Promise<{ email: string; place: string; cookie: string }> {
  const email = `person.${(people += 1)}@field.example`;
  const organization = role === "administrator" || role === "hub_staff" ? hubId : grantee;
  const membership = await addPersonTo(hub, administrator, organization, { name: "Rae Moss", email, role });
  const cookie = await hub.signIn(email, FIRST_PASSWORD);
  return { email, cookie, place: `/directory/organizations/${organization}/people/${membership}` };
}
const mayWork = async (cookie: string): Promise<boolean> => (await hub.get("/work", cookie)).status === 200;
const eventsOf = async (event: string) =>
  owner.selectFrom("platform.audit").select(["data", "subject_id"]).where("event", "=", event).execute();

test("another role counts from the next click on, both ways", async () => {
  const { place, cookie } = await newPerson();
  const upload = async (): Promise<number> => (await hub.get("/pathways/rosters/new", cookie)).status;
  expect(await upload()).toBe(200);
  expect((await hub.post(`${place}/role`, { role: "partner", grant: "" }, administrator)).status).toBe(303);
  expect(await upload()).toBe(403);
  await hub.post(`${place}/role`, { role: "organization_lead", grant: "" }, administrator);
  expect(await upload()).toBe(200);
  expect((await hub.post(`${place}/role`, { role: "administrator", grant: "" }, administrator)).status).toBe(
    422,
  );
  expect((await eventsOf("directory.role-changed")).length).toBe(2);
});

test("a deactivated person is out at once and cannot come in by any way, what they did stays, and they can be let in again", async () => {
  const { email, place, cookie } = await newPerson();
  expect((await hub.post(`${place}/deactivate`, {}, administrator)).status).toBe(303);
  expect(await mayWork(cookie)).toBe(false);
  expect((await hub.post("/sign-in", { email, password: FIRST_PASSWORD })).status).toBe(422);
  const before = (await mailsTo(hub, email)).length;
  await hub.post("/sign-in/link", { email });
  await hub.workJobs();
  expect(await mailsTo(hub, email)).toHaveLength(before);
  expect((await hub.post(`${place}/link`, {}, administrator)).status).toBe(409);
  const page = await (await hub.get(place, administrator)).text();
  expect(page).toContain("Deactivated");
  expect(page).toContain("Organization lead");
  expect(await (await hub.get(`/directory/organizations/${grantee}`, administrator)).text()).toContain(
    "Deactivated",
  );
  await hub.post(`${place}/reactivate`, {}, administrator);
  expect(await mayWork(await hub.signIn(email, FIRST_PASSWORD))).toBe(true);
  expect(await eventsOf("directory.person-deactivated")).toHaveLength(1);
});

test("the API tokens of somebody who is deactivated end for good: letting them in again does not bring them back", async () => {
  const { email, place, cookie } = await newPerson();
  const token = await makeToken(hub, cookie, ["organizations:read"]);
  expect((await callApi(hub, token, "/organizations")).status).toBe(200);
  await hub.post(`${place}/deactivate`, {}, administrator);
  expect((await callApi(hub, token, "/organizations")).status).toBe(401);
  await hub.post(`${place}/reactivate`, {}, administrator);
  expect((await callApi(hub, token, "/organizations")).status).toBe(401);
  const again = await hub.signIn(email, FIRST_PASSWORD);
  expect(await (await hub.get("/account/tokens", again)).text()).toContain("Revoked");
  expect(await eventsOf("directory.token-revoked")).toHaveLength(1);
  const next = await makeToken(hub, again, ["organizations:read"]);
  expect((await callApi(hub, next, "/organizations")).status).toBe(200);
});

test("the database lets nobody but an administrator end the tokens of somebody else", async () => {
  const { place, cookie } = await newPerson();
  const token = await makeToken(hub, cookie, ["organizations:read"]);
  const membership = place.split("/").at(-1) ?? "";
  const { person_id } = await owner
    .selectFrom("directory.membership")
    .select("person_id")
    .where("id", "=", membership)
    .executeTakeFirstOrThrow();
  const { rows } = await hub.services.database.ownerPool.query<{ person: string; membership: string }>(
    "select m.person_id as person, m.id as membership from directory.membership m join directory.person p on p.id = m.person_id where p.name = 'Ada Rivers' limit 1",
  );
  const client = await hub.services.database.pool.connect();
  try {
    await client.query("begin");
    await client.query(
      "select set_config('trellis.actor', 'person', true), set_config('trellis.person', $1, true), set_config('trellis.membership', $2, true)",
      [rows[0]?.person, rows[0]?.membership],
    );
    await expect(
      client.query("select * from directory.revoke_tokens_of_person($1, now())", [person_id]),
    ).rejects.toMatchObject({ code: "42501" });
  } finally {
    await client.query("rollback");
    client.release();
  }
  expect((await callApi(hub, token, "/organizations")).status).toBe(200);
});

test("name and e-mail are mended; the old address is told, and the new one signs in", async () => {
  const { email, place } = await newPerson();
  const sent = await hub.post(
    `${place}/name`,
    { name: "Rae O'Moss <b>", email: "Rae.New@Field.example" },
    administrator,
  );
  expect(sent.status).toBe(303);
  expect(await (await hub.get(place, administrator)).text()).toContain("Rae O&#39;Moss &lt;b&gt;");
  expect((await mailsTo(hub, email)).at(-1)?.body).toContain("changed the e-mail address");
  expect((await hub.post("/sign-in", { email, password: FIRST_PASSWORD })).status).toBe(422);
  expect(await mayWork(await hub.signIn("rae.new@field.example", FIRST_PASSWORD))).toBe(true);
  const taken = await hub.post(`${place}/name`, { name: "Rae", email: "ADA@demo.example" }, administrator);
  expect([taken.status, (await taken.text()).includes("Somebody else signs in with this e-mail")]).toEqual([
    422,
    true,
  ]);
  const wrong = await hub.post(`${place}/name`, { name: "", email: "no" }, administrator);
  expect([wrong.status, (await wrong.text()).includes('value="no"')]).toEqual([422, true]);
});

test("the hub keeps an administrator: the last one cannot be ended, demoted or deactivated", async () => {
  const second = await newPerson("administrator");
  const { cookie } = await setUpSecondFactor(hub, second.cookie);
  const marisol = await membershipOf(hub, "marisol@demo.example", hubId);
  const place = `/directory/organizations/${hubId}/people/${marisol}`;
  // With two of them either may change the other.
  expect((await hub.post(`${place}/role`, { role: "hub_staff", grant: "" }, cookie)).status).toBe(303);
  expect((await hub.post(`${place}/role`, { role: "administrator", grant: "" }, cookie)).status).toBe(303);
  expect((await hub.post(`${second.place}/deactivate`, {}, administrator)).status).toBe(303);
  expect(await mayWork(cookie)).toBe(false);
  // Now Marisol is the only one, and nobody else could do it: not even she.
  for (const step of ["end", "role", "deactivate"])
    expect(
      (await hub.post(`${place}/${step}`, { role: "hub_staff", grant: "" }, administrator)).status,
      step,
    ).toBe(409);
  expect(await mayWork(administrator)).toBe(true);
});

test("somebody known who is added elsewhere keeps their sign-in and is told", async () => {
  const { email } = await newPerson();
  const other = await organizationOfCode(hub, "G01");
  await addPersonTo(hub, administrator, other, { name: "Rae Moss", email, role: "supervisor", password: "" });
  expect((await mailsTo(hub, email)).at(-1)?.subject).toContain("You now work for");
  const page = await (await hub.get("/switch", await hub.signIn(email, FIRST_PASSWORD))).text();
  expect(page).toContain("Supervisor or mentor");
});

test("the link to add a person leads to its form, which a member's page does not stand before", async () => {
  const place = `/directory/organizations/${grantee}`;
  expect(await (await hub.get(place, administrator)).text()).toContain(`href="${place}/people/new"`);
  const form = await hub.get(`${place}/people/new`, administrator);
  expect(form.status).toBe(200);
  expect(await form.text()).toContain("Add the person");
});

test("these pages are the administrators', and a member is found under their own organization only", async () => {
  const { place, cookie } = await newPerson();
  const lead = await hub.signIn("ada@demo.example");
  for (const step of [
    "name",
    "role",
    "link",
    "deactivate",
    "reactivate",
    "second-factor/remove",
    "end",
    "password",
  ])
    for (const visitor of [lead, cookie])
      expect((await hub.post(`${place}/${step}`, {}, visitor)).status, step).toBe(403);
  const elsewhere = place.replace(grantee, await organizationOfCode(hub, "G01"));
  expect((await hub.get(elsewhere, administrator)).status).toBe(404);
  expect((await hub.post(`${elsewhere}/deactivate`, {}, administrator)).status).toBe(404);
  expect(await mayWork(cookie)).toBe(true);
});
