// The log holds what happened, never whom it happened to.
import { expect, test } from "vitest";
import { createApp } from "../src/app/create-app.ts";
import { demoPeople } from "../src/app/demo/demo-people.ts";
import { describeError } from "../src/platform/log/log.ts";
import { collectLogMarks, findPersonalData } from "./support/personal-log.ts";
import { createTestHub } from "./support/test-hub.ts";
import { findRowIds, organizationOfCode, upload } from "./support/visitors.ts";

const lines: string[] = [];
const keep = (...entry: unknown[]): void => void lines.push(JSON.stringify(entry));
const log = { debug: keep, info: keep, warn: keep, error: keep };

const hub = await createTestHub({ demo: true });
hub.services.log = log;
const app = createApp(hub.services);
hub.app.request = app.request;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Walks through the hub: signing in, looking, searching, bringing in a file, being refused, failing. */
async function walk(): Promise<void> {
  const door = (path: string, cookie = "", body?: URLSearchParams): Promise<Response> =>
    Promise.resolve(
      app.request(`http://localhost${path}`, {
        ...(body ? { method: "POST", body } : {}),
        headers: { origin: "http://localhost", ...(cookie ? { cookie } : {}) },
      }),
    );
  const organization = await organizationOfCode(hub, "G01");
  const ids = await findRowIds(hub, organization);
  await door(
    "/sign-in",
    "",
    new URLSearchParams({ email: "ada@demo.example", password: "a wrong password" }),
  );
  const answer = await door(
    "/sign-in",
    "",
    new URLSearchParams({ email: "ada@demo.example", password: "trellis-grows-here" }),
  );
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  expect(cookie).toContain("session_token");
  for (const path of [
    "/work",
    "/pathways/enrollments?trainee=LA-24-6335",
    `/pathways/enrollments/${ids.enrollment}`,
    `/directory/organizations/${organization}`,
    `/pathways/rosters/${ids.roster}`,
    "/directory/organizations",
    "/nothing/LA-24-6335",
    "/pathways/enrollments?format=csv",
  ])
    await (await door(path, cookie)).text();
  const file = new File(
    ["Trainee ID,Program,Academic year\nLA-24-6335,Larkenshaw,2024-25\n"],
    "secret-roster-of-larkenshaw.csv",
  );
  expect((await upload(hub, "/pathways/rosters", { code: "G01" }, cookie, file)).status).toBe(303);
  await hub.workJobs();
}

test("nobody's name, e-mail, code, file or organization is in the log", async () => {
  await walk();
  const text = lines.join("\n");
  expect(lines.length).toBeGreaterThan(10);
  // Requests are told apart by their own ids, made for the log.
  const requests = new Set(
    lines.flatMap((line) => [...line.matchAll(/"request":"([^"]+)"/g)].map(([, id]) => id)),
  );
  const { rows } = await hub.services.database.ownerPool.query<{ mark: string }>(
    "select trainee_code as mark from pathways.enrollment union select name from directory.organization union select name from directory.person union select email from auth.user union select file_name from pathways.roster",
  );
  const marks = [
    ...rows.map(({ mark }) => mark),
    ...demoPeople.flatMap(({ name }) => name.split(" ")),
    "trellis-grows-here",
    "a wrong password",
    "@",
  ];
  expect(marks.length).toBeGreaterThan(2500);
  expect(marks.filter((mark) => mark.length > 3 && text.includes(mark))).toEqual([]);
  expect([...text.matchAll(UUID)].map(([id]) => id).filter((id) => !requests.has(id))).toEqual([]);
  expect(text).toContain("/pathways/enrollments/:id");
});

test("of an error the log has class, code and place, and not the message, which quotes values", async () => {
  lines.length = 0;
  const error: unknown = await hub.services.database.ownerPool
    .query(
      'insert into auth."user" (id, name, email, "emailVerified") select \'x\', \'Ada\', email, true from auth."user" limit 1',
    )
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "23505" });
  const described = JSON.stringify(describeError(error));
  expect(described).toContain("23505");
  expect(described).not.toContain("@");
});

test("a request that fails leaves a line with its id, which its page shows", async () => {
  lines.length = 0;
  await hub.services.database.ownerPool.query(
    "alter table directory.organization rename to hidden_organization",
  );
  const cookie = "trellis.session_token=made.up";
  const { ownerPool } = hub.services.database;
  try {
    const answer = await app.request("http://localhost/sign-in", {
      method: "POST",
      body: new URLSearchParams({ email: "ada@demo.example", password: "trellis-grows-here" }),
      headers: { origin: "http://localhost", cookie },
    });
    expect(answer.status).toBe(500);
    const page = await answer.text();
    const line = lines.find((one) => one.includes("request failed")) ?? "";
    const id = /"request":"([^"]+)"/.exec(line)?.[1] ?? "no id";
    expect(page).toContain(id);
    expect(page).not.toMatch(/hidden_organization|relation|SELECT|at .*\.ts/);
    expect(line).not.toContain("ada@");
  } finally {
    await ownerPool.query("alter table directory.hidden_organization rename to organization");
  }
});

test("the search of the journeys' log finds every kind of mark, and nothing in a log that holds none", async () => {
  const marks = await collectLogMarks(hub);
  const { rows } = await hub.services.database.ownerPool.query<Record<string, string>>(
    `select (select name from directory.organization where organization_type <> 'hub' limit 1) as organization, (select trainee_code from pathways.enrollment limit 1) as code,
      (select email from auth."user" limit 1) as email, (select id from auth."user" limit 1) as user, (select file_name from pathways.roster limit 1) as file,
      (select name from directory.person limit 1) as person, (select id::text from directory.membership limit 1) as membership, (select number from directory.award limit 1) as award`,
  );
  const line = (route: string): string =>
    `${JSON.stringify({ level: 30, time: "2026-01-01T00:00:00Z", request: crypto.randomUUID(), method: "GET", route, status: 200, ms: 1203 })}\n`;
  const harmless = `${line("/pathways/enrollments/:id")}${line("/assets/*")}`;
  expect(findPersonalData(harmless, marks)).toEqual([]);
  const told = Object.entries(rows[0] ?? {});
  expect(told).toHaveLength(8);
  for (const [kind, mark] of [
    ...told,
    ["network", "192.0.2.7"],
    ["mail", "somebody@example.org"],
    ["first name", "Marisol"],
  ] as const) {
    const found = findPersonalData(`${harmless}${line(`/somewhere ${mark} else`)}`, marks);
    expect(found, kind).toContain(mark);
  }
});
