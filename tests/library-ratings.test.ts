// Ratings by two reviewers and a third, through the pages.
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { waitingRatings } from "../src/modules/library/index.ts";
import { system } from "../src/platform/database/actor.ts";
import { ONE_TRIAL, openRatingDesk, type RatingDesk } from "./support/rating-desk.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
let desk: RatingDesk;
beforeAll(async () => {
  desk = await openRatingDesk(hub);
});

const idOf = (round: string): string => round.split("/").at(-1) ?? "";
const ratingOf = async (path: string): Promise<string | null> =>
  ((await (await hub.get(`${path}?format=json`)).json()) as { rating: string | null }).rating;

test("two who agree, without seeing each other, give the practice its rating, and its page says how it came", async () => {
  const path = await desk.addPractice("Agreed on");
  await desk.addEvidence(path);
  const round = await desk.ask(path);
  const first = await desk.answer(round, desk.first, {
    level: "insufficient_evidence",
    reason: "One trial is too few.",
  });
  expect(first.status).toBe(303);
  expect(await ratingOf(path)).toBeNull();
  expect(await desk.textOf(path)).not.toContain("One trial is too few.");
  const before = (await (await hub.get(`${path}?format=json`)).json()) as { changedAt: string };
  expect(
    (await desk.answer(round, desk.second, { level: "insufficient_evidence", reason: "More is needed." }))
      .status,
  ).toBe(303);
  const after = (await (await hub.get(`${path}?format=json`)).json()) as {
    rating: string;
    changedAt: string;
  };
  expect(after.rating).toBe("insufficient");
  expect(Date.parse(after.changedAt)).toBeGreaterThan(Date.parse(before.changedAt));
  const page = await desk.textOf(path);
  for (const said of [
    "Insufficient Evidence",
    "What Works for Health, by County Health Rankings",
    "1 item",
    "Both came to this level without seeing each other",
    "One trial is too few.",
    "More is needed.",
    "Too little evidence",
  ])
    expect(page).toContain(said);
  expect(page).not.toMatch(/Imani Okafor|Theo Brandt/);
  expect(await desk.textOf(`/es${path}`)).toContain("Evidencia insuficiente");
  const found = await desk.textOf("/library/practices?rating=insufficient");
  expect(found).toContain("Agreed on");
});

test("two who disagree are settled by a third, who reads both and says why", async () => {
  const path = await desk.addPractice("Disagreed on");
  const round = await desk.ask(path);
  await desk.answer(round, desk.first, { level: "some_evidence" });
  // Nobody is asked to decide while two may still agree.
  const early = await hub.post(`${round}/third`, { third: desk.third.personId }, desk.librarian.cookie);
  expect(early.status).toBe(409);
  await desk.answer(round, desk.second, { level: "expert_opinion" });
  expect(await ratingOf(path)).toBeNull();
  const offered = await desk.textOf(round, desk.librarian.cookie);
  expect(offered).toContain("Kofi Adler");
  expect(/<select[^>]*name="third".*?<\/select>/s.exec(offered)?.[0]).not.toContain("Imani Okafor");
  expect(
    (await hub.post(`${round}/third`, { third: desk.first.personId }, desk.librarian.cookie)).status,
  ).toBe(422);
  expect((await hub.post(`${round}/third`, { third: desk.third.personId }, desk.first.cookie)).status).toBe(
    403,
  );
  expect(
    (await hub.post(`${round}/third`, { third: desk.third.personId }, desk.librarian.cookie)).status,
  ).toBe(303);
  expect((await desk.answer(round, desk.third, { level: "expert_opinion", reason: "" })).status).toBe(422);
  expect(
    (await desk.answer(round, desk.third, { level: "expert_opinion", reason: "Only experts say so." }))
      .status,
  ).toBe(303);
  expect(await ratingOf(path)).toBe("expert");
  const page = await desk.textOf(path);
  expect(page).toContain(
    "No. One said “Some Evidence”, the other “Expert Opinion”. A third reviewer decided.",
  );
  expect(page).toContain("Only experts say so.");
});

