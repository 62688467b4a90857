// Nobody reads another's answer before both are in, and nobody changes one: on the pages, and straight at the database.
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { resolveActor } from "../src/modules/directory/index.ts";
import { type Actor, anonymous, inTransaction, system } from "../src/platform/database/actor.ts";
import { openRatingDesk, type Rater, type RatingDesk } from "./support/rating-desk.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const { db, owner, ownerPool } = hub.services.database;
let desk: RatingDesk;
beforeAll(async () => {
  desk = await openRatingDesk(hub);
});

const idOf = (round: string): string => round.split("/").at(-1) ?? "";
async function actorOf({ personId }: Rater): Promise<Actor> {
  const { user_id } = await owner
    .selectFrom("directory.person")
    .select("user_id")
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  return resolveActor(db, user_id ?? "", null);
}
/** The levels of a round that an actor reads, straight from the database. */
const readBy = (actor: Actor, round: string): Promise<string[]> =>
  inTransaction(db, actor, async (trx) =>
    (
      await trx
        .selectFrom("library.rating")
        .select("level")
        .where("round_id", "=", idOf(round))
        .orderBy("seat")
        .execute()
    ).map(({ level }) => level),
  );
/** How many rows a statement touches as somebody; 0 where the database refuses it. */
async function touch(actor: Actor, statement: string): Promise<number> {
  try {
    const result = await inTransaction(db, actor, (trx) => sql.raw(statement).execute(trx));
    return Number(result.numAffectedRows ?? 0);
  } catch (error) {
    if ((error as { code?: string }).code === "42501") return 0;
    throw error;
  }
}

test("before both are in, nobody reads the other's answer: not on a page, not in the database, not in the audit", async () => {
  const path = await desk.addPractice("Blind");
  const round = await desk.ask(path);
  const secret = "xylophone reasons";
  await desk.answer(round, desk.first, { level: "mixed_evidence", reason: secret });
  for (const { cookie } of [desk.second, desk.third, desk.librarian]) {
    const page = await desk.textOf(round, cookie);
    expect(page).toContain("Rating of");
    expect(page).not.toContain(secret);
    expect(page).toContain("has answered");
  }
  expect(await desk.textOf(round, desk.administrator)).not.toContain(secret);
  expect(await desk.textOf(round, desk.first.cookie)).toContain(secret);
  const actors = [
    await actorOf(desk.second),
    await actorOf(desk.third),
    await actorOf(desk.librarian),
    await resolveActor(
      db,
      (
        await owner
          .selectFrom("auth.user")
          .select("id")
          .where("email", "=", "marisol@demo.example")
          .executeTakeFirstOrThrow()
      ).id,
      null,
    ),
    system,
    anonymous,
  ];
  for (const actor of actors) expect(await readBy(actor, round)).toEqual([]);
  expect(await readBy(await actorOf(desk.first), round)).toEqual(["mixed_evidence"]);
  // Nor by saying to be the first one.
  const [first, second] = [await actorOf(desk.first), await actorOf(desk.second)];
  if (first.kind !== "person" || second.kind !== "person") throw new Error("reviewers are people");
  expect(await readBy({ ...second, personId: first.personId }, round)).toEqual([]);
  const { rows } = await ownerPool.query<{ data: string }>(
    "select data::text from platform.audit where event = 'library.rating-given'",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ data }) => data).join()).not.toMatch(/evidence|xylophone/);
  // Once both are in, all of the hub reads both; a lead and the public do not before it is settled.
  await desk.answer(round, desk.second, { level: "some_evidence", reason: "Another view." });
  for (const actor of actors.slice(0, 5))
    expect(await readBy(actor, round)).toEqual(["mixed_evidence", "some_evidence"]);
  expect(await readBy(anonymous, round)).toEqual([]);
  expect(await desk.textOf(round, desk.second.cookie)).toContain(secret);
  expect(await desk.textOf(path)).not.toContain(secret);
});

test("an answer is given once, by those who were asked, and cannot be changed", async () => {
  const path = await desk.addPractice("Once");
  const round = await desk.ask(path);
  expect((await desk.answer(round, desk.third, { level: "some_evidence" })).status).toBe(409);
  expect((await desk.answer(round, desk.first, { level: "some_evidence" })).status).toBe(303);
  expect((await desk.answer(round, desk.first, { level: "mixed_evidence" })).status).toBe(409);
  const first = await actorOf(desk.first);
  const third = await actorOf(desk.third);
  const id = idOf(round);
  const insertAs = (seat: number, reviewer: string): string =>
    `insert into library.rating (round_id, seat, reviewer, answers, level, reason, given_at)
     values ('${id}', ${seat}, '${reviewer}', '{}', 'some_evidence', 'Forged', now())`;
  expect(await touch(third, insertAs(2, desk.third.personId))).toBe(0);
  expect(await touch(third, insertAs(2, desk.second.personId))).toBe(0);
  expect(await touch(first, insertAs(3, desk.first.personId))).toBe(0);
  expect(await touch(system, insertAs(2, desk.second.personId))).toBe(0);
  expect(await touch(first, `update library.rating set level = 'mixed_evidence'`)).toBe(0);
  expect(await touch(first, `delete from library.rating`)).toBe(0);
});

test("nobody but the hub itself closes a round, and what is closed stays as it is", async () => {
  const path = await desk.addPractice("Closed for good");
  const round = await desk.ask(path);
  const librarian = await actorOf(desk.librarian);
  const close = `update library.rating_round set state = 'closed', level = 'some_evidence', rating = 'some', has_agreed = true, evidence_items = 0, closed_at = now() where id = '${idOf(round)}'`;
  expect(await touch(librarian, close)).toBe(0);
  expect(await touch(await actorOf(desk.first), close)).toBe(0);
  for (const one of [desk.first, desk.second]) await desk.answer(round, one, { level: "some_evidence" });
  const cancel = `update library.rating_round set state = 'cancelled', cancelled_because = 'x', level = null, rating = null where id = '${idOf(round)}'`;
  expect(await touch(librarian, cancel)).toBe(0);
  expect(await touch(system, cancel)).toBe(0);
  const late = await hub.post(`${round}/cancel`, { because: "Too late." }, desk.librarian.cookie);
  expect(late.status).toBe(409);
});

test("two answers that arrive at the same moment are both kept, and close the round once", async () => {
  for (const level of ["some_evidence", "mixed_evidence"]) {
    const path = await desk.addPractice(`At once ${level}`);
    const round = await desk.ask(path);
    const answers = await Promise.all([
      desk.answer(round, desk.first, { level: "some_evidence" }),
      desk.answer(round, desk.second, { level }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const { rows } = await ownerPool.query<{ state: string }>(
      "select state from library.rating_round where id = $1",
      [idOf(round)],
    );
    expect(rows).toEqual([{ state: level === "some_evidence" ? "closed" : "disagreed" }]);
  }
});
