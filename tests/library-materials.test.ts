// The materials of the library through its pages: describing, bringing in, finding, taking along, keeping.
import { beforeAll, expect, test } from "vitest";
import { type MaterialDesk, openMaterialDesk } from "./support/material-desk.ts";
import { docx, mp3, mp4, PNG, pdf } from "./support/material-files.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

let now = new Date("2026-11-22T12:00:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });
const LIST = "/library/materials";
const DESK = "/library/desk/materials";

let librarian: string;
let staff: string;
let desk: MaterialDesk;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
  staff = await hub.signIn("theo@demo.example");
  desk = openMaterialDesk(hub, librarian);
});

const textOf = async (path: string, cookie?: string): Promise<string> => (await hub.get(path, cookie)).text();
const titles = (page: string): string[] =>
  [...page.matchAll(/class="practice-card-title"><a[^>]*>(.*?)<\/a>/g)].map(([, title = ""]) =>
    title.replaceAll(/<\/?mark>/g, ""),
  );

test("before there is any material the list says so", async () => {
  expect(await textOf(LIST)).toContain("No materials yet");
  expect(await textOf("/es/library/materials")).toContain("Todavía no hay materiales");
});

test("a PDF is described, brought in, read and offered; its words find it, and its first page is a small picture", async () => {
  const slug = await desk.offer(
    "Supervision handbook",
    new File([pdf("Reflective supervision", "Burnout prevention for zebrafolk")], "hand book.pdf"),
    {
      authors: "Ada Quill",
      publisher: "Hub press",
      date: "2025-09",
      practices: "/library/practices/club-scrub-wisconsin",
    },
  );
  const page = await textOf(`${LIST}/${slug}`);
  for (const said of [
    "Ada Quill",
    "Hub press",
    "2025-09",
    "Creative Commons Attribution 4.0",
    "PDF",
    "2 pages",
    "Club Scrub",
  ])
    expect(page).toContain(said);
  const found = await textOf(`${LIST}?q=zebrafolk`);
  expect(titles(found)).toEqual(["Supervision handbook"]);
  expect(found).toContain("<mark>zebrafolk</mark>");
  expect(titles(await textOf(`${LIST}?q=zebrafolc`))).toEqual(["Supervision handbook"]);
  const picture = await hub.get(`${LIST}/${slug}/picture/1`);
  expect(picture.headers.get("content-type")).toBe("image/png");
  const bytes = Buffer.from(await picture.arrayBuffer());
  expect(bytes.readUInt32BE(16)).toBe(400);
  expect(bytes.length).toBeLessThan(60 * 1024);
  expect(page).toContain(`src="${LIST}/${slug}/picture/1"`);
  expect(await textOf("/library/practices/club-scrub-wisconsin")).toContain(`href="${LIST}/${slug}"`);
  expect(await textOf("/library")).toContain("Supervision handbook");
});

test("words of a Word document and of a plain text find them", async () => {
  await desk.offer("Word one", new File([await docx("Quokkas mentor each other")], "a.docx"));
  await desk.offer("Text one", new File(["Año nuevo: wombats mentor too\n"], "a.txt"), { language: "es" });
  expect(titles(await textOf(`${LIST}?q=quokka`))).toEqual(["Word one"]);
  expect(titles(await textOf(`${LIST}?q=wombats`))).toEqual(["Text one"]);
});

test("a damaged PDF is kept and given out; there is no picture of it, and the hub goes on", async () => {
  const slug = await desk.offer("Damaged", new File(["%PDF-1.7\nnothing that could be read"], "broken.pdf"));
  expect((await hub.get(`${LIST}/${slug}`)).status).toBe(200);
  expect((await hub.get(`${LIST}/${slug}/picture/1`)).status).toBe(404);
  expect((await hub.get(`${LIST}/${slug}/file/1`)).status).toBe(200);
});