test("the rubric proposes a level, another one may be chosen, and what is missing is asked for", async () => {
  const path = await desk.addPractice("Proposed");
  const round = await desk.ask(path);
  const missing = await hub.post(
    `${round}/answer`,
    { step: "propose", "answer-design": "randomized" },
    desk.first.cookie,
  );
  expect(missing.status).toBe(422);
  expect(await missing.text()).toContain("Choose an answer.");
  const fields = Object.fromEntries(Object.entries(ONE_TRIAL).map(([id, code]) => [`answer-${id}`, code]));
  const proposed = await hub.post(`${round}/answer`, { ...fields, step: "propose" }, desk.first.cookie);
  expect(proposed.status).toBe(200);
  const page = await proposed.text();
  expect(page).toContain("The rubric proposes: Insufficient Evidence");
  expect(page).toMatch(/name="level" value="insufficient_evidence" checked/);
  const noReason = await hub.post(
    `${round}/answer`,
    { ...fields, level: "some_evidence", reason: "", step: "send" },
    desk.first.cookie,
  );
  expect(noReason.status).toBe(422);
  expect(await noReason.text()).toMatch(/name="level" value="some_evidence" checked/);
  expect((await desk.answer(round, desk.first, { level: "no_such_level" })).status).toBe(422);
  expect((await desk.answer(round, desk.first, { level: "some_evidence" })).status).toBe(303);
  const { rows } = await ownerPool.query<{ proposed: string; level: string }>(
    "select proposed, level from library.rating where round_id = $1",
    [idOf(round)],
  );
  expect(rows).toEqual([{ proposed: "insufficient_evidence", level: "some_evidence" }]);
});

test("a scale without a level for failure says so instead of making one up", async () => {
  const path = await desk.addPractice("Found wanting");
  const round = await desk.ask(path, "rhihub");
  const answered = { ...ONE_TRIAL, direction: "against", publication: "peer_reviewed" };
  const fields = Object.fromEntries(Object.entries(answered).map(([id, code]) => [`answer-${id}`, code]));
  const page = await (
    await hub.post(`${round}/answer`, { ...fields, step: "propose" }, desk.first.cookie)
  ).text();
  expect(page).toContain("The rubric proposes no level");
  expect(page).not.toMatch(/name="level"[^>]* checked/);
});

test("a rating needs two different people who may rate, one round at a time, and librarians ask", async () => {
  const path = await desk.addPractice("Asked for");
  const askWith = (form: Record<string, string>, cookie = desk.librarian.cookie) =>
    hub.post(`${path}/ratings/new`, { scale: "what_works_for_health", ...form }, cookie);
  const { personId: first } = desk.first;
  const same = await askWith({ first, second: first });
  expect(same.status).toBe(422);
  expect(await same.text()).toContain("Choose another person than the first.");
  expect((await askWith({ first, second: randomUUID() })).status).toBe(422);
  expect((await askWith({ first, second: desk.second.personId, scale: "stars" })).status).toBe(422);
  expect((await askWith({ first, second: desk.second.personId }, desk.first.cookie)).status).toBe(403);
  // A librarian may be one of the two.
  const round = await desk.ask(path, "essa_tiers", [desk.librarian, desk.second]);
  expect((await askWith({ first, second: desk.second.personId })).status).toBe(409);
  expect(
    (await hub.post(`${round}/cancel`, { because: "The wrong scale." }, desk.librarian.cookie)).status,
  ).toBe(303);
  expect(await desk.textOf(round, desk.first.cookie)).toContain("The wrong scale.");
  expect((await desk.answer(round, desk.second, { level: "tier_4" })).status).toBe(409);
  await desk.ask(path);
});

test("a later round gives a new rating, the earlier one stays to be read, and every rating follows from the answers", async () => {
  const path = await desk.addPractice("Rated twice");
  await desk.addEvidence(path);
  const earlier = await desk.ask(path);
  for (const one of [desk.first, desk.second])
    await desk.answer(earlier, one, { level: "some_evidence", reason: "The first time." });
  await desk.addEvidence(path, { direction: "against" });
  expect(await desk.textOf(path)).toContain("1 item was added after this rating, and is not part of it.");
  const later = await desk.ask(path);
  for (const one of [desk.first, desk.second])
    await desk.answer(later, one, { level: "mixed_evidence", reason: "The second time." });
  const page = await desk.textOf(path);
  expect(await ratingOf(path)).toBe("mixed");
  expect(page).toContain("1 earlier rating");
  expect(page.indexOf("The second time.")).toBeLessThan(page.indexOf("The first time."));
  expect(page).not.toContain("was added after this rating");

  // Replayed from the answers alone: the third's level, or that of two who agree; the newest closed round counts.
  const { rows } = await ownerPool.query<{
    practice: string;
    stored: string | null;
    replayed: string | null;
  }>(`
    with answered as (
      select r.id, r.practice_id, r.scale, r.closed_at,
        max(g.level) filter (where g.seat = 1) as one, max(g.level) filter (where g.seat = 2) as two,
        max(g.level) filter (where g.seat = 3) as three
      from library.rating_round r join library.rating g on g.round_id = r.id where r.state <> 'cancelled' group by r.id),
    settled as (select *, coalesce(three, case when one = two then one end) as level from answered)
    select p.slug as practice, p.rating as stored,
      (select s.scale || ':' || s.level from settled s where s.practice_id = p.id and s.level is not null order by s.closed_at desc limit 1) as replayed
    from library.practice p`);
  const scales = (await import("../reference/rating-scales.json", { with: { type: "json" } })).default.scales;
  const rungOf = (replayed: string | null): string | null => {
    const [scale, level] = replayed?.split(":") ?? [];
    return scales.find(({ id }) => id === scale)?.levels.find(({ code }) => code === level)?.ladder ?? null;
  };
  expect(rows.filter(({ stored }) => stored !== null).length).toBeGreaterThan(2);
  expect(rows.filter(({ stored, replayed }) => stored !== rungOf(replayed))).toEqual([]);
});

