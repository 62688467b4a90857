// Rosters of many portions: what is compared and merged piece by piece is the same as if it were one.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode, upload } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const samuel = await hub.signIn("samuel@demo.example");
const organizationId = await organizationOfCode(hub, "G35");
const ROWS = 7_000;

/** A line's start date, hours, and whether it is in the file at all. */
type Line = (index: number) => { startedOn: string; hours: string } | null;

const trainee = (index: number): string => `T-${String(index).padStart(5, "0")}`;

function file(program: string, line: Line): File {
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const values = line(index);
    return values === null
      ? []
      : [
          `${trainee(index)},${program},practicum,2019-20,counselor,full_time,${values.startedOn},yes,continuing,${values.hours}`,
        ];
  }).flat();
  const header =
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total";
  return new File([`${[header, ...rows].join("\n")}\n`], `${program}.csv`);
}

interface Read {
  id: string;
  state: string;
  outcome: {
    questions?: { question: string }[];
    changes?: Record<string, number>;
    rows?: Record<string, number>;
  };
}

async function read(id: string): Promise<Read> {
  const { rows } = await ownerPool.query<Read>(
    "select id, state, outcome from pathways.roster where id = $1",
    [id],
  );
  if (!rows[0]) throw new Error("there is no such roster");
  return rows[0];
}

async function bringIn(content: File): Promise<Read> {
  const answer = await upload(hub, "/pathways/rosters", { code: "G35" }, samuel, content);
  expect(answer.status).toBe(303);
  await hub.workJobs();
  return read(answer.headers.get("location")?.split("/").at(-1) ?? "");
}

async function commit(id: string, archive: string[] = []): Promise<Read> {
  expect((await hub.post(`/pathways/rosters/${id}/commit`, { archive }, samuel)).status).toBe(303);
  await hub.workJobs();
  return read(id);
}

async function stored(program: string, which = "true"): Promise<number> {
  const { rows } = await ownerPool.query<{ count: number }>(
    `select count(*) from pathways.enrollment where organization_id = $1 and program_key = lower($2) and ${which}`,
    [organizationId, program],
  );
  return Number(rows[0]?.count);
}

async function listed(id: string): Promise<{ kind: string; code: string; row: number | null }[]> {
  const { rows } = await ownerPool.query<{ kind: string; code: string; row: number | null }>(
    "select kind, trainee_code as code, row from pathways.roster_change where roster_id = $1 order by position",
    [id],
  );
  return rows;
}

const iso: Line = () => ({ startedOn: "2019-09-01", hours: "10" });

test("a long roster is compared row by row with what is stored: new, changed, unchanged, missing", async () => {
  const first = await bringIn(file("Long", (index) => (index % 1000 === 7 ? null : iso(index))));
  expect(first.outcome.changes).toEqual({ new: ROWS - 7, changed: 0, unchanged: 0, missing: 0 });
  await commit(first.id);
  expect(await stored("Long")).toBe(ROWS - 7);

  const changed = (index: number): boolean => index % 700 === 699;
  const missing = (index: number): boolean => index === 3 || index === ROWS - 2;
  const second = await bringIn(
    file("Long", (index) =>
      missing(index) ? null : { startedOn: "2019-09-01", hours: changed(index) ? "11" : "10" },
    ),
  );
  expect(second.outcome.changes).toEqual({ new: 7, changed: 10, unchanged: ROWS - 7 - 10 - 2, missing: 2 });
  const changes = await listed(second.id);
  expect(changes.filter((one) => one.kind === "changed").map((one) => one.code)).toEqual(
    Array.from({ length: ROWS }, (_, index) => index)
      .filter(changed)
      .map(trainee),
  );
  expect(changes.filter((one) => one.kind === "missing").map((one) => one.code)).toEqual([
    trainee(3),
    trainee(ROWS - 2),
  ]);
  expect((await commit(second.id)).outcome.changes).toEqual(second.outcome.changes);
  expect(await stored("Long")).toBe(ROWS);
  expect(await stored("Long", "hours_total = 11")).toBe(10);

  // The same file a second time changes nothing.
  const third = await bringIn(
    file("Long", (index) => ({ startedOn: "2019-09-01", hours: changed(index) ? "11" : "10" })),
  );
  expect(third.outcome.changes).toEqual({ new: 0, changed: 0, unchanged: ROWS, missing: 0 });

  expect((await hub.post(`/pathways/rosters/${second.id}/undo`, {}, samuel)).status).toBe(303);
  expect(await stored("Long")).toBe(ROWS - 7);
  expect(await stored("Long", "hours_total = 11")).toBe(0);
});

test("a late row that proves another order of dates has all rows before it read anew", async () => {
  // 03/10 can be read both ways; 13/09, in the last row, proves that the day comes first.
  const late = await bringIn(
    file("Late", (index) => ({
      startedOn: index < 3000 ? "2019-10-01" : index < ROWS - 1 ? "03/10/2019" : "13/09/2019",
      hours: "10",
    })),
  );
  expect(late.outcome.questions).toEqual([]);
  expect(late.outcome.rows).toMatchObject({ total: ROWS, loaded: ROWS, rejected: 0 });
  await commit(late.id);
  expect(await stored("Late")).toBe(ROWS);
  expect(await stored("Late", "started_on = '2019-10-03'")).toBe(ROWS - 3001);
  expect(await stored("Late", "started_on = '2019-09-13'")).toBe(1);
});

test("a question that only a late row raises is asked, and nothing is listed or stored before it is answered", async () => {
  const asking = await bringIn(
    file("Asked", (index) => ({ startedOn: index < ROWS - 1 ? "2019-10-01" : "03/02/2020", hours: "10" })),
  );
  expect(asking.state).toBe("asking");
  expect(asking.outcome.questions?.map((one) => one.question)).toEqual(["Q_DATE_ORDER"]);
  expect(asking.outcome.rows).toMatchObject({ total: ROWS });
  expect(await listed(asking.id)).toEqual([]);
  expect(await stored("Asked")).toBe(0);
});

test("a file that turns out to be damaged far down leaves nothing", async () => {
  const damaged = file("Damaged", iso);
  const text = `${await damaged.text()}"never closed,Damaged,practicum\n`;
  const answer = await bringIn(new File([text], "Damaged.csv"));
  expect(answer.state).toBe("refused");
  expect(await stored("Damaged")).toBe(0);
});