test("a filter leads to as many as it says, and kinds and languages are told in the page's language", async () => {
  const page = await textOf(LIST);
  const choices = [...page.matchAll(/<a class="facet" href="([^"]*)".*?<span class="count">(\d+)<\/span>/g)];
  expect(choices.length).toBeGreaterThan(2);
  for (const [, href = "", count] of choices)
    expect(titles(await textOf(href.replaceAll("&amp;", "&"))), href).toHaveLength(Number(count));
  expect(await textOf("/es/library/materials")).toContain("Documento");
  expect(titles(await textOf(`${LIST}?kind=dataset`))).toEqual([]);
  // No kind, and no language that anybody speaks.
  expect((await hub.get(`${LIST}?kind=undefined&language=undefined`)).status).toBe(200);
});

test("a draft, its file, its picture and its captions are the hub's alone", async () => {
  const slug = await desk.describe({ title: "Quiet draft" });
  expect((await desk.send(slug, new File([mp3(2)], "talk.mp3"))).status).toBe(303);
  expect((await desk.sendCaptions(slug, "WEBVTT\n\n00:01.000 --> 00:02.000\nsecretly\n")).status).toBe(303);
  for (const path of ["", "/file/1", "/captions/1/en"]) {
    expect((await hub.get(`${LIST}/${slug}${path}`)).status, path).toBe(404);
    expect((await hub.get(`${LIST}/${slug}${path}`, staff)).status, path).toBe(200);
  }
  expect(titles(await textOf(`${LIST}?q=secretly`))).toEqual([]);
  expect(await textOf(DESK, librarian)).toContain("Quiet draft");
});

test("without a file or a link nothing is published, and both at once are not taken", async () => {
  const slug = await desk.describe({ title: "Two at once" });
  expect((await hub.post(`${DESK}/${slug}/publish`, {}, librarian)).status).toBe(409);
  const both = await desk.send(slug, new File(["a,b\n1,2\n"], "a.csv"), { url: "https://example.org" });
  expect(both.status).toBe(422);
  expect(await both.text()).toContain("a file or a link, not both");
  const none = await desk.send(slug, null, { reason: "", url: "javascript:alert(1)" });
  const page = await none.text();
  expect(none.status).toBe(422);
  expect(page).toContain("Enter a whole web address");
  expect(page).toContain('value="javascript:alert(1)"');
  expect(page).toContain("Say it in a few words");
  const neither = await desk.send(slug, null);
  expect(await neither.text()).toContain("Choose a file, or enter a link");
});

test("a description with mistakes names each at its field, and keeps what was typed", async () => {
  const form = {
    title: "",
    summary: "Kept text",
    kind: "nonsense",
    license: "",
    language: "en",
    date: "soon",
    practices: "no-such-practice",
  };
  const answer = await hub.post(`${DESK}/new`, form, librarian);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  for (const said of [
    "Give the material a title",
    "Choose a kind",
    "Choose a license",
    "Write a year",
    "no practice at no-such-practice",
    "Kept text",
  ])
    expect(page).toContain(said);
  expect(page).toContain('value="soon"');
});

test("two librarians never overwrite each other unseen", async () => {
  const slug = await desk.describe({ title: "Edited by two" });
  const form = {
    title: "Edited by two",
    summary: "First.",
    kind: "slides",
    language: "en",
    license: "CC0-1.0",
    edition: "1",
  };
  expect((await hub.post(`${DESK}/${slug}/edit`, form, librarian)).status).toBe(303);
  const second = await hub.post(`${DESK}/${slug}/edit`, { ...form, summary: "Second." }, librarian);
  expect(second.status).toBe(409);
  const page = await second.text();
  expect(page).toContain("Second.");
  expect(page).toContain('name="edition" value="2"');
});

