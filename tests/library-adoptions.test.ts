// Organizations that use a practice: what they write down, who reads and writes it, and what they are asked for.
import { expect, test } from "vitest";
import { ADOPTION_FORM, openAdoptionDesk } from "./support/adoptions.ts";
import { callApi, expectAsDocumented, makeToken, readApi } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const desk = await openAdoptionDesk(hub);
const { who, nebraska, ohio, nameOf, tried, adopt, end, events, textOf: text } = desk;
const { ownerPool } = hub.services.database;

test("a lead writes down from the practice's page that they use it; their organization and the hub read it, and nobody else", async () => {
  const practice = await desk.addPractice("Written down");
  expect(await text(practice)).toContain("No organization has told us yet that it uses this practice.");
  const page = await text(practice, who.ada);
  expect(page).toMatch(new RegExp(`href="${practice}/adopt">We use this<`));
  expect(await text(`${practice}/adopt`, who.ada)).toContain(
    `value="${new Date().toISOString().slice(0, 10)}"`,
  );
  const entry = await adopt(practice, who.ada);
  for (const reader of [who.ada, who.noor, who.june, who.lena, who.priya]) {
    const read = await text(entry, reader);
    expect(read).toContain("The mentors, not the stipend");
    expect(read).toContain("version 1");
    expect(await text("/library/adoptions", reader)).toContain("Written down");
  }
  expect(await text(practice, who.june)).toContain("Your organization’s entry");
  expect((await hub.get(entry, who.samuel)).status).toBe(404);
  expect(await text("/library/adoptions", who.samuel)).not.toContain("Written down");
  expect((await hub.get(entry, who.walt)).status).toBe(403);
  expect((await hub.get("/library/adoptions", who.walt)).status).toBe(403);
  expect((await hub.get(entry)).status).toBe(303);
  expect(await events(entry)).toEqual(["library.practice-adopted"]);
});

test("others than leads and the hub's staff write nothing, and a lead nothing of another organization", async () => {
  const practice = await desk.addPractice("Kept by leads");
  const entry = await adopt(practice, who.ada);
  for (const cookie of [who.noor, who.june, who.walt, who.priya]) {
    expect((await hub.post(`${practice}/adopt`, ADOPTION_FORM, cookie)).status).toBe(403);
    for (const form of ["edit", "end", "consent"])
      expect((await hub.post(`${entry}/${form}`, { consent: "no", edition: "1" }, cookie)).status).toBe(403);
  }
  for (const form of ["edit", "end", "consent"])
    expect((await hub.post(`${entry}/${form}`, { consent: "no", edition: "1" }, who.samuel)).status).toBe(
      404,
    );
  // The organization of the form counts for the hub alone.
  const own = await adopt(practice, who.samuel, { organization: ohio });
  expect(await text(own, who.samuel)).toContain(await nameOf(nebraska));
  expect(await text(entry, who.june)).not.toContain(`${entry}/edit`);
});

test("a form that lacks something says what, and keeps what was typed", async () => {
  const practice = await desk.addPractice("Half filled");
  const refused = async (change: Record<string, string>): Promise<string> => {
    const answer = await hub.post(`${practice}/adopt`, { ...ADOPTION_FORM, ...change }, who.ada);
    expect(answer.status).toBe(422);
    return answer.text();
  };
  const page = await refused({ state: "", since: "2999-01-01", takesOn: "", contactId: nebraska });
  for (const said of [
    "Choose how far it is.",
    "Choose a day that is not in the future.",
    "Say what is taken on.",
    "Choose somebody of the list.",
    "We meet by phone, for the roads",
  ])
    expect(page).toContain(said);
  expect(await refused({ since: "soon" })).toContain('value="soon"');
  const entry = await adopt(practice, who.ada);
  const ending = await end(entry, { endedOn: "2023-08-31", outcome: "", howItWent: "" }, who.ada);
  expect(ending.status).toBe(422);
  const asked = await ending.text();
  for (const said of ["Choose a day after it began.", "Choose how it went.", "Say how it went"])
    expect(asked).toContain(said);
});

test("an organization has one entry for a practice that goes on; what has ended can be mended, and tried again", async () => {
  const practice = await desk.addPractice("Tried twice");
  const first = await adopt(practice, who.ada);
  expect(await text(`${practice}/adopt`, who.ada)).toContain("has an entry for");
  expect((await hub.post(`${practice}/adopt`, ADOPTION_FORM, who.ada)).status).toBe(409);
  await end(first, { outcome: "too_early", howItWent: "Money ended." }, who.ada);
  expect((await end(first, { outcome: "mixed", howItWent: "Some came back." }, who.ada)).status).toBe(303);
  const page = await text(first, who.noor);
  expect(page).toContain("Some came back.");
  expect(page.slice(page.indexOf("Changes</h2>"))).toContain("Money ended.");
  expect(await events(first)).toEqual([
    "library.practice-adopted",
    "library.adoption-ended",
    "library.adoption-changed",
  ]);
  const second = await adopt(practice, who.ada, { since: "2024-10-01" });
  expect(second).not.toBe(first);
  expect(await tried(practice)).toContain("1 organization uses it or has used it.");
});

