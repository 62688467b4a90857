// The practice library through its pages: finding, reading, comparing, and how a practice is written and changes.
import { beforeAll, expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const SEEDS = 13;

const textOf = async (path: string, cookie?: string): Promise<string> => (await hub.get(path, cookie)).text();
const titles = (page: string): string[] =>
  [...page.matchAll(/class="practice-card-title"><a href="[^"]*"[^>]*>(.*?)<\/a>/g)].map(([, title = ""]) =>
    title.replaceAll(/<\/?mark>/g, ""),
  );
/** Choices of the filters that are not taken yet: where each leads, and how many it promises. */
const choices = (page: string): { href: string; count: number }[] =>
  [
    ...page.matchAll(
      /<a class="facet" href="([^"]*)" rel="nofollow">.*?<span class="count">([\d,]+)<\/span>/g,
    ),
  ].map(([, href = "", count = ""]) => ({ href: href.replaceAll("&amp;", "&"), count: Number(count) }));

let librarian: string;
let staff: string;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
  staff = await hub.signIn("theo@demo.example");
});

/** A practice as the form sends it. */
const typed = (change: Record<string, string> = {}): Record<string, string> => ({
  title: "Warm handoff rounds",
  summary: "Weekly rounds in which two clinics hand people over in person.",
  description: "Staff meet every week.\n\nNobody is sent away with a phone number only.",
  language: "en",
  states: "OH",
  categories: "integrated_care",
  status: "operating",
  license: "CC-BY-4.0",
  reason: "Told by the clinic",
  ...change,
});

