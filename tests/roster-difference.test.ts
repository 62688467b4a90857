// What a file would change: listed before anything is stored, and nothing archived unasked.
import { describe, expect, test } from "vitest";
import { file, openRosterDesk } from "./support/roster-desk.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const { samuel, organizationId, bringIn, rosterOf, commit, stored, auditRows } = await openRosterDesk(hub);

describe("the difference", () => {
  test("counts new, changed, unchanged and missing rows, and lists the values before and after", async () => {
    const program = "Difference";
    await commit(
      await bringIn(
        file(program, [
          ["A-001", "10", "first"],
          ["A-002", "20"],
          ["A-003", "30"],
        ]),
      ),
    );
    const id = await bringIn(
      file(program, [
        ["A-001", "10.5", "second"],
        ["A-002", "20"],
        ["A-004", "40"],
      ]),
    );
    const roster = await rosterOf(id);
    expect(roster.state).toBe("ready");
    expect(roster.outcome.changes).toEqual({ new: 1, changed: 1, unchanged: 1, missing: 1 });
    const { rows } = await ownerPool.query(
      "select kind, trainee_code, row, columns from pathways.roster_change where roster_id = $1 order by position",
      [id],
    );
    expect(rows).toEqual([
      {
        kind: "changed",
        trainee_code: "A-001",
        row: 2,
        columns: { hours_total: ["10", "10.5"], notes: ["first", "second"] },
      },
      { kind: "missing", trainee_code: "A-003", row: null, columns: {} },
    ]);
    const page = await (await hub.get(`/pathways/rosters/${id}`, samuel)).text();
    for (const shown of ["10.5", "second", "A-003"]) expect(page).toContain(shown);
    expect((await stored(program)).map((row) => Number(row.hours_total))).toEqual([10, 20, 30]);
  });

  test("keeps what is missing, and archives only what was ticked", async () => {
    const program = "Missing";
    await commit(
      await bringIn(
        file(program, [
          ["A-001", "1"],
          ["A-002", "2"],
          ["A-003", "3"],
        ]),
      ),
    );
    await commit(await bringIn(file(program, [["A-001", "1"]])));
    expect((await stored(program)).map((row) => row.archived_at)).toEqual([null, null, null]);
    const second = (await stored(program))[1];
    const id = await bringIn(file(program, [["A-001", "1"]]));
    await commit(id, [String(second?.id)]);
    expect((await stored(program)).map((row) => row.archived_at !== null)).toEqual([false, true, false]);
    expect((await auditRows(id))[0]?.data).toMatchObject({ archived: 1, new: 0, changed: 0, unchanged: 1 });
  });

  test("archives no row that the file does not lack, whatever is ticked", async () => {
    const program = "Ticked";
    await commit(
      await bringIn(
        file(program, [
          ["A-001", "1"],
          ["A-002", "2"],
        ]),
      ),
    );
    const { rows: foreign } = await ownerPool.query<{ id: number }>(
      "select id from pathways.enrollment where organization_id <> $1 limit 1",
      [organizationId],
    );
    const ids = (await stored(program)).map((row) => String(row.id));
    await commit(
      await bringIn(
        file(program, [
          ["A-001", "1"],
          ["A-002", "2"],
        ]),
      ),
      [...ids, String(foreign[0]?.id)],
    );
    const { rows } = await ownerPool.query(
      "select id from pathways.enrollment where archived_at is not null and id = any($1)",
      [[...ids, foreign[0]?.id]],
    );
    expect(rows).toEqual([]);
  });

  test("does not call a rejected row missing", async () => {
    const program = "Rejected";
    await commit(
      await bringIn(
        file(program, [
          ["A-001", "1"],
          ["A-002", "2"],
        ]),
      ),
    );
    const roster = await rosterOf(
      await bringIn(
        file(program, [
          ["A-001", "1"],
          ["A-002", "minus two"],
        ]),
      ),
    );
    expect(roster.outcome.rows).toMatchObject({ total: 2, loaded: 1, rejected: 1 });
    expect(roster.outcome.changes).toEqual({ new: 0, changed: 0, unchanged: 1, missing: 0 });
  });

  test("archives nothing of a closed year of which the file has rejected rows only", async () => {
    const program = "Closed in part";
    await commit(
      await bringIn(
        file(
          program,
          [
            ["A-001", "1"],
            ["A-002", "2"],
          ],
          "2018-19",
        ),
      ),
    );
    await ownerPool.query(
      "insert into pathways.locked_year (organization_id, academic_year, reason) values ($1, '2018-19', 'its report was accepted.')",
      [organizationId],
    );
    const mixed = file(program, [["B-001", "5"]]);
    const closed = await file(program, [["A-001", "wrong"]], "2018-19").text();
    const id = await bringIn(new File([await mixed.text(), closed.split("\n")[1] ?? ""], "mixed.csv"));
    const gone = (await stored(program)).find((row) => row.trainee_code === "A-002");
    if ((await rosterOf(id)).state === "ready")
      await hub.post(`/pathways/rosters/${id}/commit`, { archive: [String(gone?.id)] }, samuel);
    await hub.workJobs();
    expect(
      (await stored(program))
        .filter((row) => row.trainee_code.startsWith("A-"))
        .map((row) => row.archived_at),
    ).toEqual([null, null]);
    await ownerPool.query("delete from pathways.locked_year where academic_year = '2018-19'");
  });
});
