// Making one practice of two: what stays, where the other address leads, and what cannot be merged.
import { beforeAll, expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;

const textOf = async (path: string, cookie?: string): Promise<string> => (await hub.get(path, cookie)).text();
let librarian: string;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
});

/** Adds a practice. @returns its slug. */
async function add(title: string, change: Record<string, string> = {}, isPublished = true): Promise<string> {
  const answer = await hub.post(
    "/library/desk/new",
    {
      title,
      summary: `What ${title} is.`,
      language: "en",
      status: "unknown",
      license: "CC0-1.0",
      reason: "Told by the clinic",
      ...change,
    },
    librarian,
  );
  expect(answer.status).toBe(303);
  const path = answer.headers.get("location") ?? "";
  if (isPublished) expect((await hub.post(`${path}/publish`, {}, librarian)).status).toBe(303);
  return path.split("/").at(-1) ?? "";
}

const merge = (loser: string, into: string, change: Record<string, string> = {}): Promise<Response> =>
  hub.post(
    `/library/practices/${loser}/merge`,
    { into, "version-loser": "1", "version-survivor": "1", reason: "They are the same", ...change },
    librarian,
  );

test("the librarian is offered what is like it, and sees both side by side where they differ", async () => {
  const loser = await add("Porch visits", { states: "OH", sponsor: "Elm Street" });
  const survivor = await add("Porch visit", { states: "KY" });
  const offer = await textOf(`/library/practices/${loser}/merge`, librarian);
  expect(offer).toContain(`/library/practices/${loser}/merge?into=${survivor}`);
  expect(offer).toMatch(/title \d\d % alike/);
  expect(await textOf(`/library/practices/${loser}/merge?q=Heads+up`, librarian)).toContain("Heads Up Camp");
  const page = await textOf(`/library/practices/${loser}/merge?into=${survivor}`, librarian);
  expect(page).toContain("Both, one after the other");
  // What only the other one knows is suggested, and so is what both know of a list.
  expect(page).toMatch(/name="pick-sponsor" value="take" checked/);
  expect(page).toMatch(/name="pick-states" value="both" checked/);
  expect(page).not.toContain('name="pick-license"');
});

test("field by field the survivor gets what was picked, as a version; the other address leads there and its history stays", async () => {
  const loser = await add("Barn talks at night", {
    states: "OH",
    sponsor: "Elm Street",
    description: "One.",
  });
  const survivor = await add("Barn talks", { states: "KY", sponsor: "Oak Street", description: "Two." });
  const picks = {
    "pick-states": "both",
    "pick-sponsor": "take",
    "pick-description": "both",
    "pick-title": "keep",
  };
  const answer = await merge(loser, survivor, picks);
  expect(answer.headers.get("location")).toBe(`/library/practices/${survivor}`);
  const { rows } = await ownerPool.query<{ content: Record<string, unknown>; version: number }>(
    "select content, version from library.practice where slug = $1",
    [survivor],
  );
  expect(rows[0]).toMatchObject({
    version: 2,
    content: {
      title: "Barn talks",
      states: ["KY", "OH"],
      sponsor: "Elm Street",
      description: "Two.\n\nOne.",
    },
  });
  const old = await textOf(`/library/practices/${loser}`);
  expect(old).toContain("is told elsewhere now");
  expect(old).toContain(`/library/practices/${survivor}`);
  expect((await hub.get(`/library/practices/${loser}/history`)).status).toBe(200);
  expect(await textOf(`/library/practices/${survivor}/history`)).toContain("They are the same");
  expect(await textOf("/library/practices?q=night")).not.toContain(`href="/library/practices/${loser}"`);
  const correct = await hub.get(`/library/practices/${loser}/correct`);
  expect(correct.headers.get("location")).toBe(`/library/practices/${survivor}/correct`);
});

test("a merge that changes no field still leaves a version, so that the history tells of it", async () => {
  const loser = await add("Quilt circle A");
  const survivor = await add("Quilt circle B");
  expect((await merge(loser, survivor)).status).toBe(303);
  expect(await textOf(`/library/practices/${survivor}/history`)).toContain("They are the same");
});

test("a chain of merges leads to its end in one step, and what was sent about any of them follows", async () => {
  const [a, b, c] = [await add("Chain one"), await add("Chain two"), await add("Chain three")];
  await ownerPool.query(
    `insert into library.submission (id, token_hash, kind, practice_id, state, content, sent_at)
     select gen_random_uuid(), sha256('a'), 'correction', id, 'waiting', '{"part":"other","right":"x","source":"","language":"en"}', now()
     from library.practice where slug = $1`,
    [a],
  );
  expect((await merge(a, b)).status).toBe(303);
  expect((await merge(b, c, { "version-loser": "2" })).status).toBe(303);
  expect(await textOf(`/library/practices/${a}`)).toContain(`href="/library/practices/${c}"`);
  const { rows } = await ownerPool.query<{ slug: string }>(
    "select p.slug from library.submission s join library.practice p on p.id = s.practice_id",
  );
  expect(rows).toEqual([{ slug: c }]);
});

test("nothing merges into itself, in a circle, into a draft, or from one", async () => {
  const [one, other] = [await add("Circle one"), await add("Circle two")];
  const draft = await add("Circle draft", {}, false);
  expect((await merge(one, one)).status).toBe(422);
  expect((await merge(one, draft)).status).toBe(422);
  expect((await merge(draft, one)).status).toBe(409);
  expect((await merge(one, "no-such")).status).toBe(422);
  expect((await merge(one, other)).status).toBe(303);
  expect((await merge(other, one, { "version-loser": "2" })).status).toBe(422);
  expect((await merge(one, other)).status).toBe(409);
  expect((await hub.post(`/library/practices/${one}/publish`, {}, librarian)).status).toBe(409);
});

test("two who merge the same two the other way round at the same time make no circle", async () => {
  for (let round = 0; round < 4; round += 1) {
    const [one, other] = [await add(`Pair ${round} left`), await add(`Pair ${round} right`)];
    const answers = await Promise.all([merge(one, other), merge(other, one)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 303)).toEqual([303]);
    const { rows } = await ownerPool.query<{ state: string }>(
      "select state from library.practice where slug = any ($1) order by state",
      [[one, other]],
    );
    expect(rows.map(({ state }) => state)).toEqual(["merged", "published"]);
  }
});

test("who has not seen the newest version is asked to look again", async () => {
  const [loser, survivor] = [await add("Stale one"), await add("Stale two")];
  const late = await merge(loser, survivor, { "version-survivor": "7" });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain("Somebody else has changed one of the two meanwhile");
  const empty = await merge(loser, survivor, { reason: " ", "pick-summary": "take" });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toMatch(/name="pick-summary" value="take" checked/);
});

test("only librarians and administrators merge", async () => {
  const staff = await hub.signIn("theo@demo.example");
  const path = "/library/practices/club-scrub-wisconsin/merge";
  expect((await hub.get(path, staff)).status).toBe(403);
  expect((await hub.post(path, { into: "hb-2949-oregon", reason: "x" }, staff)).status).toBe(403);
});
