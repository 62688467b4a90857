// Evaluators read records under pseudonyms: no code of a trainee reaches them, by any page, order, filter or file.
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import { resolveActor } from "../src/modules/directory/index.ts";
import { enrollmentFilters } from "../src/modules/pathways/enrollments/enrollment.filters.ts";
import { ENROLLMENT_ORDERS } from "../src/modules/pathways/enrollments/enrollment.store.ts";
import { inTransaction } from "../src/platform/database/actor.ts";
import { textOf } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";
import { callRoute, findRowIds, mayVisit, organizationOfCode, signInVisitors } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const visitors = await signInVisitors(hub);
const evaluator = visitors.find((visitor) => visitor.evaluator);
const staff = visitors.find((visitor) => visitor.name === "hub_staff");
if (!evaluator || !staff) throw new Error("the demonstration has no evaluator");

const PSEUDONYM = /\bP-[0-9A-F]{8}\b/g;
const LIST = "/pathways/enrollments";
let codes = new Set<string>();

beforeAll(async () => {
  const rows = await hub.services.database.owner
    .selectFrom("pathways.enrollment")
    .select("trainee_code")
    .distinct()
    .execute();
  codes = new Set(rows.map((row) => row.trainee_code));
  expect(codes.size).toBeGreaterThan(2000);
});

/** Codes of trainees in a text, as whole words. */
const codesIn = (text: string): string[] =>
  [...new Set(text.match(/[A-Za-z0-9][A-Za-z0-9._/-]*/g))].filter((word) => codes.has(word));
const read = async (path: string, cookie = evaluator.cookie): Promise<string> =>
  textOf(await hub.get(path, cookie));

test("others of the hub see the grantees' own codes, so there is something to hide", async () => {
  expect(codesIn(await read(LIST, staff.cookie)).length).toBeGreaterThan(20);
  expect(codesIn(await read(`${LIST}?format=csv`, staff.cookie)).length).toBeGreaterThan(2000);
});

test("no page that the evaluator may open shows a code", async () => {
  const problems: string[] = [];
  for (const code of ["G01", "G13", "G28"]) {
    const ids = await findRowIds(hub, await organizationOfCode(hub, code));
    for (const route of routes.filter(
      (one) => one.method === "GET" && !one.api && mayVisit(one, evaluator),
    )) {
      const found = codesIn(await textOf(await callRoute(hub, route, ids, evaluator.cookie)));
      if (found.length > 0) problems.push(`${route.path} shows ${found.slice(0, 3).join(", ")}`);
    }
  }
  expect(problems).toEqual([]);
});

test("lists and files hold pseudonyms, one per trainee, the same each time", async () => {
  const [csv, again, xlsx] = [
    await read(`${LIST}?format=csv`),
    await read(`${LIST}?format=csv`),
    await read(`${LIST}?format=xlsx`),
  ];
  expect(codesIn(csv)).toEqual([]);
  expect(codesIn(xlsx)).toEqual([]);
  const pseudonyms = new Set(csv.match(PSEUDONYM));
  const { rows } = await hub.services.database.ownerPool.query<{ count: number }>(
    "select count(distinct (organization_id, grantee_code, trainee_key))::int as count from pathways.enrollment where archived_at is null",
  );
  expect(pseudonyms.size).toBe(rows[0]?.count);
  expect(new Set(again.match(PSEUDONYM))).toEqual(pseudonyms);
  expect(new Set(xlsx.match(PSEUDONYM))).toEqual(pseudonyms);
});

test("no order and no filter shows a code, and a code cannot be asked for", async () => {
  const [code = ""] = codes;
  const queries = [
    ...ENROLLMENT_ORDERS.flatMap((order) => [`sort=${order}`, `sort=-${order}&page=7`]),
    ...Object.keys(enrollmentFilters).map((name) => `${name}=${encodeURIComponent(code)}`),
  ];
  for (const query of queries) {
    const found = codesIn(await read(`${LIST}?${query}`)).filter((word) => !query.includes(word));
    expect(found, query).toEqual([]);
  }
  expect(await read(`${LIST}?trainee=${encodeURIComponent(code)}`, staff.cookie)).toMatch(
    /<h1>\s*[1-9]\d* enrollments?/,
  );
  expect(await read(`${LIST}?trainee=${encodeURIComponent(code)}`)).toMatch(/<h1>\s*(0|No) enrollments/);
});

test("the order by trainee is not the order of the codes", async () => {
  const order = async (cookie: string | undefined): Promise<string[]> =>
    [
      ...(
        await read(`${LIST}?sort=trainee&organization=${await organizationOfCode(hub, "G01")}`, cookie)
      ).matchAll(/enrollments\/(\d+)"/g),
    ].map(([, id = ""]) => id);
  const byCode = await order(staff.cookie);
  expect(byCode.length).toBeGreaterThan(20);
  expect(await order(evaluator.cookie)).not.toEqual(byCode);
});

test("an evaluator changes no row, even where the code would let them", async () => {
  const { db, owner, ownerPool } = hub.services.database;
  const user = await owner
    .selectFrom("auth.user")
    .select("id")
    .where("email", "=", evaluator.email)
    .executeTakeFirstOrThrow();
  const actor = await resolveActor(db, user.id, null);
  expect(actor).toMatchObject({ kind: "person", grants: ["evaluator"] });
  const { rows: tables } = await ownerPool.query<{ name: string; rows: number }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relrowsecurity and n.nspname in ('directory', 'pathways', 'reports')
       and has_table_privilege('trellis_app', c.oid, 'update') order by 1`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const attempt = (statement: string) =>
    inTransaction(db, actor, async (trx) => {
      const { numAffectedRows } = await sql.raw(statement).execute(trx);
      return Number(numAffectedRows);
    });
  // Each table's column that says whose row it is.
  const columns: Record<string, string> = {
    "directory.organization": "id",
    "directory.person": "id",
    "directory.mail_preference": "person_id",
    "directory.erasure_request": "person_id",
  };
  const column = (table: string): string => columns[table] ?? "organization_id";
  for (const { name } of tables)
    expect(await attempt(`update ${name} set ${column(name)} = ${column(name)}`), name).toBe(0);
  expect(await attempt("delete from pathways.enrollment")).toBe(0);
  await expect(
    attempt(
      "insert into pathways.locked_year (organization_id, academic_year, reason) select id, '2001-02', 'x' from directory.organization limit 1",
    ),
  ).rejects.toMatchObject({ code: "42501" });
});
