// Evidence on practices through its pages: what worked, what did not, and what is no longer used.
import { beforeAll, expect, test } from "vitest";
import { openRatingDesk, type RatingDesk } from "./support/rating-desk.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
let desk: RatingDesk;
beforeAll(async () => {
  desk = await openRatingDesk(hub);
});

/** The findings on a page, in their order: the words of each one's tag, and how the tag looks. */
const findings = (page: string): string[] =>
  [...page.matchAll(/<h3 class="practice-card-title"><span class="usa-tag[^"]*">([^<]*)<\/span>/g)].map(
    ([, words = ""]) => words,
  );

const changedAt = async (path: string): Promise<string> => {
  const answer = await hub.get(`${path}?format=json`);
  return ((await answer.json()) as { changedAt: string }).changedAt;
};

test("the programs that the field names have no evidence and no rating, and their pages say what that means", async () => {
  const page = await desk.textOf("/library/practices/club-scrub-wisconsin");
  expect(page).toContain(
    "Nobody has added evidence on this practice yet. That does not mean that it does not work.",
  );
  expect(page).toContain("Not yet rated");
  expect(page).toContain('href="/library/evidence"');
  expect(page).not.toContain("Add evidence");
  expect(await desk.textOf("/es/library/practices/club-scrub-wisconsin")).toContain("Aún sin calificar.");
});

test("what did not work is shown as what did: the same size, in words of its own, found or done here", async () => {
  const path = await desk.addPractice("Shown plainly");
  const before = await changedAt(path);
  await desk.addEvidence(path, { direction: "favors", sourceYear: "2025" });
  await desk.addEvidence(path, { direction: "against", sourceYear: "2024" });
  await desk.addEvidence(path, { direction: "no_difference", sourceYear: "2023" });
  await desk.addEvidence(path, { kind: "local_result", direction: "against", sourceYear: "2022" });
  await desk.addEvidence(path, {
    kind: "field_report",
    direction: "favors",
    sourceYear: "2020",
    participants: "",
  });
  const page = await desk.textOf(path);
  expect(findings(page)).toEqual([
    "Found to work",
    "Found not to work",
    "Found to make no difference",
    "Did not work here",
    "Worked here",
  ]);
  expect(page).toContain("5 items of evidence: 2 in favor, 1 found no difference, 2 against.");
  expect(page).toContain("A made-up trial");
  expect(page).toMatch(/People who took part<\/dt><dd>Not known/);
  expect(page).not.toContain("Lena Fosse");
  // How few people one place tells of is for the hub alone; a study's own number is known anyway.
  await desk.addEvidence(path, { kind: "local_result", participants: "7" });
  await desk.addEvidence(path, { kind: "study", participants: "8" });
  const small = await desk.textOf(path);
  expect(small).not.toMatch(/took part<\/dt><dd>7</);
  expect(small).toMatch(/took part<\/dt><dd><abbr class="withheld"/);
  expect(small).toMatch(/took part<\/dt><dd>8</);
  expect(await desk.textOf(path, desk.third.cookie)).toMatch(/took part<\/dt><dd>7</);
  expect(await desk.textOf(path, desk.third.cookie)).toContain("by Lena Fosse");
  expect(await desk.textOf(`/es${path}`)).toContain("Aquí no funcionó");
  expect(Date.parse(await changedAt(path))).toBeGreaterThan(Date.parse(before));
});

test("evidence without a source, a finding or a measure is asked for them, and what was typed is kept", async () => {
  const path = await desk.addPractice("Half typed");
  const answer = await hub.post(
    `${path}/evidence/new`,
    {
      kind: "rumor",
      design: "",
      outcome: "",
      participants: "many",
      sourceTitle: "",
      sourceUrl: "javascript:alert(1)",
      sourceYear: "soon",
      note: "Typed with care",
    },
    desk.librarian.cookie,
  );
  expect(answer.status).toBe(422);
  const page = await answer.text();
  for (const said of [
    "Choose what it is.",
    "Choose how it was found out.",
    "Choose what was found.",
    "Say what was measured or watched.",
    "Name the source: nothing is evidence without one.",
    "Enter a number of people, or leave it empty.",
    "Enter a year in four digits.",
    "Enter a whole web address, or leave it empty.",
    "Typed with care",
    'value="many"',
  ])
    expect(page).toContain(said);
});

