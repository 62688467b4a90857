// Evaluators read records under pseudonyms: no code of a trainee reaches them, by any page, order, filter or file.
import { beforeAll, expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import { enrollmentFilters } from "../src/modules/pathways/enrollments/enrollment.filters.ts";
import { ENROLLMENT_ORDERS } from "../src/modules/pathways/enrollments/enrollment.store.ts";
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
    for (const route of routes.filter((one) => one.method === "GET" && mayVisit(one, evaluator))) {
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
