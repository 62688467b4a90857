// A whole library moves from hub to hub: without loss, without persons, twice without a change, and never over what was edited here.
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportLibraryCommand, importLibraryCommand } from "../src/app/commands/library.command.ts";
import { LEFT_BEHIND, transferParts } from "../src/modules/library/transfer/parts.ts";
import { hashTables, runOn, type Said } from "./support/backups.ts";
import { type FullLibrary, fillLibrary } from "./support/full-library.ts";
import { linesOf, readParts } from "./support/library-files.ts";
import { openRatingDesk } from "./support/rating-desk.ts";
import { newestId, tell } from "./support/submissions.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";

const clock = { now: new Date("2026-11-23T15:00:00Z") };
const source = await createTestHub({ demo: true, clock: () => clock.now });
const target = await createTestHub({ demo: true, clock: () => clock.now });
const folder = mkdtempSync(join(tmpdir(), "trellis-library-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "library.trellis");
const again = join(folder, "again.trellis");

const send = (hub: TestHub, to: string): Promise<Said> => runOn(hub, exportLibraryCommand, to, "--force");
const take = (hub: TestHub, from: string, ...args: string[]): Promise<Said> =>
  runOn(hub, importLibraryCommand, from, ...args);
const mainOf = async (hub: TestHub, path: string): Promise<string> =>
  (/<main[\s\S]*<\/main>/.exec(await (await hub.get(path)).text())?.[0] ?? "").replaceAll(
    /localhost:\d+/g,
    "",
  );
const libraryOf = async (hub: TestHub): Promise<Record<string, string>> => {
  const hashes = await hashTables(hub.services.database.ownerPool);
  return Object.fromEntries(
    Object.entries(hashes).filter(([name]) => name.startsWith("library.") || name === "platform.audit"),
  );
};

let filled: FullLibrary;
let rated: string;
let disputed: string;
let sent: Said;
beforeAll(async () => {
  filled = await fillLibrary(source);
  const desk = await openRatingDesk(source);
  rated = await desk.addPractice("Rated by two");
  await desk.addEvidence(rated, { direction: "favors" });
  await desk.addEvidence(rated, { direction: "against", outcome: "What was wrong" });
  const wrong = /evidence\/([0-9a-f-]{36})\/archive/.exec(
    await desk.textOf(rated, desk.librarian.cookie),
  )?.[1];
  await source.post(
    `${rated}/evidence/${wrong}/archive`,
    { because: "Counted twice" },
    desk.librarian.cookie,
  );
  const agreed = await desk.ask(rated);
  await desk.answer(agreed, desk.first, { level: "some_evidence" });
  await desk.answer(agreed, desk.second, { level: "some_evidence" });
  disputed = await desk.addPractice("Rated by three");
  const round = await desk.ask(disputed);
  await desk.answer(round, desk.first, { level: "some_evidence" });
  await desk.answer(round, desk.second, { level: "insufficient_evidence" });
  await source.post(`${round}/third`, { third: desk.third.personId }, desk.librarian.cookie);
  await desk.answer(round, desk.third, { level: "insufficient_evidence", answers: {} });
  // One that still goes on stays where it is.
  await desk.ask(await desk.addPractice("Being rated"));
  await tell(source, clock);
  const refused = await newestId(source);
  await source.post(
    `/library/desk/submissions/${refused}/refuse`,
    { version: "1", reason: "It is told already." },
    filled.librarian,
  );
  await tell(source, clock, { title: "Still waiting" });
  sent = await send(source, file);
}, 240_000);

test("every table of the library travels, or stays behind for a reason that is said", async () => {
  const { rows } = await source.services.database.ownerPool.query<{ name: string }>(
    "select schemaname || '.' || tablename as name from pg_tables where schemaname = 'library' order by 1",
  );
  const carried = transferParts().flatMap(({ tables }) => tables);
  expect([...carried, ...Object.keys(LEFT_BEHIND)].toSorted()).toEqual(rows.map(({ name }) => name));
});

test("the file is for its owner alone, and holds no person and nothing that still waits", async () => {
  expect(sent).toMatchObject({ code: 0 });
  expect(sent.text).toMatch(
    /^\d+ practices, 2 evidence, 2 ratings, 3 materials, 1 decisions and 4 files written/,
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const parts = await readParts(file);
  const text = [...parts].map(([, bytes]) => bytes.toString("utf8")).join("\n");
  for (const person of [
    "Quillon",
    "quillon@example.org",
    "Lena",
    "Imani",
    "Still waiting",
    "I am one of them",
  ])
    expect(text, person).not.toContain(person);
  const { rows } = await source.services.database.ownerPool.query<{ id: string }>(
    "select id from directory.person",
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ id }) => text.includes(id))).toEqual([]);
});