const countUnrated = async (): Promise<number> =>
  (
    await ownerPool.query<{ count: number }>(
      "select count(*)::int as count from library.practice where state = 'published' and rating is null",
    )
  ).rows[0]?.count ?? 0;

test("the public page of how practices are rated counts what is rated, and gives kappa from ten ratings on", async () => {
  const few = await desk.textOf("/library/evidence");
  expect(few).toContain("Too few to say");
  expect(few).toContain("Not verified");
  expect(few).toContain(`${await countUnrated()} practices of the library are not yet rated.`);
  const levels = ["some_evidence", "mixed_evidence", "expert_opinion"];
  for (let number = 0; number < 10; number += 1) {
    const path = await desk.addPractice(`Kappa ${number}`);
    const round = await desk.ask(path);
    const level = levels[number % 3] ?? "";
    await desk.answer(round, desk.first, { level });
    await desk.answer(round, desk.second, { level });
  }
  const page = await desk.textOf("/library/evidence");
  const { rows } = await ownerPool.query<{ first: string; second: string }>(
    "select one.level as first, two.level as second from library.rating_round r join library.rating one on one.round_id = r.id and one.seat = 1 join library.rating two on two.round_id = r.id and two.seat = 2 where r.state = 'closed' and r.scale = 'what_works_for_health'",
  );
  const agreed = rows.filter(({ first, second }) => first === second).length;
  expect(rows.length).toBeGreaterThan(agreed);
  expect(page).toMatch(
    new RegExp(`What Works for Health</th><td class="n">${rows.length}</td><td class="n">${agreed}</td>`),
  );
  const share = (side: "first" | "second", level: string): number =>
    rows.filter((row) => row[side] === level).length / rows.length;
  const expected = [...new Set(rows.map(({ first }) => first))].reduce(
    (sum, level) => sum + share("first", level) * share("second", level),
    0,
  );
  const kappa = (agreed / rows.length - expected) / (1 - expected);
  expect(page).toMatch(new RegExp(`<td>${kappa.toFixed(2)} \\(0\\.\\d\\d to [01]\\.\\d\\d\\)`));
  expect(await desk.textOf("/es/library/evidence")).toContain("Cómo calificamos las prácticas");
});

test("reviewers find what waits for them, also in the digest, and nobody else's", async () => {
  const path = await desk.addPractice("Waiting");
  const round = await desk.ask(path, "rhihub", [desk.first, desk.third]);
  const waitsFor = async (): Promise<{ people: unknown; sentence: string }[]> =>
    (await hub.services.perform(system, waitingRatings))
      .filter((thing) => thing.path === round)
      .map(({ waitsFor: people, sentence }) => ({ people, sentence }));
  expect(await waitsFor()).toEqual([
    {
      people: [desk.first.personId, desk.third.personId],
      sentence: "You are asked to rate the evidence on “Waiting”.",
    },
  ]);
  expect(await desk.textOf("/library/desk/ratings", desk.first.cookie)).toMatch(/wait(s)? for you/);
  const answers = { ...ONE_TRIAL, publication: "nowhere" };
  await desk.answer(round, desk.first, { answers, level: "emerging" });
  expect((await waitsFor())[0]?.people).toEqual([desk.third.personId]);
  await desk.answer(round, desk.third, { answers, level: "promising" });
  expect(await waitsFor()).toEqual([
    {
      people: [desk.librarian.personId],
      sentence: "Two reviewers disagree on “Waiting”: ask a third person to decide.",
    },
  ]);
  await hub.post(`${round}/third`, { third: desk.second.personId }, desk.librarian.cookie);
  expect((await waitsFor())[0]?.people).toEqual([desk.second.personId]);
  await desk.answer(round, desk.second, { level: "emerging", reason: "Nobody has evaluated it." });
  expect(await waitsFor()).toEqual([]);
  expect(await ratingOf(path)).toBe("insufficient");
});
