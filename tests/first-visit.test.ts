import { expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import { codeAt, keyOn, withCookies } from "./support/second-factor.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

let now = new Date();
const hub = await createTestHub({ clock: () => now });
let answers: Response[] = [];
let administrator = "";
let key = "";
const first = {
  hub: "River Valley Workforce Center",
  name: "Vera Lindqvist",
  email: "Vera@Example.org",
  password: "eleven plus one",
};

const countHubs = async (): Promise<number> =>
  (await hub.services.database.owner.selectFrom("platform.hub").select("name").execute()).length;

test("in an empty hub every page leads to the first visit", async () => {
  for (const route of routes.filter((one) => one.method === "GET" && one.path !== "/first-visit")) {
    const answer = await hub.get(route.path.replaceAll(/:\w+/g, "1"));
    expect(answer.status, route.path).toBe(303);
    expect(answer.headers.get("location"), route.path).toBe("/first-visit");
  }
  expect((await hub.get("/first-visit")).status).toBe(200);
  expect((await hub.get("/healthz")).status).toBe(200);
});

test("wrong input keeps what was typed, says what is wrong, and makes nothing", async () => {
  const wrong: [change: Partial<typeof first>, message: string][] = [
    [{ hub: " " }, "Name your hub."],
    [{ name: "" }, "Enter your name."],
    [{ email: "vera" }, "Enter your e-mail"],
    [{ password: "too short" }, "Use at least 12 characters for the password."],
    [{ password: "x".repeat(129) }, "Use at most 128 characters for the password."],
  ];
  for (const [change, message] of wrong) {
    const answer = await hub.post("/first-visit", { ...first, ...change });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(message);
    const kept = { ...first, ...change };
    for (const field of ["hub", "name", "email"] as const)
      if (!(field in change)) expect(page, field).toContain(`value="${kept[field]}"`);
    expect(page).not.toContain(kept.password);
  }
  expect(await countHubs()).toBe(0);
});

test("two first visits at a time make one hub", async () => {
  answers = await Promise.all([
    hub.post("/first-visit", first),
    hub.post("/first-visit", { ...first, hub: "Another hub", email: "someone@example.org" }),
  ]);
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await countHubs()).toBe(1);
});

test("who made the hub is signed in at once, sets up the second factor, and goes on with the first steps", async () => {
  const made = answers.find(({ status }) => status === 303);
  if (!made) throw new Error("nobody made the hub");
  expect(made.headers.get("location")).toBe("/account/second-factor?to=/hub/start");
  const cookie = withCookies("", made);
  // Nothing before the second factor.
  expect((await hub.get("/hub/start", cookie)).status).toBe(303);
  const page = await (await hub.get("/account/second-factor?to=/hub/start", cookie)).text();
  expect(page).toContain('name="to" value="/hub/start"');
  key = keyOn(page);
  const done = await hub.post("/account/second-factor", { code: codeAt(key, now), to: "/hub/start" }, cookie);
  expect(await done.text()).toContain('href="/hub/start"');
  administrator = withCookies(cookie, done);
  const start = await (await hub.get("/hub/start", administrator)).text();
  expect(start).toContain("<h1>Your logo</h1>");
  expect(await (await hub.get("/work", administrator)).text()).toContain("First steps: 1 of 7 done");
});

test("each step can be left for later, and the way goes on where one left off, also after signing out", async () => {
  await hub.post("/hub/start/logo", { how: "later" }, administrator);
  await hub.post("/hub/colors", { accent: "#1f5582", own: "", from: "start" }, administrator);
  const at = async (cookie: string): Promise<string> =>
    /<h1>(.*?)<\/h1>/.exec(await (await hub.get("/hub/start", cookie)).text())?.[1] ?? "";
  expect(await at(administrator)).toBe("Your time zone");
  await hub.post("/sign-out", {}, administrator);
  now = new Date(now.getTime() + 60_000);
  const user = await hub.services.database.owner
    .selectFrom("auth.user")
    .select("email")
    .executeTakeFirstOrThrow();
  const cookie = await hub.signIn(user.email, first.password);
  const shown = await hub.post(
    "/sign-in/second-factor",
    { code: codeAt(key, now), to: "/hub/start" },
    cookie,
  );
  expect(shown.headers.get("location")).toBe("/hub/start");
  administrator = withCookies(cookie, shown);
  expect(await at(administrator)).toBe("Your time zone");
  await hub.post("/hub/time-zone", { zone: "America/Chicago", from: "start" }, administrator);
  expect(await at(administrator)).toBe("Mail");
  await hub.post("/hub/start/mail", { how: "later" }, administrator);
  expect(await at(administrator)).toBe("The first organization");
});

test("the first organization comes in by its own form, and leads back; a refused one keeps what was typed and still does", async () => {
  const sent = { name: "River School", type: "school", state: "OH", code: "G01", to: "/hub/start" };
  const refused = await hub.post("/directory/organizations", { ...sent, type: "" }, administrator);
  const page = await refused.text();
  expect(page).toContain('value="River School"');
  expect(page).toContain('name="to" value="/hub/start"');
  const { rows } = await hub.services.database.ownerPool.query<{ code: string }>(
    "select code from platform.code where list_id = 'organization_type' and code <> 'hub' limit 1",
  );
  const answer = await hub.post(
    "/directory/organizations",
    { ...sent, type: rows[0]?.code ?? "" },
    administrator,
  );
  expect(answer.headers.get("location")).toBe("/hub/start");
  const start = await (await hub.get("/hub/start", administrator)).text();
  expect(start).toContain("<h1>The first roster</h1>");
  expect(start).toContain("River School (G01)");
});

test("a roster counts once it is committed, until then the step leads to it; then the hub is ready", async () => {
  const file = new File(["trainee_id,program_name,academic_year\nA-1,Nursing,2024-25\n"], "first.csv");
  const received = await upload(
    hub,
    "/pathways/rosters",
    { code: "G01", year: "", program: "" },
    administrator,
    file,
  );
  const path = received.headers.get("location") ?? "";
  await hub.workJobs();
  const step = await (await hub.get("/hub/start", administrator)).text();
  expect(step).toContain(`href="${path}"`);
  await hub.services.database.ownerPool.query("update pathways.roster set state = 'committed'");
  const ready = await (await hub.get("/hub/start", administrator)).text();
  expect(ready).toContain("<h1>Your hub is ready</h1>");
  expect(ready).toContain('href="/hub/start/logo"');
  expect(await (await hub.get("/work", administrator)).text()).toContain("First steps: 5 of 7 done");
  await hub.post("/hub/start", {}, administrator);
  expect(await (await hub.get("/work", administrator)).text()).not.toContain("First steps");
});

test("afterwards the first visit is gone", async () => {
  expect((await hub.get("/first-visit")).status).toBe(404);
  expect((await hub.post("/first-visit", { ...first, email: "mallory@example.org" })).status).toBe(404);
  expect(await countHubs()).toBe(1);
  expect((await hub.get("/directory/organizations", administrator)).status).toBe(200);
});

test("what the first visit did stands in the audit", async () => {
  const rows = await hub.services.database.owner
    .selectFrom("platform.audit")
    .select(["event", "actor_kind"])
    .orderBy("id")
    .execute();
  expect(rows.map((row) => row.event)).toEqual(
    expect.arrayContaining([
      "directory.organization-created",
      "directory.hub-created",
      "directory.membership-started",
      "directory.signed-in",
      "directory.hub-colors-changed",
      "directory.hub-time-zone-changed",
      "directory.first-step-noted",
      "directory.first-steps-ended",
    ]),
  );
});
