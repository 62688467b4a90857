// Undo gives back every value, and is refused where it would take away what came later.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode, upload } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const samuel = await hub.signIn("samuel@demo.example");
const organizationId = await organizationOfCode(hub, "G35");
const HEADER =
  "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total,race_ethnicity,site_name";

function file(program: string, lines: readonly [trainee: string, hours: string][], year = "2019-20"): File {
  const rows = lines.map(
    ([trainee, hours], at) =>
      `${trainee},${program},practicum,${year},counselor,full_time,${year.slice(0, 4)}-09-0${at + 1},yes,continuing,${hours},Asian;White,Site ${hours}`,
  );
  return new File([`${[HEADER, ...rows].join("\n")}\n`], `${program}.csv`);
}

/** Every value of every stored row of a program. */
async function rowsOf(program: string): Promise<unknown[]> {
  const { rows } = await ownerPool.query<{ row: unknown }>(
    "select to_jsonb(e) as row from pathways.enrollment e where organization_id = $1 and program_key = lower($2) order by id",
    [organizationId, program],
  );
  return rows.map(({ row }) => row);
}

async function bringIn(content: File, archive: string[] = []): Promise<string> {
  const answer = await upload(hub, "/pathways/rosters", { code: "G35" }, samuel, content);
  await hub.workJobs();
  const id = answer.headers.get("location")?.split("/").at(-1) ?? "";
  expect((await hub.post(`/pathways/rosters/${id}/commit`, { archive }, samuel)).status).toBe(303);
  await hub.workJobs();
  expect(await stateOf(id)).toBe("committed");
  return id;
}

async function stateOf(id: string): Promise<string> {
  const { rows } = await ownerPool.query<{ state: string }>(
    "select state from pathways.roster where id = $1",
    [id],
  );
  return rows[0]?.state ?? "";
}

async function undo(id: string): Promise<{ status: number; text: string }> {
  const answer = await hub.post(`/pathways/rosters/${id}/undo`, {}, samuel);
  return { status: answer.status, text: await answer.text() };
}

async function idOf(program: string, trainee: string): Promise<string> {
  const { rows } = await ownerPool.query<{ id: number }>(
    "select id from pathways.enrollment where organization_id = $1 and program_key = lower($2) and trainee_code = $3",
    [organizationId, program, trainee],
  );
  return String(rows[0]?.id);
}

test("undo restores every value: changed rows as they were, archived ones back, new ones gone", async () => {
  const program = "Restored";
  await bringIn(
    file(program, [
      ["A-001", "1"],
      ["A-002", "2"],
      ["A-003", "3"],
    ]),
  );
  const before = await rowsOf(program);
  const id = await bringIn(
    file(program, [
      ["A-001", "1.25"],
      ["A-002", "2"],
      ["A-004", "4"],
    ]),
    [await idOf(program, "A-003")],
  );
  const between = await rowsOf(program);
  expect(between).toHaveLength(4);
  expect(between).not.toEqual(before);
  expect((await undo(id)).status).toBe(303);
  expect(await rowsOf(program)).toEqual(before);
  expect(await stateOf(id)).toBe("undone");
  const { rows } = await ownerPool.query(
    "select from platform.audit where event = 'pathways.roster-undone' and subject_id = $1",
    [id],
  );
  expect(rows).toHaveLength(1);
  const again = await undo(id);
  expect([again.status, again.text.includes("Only a committed roster can be undone")]).toEqual([409, true]);
});

