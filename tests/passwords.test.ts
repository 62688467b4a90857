// How passwords are kept: what a hash says of itself, how an earlier one is replaced, and what many sign-ins at once may cost.
import { hashPassword as hashAsBefore } from "better-auth/crypto";
import { expect, test } from "vitest";
import { createTestHub, type TestHub } from "./support/test-hub.ts";

const PASSWORD = "trellis-grows-here";
const hub = await createTestHub({ demo: true });

const keptOf = async (email: string, at: TestHub = hub): Promise<string> =>
  (
    await at.services.database.ownerPool.query<{ password: string }>(
      `select a.password from auth.account a join auth."user" u on u.id = a."userId" where u.email = $1 and a."providerId" = 'credential'`,
      [email],
    )
  ).rows[0]?.password ?? "";
const keep = (email: string, hash: string): Promise<unknown> =>
  hub.services.database.ownerPool.query(
    `update auth.account a set password = $2 from auth."user" u where u.id = a."userId" and u.email = $1`,
    [email, hash],
  );
const attempt = (email: string, password: string, at: TestHub = hub): Promise<Response> =>
  at.post("/sign-in", { email, password });

test("a password is kept as scrypt with its parameters and a salt of its own", async () => {
  const cookie = await hub.signIn("noor@demo.example");
  expect(cookie).not.toBe("");
  expect(await keptOf("noor@demo.example")).toMatch(/^scrypt\$14\$8\$1\$[\w-]{22}\$[\w-]{86}$/);
  const first = await hub.services.signIn.passwords.hash(PASSWORD);
  expect(first).not.toBe(await hub.services.signIn.passwords.hash(PASSWORD));
});

test("where no setting says otherwise it costs N 2^17, r 8, p 1", async () => {
  const costly = await createTestHub({ config: { TRELLIS_PASSWORD_COST: "" } });
  expect(costly.config.passwordCost).toBe(17);
  const first = { hub: "Hub", name: "Vera", email: "vera@example.org", password: "twelve letters and more" };
  expect((await costly.post("/first-visit", first)).status).toBe(303);
  expect(await keptOf("vera@example.org", costly)).toMatch(/^scrypt\$17\$8\$1\$/);
  expect((await attempt("vera@example.org", first.password, costly)).status).toBe(303);
});

test("a hash as the hub made it before still signs in, and is replaced then; a wrong password replaces nothing", async () => {
  const before = await hashAsBefore(PASSWORD);
  await keep("june@demo.example", before);
  expect((await attempt("june@demo.example", "a wrong password")).status).toBe(422);
  expect(await keptOf("june@demo.example")).toBe(before);
  expect((await attempt("june@demo.example", PASSWORD)).status).toBe(303);
  const after = await keptOf("june@demo.example");
  expect(after).toMatch(/^scrypt\$14\$8\$1\$/);
  expect((await attempt("june@demo.example", PASSWORD)).status).toBe(303);
  expect((await attempt("june@demo.example", "a wrong password")).status).toBe(422);
  // What is hashed as it should be stays as it is.
  expect(await keptOf("june@demo.example")).toBe(after);
});

test("a hash of another cost is replaced too, and letters count the same however they were put together", async () => {
  const dearer = await createTestHub({ config: { TRELLIS_PASSWORD_COST: "15" } });
  const composed = "une cl\u00e9 tr\u00e8s longue";
  await keep("theo@demo.example", await dearer.services.signIn.passwords.hash(composed));
  expect((await attempt("theo@demo.example", composed.normalize("NFD"))).status).toBe(303);
  expect(await keptOf("theo@demo.example")).toMatch(/^scrypt\$14\$/);
});

test("what is no hash lets nobody in", async () => {
  for (const broken of ["", "scrypt", "x:y", "none", `${"g".repeat(32)}:${"0".repeat(128)}`]) {
    await keep("samuel@demo.example", broken);
    expect((await attempt("samuel@demo.example", PASSWORD)).status, broken).toBe(422);
  }
});

test("of many sign-ins at once two are hashed at a time, some wait, the others are asked to come back", async () => {
  const busy = await createTestHub({ demo: true, config: { TRELLIS_PASSWORD_COST: "16" } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) => attempt(`nobody-${number}@demo.example`, "a wrong one", busy)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422, 429]));
  expect(refused.length).toBeLessThan(40);
  expect(await refused[0]?.text()).toContain("Many people sign in just now");
  expect((await attempt("noor@demo.example", PASSWORD, busy)).status).toBe(303);
});
