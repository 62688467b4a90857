// Making one practice of two: what stays, what goes along, where the other address leads, and what cannot be merged.
import { expect, test } from "vitest";
import { CARRIED, STAYS } from "../src/modules/library/merging/merge.actions.ts";
import { ADOPTION_FORM } from "./support/adoptions.ts";
import { openMaterialDesk } from "./support/material-desk.ts";
import { carriedIn, openMergeDesk } from "./support/merge-desk.ts";
import { newestId, tell } from "./support/submissions.ts";
import { createTestHub } from "./support/test-hub.ts";

const clock = { now: new Date("2026-11-23T15:00:00Z") };
const hub = await createTestHub({ demo: true, clock: () => clock.now });
const { ownerPool } = hub.services.database;
const { librarian, textOf, mainOf, add, addEvidence, merge, mergePage } = await openMergeDesk(hub);

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

test("nothing merges into itself, in a circle, or into a draft", async () => {
  const [one, other] = [await add("Circle one"), await add("Circle two")];
  const draft = await add("Circle draft", {}, false);
  expect((await merge(one, one)).status).toBe(422);
  expect((await merge(one, draft)).status).toBe(422);
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

test("the page tells with counts what goes along; then each thing is on the one that stays, once", async () => {
  const [loser, survivor] = [await add("Kitchen talks A"), await add("Kitchen talks B")];
  expect(carriedIn(await mergePage(loser, survivor))).toEqual([]);
  for (const outcome of ["Only here", "On both", "Wrong"]) await addEvidence(loser, outcome);
  await addEvidence(survivor, "On both");
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from library.evidence where outcome = 'Wrong'",
  );
  const archive = `/library/practices/${loser}/evidence/${rows[0]?.id}/archive`;
  expect((await hub.post(archive, { because: "Counted twice" }, librarian)).status).toBe(303);
  const desk = openMaterialDesk(hub, librarian);
  const ofLoser = `/library/practices/${loser}`;
  const ofBoth = await desk.offer("Handbook of both", null, {
    practices: `${ofLoser}\n/library/practices/${survivor}`,
  });
  const ofOne = await desk.offer("Handbook of one", null, { practices: ofLoser });
  const correction = { part: "other", right: "It is in Ohio", source: "", language: "en" };
  await tell(hub, clock, correction, `${ofLoser}/correct`);
  const corrected = await newestId(hub);
  const lead = await hub.signIn("samuel@demo.example");
  for (const slug of [loser, survivor])
    expect((await hub.post(`/library/practices/${slug}/adopt`, ADOPTION_FORM, lead)).status).toBe(303);
  const told = carriedIn(await mergePage(loser, survivor));
  expect(told).toEqual([
    "3 items of evidence, 1 of them archived. 1 says the same as one that is there: it is archived.",
    "2 materials. 1 is with “Kitchen talks B” already: it stays there once.",
    "1 correction that waits for a decision.",
    "1 entry of an organization that uses it. It goes on telling of the version that was taken up, and is shown and counted with “Kitchen talks B”. 1 organization has an entry for both: both stay.",
  ]);
  expect((await merge(loser, survivor)).status).toBe(303);
  const page = await mainOf(`/library/practices/${survivor}`);
  expect(page).toContain("2 items of evidence");
  expect(page).toContain("It says the same as an item of “Kitchen talks B”");
  expect(page).toContain("Counted twice");
  for (const slug of [ofBoth, ofOne]) {
    expect(page.split(`/library/materials/${slug}"`), slug).toHaveLength(2);
    const material = await textOf(`/library/materials/${slug}`);
    expect(material).toContain(`href="/library/practices/${survivor}"`);
    expect(material).not.toContain(`href="${ofLoser}"`);
  }
  expect(await textOf(`/library/desk/submissions/${corrected}`, librarian)).toContain("Kitchen talks B");
  expect(page).toContain("1 organization uses it or has used it");
  const left = await ownerPool.query<{ count: string }>(
    `select (select count(*) from library.evidence where practice_id = p.id) + (select count(*) from library.material_practice where practice_id = p.id)
      + (select count(*) from library.submission where practice_id = p.id) as count from library.practice p where slug = $1`,
    [loser],
  );
  expect(Number(left.rows[0]?.count)).toBe(0);
});

test("who edits a material while its practice is merged is asked to look again, and an old address stands for the new one", async () => {
  const [loser, survivor] = [await add("Attached A"), await add("Attached B")];
  const desk = openMaterialDesk(hub, librarian);
  const material = await desk.offer("A leaflet", null, { practices: `/library/practices/${loser}` });
  expect((await merge(loser, survivor)).status).toBe(303);
  const edit = (edition: string): Promise<Response> =>
    hub.post(
      `/library/desk/materials/${material}/edit`,
      {
        title: "A leaflet",
        summary: "For those who begin.",
        kind: "document",
        language: "en",
        license: "CC-BY-4.0",
        practices: `/library/practices/${loser}\n/library/practices/${survivor}`,
        edition,
      },
      librarian,
    );
  expect((await edit("1")).status).toBe(409);
  expect((await edit("2")).status).toBe(303);
  const { rows } = await ownerPool.query<{ slug: string }>(
    `select p.slug from library.material_practice mp join library.practice p on p.id = mp.practice_id
      join library.material m on m.id = mp.material_id where m.slug = $1`,
    [material],
  );
  expect(rows).toEqual([{ slug: survivor }]);
});

test("what is being rated does not go: the page says so with the way out, and it goes once the rating is over", async () => {
  const [loser, survivor] = [await add("Rated now"), await add("Rated never")];
  const { rows } = await ownerPool.query<{ id: string }>(
    `select p.id from directory.person p join auth."user" u on u.id = p.user_id where u.email = any ($1)`,
    [["lena@demo.example", "imani@demo.example"]],
  );
  const [first, second] = rows.map(({ id }) => id);
  const asked = { scale: "what_works_for_health", first: first ?? "", second: second ?? "" };
  const round = await hub.post(`/library/practices/${loser}/ratings/new`, asked, librarian);
  const path = round.headers.get("location") ?? "";
  const page = await mergePage(loser, survivor);
  expect(page).toContain("“Rated now” is being rated");
  expect(page).toContain(`href="${path}"`);
  expect(page).not.toContain("Merge them");
  const refused = await merge(loser, survivor);
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("is being rated");
  expect((await hub.post(`${path}/cancel`, { because: "They are merged" }, librarian)).status).toBe(303);
  expect((await merge(loser, survivor)).status).toBe(303);
});

test("whatever points at a practice is carried over, or stays for a reason that is said", async () => {
  const { rows } = await ownerPool.query<{ name: string }>(
    `select distinct c.conrelid::regclass || '.' || a.attname as name from pg_constraint c
      cross join unnest(c.conkey, c.confkey) key (own, other)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = key.own
      join pg_attribute o on o.attrelid = c.confrelid and o.attnum = key.other
    where c.contype = 'f' and c.confrelid in ('library.practice'::regclass, 'library.practice_version'::regclass)
      and o.attname in ('id', 'practice_id')`,
  );
  const named = [...CARRIED.flatMap(({ columns }) => columns), ...Object.keys(STAYS)];
  expect(rows.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});
