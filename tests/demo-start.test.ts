// A plain start makes the demonstration, with a password that everybody knows, only where nobody else reaches the hub.
import { expect, test } from "vitest";
import { loadDemoAtStart } from "../src/app/demo/load-demo.ts";
import { welcome } from "../src/app/welcome.ts";
import { createTestHub } from "./support/test-hub.ts";

/** What a start prints, and how the demonstration's administrator then fares. */
async function start(config: Record<string, string>): Promise<{ printed: string; signIn: string }> {
  const hub = await createTestHub({ config });
  const note = await loadDemoAtStart(hub.services);
  const answer = await hub.post("/sign-in", {
    email: "marisol@demo.example",
    password: "trellis-grows-here",
  });
  return {
    printed: await welcome(hub.services, 3000, note),
    signIn: `${answer.status} ${answer.headers.get("location")}`,
  };
}

test.each([
  ["no setting", {}],
  ["this machine by name", { TRELLIS_URL: "http://localhost:4000" }],
  ["asked for", { HOST: "0.0.0.0", TRELLIS_URL: "https://hub.example.org", TRELLIS_DEMO: "yes" }],
])("the demonstration is made: %s", async (_, config) => {
  const { printed, signIn } = await start(config);
  expect(signIn).toBe("303 /work");
  expect(printed).toContain("Sign in as marisol@demo.example");
});

test.each([
  ["it listens to the network", { HOST: "0.0.0.0" }],
  ["it has an address of its own", { TRELLIS_URL: "https://hub.example.org" }],
])("no known account is made where %s, and the start says why and what to do", async (_, config) => {
  const { printed, signIn } = await start(config);
  expect(signIn).toBe("303 /first-visit");
  expect(printed).toContain("No demonstration was made, because others can reach this hub");
  expect(printed).toContain("TRELLIS_DEMO=yes npm start");
});

test("TRELLIS_DEMO=no makes none anywhere, without many words", async () => {
  const { printed, signIn } = await start({ TRELLIS_DEMO: "no" });
  expect(signIn).toBe("303 /first-visit");
  expect(printed).not.toContain("No demonstration");
});

test("a hub that is there already is left as it is, and starts without a word about it", async () => {
  const hub = await createTestHub({ demo: true, config: { HOST: "0.0.0.0" } });
  expect(await loadDemoAtStart(hub.services)).toBeNull();
  expect(await hub.signIn("marisol@demo.example")).not.toBe("");
});