test("another hub gets all of it: pages, history, evidence, ratings and files are the same, and so is its own export", async () => {
  const said = await take(target, file);
  expect(said).toMatchObject({ code: 0 });
  expect(said.text).toMatch(/practices: \d+ added, 0 changed, 13 the same, 0 further on here, 0 left alone/);
  await target.workJobs();
  expect(await send(target, again)).toMatchObject({ code: 0 });
  expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
  const { published, withdrawn, merged, material, recording } = filled;
  for (const path of [
    rated,
    `${rated}/history`,
    disputed,
    ...published.map((slug) => `/library/practices/${slug}`),
    `/library/practices/${withdrawn}`,
    `/library/practices/${merged}`,
    `/library/materials/${material}`,
    `/es/library/materials/${recording}`,
    "/library/evidence",
    "/library/practices?rating=some",
    "/library/practices?q=porch",
  ])
    expect(await mainOf(target, path), path).toBe(await mainOf(source, path));
  expect(await mainOf(target, disputed)).toContain("Too little evidence");
  const bytes = async (hub: TestHub, path: string): Promise<Buffer> =>
    Buffer.from(await (await hub.get(path)).arrayBuffer());
  for (const path of [
    `/library/materials/${material}/file/1`,
    `/library/materials/${recording}/captions/1/en`,
  ])
    expect((await bytes(target, path)).equals(await bytes(source, path)), path).toBe(true);
  // The first page is drawn again, and what is inside is found.
  expect((await target.get(`/library/materials/${material}/picture/1`)).status).toBe(200);
  expect(await mainOf(target, "/library/materials?q=reflective")).toContain("Supervision handbook");
  expect((await target.get(`/library/practices/${filled.draft}`)).status).toBe(404);
  const librarian = await target.signIn("lena@demo.example");
  expect((await target.get(`/library/practices/${filled.draft}`, librarian)).status).toBe(200);
  // What was never public is so there neither, and leads those of the hub on.
  const mergedDraft = `/library/practices/${filled.mergedDraft}`;
  expect((await target.get(mergedDraft)).status).toBe(404);
  expect(await (await target.get(mergedDraft, librarian)).text()).toContain("is told elsewhere now");
  const decisions = await (await target.get("/library/desk/decisions?format=csv", librarian)).text();
  expect(decisions).toContain("It is told already.");
});

test("importing an export changes nothing: not in the hub that has taken it, nor in the one that wrote it", async () => {
  for (const hub of [target, source]) {
    const before = await libraryOf(hub);
    const said = await take(hub, file);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining("0 changes made.") });
    expect(await libraryOf(hub)).toEqual(before);
  }
});

const edit = async (hub: TestHub, slug: string, version: number, summary: string): Promise<void> => {
  const librarian = await hub.signIn("lena@demo.example");
  const page = await (await hub.get(`/library/practices/${slug}?format=json`)).json();
  const { title, language, status, license } = page as Record<string, string>;
  const form = { title: title ?? "", language: language ?? "", status: status ?? "", license: license ?? "" };
  const answer = await hub.post(
    `/library/practices/${slug}/edit`,
    { ...form, summary, reason: summary, version: String(version) },
    librarian,
  );
  expect(answer.status, slug).toBe(303);
};

