import { expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub();
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
  const answers = await Promise.all([
    hub.post("/first-visit", first),
    hub.post("/first-visit", { ...first, hub: "Another hub", email: "someone@example.org" }),
  ]);
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await countHubs()).toBe(1);
});

test("afterwards the first visit is gone, and the administrator signs in", async () => {
  expect((await hub.get("/first-visit")).status).toBe(404);
  expect((await hub.post("/first-visit", { ...first, email: "mallory@example.org" })).status).toBe(404);
  expect(await countHubs()).toBe(1);
  const user = await hub.services.database.owner
    .selectFrom("auth.user")
    .select("email")
    .executeTakeFirstOrThrow();
  const cookie = await hub.signIn(user.email, first.password);
  expect((await hub.get("/directory/organizations", cookie)).status).toBe(200);
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
    ]),
  );
});
