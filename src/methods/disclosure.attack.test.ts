import { describe, expect, test } from "vitest";
import { attack, broken, gate, naive, wronglyNarrowed } from "./disclosure/attacker.test-support.ts";
import { cellId, declareTable } from "./disclosure/declare.ts";
import type { CellId, Declaration, Release } from "./disclosure/model.ts";
import { presentCell } from "./disclosure/present.ts";
import { World } from "./disclosure/world.test-support.ts";
import { protect } from "./disclosure.ts";

function publish(world: World, releases: number): Release[] {
  const earlier: Release[] = [];
  for (let k = 0; k < releases; k += 1) {
    if (k > 0) world.change();
    earlier.push(protect({ ...world.declare(`r${k}`), earlier }).release);
  }
  return earlier;
}

describe("the attack on random portfolios", () => {
  test.each(Array.from({ length: 24 }, (_, k) => k))(
    "a small portfolio holds, every withheld figure, seed %i",
    (seed) => {
      const world = new World(seed, 1 + (seed % 8), 1 + (seed % 4), seed % 3 === 0);
      const releases = publish(world, 1 + (seed % 3));
      for (let k = 1; k <= releases.length; k += 1) expect(broken(releases.slice(0, k), gate)).toEqual([]);
    },
  );

  test.each([101, 102])("a middle portfolio with earlier releases holds, one in three, seed %i", (seed) => {
    const releases = publish(new World(seed, 15, 4, true), 3);
    expect(broken(releases, gate, 3)).toEqual([]);
  });

  test.each([201])("a portfolio of 38 holds, one withheld figure in twenty, seed %i", (seed) => {
    const releases = publish(new World(seed, 38, 6, true), 2);
    expect(broken(releases, gate, 20)).toEqual([]);
  });

  test("a gate that withholds only small figures is broken by the same attack", () => {
    let failures = 0;
    for (const seed of [1, 2, 3, 4]) {
      const releases = publish(new World(seed, 6, 3, seed % 2 === 0), 1);
      failures += broken(releases, naive).length;
    }
    expect(failures).toBeGreaterThan(20);
  });

  test("a gate that forgets earlier releases is broken by the same attack", () => {
    let failures = 0;
    for (const seed of [11, 12, 13]) {
      const world = new World(seed, 8, 3, false);
      const first = protect(world.declare("r0")).release;
      world.change();
      failures += broken([first, protect(world.declare("r1")).release], gate).length;
    }
    expect(failures).toBeGreaterThan(0);
  });
});

/** A portfolio of organizations by one or more categories, each organization's figures given by version. */
function portfolio(release: string, counts: Readonly<Record<string, readonly number[]>>): Declaration {
  const width = Math.max(...Object.values(counts).map((row) => row.length));
  const columns = { dimension: "sex", keys: Array.from({ length: width }, (_, k) => `s${k}`) };
  return declareTable({
    measure: "trainees",
    scope: { portfolio: release },
    rows: { dimension: "organization", keys: Object.keys(counts), standalone: true },
    columns,
    count: (row, column) =>
      row === undefined || column === undefined
        ? undefined
        : (counts[row]?.[columns.keys.indexOf(column)] ?? 0),
  });
}
const organization = (name: string, sex?: string): CellId =>
  cellId("trainees", sex === undefined ? { organization: name } : { organization: name, sex });
const whole = (release: string, sex?: string): CellId =>
  cellId("trainees", sex === undefined ? { portfolio: release } : { portfolio: release, sex });
const withheldIn = (release: Release): string[] => release.withheld.map(({ id }) => id);

