// The career explorer through its pages.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const textOf = async (path: string): Promise<string> => (await hub.get(path)).text();

test("somebody in high school in Nebraska sees every kind of work, the next action and what is offered there", async () => {
  const page = await textOf("/careers?stage=high_school&state=NE");
  expect(page).toContain("From high school in Nebraska: 14 kinds of work");
  expect(page).toContain("Ask your school counselor");
  expect(page).toContain("BHECN Ambassador Program");
  expect(page.indexOf("Peer or recovery support specialist")).toBeLessThan(page.indexOf("Psychiatrist"));
  expect(page).toMatch(/<strong>up to 5 years<\/strong> to: Certified peer specialist/);
  expect(await textOf("/careers/counselor")).toContain("No pay figure in the library yet");
});

test("pay is shown where a source gives it, with the source and the year", async () => {
  const list = await textOf("/careers?stage=undergraduate&state=AL");
  expect(list).toContain("$58,630 a year in Alabama");
  const page = await textOf("/careers/registered_nurse");
  expect(page).toContain("U.S. Bureau of Labor Statistics, 2020");
  expect(page).toContain("$28.19");
});

test("a kind of work shows the whole way, what is behind, and programs of the state before those of others", async () => {
  const page = await textOf("/careers/peer_support?stage=lived_experience&state=IL");
  expect(page).toContain("You begin at step 2.");
  expect(page).toContain("Behind you");
  expect(page).toContain("National Model Standards for Peer Support Certification");
  expect(page).toContain("Programs in Illinois");
  expect(page).toContain("CRSS Success Program");
  const elsewhere = await textOf("/careers/peer_support?stage=lived_experience&state=OR");
  expect(elsewhere).toContain("In other states, to learn from");
});

test("what is usual but not confirmed says so", async () => {
  expect(await textOf("/careers/counselor")).toContain("Usual, but not confirmed for your state");
});

test("an address with nonsense in it shows the usual list, and a kind of work that there is not is a kind 404", async () => {
  expect((await hub.get("/careers?stage=nonsense&state=ZZ&state=NE")).status).toBe(200);
  expect((await hub.get("/careers/astronaut")).status).toBe(404);
});

test("in Spanish the whole explorer speaks Spanish", async () => {
  const page = await textOf("/es/careers?stage=high_school&state=NE");
  expect(page).toContain("14 tipos de trabajo");
  expect(page).toContain("Especialista de apoyo entre pares");
  expect(page).toMatch(/href="\/es\/careers\/peer_support/);
});
