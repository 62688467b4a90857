import { expect, test } from "vitest";
import { createTestHub, type TestHub } from "./support/test-hub.ts";

// Attempts are counted by the hub's clock, which moves here only where a test moves it.
let now = new Date("2026-03-02T09:00:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });
const overTls = await createTestHub({ config: { TRELLIS_URL: "https://hub.example.org" } });

/** Fifteen minutes later nobody is throttled. */
const later = (): void => {
  now = new Date(now.getTime() + 16 * 60_000);
};

const attempt = (email: string, password: string, to?: string): Promise<Response> =>
  hub.post("/sign-in", { email, password, ...(to === undefined ? {} : { to }) });
const postFrom = (headers: Record<string, string>, cookie?: string, on: TestHub = hub): Promise<Response> =>
  Promise.resolve(
    on.app.request("http://localhost/sign-out", {
      method: "POST",
      body: "",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
    }),
  );
const mayWork = async (cookie: string): Promise<boolean> => (await hub.get("/work", cookie)).status === 200;

test("a person of the demonstration signs in and sees their own name", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  const page = await hub.get("/work", cookie);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Ada Rivers");
});

test("the e-mail is compared without regard to capitals and blanks around it", async () => {
  expect((await attempt("  Ada@Demo.Example ", "trellis-grows-here")).status).toBe(303);
});

test("a wrong password and an e-mail that nobody has get the same page and the same status", async () => {
  later();
  const wrong = await attempt("ada@demo.example", "a wrong password");
  const unknown = await attempt("eda@demo.example", "a wrong password");
  expect([wrong.status, unknown.status]).toEqual([422, 422]);
  expect(wrong.headers.getSetCookie()).toEqual([]);
  const page = await wrong.text();
  expect(page).toContain("The e-mail or the password is not right");
  expect((await unknown.text()).replaceAll("eda@", "ada@")).toBe(page);
});

test("cookies are for this hub's pages only, and behind TLS for TLS only", async () => {
  const answer = await attempt("ada@demo.example", "trellis-grows-here");
  const session = answer.headers.getSetCookie().find((cookie) => cookie.includes("session_token")) ?? "";
  expect(session).toMatch(/HttpOnly/i);
  expect(session).toMatch(/SameSite=(Lax|Strict)/i);
  expect(session).toMatch(/^trellis\.session_token=/);
  expect(session).not.toMatch(/Domain=|; Secure/i);
  await overTls.post("/first-visit", {
    hub: "Hub",
    name: "Vera",
    email: "vera@example.org",
    password: "twelve letters and more",
  });
  const secure = await overTls.app.request("https://hub.example.org/sign-in", {
    method: "POST",
    body: new URLSearchParams({ email: "vera@example.org", password: "twelve letters and more" }),
    headers: { origin: "https://hub.example.org" },
  });
  expect(secure.status).toBe(303);
  const kept = secure.headers.getSetCookie();
  const over = (path: string, cookie: string, init: RequestInit = {}): Promise<Response> =>
    Promise.resolve(
      overTls.app.request(`https://hub.example.org${path}`, {
        ...init,
        headers: { origin: "https://hub.example.org", cookie },
      }),
    );
  const cookie = kept.map((one) => one.split(";")[0]).join("; ");
  expect((await over("/sign-in/second-factor", cookie)).headers.get("location")).toContain(
    "/account/second-factor",
  );
  // The name of before, and the plain one, which others below the domain could set, are no session.
  for (const name of ["__Secure-trellis.", "trellis."])
    expect(
      (await over("/sign-in/second-factor", cookie.replaceAll("__Host-trellis.", name))).headers.get(
        "location",
      ),
    ).toContain("/sign-in?to=");
  const out = await over("/sign-out", cookie, { method: "POST", body: "" });
  const shown = await over(
    "/",
    out.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; "),
  );
  expect(await shown.text()).toContain("You are signed out.");
  const passkey = await over("/sign-in/passkey/options", "");
  expect(passkey.headers.getSetCookie().join()).toContain("trellis_attempt");
  for (const answer of [secure, out, shown, passkey])
    for (const one of answer.headers.getSetCookie()) {
      expect(one).toMatch(/^__Host-trellis[._]/);
      expect(one).toMatch(/; Path=\/(;|$)/i);
      expect(one).toMatch(/; Secure/i);
      expect(one).not.toMatch(/Domain=/i);
    }
});

test("signing out ends the session, also for a copy of its cookie", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  expect(await mayWork(cookie)).toBe(true);
  const out = await hub.post("/sign-out", {}, cookie);
  expect(out.status).toBe(303);
  // Nothing of its pages stays in the browser for whoever sits there next.
  expect(out.headers.get("clear-site-data")).toBe('"cache", "storage"');
  const after = await hub.get("/work", cookie);
  expect(after.status).toBe(303);
  expect(after.headers.get("location")).toBe("/sign-in?to=%2Fwork");
});

