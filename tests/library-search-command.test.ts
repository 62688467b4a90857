// The library from the command line: the same search as on its pages, as data.
import { expect, test } from "vitest";
import { librarySearchCommand } from "../src/app/commands/library-search.command.ts";
import type { SearchResults } from "../src/modules/library/index.ts";
import { runOn } from "./support/backups.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });

async function search(...args: string[]): Promise<SearchResults> {
  const { code, text } = await runOn(hub, librarySearchCommand, ...args, "--json");
  expect(code, text).toBe(0);
  return JSON.parse(text) as SearchResults;
}

test("a search gives its total, what each filter would leave, and the best matches first, without marks", async () => {
  const { total, facets, items, ...rest } = await search("rural");
  expect(rest).toEqual({});
  expect(total).toBe(items.length);
  expect(items.length).toBeGreaterThan(1);
  expect(items[0]).toMatchObject({ slug: expect.any(String), states: [expect.stringMatching(/^[A-Z]{2}$/)] });
  for (const { title, slug, score } of items) {
    expect(title).not.toMatch(/[\uE000\uE001]/);
    expect((await hub.get(`/library/practices/${slug}`)).status).toBe(200);
    expect(score).toBeGreaterThan(0);
  }
  expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).toSorted((a, b) => b - a));
  const states = Object.entries(facets["state"] ?? {});
  expect(states.length).toBeGreaterThan(0);
  for (const [state, count] of states) expect((await search("rural", "--state", state)).total).toBe(count);
});

test("typing errors are forgiven here too, states and categories narrow it, and without a text it is all", async () => {
  expect((await search("aprenticeship")).total).toBe((await search("apprenticeship")).total);
  expect((await search("", "--state", "ne")).items).toMatchObject([{ states: ["NE"], score: 0 }]);
  expect((await search("--category", "loan_repayment")).items).toMatchObject([{ title: "HB 2949" }]);
  expect((await search()).total).toBe(13);
  const one = await search("--limit", "1");
  expect(one.items).toHaveLength(1);
  expect(one.total).toBe(13);
});

test("people read it as lines, and are told what cannot be asked", async () => {
  const { text } = await runOn(hub, librarySearchCommand, "scrub");
  expect(text).toContain("1 practice\nClub Scrub (WI)\n  /library/practices/club-scrub-wisconsin");
  expect((await runOn(hub, librarySearchCommand, "scrub", "zebra")).code).toBe(64);
  const unknown = await runOn(hub, librarySearchCommand, "", "--state", "XX");
  expect(unknown.code).toBe(1);
  expect(unknown.text).toContain("does not know state XX");
  for (const limit of ["0", "many", "99999"]) {
    const refused = await runOn(hub, librarySearchCommand, "--limit", limit);
    expect(refused.code, limit).toBe(64);
    expect(refused.text).toContain(`not "${limit}"`);
  }
});
