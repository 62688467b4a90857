// What leaves the hub: the published figures, and the portfolio's downloads.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const YEAR = "2024-25";
const imani = await hub.signIn("imani@demo.example");
const ada = await hub.signIn("ada@demo.example");

interface Release {
  number: number;
  threshold: number;
  tables: {
    trainees: number | string;
    organizations: { id: string; version: number }[];
    tables: {
      dimension: string;
      rows: { total: number | string; cells: (number | string)[] }[];
      totals: { total: number | string; cells: (number | string)[] };
    }[];
  };
}
async function openData(): Promise<Release> {
  const answer = await hub.get(`/results/${YEAR}?format=json`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Release;
}
const cellsOf = (release: Release): (number | string)[] =>
  release.tables.tables.flatMap(({ rows, totals }) =>
    [...rows, totals].flatMap(({ total, cells }) => [total, ...cells]),
  );

function expectSafe(release: Release): void {
  const cells = cellsOf(release);
  expect(cells.length).toBeGreaterThan(500);
  expect(cells.filter((cell) => typeof cell === "number" && cell >= 1 && cell < release.threshold)).toEqual(
    [],
  );
  expect([...new Set(cells.filter((cell) => typeof cell !== "number"))]).toEqual(["withheld"]);
}

test("open data hold no count of 1 to 10, and the word where one is withheld", async () => {
  const release = await openData();
  expect([release.number, release.threshold]).toEqual([1, 11]);
  expectSafe(release);
  const csv = await (await hub.get(`/results/${YEAR}?format=csv`)).text();
  const counts = csv
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.slice(line.lastIndexOf(",") + 1));
  expect(counts).toHaveLength(cellsOf(release).length);
  expect(counts.filter((count) => /^([1-9]|10)$/.test(count))).toEqual([]);
  expect(counts.toSorted()).toEqual(cellsOf(release).map(String).toSorted());
});

test("what is not accepted is not published: a draft's organization, an unpublished year", async () => {
  const [draft, submitted] = [await organizationOfCode(hub, "G01"), await organizationOfCode(hub, "G35")];
  const published = (await openData()).tables.organizations.map(({ id }) => id);
  expect(published).toHaveLength(36);
  expect(published).not.toContain(draft);
  expect(published).not.toContain(submitted);
  for (const path of ["2023-24", "2031-32", `${YEAR}/${draft}`, `2023-24/${published[0]}`, "2024-26", "next"])
    expect((await hub.get(`/results/${path}`)).status, path).toBe(404);
  expect((await hub.get(`/results/${YEAR}/${published[0]}`)).status).toBe(200);
  expect((await hub.post("/reports/2023-24/publish", {}, imani)).status).toBe(409);
});

test("after a correction a second release follows, as safe as the first; only reviewers publish", async () => {
  const organization = await organizationOfCode(hub, "G02");
  const here = `/reports/${organization}/${YEAR}`;
  const before = await openData();
  expect(
    (await hub.post(`${here}/correct`, { reason: "Twelve people were not in the program" }, imani)).status,
  ).toBe(303);
  await hub.services.database.ownerPool.query(
    "update pathways.enrollment set archived_at = now() where id in (select id from pathways.enrollment where organization_id = $1 and academic_year = $2 order by id limit 12)",
    [organization, YEAR],
  );
  expect((await openData()).tables).toEqual(before.tables);
  expect((await hub.post(`${here}/submit`, {}, imani)).status).toBe(303);
  expect((await hub.post(`${here}/accept`, {}, imani)).status).toBe(303);
  for (const who of [ada, await hub.signIn("theo@demo.example"), await hub.signIn("priya@demo.example")])
    expect((await hub.post(`/reports/${YEAR}/publish`, {}, who)).status).toBe(403);
  expect((await hub.post(`/reports/${YEAR}/publish`, {}, imani)).status).toBe(303);
  await hub.workJobs();
  const second = await openData();
  expect(second.number).toBe(2);
  expect(second.tables.organizations.find(({ id }) => id === organization)?.version).toBe(2);
  expectSafe(second);
});

test("the portfolio's report comes as JSON and as a workbook, for the hub only", async () => {
  const path = `/reports/portfolio/${YEAR}`;
  const json = await hub.get(`${path}?format=json`, imani);
  expect(json.headers.get("content-disposition")).toContain(`portfolio-${YEAR}.json`);
  const { totals } = (await json.json()) as { totals: { trainees: number; rows: number } };
  const { rows } = await hub.services.database.ownerPool.query<{ trainees: number; rows: number }>(
    "select count(distinct (grantee_code, trainee_key)) as trainees, count(*) as rows from pathways.enrollment where academic_year = $1 and archived_at is null",
    [YEAR],
  );
  expect({ trainees: totals.trainees, rows: totals.rows }).toEqual(rows[0]);
  const workbook = await hub.get(`${path}?format=xlsx`, imani);
  expect(workbook.headers.get("content-type")).toContain("spreadsheetml");
  const bytes = Buffer.from(await workbook.arrayBuffer());
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  expect(bytes.length).toBeGreaterThan(5000);
  for (const format of ["json", "xlsx"])
    expect((await hub.get(`${path}?format=${format}`, ada)).status).toBe(403);
});