test("a new version is the newest; the one before stays to be had, with when and why", async () => {
  const slug = await desk.offer("Grows", new File(["first words\n"], "v1.txt"));
  now = new Date("2026-11-23T12:00:00Z");
  expect(
    (await desk.send(slug, new File(["second words\n"], "v2.txt"), { reason: "Figures of 2026" })).status,
  ).toBe(303);
  await hub.workJobs();
  const page = await textOf(`${LIST}/${slug}`);
  expect(page).toMatch(
    /Version 2[\s\S]*Newest[\s\S]*Nov 23, 2026: Figures of 2026[\s\S]*Version 1[\s\S]*Nov 22, 2026: From the author/,
  );
  expect(page).not.toContain("Lena Fosse");
  expect(await textOf(`${LIST}/${slug}/file/1`)).toBe("first words\n");
  expect(await textOf(`${LIST}/${slug}/file/2`)).toBe("second words\n");
  expect((await hub.get(`${LIST}/${slug}/file/3`)).status).toBe(404);
  expect(titles(await textOf(`${LIST}?q="first words"`))).toEqual([]);
  expect(titles(await textOf(`${LIST}?q="second words"`))).toEqual(["Grows"]);
});

test("a link is shown with where it leads, and nothing is counted of it", async () => {
  const slug = await desk.offer("Elsewhere", null);
  const page = await textOf(`${LIST}/${slug}`);
  expect(page).toContain('href="https://example.org/guide"');
  expect(page).toContain("It lies on another site: example.org");
  expect(page).not.toContain("taken along");
  expect((await hub.get(`${LIST}/${slug}/file/1`)).status).toBe(404);
});

test("what is archived says when and why; its files are the hub's alone until it is offered again", async () => {
  const slug = await desk.offer("Archived one", new File([PNG], "p.png"));
  expect((await hub.post(`${DESK}/${slug}/archive`, { because: "" }, librarian)).status).toBe(422);
  expect((await hub.post(`${DESK}/${slug}/archive`, { because: "It was replaced." }, librarian)).status).toBe(
    303,
  );
  const page = await textOf(`${LIST}/${slug}`);
  expect(page).toContain("is no longer offered");
  expect(page).toContain("It was replaced.");
  for (const path of ["file/1", "picture/1"]) {
    expect((await hub.get(`${LIST}/${slug}/${path}`)).status).toBe(404);
    expect((await hub.get(`${LIST}/${slug}/${path}`, staff)).status).toBe(200);
  }
  expect(titles(await textOf(`${LIST}?q=archived`))).toEqual([]);
  await desk.publish(slug);
  expect((await hub.get(`${LIST}/${slug}/file/1`)).status).toBe(200);
});

const FILM = mp4(1000);
const BYTES = [...FILM];
const part = async (answer: Response): Promise<number[]> => [...new Uint8Array(await answer.arrayBuffer())];

test("a recording is given out in the parts that a player asks for", async () => {
  const slug = await desk.offer("A film", new File([FILM], "film.mp4"), { kind: "recording" });
  const path = `${LIST}/${slug}/file/1`;
  const whole = await hub.get(path);
  expect([whole.status, whole.headers.get("accept-ranges"), whole.headers.get("content-length")]).toEqual([
    200,
    "bytes",
    "1000",
  ]);
  expect(await part(whole)).toEqual(BYTES);
  const tag = whole.headers.get("etag") ?? "";
  const ranges: [string, number, string | null, number[]][] = [
    ["bytes=0-99", 206, "bytes 0-99/1000", BYTES.slice(0, 100)],
    ["bytes=900-", 206, "bytes 900-999/1000", BYTES.slice(900)],
    ["bytes=-10", 206, "bytes 990-999/1000", BYTES.slice(990)],
    ["bytes=990-5000", 206, "bytes 990-999/1000", BYTES.slice(990)],
    ["bytes=1000-", 416, "bytes */1000", []],
    ["bytes=-0", 416, "bytes */1000", []],
    ["bytes=5-2", 200, null, BYTES],
    ["bytes=0-1,5-6", 200, null, BYTES],
    ["lines=1-2", 200, null, BYTES],
  ];
  for (const [range, status, content, bytes] of ranges) {
    const answer = await hub.get(path, undefined, { range });
    expect([range, answer.status, answer.headers.get("content-range")]).toEqual([range, status, content]);
    expect(await part(answer), range).toEqual(bytes);
  }
  expect((await hub.get(path, undefined, { range: "bytes=5-9", "if-range": tag })).status).toBe(206);
  expect((await hub.get(path, undefined, { range: "bytes=5-9", "if-range": '"another"' })).status).toBe(200);
  expect((await hub.get(path, undefined, { "if-none-match": tag })).status).toBe(304);
});

