// Long lists are quick because counts are kept and indexes are gone through. They say the same as if neither were so.
import { expect, test } from "vitest";
import { textOf } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const LIST = "/pathways/enrollments";
const staff = await hub.signIn("theo@demo.example");
const lead = await hub.signIn("samuel@demo.example");
const evaluator = await hub.signIn("priya@demo.example");

const read = async (path: string, cookie = staff): Promise<string> => textOf(await hub.get(path, cookie));
const totalOf = async (path: string, cookie = staff): Promise<number> =>
  Number((/<h1>\s*([\d,]+) enrollments?/.exec(await read(path, cookie))?.[1] ?? "NaN").replace(",", ""));
const idsOf = (page: string): number[] =>
  [...page.matchAll(/enrollments\/(\d+)"/g)].map(([, id]) => Number(id));
const ARCHIVE_THREE = `update pathways.enrollment set archived_at = now() where id in (
  select id from pathways.enrollment where academic_year = '2023-24' and archived_at is null order by id limit 3)`;

test("a list and the reports count anew as soon as a change of enrollments is committed, and not before", async () => {
  const path = `${LIST}?year=2023-24`;
  const before = await totalOf(path);
  const reports = await read("/reports?year=2023-24");
  expect(before).toBeGreaterThan(100);
  const client = await ownerPool.connect();
  try {
    await client.query("begin");
    await client.query(ARCHIVE_THREE);
    expect(await totalOf(path)).toBe(before);
    expect(await read("/reports?year=2023-24")).toBe(reports);
    await client.query("commit");
    expect(await totalOf(path)).toBe(before - 3);
    expect(await read("/reports?year=2023-24")).not.toBe(reports);
    await client.query("begin");
    await client.query(ARCHIVE_THREE);
    await client.query("rollback");
    expect(await totalOf(path)).toBe(before - 3);
  } finally {
    client.release();
  }
});

test("the figures of a report are counted anew as well, and stay where nothing changed", async () => {
  const figures = async (): Promise<object> => ({
    ...(JSON.parse(await read("/reports/portfolio/2023-24?format=json")) as object),
    generatedAt: null,
  });
  const before = await figures();
  expect(await figures()).toEqual(before);
  await ownerPool.query(ARCHIVE_THREE);
  expect(await figures()).not.toEqual(before);
});

test("what was counted for the hub is not shown to an organization, nor the other way round", async () => {
  const { rows } = await ownerPool.query<{ all: number; own: number }>(`
    select count(*) as all, count(*) filter (where organization_id = (select organization_id from directory.grantee_code where code = 'G35')) as own
    from pathways.enrollment where archived_at is null and profession = 'counselor'`);
  const path = `${LIST}?profession=counselor`;
  expect(rows[0]?.all).toBeGreaterThan(rows[0]?.own ?? 0);
  for (const cookie of [staff, lead, staff, lead])
    expect(await totalOf(path, cookie)).toBe(cookie === staff ? rows[0]?.all : rows[0]?.own);
});

test("a trainee is found by the code the reader sees, and by no other", async () => {
  const { rows } = await ownerPool.query<{ code: string; id: number }>(`
    select min(trainee_code) as code, min(id) as id from pathways.enrollment where archived_at is null
    group by trainee_key having count(*) = 1 and min(organization_id::text) <> (select organization_id::text from directory.grantee_code where code = 'G35')
    order by 1 limit 1`);
  const { code = "", id = 0 } = rows[0] ?? {};
  expect(idsOf(await read(`${LIST}?trainee=${code}`))).toEqual([id]);
  expect(idsOf(await read(`${LIST}?trainee=${code}`, lead))).toEqual([]);
  const pseudonym = /P-[0-9A-F]{8}/.exec(await read(`${LIST}/${id}`, evaluator))?.[0] ?? "";
  expect(idsOf(await read(`${LIST}?trainee=${pseudonym}`, evaluator))).toEqual([id]);
  expect(idsOf(await read(`${LIST}?trainee=${pseudonym}&year=1999-00`, evaluator))).toEqual([]);
  expect(idsOf(await read(`${LIST}?trainee=${pseudonym}`))).toEqual([]);
  expect(idsOf(await read(`${LIST}?trainee=${code}`, evaluator))).toEqual([]);
});

test("a list of many years goes through them in one order, with nothing twice and nothing left out", async () => {
  const { rows: columns } = await ownerPool.query<{ names: string }>(`
    select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
    where table_schema = 'pathways' and table_name = 'enrollment' and column_name not in ('id', 'trainee_key', 'trainee_code')`);
  const names = columns[0]?.names ?? "";
  await ownerPool.query(`insert into pathways.enrollment (trainee_key, trainee_code, ${names})
    select trainee_key || '-' || copy, trainee_code || '-' || copy, ${names} from pathways.enrollment cross join generate_series(1, 4) copy`);
  const { rows } = await ownerPool.query<{ id: number }>(
    "select id from pathways.enrollment where archived_at is null order by trainee_key, organization_id, id",
  );
  expect(rows.length).toBeGreaterThan(10_000);
  const inOrder = rows.map(({ id }) => id);
  const last = Math.ceil(inOrder.length / 50);
  for (const page of [1, 2, 3, Math.floor(last / 2), last])
    expect(idsOf(await read(`${LIST}?page=${page}`)), `page ${page}`).toEqual(
      inOrder.slice((page - 1) * 50, page * 50),
    );
  const { rows: backwards } = await ownerPool.query<{ id: number }>(
    "select id from pathways.enrollment where archived_at is null order by trainee_key desc, organization_id, id limit 100",
  );
  const both = [
    ...idsOf(await read(`${LIST}?sort=-trainee`)),
    ...idsOf(await read(`${LIST}?sort=-trainee&page=2`)),
  ];
  expect(both).toEqual(backwards.map(({ id }) => id));
});