async function addPractice(change: Record<string, string> = {}): Promise<string> {
  const answer = await hub.post("/library/desk/new", typed(change), librarian);
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

test("the thirteen programs that the field names are there from the start, not yet rated, each with its source", async () => {
  const page = await textOf("/library/practices");
  expect(page).toContain(`<h1>${SEEDS} practices</h1>`);
  const answer = await hub.get("/library/practices?format=json");
  const { practices } = (await answer.json()) as {
    practices: { title: string; rating: string | null; sources: { title: string }[]; lastVerifiedOn: null }[];
  };
  expect(practices).toHaveLength(SEEDS);
  for (const practice of practices) {
    expect(practice.rating).toBeNull();
    expect(practice.lastVerifiedOn).toBeNull();
    expect(practice.sources[0]?.title).toContain("Behavioral Health Best Practices");
  }
  expect(page).toContain("Not yet rated");
});

test("a state and a category have an address each, and what is not one is a kind 404", async () => {
  expect(titles(await textOf("/library/states/MT"))).toEqual([
    "Heads Up Camp",
    "Montana Rural Mental Health Preparation/Practice Pathway",
  ]);
  expect(titles(await textOf("/library/categories/loan_repayment"))).toEqual(["HB 2949"]);
  expect((await hub.get("/library/states/XX")).status).toBe(404);
  expect((await hub.get("/library/categories/no_such")).status).toBe(404);
  expect((await hub.get("/library/practices/no-such-practice")).status).toBe(404);
});

test("no choice of a filter leads to an empty page, and each leads to as many as it says", async () => {
  const seen = new Set<string>();
  const queue = ["/library/practices", "/library/practices?q=rural", "/library/states/WI"];
  let followed = 0;
  for (const path of queue) {
    for (const { href, count } of choices(await textOf(path))) {
      if (seen.has(href) || followed >= 120) continue;
      seen.add(href);
      followed += 1;
      const page = await textOf(href);
      const found = titles(page).length;
      expect(found, href).toBeGreaterThan(0);
      // A further code of a chosen group adds to what is there; all others narrow it to what they say.
      const groups = [...new URL(href, "http://hub").searchParams.keys()].filter((key) => key !== "q");
      if (new Set(groups).size === groups.length) expect(found, href).toBe(count);
      if (queue.length < 12) queue.push(href);
    }
  }
  expect(followed).toBeGreaterThan(60);
});

test("typing errors are forgiven, accents ignored, names of states found, and matches are marked", async () => {
  const page = await textOf("/library/practices?q=aprenticeships+campp");
  expect(page).toContain("is not a word of the library");
  expect(titles(await textOf("/library/practices?q=scholrship"))).toContain("HB 2949");
  expect(titles(await textOf("/library/practices?q=n%C3%A9brask%C3%A4"))).toEqual([
    "BHECN Ambassador Program",
  ]);
  const marked = await textOf("/library/practices?q=psychiatry");
  expect(marked).toContain("<mark>psychiatry</mark>");
  expect(titles(await textOf('/library/practices?q="suicide prevention"'))).toEqual(["Heads Up Camp"]);
  expect(titles(await textOf("/library/practices?q=rural+-wisconsin"))).not.toContain("Club Scrub");
  const some = await textOf("/library/practices?q=rural+zzzzqqq");
  expect(some).toContain("No practice has all these words");
  expect(titles(some)).toContain("Club Scrub");
  expect(await textOf("/library/practices?q=zzzzqqq")).toContain("No practice matches all of this");
});

test("words that stand beside a mark of Spanish are found without it", async () => {
  const path = await addPractice({ title: "¡Hola, vecina!", language: "es", states: "PR" });
  await hub.post(`${path}/publish`, {}, librarian);
  for (const q of ["hola", "¡hola!", "vecina"])
    expect(titles(await textOf(`/library/practices?q=${encodeURIComponent(q)}`)), q).toEqual([
      "¡Hola, vecina!",
    ]);
});

test("a search that is half an operator of the database is only words", async () => {
  for (const q of [
    "a & b",
    "!!",
    "'",
    "foo:*",
    "(((",
    "\\",
    "%",
    "<->",
    "a | | b",
    "-",
    '"',
    "\uE000x\uE001",
    // Without accents these are several words, and one of them has a quotation mark.
    "\u215B\u215C\u215D\u215E",
    "\u0149",
  ])
    expect((await hub.get(`/library/practices?q=${encodeURIComponent(q)}`)).status, q).toBe(200);
});

test("up to four practices stand side by side, and one alone is asked for a second", async () => {
  const two = await textOf("/library/compare?practice=hb-2949-oregon&practice=club-scrub-wisconsin");
  expect(two).toContain("2 practices side by side");
  expect(two).toContain("Oregon Legislative Assembly");
  expect(await textOf("/library/compare?practice=hb-2949-oregon")).toContain("Choose at least two practices");
});

test("a practice's page says what is owed, what is not known, and how surely each source says it", async () => {
  const page = await textOf("/library/practices/aspirus-scholars-wisconsin");
  expect(page).toContain("3 to 5 years");
  expect(page).toContain("$70,000 to $150,000 per person");
  expect(page).toContain("What is not known yet");
  expect(await textOf("/library/practices/hb-2949-oregon")).toContain("Not confirmed");
  expect(await textOf("/es/library/practices/aspirus-scholars-wisconsin")).toContain("de 3 a 5 años");
});

test("related practices say what they have in common", async () => {
  expect(await textOf("/library/practices/club-scrub-wisconsin")).toMatch(
    /In common: [^<]*Pipeline and K-12 awareness/,
  );
});

test("a draft is seen by the hub alone, and by everybody once it is published", async () => {
  const path = await addPractice({ title: "Quiet draft" });
  expect((await hub.get(path)).status).toBe(404);
  expect((await hub.get(path, staff)).status).toBe(200);
  expect((await hub.get(`${path}?format=json`)).status).toBe(404);
  expect(titles(await textOf("/library/practices?q=quiet"))).toEqual([]);
  expect((await hub.post(`${path}/publish`, {}, staff)).status).toBe(403);
  expect((await hub.post(`${path}/publish`, {}, librarian)).status).toBe(303);
  expect((await hub.get(path)).status).toBe(200);
  expect(titles(await textOf("/library/practices?q=quiet"))).toEqual(["Quiet draft"]);
});

test("every edit is a version with when, why and what it changed; who made it only the hub sees", async () => {
  const path = await addPractice({ title: "Edited twice" });
  await hub.post(`${path}/publish`, {}, librarian);
  const edit = typed({
    title: "Edited twice",
    summary: "Monthly rounds in which two clinics hand people over in person.",
    states: "KY",
    reason: "They meet monthly now",
    version: "1",
  });
  expect((await hub.post(`${path}/edit`, edit, librarian)).status).toBe(303);
  const history = await textOf(`${path}/history`);
  expect(history).toContain("They meet monthly now");
  expect(history).toMatch(/<del>.*Weekly<\/del>/);
  expect(history).toMatch(/<ins>.*Monthly<\/ins>/);
  expect(history).toMatch(/<del>.*Ohio/);
  expect(history).not.toContain("Lena Fosse");
  expect(await textOf(`${path}/history`, staff)).toContain("by Lena Fosse");
});

test("two librarians never overwrite each other unseen, and what was typed is kept", async () => {
  const path = await addPractice({ title: "Edited by two" });
  const first = typed({ title: "Edited by two", summary: "The first one's.", version: "1" });
  expect((await hub.post(`${path}/edit`, first, librarian)).status).toBe(303);
  const second = await hub.post(`${path}/edit`, { ...first, summary: "The second one's." }, librarian);
  expect(second.status).toBe(409);
  const page = await second.text();
  expect(page).toContain("Somebody else has changed this practice meanwhile");
  expect(page).toContain("The second one&#39;s.");
  expect(page).toContain('name="version" value="2"');
});

test("a form with mistakes names each of them at its field, and keeps everything that was typed", async () => {
  const answer = await hub.post(
    "/library/desk/new",
    typed({
      title: "",
      startYear: "soon",
      "links-label": "Their page",
      "links-url": "javascript:alert(1)",
      "has-obligation": "yes",
      "obligation-yearsLow": "5",
      "obligation-yearsHigh": "3",
      reason: "",
    }),
    librarian,
  );
  expect(answer.status).toBe(422);
  const page = await answer.text();
  for (const said of [
    "Give the practice a title",
    "Enter a year in four digits",
    "Link 1: Enter a whole web address",
    "The most years cannot be fewer than the least",
    "Say why, in a few words",
  ])
    expect(page).toContain(said);
  expect(page).toContain('value="javascript:alert(1)"');
  expect(page).toContain('value="soon"');
  expect(page).toContain('href="#field-links-0-url"');
  expect(page).toContain('id="field-links-0-url"');
});

test("what is withdrawn leaves the lists; its address says when and why, and its history stays", async () => {
  const path = await addPractice({ title: "Withdrawn one" });
  await hub.post(`${path}/publish`, {}, librarian);
  expect((await hub.post(`${path}/withdraw`, { because: "" }, librarian)).status).toBe(422);
  expect((await hub.post(`${path}/withdraw`, { because: "It was never run." }, librarian)).status).toBe(303);
  const page = await textOf(path);
  expect(page).toContain("is no longer in the library");
  expect(page).toContain("It was never run.");
  expect(titles(await textOf("/library/practices?q=withdrawn"))).toEqual([]);
  expect((await hub.get(`${path}/history`)).status).toBe(200);
});

test("the counts of a view are new as soon as a practice is published, filed elsewhere or withdrawn", async () => {
  const counted = async (state: string): Promise<string> => {
    const page = await textOf(`/library/states/${state}`);
    return /<h1>(.*?)<\/h1>/.exec(page)?.[1] ?? "";
  };
  const none = await counted("GU");
  const path = await addPractice({ title: "Island rounds", states: "GU" });
  expect(await counted("GU")).toBe(none);
  await hub.post(`${path}/publish`, {}, librarian);
  expect(await counted("GU")).toContain("1 practice");
  const moved = typed({ title: "Island rounds", states: "AS", version: "1" });
  expect((await hub.post(`${path}/edit`, moved, librarian)).status).toBe(303);
  expect(await counted("GU")).toBe(none);
  expect(await counted("AS")).toContain("1 practice");
  await hub.post(`${path}/withdraw`, { because: "It ended." }, librarian);
  expect(await counted("AS")).not.toContain("1 practice");
});

test("hostile text goes in and comes out as text", async () => {
  const title = `<img src=x onerror=alert(1)> "quoted" 'n' =cmd|'/c calc'!A1`;
  const path = await addPractice({
    title,
    summary: '=HYPERLINK("http://evil")',
    sponsor: "<script>alert(1)</script>",
  });
  await hub.post(`${path}/publish`, {}, librarian);
  const page = await textOf(path);
  expect(page).not.toMatch(/<img src=x|<script>alert/);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  const csv = await textOf("/library/practices?q=quoted&format=csv");
  expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
  const { practices } = (await (await hub.get("/library/practices?q=quoted&format=json")).json()) as {
    practices: { title: string }[];
  };
  expect(practices.map((one) => one.title)).toEqual([title]);
});

test("only librarians and administrators write the library, and the database says so too", async () => {
  const lead = await hub.signIn("ada@demo.example");
  for (const cookie of [staff, lead]) {
    expect((await hub.post("/library/desk/new", typed(), cookie)).status).toBe(403);
    expect((await hub.get("/library/desk", cookie)).status).toBe(403);
  }
  const { db } = hub.services.database;
  const { numUpdatedRows } = await db.updateTable("library.practice").set({ version: 99 }).executeTakeFirst();
  expect(numUpdatedRows).toBe(0n);
  await expect(
    db
      .insertInto("library.practice")
      .values({
        id: "00000000-0000-4000-8000-000000000000",
        slug: "forged",
        content: "{}",
        created_at: new Date(),
        changed_at: new Date(),
      })
      .execute(),
  ).rejects.toMatchObject({ code: "42501" });
  const drafts = await db
    .selectFrom("library.practice")
    .select("slug")
    .where("state", "=", "draft")
    .execute();
  expect(drafts).toEqual([]);
});
