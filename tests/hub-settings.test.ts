// What a hub says of itself: its name, logo, colors and time zone, from the form to every page.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

let now = new Date("2026-01-15T17:30:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });
const administrator = await hub.signIn("marisol@demo.example");
const lead = await hub.signIn("ada@demo.example");

/** A page as it reads: an hour and its zone are held together by a space that does not break. */
const read = async (path: string, cookie?: string): Promise<string> =>
  (await (await hub.get(path, cookie)).text()).replaceAll("\u00A0", " ");
const save = (part: string, form: Record<string, string>): Promise<Response> =>
  hub.post(`/hub/${part}`, form, administrator);
const events = async (): Promise<string[]> =>
  (
    await hub.services.database.owner
      .selectFrom("platform.audit")
      .select("event")
      .where("event", "like", "directory.hub-%")
      .orderBy("id")
      .execute()
  ).map(({ event }) => event);

test("a new name stands on the next page, in its title, on the home page and on the hub's organization", async () => {
  const name = "River <b>Valley</b> & Sons 🌱";
  const answer = await save("name", { name, short: "" });
  expect(answer.status).toBe(303);
  const page = await read("/hub", administrator);
  expect(page).toContain("River &lt;b&gt;Valley&lt;/b&gt; &amp; Sons 🌱</bdi>");
  expect(page).toContain("- River &lt;b&gt;Valley&lt;/b&gt; &amp; Sons 🌱</title>");
  expect(page).not.toContain("<b>Valley");
  expect(await read("/")).toContain("<title>River &lt;b&gt;Valley");
  expect(await read("/directory/organizations", administrator)).toContain("River &lt;b&gt;Valley");
  expect(await events()).toContain("directory.hub-renamed");
});

test("a short name stands at the head of the page, and the whole one in the title", async () => {
  await save("name", { name: "River Valley Workforce Center", short: "River Valley" });
  const page = await read("/");
  expect(page).toContain("<bdi>River Valley</bdi>");
  expect(page).toContain("<title>River Valley Workforce Center</title>");
});

test("names that turn the direction of writing, are empty or too long are refused, and stay as typed", async () => {
  for (const name of ["\u202egnirts", "two\nlines", " ", "x".repeat(121)]) {
    const answer = await save("name", { name, short: "Kept" });
    expect(answer.status, JSON.stringify(name)).toBe(422);
    expect(await answer.text()).toContain('value="Kept"');
  }
  expect(await read("/")).toContain("<bdi>River Valley</bdi>");
});

test("a color is measured, and one that passes is on every page by one small style sheet", async () => {
  expect(await read("/")).not.toContain("/hub/colors/");
  expect((await save("colors", { accent: "own", own: "#6A3D75" })).status).toBe(303);
  const href = /href="(\/hub\/colors\/[0-9a-f]{16})"/.exec(await read("/"))?.[1] ?? "";
  const sheet = await hub.get(href);
  expect(sheet.headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect(sheet.headers.get("cache-control")).toContain("immutable");
  const text = await sheet.text();
  expect(text).toContain("--leaf:#6a3d75");
  expect(text.length).toBeLessThan(400);
  expect((await hub.get("/hub/colors/0123456789abcdef")).status).toBe(404);
  await save("colors", { accent: "#1c5a4a", own: "" });
  expect(await read("/")).not.toContain("/hub/colors/");
});

test("a color that cannot be read is refused with its ratio, and a shade that can be is one press away", async () => {
  const answer = await save("colors", { accent: "own", own: "#ffd400" });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("its contrast is 1.1 to 1");
  expect(page).toContain('value="#ffd400"');
  const nearest = /name="own" value="(#[0-9a-f]{6})"/.exec(page)?.[1] ?? "";
  expect((await save("colors", { accent: "own", own: nearest })).status).toBe(303);
  const href = /href="(\/hub\/colors\/[0-9a-f]{16})"/.exec(await read("/"))?.[1] ?? "";
  expect(await read(href)).toContain(`--leaf:${nearest}`);
});

test("nothing but a color gets into the style sheet", async () => {
  const attempts = [
    "#123456;}body{display:none",
    "red",
    "url(//evil.example)",
    "#123456</style><script>",
    "expression(1)",
    "#12345６",
    "var(--x)",
    "",
  ];
  for (const own of attempts) {
    const answer = await save("colors", { accent: "own", own });
    expect(answer.status, own).toBe(422);
    expect(await answer.text()).not.toContain("<script>");
  }
  expect((await save("colors", { accent: "#000000;}", own: "" })).status).toBe(422);
  for (const accent of ["red", "#FFFFFF", "#123456;}", "#1234567"])
    await expect(
      hub.services.database.ownerPool.query("update platform.hub set accent = $1", [accent]),
    ).rejects.toMatchObject({ code: "23514" });
});

test("moments are written in the hub's time zone at once, with its short name, and dates stay dates", async () => {
  expect(await read("/hub", administrator)).toContain("it is Thu, Jan 15, 2026, 12:30 PM EST");
  expect((await save("time-zone", { zone: "America/Phoenix" })).status).toBe(303);
  expect(await read("/hub", administrator)).toContain("it is Thu, Jan 15, 2026, 10:30 AM MST");
  expect(await read("/pathways/rosters", lead)).toMatch(/\d:\d\d [AP]M MST/);
  // Written by the handler, before the page around it.
  expect(await read("/status", administrator)).toMatch(/As of [^.]*10:30 AM MST/);
  for (const zone of ["Mars/Olympus", "", "../../etc", "America/New_York'"])
    expect((await save("time-zone", { zone })).status, zone).toBe(422);
  expect(await read("/hub", administrator)).toContain("10:30 AM MST");
});

test("the cache of a process that did not make the change ends after a while, and administrators see the change at once", async () => {
  await hub.services.database.ownerPool.query(
    "update platform.hub set name = 'Changed elsewhere', short_name = null",
  );
  expect(await read("/hub", administrator)).toContain("<bdi>Changed elsewhere</bdi>");
  await hub.services.database.ownerPool.query("update platform.hub set name = 'Changed again'");
  now = new Date(now.getTime() + 6000);
  expect(await read("/results")).toContain("<bdi>Changed again</bdi>");
});

test("the page says what to set for mail, sends a test to oneself, and says what became of it", async () => {
  const before = await read("/hub", administrator);
  expect(before).toContain("TRELLIS_SMTP_URL=smtps://");
  expect(before).toContain("TRELLIS_MAIL_FROM=");
  const answer = await hub.post("/mail/test", { to: "/hub" }, administrator);
  expect(answer.headers.get("location")).toBe("/hub");
  await hub.workJobs();
  expect(await read("/hub", administrator)).toMatch(/Your last test mail[\s\S]*Kept here/);
  const astray = await hub.post("/mail/test", { to: "https://evil.example/" }, administrator);
  expect(astray.headers.get("location")).toBe("/mail");
});

test("nobody but an administrator changes the hub: the code refuses, and so does the database", async () => {
  for (const part of ["name", "colors", "time-zone", "logo/remove", "start", "start/logo"])
    expect((await hub.post(`/hub/${part}`, { name: "Taken" }, lead)).status, part).toBe(403);
  expect((await upload(hub, "/hub/logo", {}, lead)).status).toBe(403);
  const { rows } = await hub.services.database.ownerPool.query<{ person: string; membership: string }>(
    "select m.person_id as person, m.id as membership from directory.membership m join directory.person p on p.id = m.person_id join auth.user u on u.id = p.user_id where u.email = 'theo@demo.example'",
  );
  const client = await hub.services.database.pool.connect();
  try {
    await client.query("begin");
    await client.query(
      "select set_config('trellis.actor', 'person', true), set_config('trellis.person', $1, true), set_config('trellis.membership', $2, true)",
      [rows[0]?.person, rows[0]?.membership],
    );
    const { rowCount } = await client.query("update platform.hub set name = 'Taken'");
    expect(rowCount).toBe(0);
    await client.query("rollback");
  } finally {
    client.release();
  }
});