test("a correction is a new item, and the old one stays to be read with the reason", async () => {
  const path = await desk.addPractice("Corrected");
  await desk.addEvidence(path, { direction: "favors", outcome: "Jobs kept" });
  const ways = await desk.textOf(path, desk.librarian.cookie);
  const corrects = /evidence\/new\?corrects=([0-9a-f-]{36})/.exec(ways)?.[1] ?? "";
  const form = await desk.textOf(`${path}/evidence/new?corrects=${corrects}`, desk.librarian.cookie);
  expect(form).toContain('value="Jobs kept"');
  const sent = {
    kind: "study",
    design: "randomized",
    outcome: "Jobs kept",
    direction: "against",
    sourceTitle: "A made-up trial",
    corrects,
  };
  const asked = await hub.post(`${path}/evidence/new`, sent, desk.librarian.cookie);
  expect(asked.status).toBe(422);
  expect(await asked.text()).toContain("Say what is corrected");
  const saved = await hub.post(
    `${path}/evidence/new`,
    { ...sent, because: "The table was read upside down." },
    desk.librarian.cookie,
  );
  expect(saved.status).toBe(303);
  const page = await desk.textOf(path);
  expect(findings(page)).toEqual(["Found not to work", "Found to work"]);
  expect(page).toContain("1 item of evidence: 1 against.");
  expect(page).toContain("The table was read upside down.");
  expect((await hub.get(`${path}/evidence/${corrects}/archive`, desk.librarian.cookie)).status).toBe(404);
});

test("an item is archived for a reason that everybody can read, once", async () => {
  const path = await desk.addPractice("Archived");
  await desk.addEvidence(path);
  const archive = /href="([^"]*\/archive)"/.exec(await desk.textOf(path, desk.librarian.cookie))?.[1] ?? "";
  expect((await hub.post(archive, { because: " " }, desk.librarian.cookie)).status).toBe(422);
  expect(
    (await hub.post(archive, { because: "It is about another program." }, desk.librarian.cookie)).status,
  ).toBe(303);
  expect((await hub.post(archive, { because: "Again." }, desk.librarian.cookie)).status).toBe(404);
  const page = await desk.textOf(path);
  expect(page).toContain("1 item that is not used any more");
  expect(page).toContain("It is about another program.");
  expect(page).toContain("Nobody has added evidence");
});

test("only librarians and administrators keep evidence, nobody rewrites it, and the database says so too", async () => {
  const path = await desk.addPractice("Kept by librarians");
  await desk.addEvidence(path);
  for (const { cookie } of [desk.first, desk.second])
    expect((await hub.post(`${path}/evidence/new`, {}, cookie)).status).toBe(403);
  const { db } = hub.services.database;
  await expect(
    db.updateTable("library.evidence").set({ direction: "favors" }).execute(),
  ).rejects.toMatchObject({ code: "42501" });
  await expect(db.deleteFrom("library.evidence").execute()).rejects.toMatchObject({ code: "42501" });
  const { numUpdatedRows } = await db
    .updateTable("library.evidence")
    .set({ archived_at: new Date(), archived_because: "Unwelcome." })
    .executeTakeFirst();
  expect(numUpdatedRows).toBe(0n);
});

test("evidence on a draft is for the hub alone, and hostile text comes out as text", async () => {
  const made = await hub.post(
    "/library/desk/new",
    {
      title: "Draft with evidence",
      summary: "Not yet.",
      language: "en",
      status: "unknown",
      license: "CC0-1.0",
      reason: "A test",
    },
    desk.librarian.cookie,
  );
  const path = made.headers.get("location") ?? "";
  await desk.addEvidence(path, {
    outcome: "<script>alert(1)</script>",
    setting: "<img src=x onerror=alert(1)>",
  });
  const seen = await hub.services.database.db.selectFrom("library.evidence").select("outcome").execute();
  expect(seen.map(({ outcome }) => outcome)).not.toContain("<script>alert(1)</script>");
  const page = await desk.textOf(path, desk.third.cookie);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toMatch(/<script>alert|<img src=x/);
});

test("what was found on a practice goes with it when it is merged into another one", async () => {
  const loser = await desk.addPractice("Merged away");
  const survivor = await desk.addPractice("Merged into");
  await desk.addEvidence(loser, { outcome: "Found before the merge", direction: "against" });
  const slug = survivor.split("/").at(-1) ?? "";
  const merged = await hub.post(
    `${loser}/merge`,
    { into: slug, reason: "The same program.", "version-loser": "1", "version-survivor": "1" },
    desk.librarian.cookie,
  );
  expect(merged.status, await merged.text()).toBe(303);
  expect(await desk.textOf(survivor)).toContain("Found before the merge");
});