test("the longer history wins where it begins as the shorter one; what both have edited is left alone and listed", async () => {
  const [, , there = "", both = "", here = ""] = filled.published;
  clock.now = new Date("2026-11-24T15:00:00Z");
  await edit(target, here, 1, "Edited in the other hub.");
  await edit(target, both, 1, "Edited in the other hub, its own way.");
  clock.now = new Date("2026-11-25T15:00:00Z");
  await edit(source, there, 1, "Edited where it came from.");
  await edit(source, both, 1, "Edited where it came from, its own way.");
  await source.post(
    `/library/practices/${filled.hostile}/withdraw`,
    { because: "It was never one." },
    await source.signIn("lena@demo.example"),
  );
  const newer = join(folder, "newer.trellis");
  await send(source, newer);

  const before = await libraryOf(target);
  const dry = await take(target, newer, "--dry-run");
  expect(dry).toMatchObject({ code: 3, text: expect.stringContaining("2 changes would be made.") });
  expect(await libraryOf(target)).toEqual(before);

  const said = await take(target, newer);
  expect(said.code).toBe(3);
  expect(said.text).toContain("2 changes made.");
  expect(said.text).toMatch(/practices: 0 added, 2 changed, \d+ the same, 1 further on here, 1 left alone/);
  expect(said.text).toContain(`Left alone: practice ${both}: it was edited here and there`);
  expect(await mainOf(target, `/library/practices/${there}`)).toContain("Edited where it came from.");
  expect(await mainOf(target, `/library/practices/${there}/history`)).toContain("Version 2");
  expect(await mainOf(target, `/library/practices/${here}`)).toContain("Edited in the other hub.");
  expect(await mainOf(target, `/library/practices/${both}`)).toContain("in the other hub, its own way");
  expect(await mainOf(target, `/library/practices/${filled.hostile}`)).toContain("It was never one.");
  // Back again: what the other hub has further is taken, and nothing else.
  const back = join(folder, "back.trellis");
  await send(target, back);
  const returned = await take(source, back);
  expect(returned.code).toBe(3);
  expect(returned.text).toMatch(/practices: 0 added, 1 changed,/);
  expect(await mainOf(source, `/library/practices/${here}`)).toContain("Edited in the other hub.");
});

test("a practice whose address is taken here by another is left alone, with everything that belongs to it", async () => {
  const hub = await createTestHub({ demo: true, clock: () => clock.now });
  const librarian = await hub.signIn("lena@demo.example");
  await hub.post(
    "/library/desk/new",
    {
      title: "Rated by two",
      summary: "Another one of this name.",
      language: "en",
      status: "unknown",
      license: "CC0-1.0",
      reason: "Ours",
    },
    librarian,
  );
  const said = await take(hub, file);
  expect(said.code).toBe(3);
  expect(said.text).toContain("Left alone: practice rated-by-two: another one has its address here");
  expect(said.text).toContain("it belongs to something that is left alone");
  expect(said.text).toMatch(/ratings: 1 added, .* 1 left alone/);
  expect((await take(hub, file)).text).toContain("0 changes made.");
});

test("what is written is told: the numbers in the audit, nothing in a dry run", async () => {
  const { rows } = await target.services.database.ownerPool.query<{ data: unknown }>(
    "select data from platform.audit where event = 'library.imported' order by id",
  );
  expect(rows).toHaveLength(2);
  expect(rows[1]?.data).toEqual({ added: 0, changed: 2, leftAlone: 1 });
});

test("a file that is there is replaced only when that is asked for", async () => {
  const said = await runOn(source, exportLibraryCommand, file);
  expect(said).toMatchObject({ code: 1, text: expect.stringContaining("--force") });
  expect(linesOf(await readParts(file), "practices").length).toBeGreaterThan(20);
});

test("what was merged since stays so: an older export brings nothing back to the practice that went", async () => {
  const librarian = await source.signIn("lena@demo.example");
  const into = rated.split("/").at(-1) ?? "";
  const versions = { "version-loser": "1", "version-survivor": "1" };
  const merged = await source.post(
    "/library/practices/club-scrub-wisconsin/merge",
    { into, ...versions, reason: "They are the same" },
    librarian,
  );
  expect(merged.status).toBe(303);
  const before = await libraryOf(source);
  await take(source, file);
  expect(await libraryOf(source)).toEqual(before);
  expect(await mainOf(source, `/library/materials/${filled.material}`)).toContain(`href="${rated}"`);
});