test("only who begins to take a file along is counted: one number a version and day, and nothing of whom", async () => {
  const slug = await desk.offer("Counted", new File([FILM, "x"], "film.mp4"), { kind: "recording" });
  const path = `${LIST}/${slug}/file/1`;
  const get = async (headers: Record<string, string>): Promise<string | null> => {
    const answer = await hub.get(path, undefined, headers);
    await answer.arrayBuffer();
    return answer.headers.get("etag");
  };
  const tag = (await get({})) ?? "";
  await get({ range: "bytes=0-" });
  await get({ range: "bytes=500-" });
  await get({ "if-none-match": tag });
  await get({ "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" });
  await get({ "sec-purpose": "prefetch" });
  const looked = await hub.app.request(`http://localhost${path}`, { method: "HEAD" });
  expect([looked.status, looked.headers.get("content-length")]).toEqual([200, "1001"]);
  now = new Date("2026-11-24T12:00:00Z");
  await get({});
  const { rows } = await hub.services.database.ownerPool.query(
    "select d.* from library.material_download d join library.material m on m.id = d.material_id where m.slug = $1 order by day",
    [slug],
  );
  expect(rows.map(({ version, day, count }) => ({ version, day, count }))).toEqual([
    { version: 1, day: "2026-11-23", count: 2 },
    { version: 1, day: "2026-11-24", count: 1 },
  ]);
  const page = await textOf(`${LIST}/${slug}`);
  expect(page).toContain("taken along 3 times");
  expect(page).toContain("no name, no address, no cookie");
});

test("only librarians and administrators write materials, and the database says so too", async () => {
  const slug = await desk.offer("Guarded", new File(["x\n"], "x.txt"));
  const lead = await hub.signIn("ada@demo.example");
  for (const cookie of [staff, lead]) {
    expect((await hub.get(DESK, cookie)).status).toBe(403);
    expect((await hub.post(`${DESK}/new`, { title: "x" }, cookie)).status).toBe(403);
    expect((await upload(hub, `${DESK}/upload`, { material: slug, reason: "x" }, cookie)).status).toBe(403);
    expect((await hub.post(`${DESK}/${slug}/archive`, { because: "x" }, cookie)).status).toBe(403);
  }
  const { db } = hub.services.database;
  const nobody = { code: "42501" };
  const { numUpdatedRows } = await db.updateTable("library.material").set({ edition: 9 }).executeTakeFirst();
  expect(numUpdatedRows).toBe(0n);
  const id = "00000000-0000-4000-8000-000000000000";
  await expect(
    db
      .insertInto("library.material")
      .values({ id, slug: "forged", content: "{}", created_at: now, changed_at: now })
      .execute(),
  ).rejects.toMatchObject(nobody);
  const { id: material_id } = await hub.services.database.owner
    .selectFrom("library.material")
    .select("id")
    .where("slug", "=", slug)
    .executeTakeFirstOrThrow();
  await expect(
    db
      .insertInto("library.material_version")
      .values({ material_id, version: 9, reason: "x", url: "https://evil.example", added_at: now })
      .execute(),
  ).rejects.toMatchObject(nobody);
  await expect(
    db
      .insertInto("library.material_download")
      .values({ material_id, version: 1, day: "2026-01-01", count: 9999 })
      .execute(),
  ).rejects.toMatchObject(nobody);
  expect(
    await db.selectFrom("library.material").select("slug").where("state", "=", "draft").execute(),
  ).toEqual([]);
});
