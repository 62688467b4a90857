// Sign-in with the agency's own accounts, against a real OpenID Connect provider.
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { openAgency } from "./support/agency.ts";
import { addPersonTo, FIRST_PASSWORD, mailsTo } from "./support/people.ts";
import { withCookies } from "./support/second-factor.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const RETURN = "http://localhost/sign-in/agency/return";
const agency = await openAgency(
  {
    "agency-7": { email: "wren@agency.example", verified: true },
    "agency-8": { email: "unchecked@agency.example", verified: false },
    "agency-9": { email: "unknown@agency.example", verified: true },
    "agency-10": { email: "wren.new@agency.example", verified: true },
    "agency-11": { email: "hubstaff@agency.example", verified: true },
  },
  RETURN,
);
const settings = {
  TRELLIS_URL: "http://localhost",
  TRELLIS_OIDC_ISSUER: agency.issuer,
  TRELLIS_OIDC_CLIENT_ID: agency.clientId,
  TRELLIS_OIDC_CLIENT_SECRET: agency.clientSecret,
  TRELLIS_OIDC_LABEL: "State of Ohio",
};
const hub = await createTestHub({ demo: true, config: settings });
const administrator = await hub.signIn("marisol@demo.example");
const grantee = await organizationOfCode(hub, "G35");
const lead = (email: string): Promise<string> =>
  addPersonTo(hub, administrator, grantee, { name: "Wren Vale", email, role: "organization_lead" });

/** From the hub to the agency and back. @returns the hub's last answer. */
async function travel(at: TestHub, person: string, cookie = "", to = "/work"): Promise<Response> {
  const start = await at.get(`/sign-in/agency?to=${encodeURIComponent(to)}`, cookie);
  expect(start.status).toBe(303);
  const back = new URL(await agency.signIn(start.headers.get("location") ?? "", person));
  return at.get(`${back.pathname}${back.search}`, withCookies(cookie, start));
}
const mayWork = async (at: TestHub, cookie: string): Promise<boolean> =>
  (await at.get("/work", cookie)).status === 200;

test("the sign-in page offers it under its own name, where the settings name a provider", async () => {
  expect(await (await hub.get("/sign-in")).text()).toContain("Sign in with State of Ohio");
  const without = await createTestHub({ demo: true });
  expect(await (await without.get("/sign-in")).text()).not.toContain("/sign-in/agency");
  expect((await without.get("/sign-in/agency")).status).toBe(404);
});

test("who is known here by an e-mail that the agency has checked signs in, is joined and told, and comes where they wanted", async () => {
  await lead("wren@agency.example");
  const answer = await travel(hub, "agency-7", "", "/pathways/rosters");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/pathways/rosters"]);
  expect(await mayWork(hub, withCookies("", answer))).toBe(true);
  expect((await mailsTo(hub, "wren@agency.example")).at(-1)?.body).toContain(
    "An account of your agency was joined",
  );
  // Joined by what the agency calls them: another e-mail later makes no difference.
  await hub.services.database.ownerPool.query(
    `update auth."user" set email = 'wren.new@agency.example' where email = 'wren@agency.example'`,
  );
  expect((await travel(hub, "agency-7")).headers.get("location")).toBe("/work");
  // Somebody else to whom the agency gives that mailbox is not the one who is joined.
  expect((await travel(hub, "agency-10")).status).toBe(409);
});

test("another site cannot begin it: there one presses the button oneself", async () => {
  const answer = await hub.get("/sign-in/agency?to=/work", undefined, { "sec-fetch-site": "cross-site" });
  expect(answer.headers.get("location")).toBe("/sign-in?to=%2Fwork");
});

test("an e-mail that the agency has not checked joins nobody; by hand one joins the two oneself", async () => {
  await lead("unchecked@agency.example");
  const refused = await travel(hub, "agency-8");
  expect([refused.status, (await refused.text()).includes("this hub does not yet")]).toEqual([409, true]);
  const cookie = await hub.signIn("unchecked@agency.example", FIRST_PASSWORD);
  expect(await (await hub.get("/account", cookie)).text()).toContain("Join with State of Ohio");
  expect((await travel(hub, "agency-8", cookie, "/account")).headers.get("location")).toBe("/account");
  expect(await mayWork(hub, withCookies("", await travel(hub, "agency-8")))).toBe(true);
});