test("a roster whose rows a later import changed is undone only after that one", async () => {
  const program = "Layered";
  const first = await bringIn(
    file(program, [
      ["A-001", "1"],
      ["A-002", "2"],
    ]),
  );
  const afterFirst = await rowsOf(program);
  const second = await bringIn(
    file(program, [
      ["A-001", "10"],
      ["A-002", "2"],
    ]),
  );
  const afterSecond = await rowsOf(program);
  const third = await bringIn(file(program, [["A-001", "100"]]));
  for (const id of [first, second]) {
    const refused = await undo(id);
    expect([
      refused.status,
      refused.text.includes("A later import has changed some of the same rows"),
    ]).toEqual([409, true]);
    const page = await (await hub.get(`/pathways/rosters/${id}`, samuel)).text();
    expect(page).toContain("A later import has changed some of the same rows");
  }
  expect((await undo(third)).status).toBe(303);
  expect(await rowsOf(program)).toEqual(afterSecond);
  expect((await undo(second)).status).toBe(303);
  expect(await rowsOf(program)).toEqual(afterFirst);
  expect((await undo(first)).status).toBe(303);
  expect(await rowsOf(program)).toEqual([]);
});

test("a roster that archived rows is undone only after the one that brought them back", async () => {
  const program = "Brought back";
  await bringIn(
    file(program, [
      ["A-001", "1"],
      ["A-002", "2"],
    ]),
  );
  const full = await rowsOf(program);
  const archiving = await bringIn(file(program, [["A-001", "1"]]), [await idOf(program, "A-002")]);
  const without = await rowsOf(program);
  const back = await bringIn(
    file(program, [
      ["A-001", "1"],
      ["A-002", "2"],
    ]),
  );
  expect((await rowsOf(program)).every((row) => (row as { archived_at: unknown }).archived_at === null)).toBe(
    true,
  );
  const refused = await undo(archiving);
  expect([refused.status, refused.text.includes("brought back rows")]).toEqual([409, true]);
  expect((await undo(back)).status).toBe(303);
  expect(await rowsOf(program)).toEqual(without);
  expect((await undo(archiving)).status).toBe(303);
  expect(await rowsOf(program)).toEqual(full);
});

test("an import that changed nothing can be undone, and takes nothing away", async () => {
  const program = "Unchanged";
  await bringIn(file(program, [["A-001", "1"]]));
  const before = await rowsOf(program);
  const id = await bringIn(file(program, [["A-001", "1"]]));
  expect((await undo(id)).status).toBe(303);
  expect(await rowsOf(program)).toEqual(before);
});

test("undo is refused while the year is closed, with the reason, and works when it is open again", async () => {
  const program = "Closed";
  const id = await bringIn(file(program, [["A-001", "1"]], "2018-19"));
  const before = await rowsOf(program);
  await ownerPool.query(
    "insert into pathways.locked_year (organization_id, academic_year, reason) values ($1, '2018-19', 'its report was accepted (version 1).')",
    [organizationId],
  );
  const refused = await undo(id);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain("The year 2018-19 is closed: its report was accepted (version 1).");
  expect(await rowsOf(program)).toEqual(before);
  await ownerPool.query("delete from pathways.locked_year where academic_year = '2018-19'");
  expect((await undo(id)).status).toBe(303);
  expect(await rowsOf(program)).toEqual([]);
});

test("undo brings no row back into a year that was closed since, even one the file only named in rejected rows", async () => {
  const program = "Named only";
  await bringIn(
    file(
      program,
      [
        ["A-001", "1"],
        ["A-002", "2"],
      ],
      "2017-18",
    ),
  );
  const rejected = (await file(program, [["A-001", "no number"]], "2017-18").text()).split("\n")[1] ?? "";
  const mixed = new File([await file(program, [["B-001", "1"]]).text(), rejected], "mixed.csv");
  const id = await bringIn(mixed, [await idOf(program, "A-002")]);
  const before = await rowsOf(program);
  await ownerPool.query(
    "insert into pathways.locked_year (organization_id, academic_year, reason) values ($1, '2017-18', 'its report was accepted.')",
    [organizationId],
  );
  const refused = await undo(id);
  expect([refused.status, refused.text.includes("The year 2017-18 is closed")]).toEqual([409, true]);
  expect(await rowsOf(program)).toEqual(before);
  await ownerPool.query("delete from pathways.locked_year where academic_year = '2017-18'");
});