test("a session cookie that was made up, changed or cut is none", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  for (const forged of [
    cookie.replace(/=(.)/, (_, first: string) => `=${first === "a" ? "b" : "a"}`),
    cookie.slice(0, -4),
    "trellis.session_token=abc.def",
  ])
    expect(await mayWork(forged), forged).toBe(false);
});

test("switching changes the organization that one works for, and what one sees", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  const page = await (await hub.get("/switch", cookie)).text();
  const other = /name="membership" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const before = await (await hub.get("/pathways/enrollments", cookie)).text();
  expect(before).toContain("Larkenshaw");
  expect((await hub.post("/switch", { membership: other }, cookie)).status).toBe(303);
  const after = await (await hub.get("/pathways/enrollments", cookie)).text();
  expect(after).toContain("Saltgrasse");
  expect(after).not.toContain("Larkenshaw");
  // A supervisor there: no bringing in of rosters.
  expect((await hub.get("/pathways/rosters/new", cookie)).status).toBe(403);
});

test("nobody switches to a membership of somebody else", async () => {
  const membership = await hub.services.database.owner
    .selectFrom("directory.membership")
    .select("id")
    .where("role", "=", "administrator")
    .executeTakeFirstOrThrow();
  const cookie = await hub.signIn("ada@demo.example");
  expect((await hub.post("/switch", { membership: membership.id }, cookie)).status).toBe(403);
  expect((await hub.get("/directory/organizations", cookie)).status).toBe(403);
});

test("a form from another site, or from nowhere, is refused", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  for (const headers of [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost.evil.example" },
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  ]) {
    expect((await postFrom(headers, cookie)).status, JSON.stringify(headers)).toBe(403);
  }
  expect(await mayWork(cookie)).toBe(true);
  expect((await postFrom({ origin: "http://localhost" }, cookie)).status).toBe(303);
});

test("after signing in one is led only to pages of this hub", async () => {
  for (const to of [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "",
    "work",
  ]) {
    const answer = await attempt("ada@demo.example", "trellis-grows-here", to);
    const location = answer.headers.get("location") ?? "";
    expect(new URL(location, "http://localhost").origin, to).toBe("http://localhost");
    if (!to.startsWith("/%")) expect(location, to).toBe("/work");
    expect(await (await hub.get(`/sign-in?to=${encodeURIComponent(to)}`)).text()).not.toContain(
      "evil.example",
    );
  }
  expect(
    (
      await attempt("ada@demo.example", "trellis-grows-here", "/pathways/enrollments?year=2024-25")
    ).headers.get("location"),
  ).toBe("/pathways/enrollments?year=2024-25");
});

test("every answer carries the headers that protect it; Strict-Transport-Security only behind TLS", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  for (const path of ["/", "/work", "/sign-in", "/nothing-here", "/healthz"]) {
    const { headers } = await hub.get(path, cookie);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "object-src 'none'",
    ])
      expect(policy, path).toContain(rule);
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBeNull();
  }
  expect((await hub.get("/work", cookie)).headers.get("cache-control")).toBe("private, no-store");
  expect((await overTls.get("/sign-in")).headers.get("strict-transport-security")).toMatch(/max-age=\d{8}/);
});

test("who no longer works for an organization loses it at once, in the middle of a session", async () => {
  const administrator = await hub.signIn("marisol@demo.example");
  const cookie = await hub.signIn("noor@demo.example");
  expect((await hub.get("/pathways/enrollments", cookie)).status).toBe(200);
  const { rows } = await hub.services.database.ownerPool.query<{ organization: string; membership: string }>(
    "select m.organization_id as organization, m.id as membership from directory.membership m join directory.person p on p.id = m.person_id where p.name = 'Noor Haddad'",
  );
  expect(
    (
      await hub.post(
        `/directory/organizations/${rows[0]?.organization}/people/${rows[0]?.membership}/end`,
        {},
        administrator,
      )
    ).status,
  ).toBe(303);
  expect((await hub.get("/pathways/enrollments", cookie)).status).toBe(303);
  expect((await attempt("noor@demo.example", "trellis-grows-here")).status).toBe(422);
});

test("signing in as somebody else ends the session that the browser had", async () => {
  const ada = await hub.signIn("ada@demo.example");
  const answer = await hub.post(
    "/sign-in",
    { email: "samuel@demo.example", password: "trellis-grows-here" },
    ada,
  );
  expect(answer.status).toBe(303);
  expect((await hub.get("/work", ada)).status).toBe(303);
});

test("a session ends after a week, however much it is used", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  const { ownerPool } = hub.services.database;
  const ends = async (): Promise<string> =>
    (
      await ownerPool.query<{ ends: string }>(
        'select max("expiresAt")::text as ends from auth.session s join auth."user" u on u.id = s."userId" where u.email = $1',
        ["ada@demo.example"],
      )
    ).rows[0]?.ends ?? "";
  await ownerPool.query(
    `update auth.session set "updatedAt" = now() - interval '3 days', "expiresAt" = now() + interval '4 days'`,
  );
  const before = await ends();
  expect((await hub.get("/work", cookie)).status).toBe(200);
  expect(await ends()).toBe(before);
});