test("who is not known here does not come in, and nobody is made", async () => {
  const count = async (): Promise<number> =>
    (await hub.services.database.owner.selectFrom("auth.user").select("id").execute()).length;
  const before = await count();
  expect((await travel(hub, "agency-9")).status).toBe(409);
  expect(await count()).toBe(before);
});

test("an agency account of one person is not joined to another", async () => {
  const thief = await hub.signIn("unchecked@agency.example", FIRST_PASSWORD);
  const answer = await travel(hub, "agency-7", thief);
  expect([answer.status, (await answer.text()).includes("joined to somebody else")]).toEqual([409, true]);
});

test("hub staff show the hub's second factor too, unless the settings say that the agency asks for one", async () => {
  const { id } = await hub.services.database.owner
    .selectFrom("directory.organization")
    .select("id")
    .where("organization_type", "=", "hub")
    .executeTakeFirstOrThrow();
  await addPersonTo(hub, administrator, id, {
    name: "Hale",
    email: "hubstaff@agency.example",
    role: "hub_staff",
  });
  expect(await mayWork(hub, withCookies("", await travel(hub, "agency-11")))).toBe(false);
  const trusting = await createTestHub({
    demo: true,
    config: { ...settings, TRELLIS_OIDC_SECOND_FACTOR: "yes" },
  });
  const boss = await trusting.signIn("marisol@demo.example");
  const { id: there } = await trusting.services.database.owner
    .selectFrom("directory.organization")
    .select("id")
    .where("organization_type", "=", "hub")
    .executeTakeFirstOrThrow();
  await addPersonTo(trusting, boss, there, {
    name: "Hale",
    email: "hubstaff@agency.example",
    role: "hub_staff",
  });
  expect(await mayWork(trusting, withCookies("", await travel(trusting, "agency-11")))).toBe(true);
});

test("an ID token counts only where the agency's own key signed it, whatever its metadata say", async () => {
  for (const [algorithm, status] of [
    ["PS256", 303],
    ["ES256", 303],
    ["Ed25519", 303],
    // Signed with the secret that the hub has as well.
    ["HS256", 409],
  ] as const) {
    const other = await openAgency(
      { "agency-1": { email: "ada@demo.example", verified: true } },
      RETURN,
      algorithm,
    );
    const there = await createTestHub({
      demo: true,
      config: { ...settings, TRELLIS_OIDC_ISSUER: other.issuer },
    });
    const metadata = await (await fetch(`${other.issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({
      id_token_signing_alg_values_supported: expect.arrayContaining([algorithm]),
    });
    const start = await there.get("/sign-in/agency");
    const back = new URL(await other.signIn(start.headers.get("location") ?? "", "agency-1"));
    const answer = await there.get(`${back.pathname}${back.search}`, withCookies("", start));
    expect([algorithm, answer.status]).toEqual([algorithm, status]);
  }
});

test("an answer that nobody here asked for, a used one and a changed one are refused", async () => {
  const start = await hub.get("/sign-in/agency");
  const cookie = withCookies("", start);
  const back = new URL(await agency.signIn(start.headers.get("location") ?? "", "agency-7"));
  expect((await hub.get(`${back.pathname}${back.search}`)).status).toBe(409);
  const changed = new URL(back);
  changed.searchParams.set("state", "another");
  expect((await hub.get(`${changed.pathname}${changed.search}`, cookie)).status).toBe(409);
  // The attempt is used up by the wrong answer: nobody tries twice.
  expect((await hub.get(`${back.pathname}${back.search}`, cookie)).status).toBe(409);
  expect((await hub.get("/sign-in/agency/return?error=access_denied", cookie)).status).toBe(409);
});

test("a provider that cannot be reached is said so, and the other ways in work", async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const address = closed.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await new Promise<void>((resolve) => closed.close(() => resolve()));
  const cut = await createTestHub({
    demo: true,
    config: { ...settings, TRELLIS_OIDC_ISSUER: `http://127.0.0.1:${port}` },
  });
  const answer = await cut.get("/sign-in/agency");
  expect([answer.status, (await answer.text()).includes("cannot reach State of Ohio")]).toEqual([409, true]);
  expect(await mayWork(cut, await cut.signIn("ada@demo.example"))).toBe(true);
});
