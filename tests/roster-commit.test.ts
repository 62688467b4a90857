// From the difference to the commit: what changes, what is kept, and that it happens once.
import { describe, expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { resolveActor } from "../src/modules/directory/index.ts";
import { type Actor, system } from "../src/platform/database/actor.ts";
import { file, openRosterDesk, YEAR } from "./support/roster-desk.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const hubStaff = await hub.signIn("theo@demo.example");
const { samuel, organizationId, bringIn, rosterOf, commit, stored, auditRows } = await openRosterDesk(hub);

async function runJob(name: string, roster: string, actor: Actor): Promise<void> {
  const job = jobs.find((one) => one.name === name);
  if (!job) throw new Error(`there is no job ${name}`);
  if (actor.kind !== "person") throw new Error("a person asks for it");
  const payload = { roster, user: actor.userId, membership: actor.membershipId };
  await job.handle(hub.services, job.payload.parse(payload));
}
async function actorOf(email: string): Promise<Actor> {
  const user = await hub.services.database.owner
    .selectFrom("auth.user")
    .select("id")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  return resolveActor(hub.services.database.db, user.id, null);
}

describe("a commit", () => {
  test("leaves exactly one audit row, with its counts", async () => {
    const id = await bringIn(
      file("Audit", [
        ["A-001", "1"],
        ["A-002", "bad"],
      ]),
    );
    await commit(id);
    expect((await auditRows(id)).map(({ data }) => data)).toEqual([
      { roster: id, new: 1, changed: 0, unchanged: 0, archived: 0, rejected: 1, academicYears: [YEAR] },
    ]);
  });

  test("asked for twice is refused the second time", async () => {
    const id = await bringIn(file("Twice", [["A-001", "1"]]));
    const answers = await Promise.all(
      [1, 2].map(() => hub.post(`/pathways/rosters/${id}/commit`, {}, samuel)),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    await hub.workJobs();
    expect(await auditRows(id)).toHaveLength(1);
  });

  test("worked by two at once happens once", async () => {
    const program = "At once";
    const actor = await actorOf("samuel@demo.example");
    const id = await bringIn(
      file(program, [
        ["A-001", "1"],
        ["A-002", "2"],
      ]),
    );
    await Promise.all([1, 2].map(() => runJob("pathways.commit-roster", id, actor)));
    expect((await rosterOf(id)).state).toBe("committed");
    expect(await auditRows(id)).toHaveLength(1);
    expect(await stored(program)).toHaveLength(2);
  });

  test("worked again later changes nothing more, nor does reading again", async () => {
    const program = "Again";
    const actor = await actorOf("samuel@demo.example");
    const id = await bringIn(file(program, [["A-001", "1"]]));
    await commit(id);
    const before = await stored(program);
    await runJob("pathways.commit-roster", id, actor);
    await runJob("pathways.read-roster", id, actor);
    expect((await rosterOf(id)).state).toBe("committed");
    expect(await stored(program)).toEqual(before);
    expect(await auditRows(id)).toHaveLength(1);
    expect((await hub.post(`/pathways/rosters/${id}/undo`, {}, samuel)).status).toBe(303);
    await runJob("pathways.commit-roster", id, actor).catch(() => undefined);
    await runJob("pathways.read-roster", id, actor).catch(() => undefined);
    expect((await rosterOf(id)).state).toBe("undone");
    expect(await stored(program)).toEqual([]);
  });

  test("that failed once is done by the next try", async () => {
    const program = "Retried";
    const actor = await actorOf("samuel@demo.example");
    const id = await bringIn(file(program, [["A-001", "1"]]));
    await ownerPool.query("update pathways.roster set state = 'committing' where id = $1", [id]);
    await ownerPool.query(
      "create function pathways.break_it() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$",
    );
    await ownerPool.query(
      "create trigger break_it before insert on pathways.enrollment for each row execute function pathways.break_it()",
    );
    try {
      await expect(runJob("pathways.commit-roster", id, actor)).rejects.toThrow("the disk is full");
      expect(await stored(program)).toEqual([]);
    } finally {
      await ownerPool.query("drop function pathways.break_it cascade");
    }
    await runJob("pathways.commit-roster", id, actor);
    expect((await rosterOf(id)).state).toBe("committed");
    expect(await stored(program)).toHaveLength(1);
  });

  test("of another organization's roster is not found by its id", async () => {
    const ada = await hub.signIn("ada@demo.example");
    const program = "Foreign";
    const id = await bringIn(file(program, [["A-001", "1"]]));
    for (const step of ["commit", "undo", "discard", "answers"])
      expect((await hub.post(`/pathways/rosters/${id}/${step}`, { asked: "0" }, ada)).status, step).toBe(404);
    expect((await rosterOf(id)).state).toBe("ready");
    await expect(runJob("pathways.commit-roster", id, await actorOf("noor@demo.example"))).rejects.toThrow();
    expect(await stored(program)).toEqual([]);
    expect((await rosterOf(id)).state).toBe("ready");
  });

  test("into a closed year is refused, with the reason and what to do", async () => {
    const id = await bringIn(file("Closed", [["A-001", "1"]], "2024-25"), hubStaff);
    expect((await rosterOf(id)).state).toBe("ready");
    await ownerPool.query(
      "insert into pathways.locked_year (organization_id, academic_year, reason) values ($1, '2024-25', 'its report was accepted (version 1).')",
      [organizationId],
    );
    expect((await hub.post(`/pathways/rosters/${id}/commit`, {}, hubStaff)).status).toBe(303);
    await hub.workJobs();
    const late = await rosterOf(id);
    const early = await rosterOf(await bringIn(file("Closed", [["A-002", "1"]], "2024-25")));
    for (const { state, outcome } of [late, early]) {
      expect([state, outcome.refusal?.code]).toEqual(["refused", "YEAR_LOCKED"]);
      for (const said of ["2024-25", "its report was accepted", "correction"])
        expect(outcome.refusal?.message).toContain(said);
    }
    expect(await stored("Closed")).toEqual([]);
  });
});

test("a roster whose sender works here no more breaks off, and the page says so", async () => {
  const answer = await upload(
    hub,
    "/pathways/rosters",
    { code: "G35" },
    samuel,
    file("Gone", [["A-001", "1"]]),
  );
  const id = answer.headers.get("location")?.split("/").at(-1) ?? "";
  const actor = await actorOf("samuel@demo.example");
  if (actor.kind !== "person") throw new Error("samuel is a person");
  const end = (day: string | null): Promise<unknown> =>
    hub.services.perform(system, (work) =>
      work.trx
        .updateTable("directory.membership")
        .set({ ended_on: day })
        .where("id", "=", actor.membershipId)
        .execute(),
    );
  await end("2026-01-01");
  try {
    await hub.workJobs();
  } finally {
    await end(null);
  }
  expect((await rosterOf(id)).state).toBe("failed");
  expect(await (await hub.get(`/pathways/rosters/${id}`, samuel)).text()).toContain("Broke off");
});