describe("the attack on cases from practice", () => {
  test.each([
    ["a single small figure in a large table", { a: [3, 40, 50], b: [60, 70, 80], c: [20, 30, 40] }],
    ["two small figures in one column", { a: [3, 40], b: [4, 70], c: [90, 30] }],
    [
      "two small figures that sum to less than the threshold",
      { a: [1, 40], b: [2, 70], c: [0, 30], d: [0, 50] },
    ],
    ["a small total of an organization", { a: [2, 3, 0], b: [60, 70, 80], c: [20, 30, 40] }],
    ["a small total of the portfolio's category", { a: [1, 50], b: [2, 60], c: [3, 70] }],
    ["a small figure among zeros", { a: [5, 0, 0], b: [0, 90, 0], c: [0, 0, 80] }],
    ["only small organizations", { a: [1, 2], b: [2, 2], c: [0, 3], d: [1, 0] }],
    ["a portfolio with one organization", { a: [4, 200] }],
    ["one organization with one small category", { a: [7] }],
    ["everybody in one category", { a: [7, 0], b: [3, 0] }],
  ])("holds: %s", (_, counts) => {
    const { release } = protect(portfolio("r", counts));
    expect(release.withheld.length).toBeGreaterThan(0);
    expect(broken([release], gate)).toEqual([]);
  });

  test("a table without small figures is shown whole, zeros included", () => {
    const { cells, release } = protect(portfolio("r", { a: [0, 40], b: [30, 11] }));
    expect(release.withheld).toEqual([]);
    expect(cells.map(presentCell)).toContain(0);
  });

  test("one small figure in a large table takes three more inner figures and no total", () => {
    const { release } = protect(portfolio("r", { a: [3, 40, 50], b: [60, 70, 80], c: [20, 30, 40] }));
    expect(release.withheld).toHaveLength(4);
    expect(withheldIn(release)).toContain(organization("a", "s0"));
    expect(withheldIn(release).every((id) => id.includes("organization") && id.includes("sex"))).toBe(true);
  });

  test("the portfolio before and after an organization joined does not give the newcomer away", () => {
    const before = { "a@1": [30, 40], "b@1": [50, 60] };
    const first = protect(portfolio("r0", before)).release;
    const second = protect({ ...portfolio("r1", { ...before, "c@1": [4, 90] }), earlier: [first] }).release;
    expect(first.withheld).toEqual([]);
    expect(withheldIn(second)).toContain(whole("r1", "s0"));
    expect(broken([first, second], gate)).toEqual([]);
    const forgetful = protect(portfolio("r1", { ...before, "c@1": [4, 90] })).release;
    expect(broken([first, forgetful], gate)).not.toEqual([]);
  });

  test("what was withheld stays withheld while the organization's version is unchanged", () => {
    const first = protect(portfolio("r0", { "a@1": [3, 40], "b@1": [50, 60], "c@1": [30, 35] })).release;
    const declared = portfolio("r1", { "a@1": [3, 40], "b@2": [55, 61], "c@1": [30, 35] });
    const second = protect({ ...declared, earlier: [first] }).release;
    const names = new Set(declared.cells.map(({ id }) => id));
    expect(withheldIn(second)).toEqual(
      expect.arrayContaining(withheldIn(first).filter((id) => names.has(id))),
    );
    expect(broken([first, second], gate)).toEqual([]);
  });

  test("a new total that history keeps above zero is narrowed to what history says, and no further", () => {
    const releases = publish(new World(1115, 10, 6, false), 4);
    const last = releases.at(-1);
    expect(last?.withheld.filter(({ lowest }) => lowest !== undefined)).toHaveLength(1);
    expect(wronglyNarrowed(releases)).toEqual([]);
    expect(broken(releases, gate, 2)).toEqual([]);
  });

  test("a figure that can only go part of the way up and part of the way down is given both ways", () => {
    const releases = publish(new World(50014, 7, 5, true), 3);
    expect(broken(releases, gate)).toEqual([]);
  });

  test("a lower threshold of the past leaves figures public, and they are named", () => {
    const declared = portfolio("r0", { "a@1": [7, 40], "b@1": [50, 60] });
    const first = protect({ ...declared, threshold: 5 }).release;
    const { alreadyPublic, cells } = protect({ ...declared, earlier: [first] });
    expect(alreadyPublic).toEqual([organization("a@1", "s0")]);
    expect(cells.find(({ id }) => id === organization("a@1", "s0"))?.status).toBe("withheld");
  });

  test("a share of a withheld figure would give it away, so it is not shown", () => {
    const { release } = protect(portfolio("r", { a: [3, 60, 37], b: [60, 70, 80], c: [20, 30, 40] }));
    const honest = gate(release);
    const careless = { part: organization("a", "s0"), whole: organization("a"), low: 0.0295, high: 0.0305 };
    const [low, high] = attack([{ ...honest, shares: [careless] }], [careless.part]).get(careless.part) ?? [
      0, 0,
    ];
    expect(high - low).toBeLessThan(0.2);
    expect(honest.shares.some(({ part }) => part === careless.part)).toBe(false);
  });
});