test("of two who change an entry at the same time the later one is told so", async () => {
  const entry = await adopt(await desk.addPractice("Changed by two"), who.ada);
  const stale = (form: Record<string, string>, path = "edit") =>
    hub.post(`${entry}/${path}`, { ...ADOPTION_FORM, edition: "1", ...form }, who.ada);
  expect((await stale({ need: "First" })).status).toBe(303);
  expect((await stale({ need: "Second" })).status).toBe(409);
  expect((await stale({ consent: "yes" }, "consent")).status).toBe(409);
  expect(await text(entry, who.ada)).toContain("First");
});

test("the one to ask is somebody of the organization, and is named no more when they have left", async () => {
  const practice = await desk.addPractice("Whom to ask");
  const page = await text(`${practice}/adopt`, who.ada);
  const noor = /value="([0-9a-f-]{36})"[^>]*>Noor Haddad/.exec(page)?.[1] ?? "";
  expect(page).not.toContain("Samuel Teague");
  const entry = await adopt(practice, who.ada, { contactId: noor });
  expect(await text(entry, who.june)).toContain("Noor Haddad");
  await ownerPool.query(
    "update directory.membership set ended_on = current_date where person_id = $1 and organization_id = $2",
    [noor, ohio],
  );
  expect(await text(entry, who.june)).not.toContain("Noor Haddad");
  await ownerPool.query("update directory.membership set ended_on = null where person_id = $1", [noor]);
});

test("the list is narrowed by words, organization, state and who reads it, and taken along as a file", async () => {
  const practice = await desk.addPractice("Quilting circles");
  await adopt(practice, who.ada);
  const other = await adopt(practice, who.samuel, { state: "considering" });
  const list = (query: string) => text(`/library/adoptions?q=quilting&${query}`, who.lena);
  const rows = (page: string): number => page.match(/<tr role="row"><th scope="row"/g)?.length ?? 0;
  expect(rows(await list(""))).toBe(2);
  expect(rows(await list("state=considering"))).toBe(1);
  expect(await list("state=considering")).toContain(other);
  expect(rows(await list(`organization=${ohio}`))).toBe(1);
  expect(rows(await list("shown=no&sort=organization"))).toBe(2);
  expect(await list("shown=yes")).toContain("Nothing is like this");
  // Another organization's id finds nothing more.
  expect(rows(await text(`/library/adoptions?q=quilting&organization=${ohio}`, who.samuel))).toBe(1);
  const csv = await text("/library/adoptions?q=quilting&format=csv", who.lena);
  expect(csv.trim().split("\n")).toHaveLength(3);
  expect(csv).toContain("We meet by phone, for the roads");
});

test("the API lists practices for everybody, and adoptions of one's own organization", async () => {
  const practice = await desk.addPractice("Asked by a program");
  await adopt(practice, who.ada);
  await adopt(practice, who.samuel);
  const slug = practice.split("/").at(-1) ?? "";
  type List = { items: Record<string, unknown>[]; next: string | null };
  const found = await readApi<List>(hub, null, "/practices?q=%22asked+by+a+program%22&state=OH");
  expectAsDocumented("listPractices", found);
  expect(found.items.map((item) => item["slug"])).toEqual([slug]);
  expect((await readApi<List>(hub, null, "/practices?state=ZZ")).items).toEqual([]);
  expect((await callApi(hub, null, "/practices?category=not%20a%20code")).status).toBe(422);
  const scopes = ["adoptions:read"];
  const lead = await makeToken(hub, who.samuel, scopes);
  const own = await readApi<List>(hub, lead, `/adoptions?practice=${slug}`);
  expectAsDocumented("listAdoptions", own);
  expect(own.items).toMatchObject([{ organization_id: nebraska, state: "running", is_shown: false }]);
  const staff = await makeToken(hub, who.lena, scopes);
  const first = await readApi<List>(hub, staff, `/adoptions?practice=${slug}&limit=1`);
  const rest = await readApi<List>(hub, staff, `/adoptions?practice=${slug}&limit=1&cursor=${first.next}`);
  expect([...first.items, ...rest.items].map((item) => String(item["organization_id"])).toSorted()).toEqual(
    [nebraska, ohio].toSorted(),
  );
  expect(rest.next).toBeNull();
  expect((await callApi(hub, null, "/adoptions")).status).toBe(401);
});

test("the library shows the way to the list to those who may read it", async () => {
  expect(await text("/library", who.june)).toContain("Practices that we use");
  expect(await text("/library", who.priya)).toContain("Who uses which practice");
  for (const cookie of [who.walt, undefined])
    expect(await text("/library", cookie)).not.toContain("/library/adoptions");
});
