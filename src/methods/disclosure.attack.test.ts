import loadHighs, { type Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Axis, declareTable, mergeDeclarations, type TableDeclaration } from "./disclosure/declare.ts";
import { type CellId, type Declaration, isSmall, type Reason, type Release } from "./disclosure/model.ts";
import { mayShowShare } from "./disclosure/present.ts";
import { protect } from "./disclosure.ts";

/** What the attacker reads: every figure shown, every share shown, and how the tables are built. */
interface Published extends Declaration {
  readonly withheld: ReadonlySet<CellId>;
  readonly shares: readonly { part: CellId; whole: CellId; low: number; high: number }[];
}
type Interval = readonly [low: number, high: number];

const NOBODY_COUNTS_MORE = 1_000_000;
let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** The smallest and largest value of each figure in any world that agrees with everything published. */
function attack(published: readonly Published[], targets: readonly CellId[]): Map<CellId, Interval> {
  const shown = new Map<CellId, number>();
  const unknown = new Map<CellId, number>();
  for (const { cells, withheld } of published)
    for (const { id, value } of cells) if (!withheld.has(id)) shown.set(id, value);
  for (const { cells } of published)
    for (const { id } of cells) if (!shown.has(id) && !unknown.has(id)) unknown.set(id, unknown.size);
  return highs.withModel(undefined, (model) => {
    model.options.set({ output_flag: false, presolve: "off" });
    for (const _ of unknown) model.addVar(0, NOBODY_COUNTS_MORE);
    /** low <= sum(weights * figures) <= high, with the shown figures filled in. */
    const say = (terms: readonly (readonly [CellId, number])[], low: number, high: number): void => {
      const weights = new Map<number, number>();
      let known = 0;
      for (const [id, weight] of terms) {
        const column = unknown.get(id);
        if (column === undefined) known += weight * (shown.get(id) ?? Number.NaN);
        else weights.set(column, (weights.get(column) ?? 0) + weight);
      }
      if (weights.size === 0) return;
      model.addRow(low - known, high - known, { indices: [...weights.keys()], values: [...weights.values()] });
    };
    const each = (ids: readonly CellId[], weight: number) => ids.map((id) => [id, weight] as const);
    for (const { equations, bounds, shares } of published) {
      for (const { total, parts } of equations) say([[total, 1], ...each(parts, -1)], 0, 0);
      for (const { lesser, greater } of bounds)
        say([...each(greater, 1), ...each(lesser, -1)], 0, highs.infinity);
      for (const { part, whole, low, high } of shares) {
        say([[part, 1], [whole, -low]], 0, highs.infinity);
        say([[part, 1], [whole, -high]], -highs.infinity, 0);
      }
    }
    const found = new Map<CellId, Interval>();
    for (const id of targets) {
      const column = unknown.get(id);
      const value = shown.get(id);
      if (column === undefined) {
        if (value !== undefined) found.set(id, [value, value]);
        continue;
      }
      const ends = [1, -1].map((sign) => {
        model.changeColCost(column, sign);
        model.run();
        expect(model.getModelStatus()).toBe(highs.constants.modelStatus.optimal);
        return sign * model.getObjectiveValue();
      });
      model.changeColCost(column, 0);
      found.set(id, [ends[0] ?? 0, ends[1] ?? 0]);
    }
    return found;
  });
}

/** A release as the public sees it; shares (to a tenth of a percent) of everything that may be one. */
function published(release: Release, withheld: ReadonlySet<CellId>): Published {
  const value = new Map(release.cells.map((cell) => [cell.id, cell.value]));
  const decided = (id: CellId) =>
    withheld.has(id)
      ? ({ id, status: "withheld", reason: "small" } as const)
      : ({ id, status: "shown", value: value.get(id) ?? 0 } as const);
  const pairs = [
    ...release.equations.flatMap(({ total, parts }) => parts.map((part) => ({ part, whole: total }))),
    ...release.bounds.flatMap(({ lesser, greater }) =>
      lesser.length === 1 ? lesser.flatMap((part) => greater.map((whole) => ({ part, whole }))) : [],
    ),
  ];
  const shares = pairs.flatMap(({ part, whole }) => {
    if (!mayShowShare(decided(part), decided(whole), release.threshold)) return [];
    const share = Math.round(((value.get(part) ?? 0) / (value.get(whole) ?? 1)) * 1000) / 1000;
    return [{ part, whole, low: share - 0.0005, high: share + 0.0005 }];
  });
  return { cells: release.cells, equations: release.equations, bounds: release.bounds, withheld, shares };
}

const gate = (release: Release): Published =>
  published(release, new Set(release.withheld.map(({ id }) => id)));
const naive = (release: Release): Published =>
  published(release, new Set(release.cells.filter((cell) => isSmall(cell.value)).map(({ id }) => id)));

/** The withheld figures whose interval does not reach beyond the protected range. */
function broken(releases: readonly Release[], see: (release: Release) => Published, every = 1): string[] {
  const seen = releases.map(see);
  const promised = new Map<CellId, { reason: Reason; threshold: number }>();
  for (const release of releases)
    for (const { id, reason } of release.withheld)
      if (!promised.has(id)) promised.set(id, { reason, threshold: release.threshold });
  const targets = [...promised.keys()].filter((_, position) => position % every === 0);
  const result: string[] = [];
  for (const [id, [low, high]] of attack(seen, targets)) {
    const { reason, threshold } = promised.get(id) ?? { reason: "small", threshold: 11 };
    const safe = reason === "small" ? low <= 1e-5 && high >= threshold - 1e-5 : high - low >= threshold - 1e-5;
    if (!safe) result.push(`${id} in ${low}..${high} (${reason})`);
  }
  return result;
}

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Person = ReadonlyMap<string, readonly number[]>;
const DIMENSIONS: readonly (Axis & { size: number })[] = [
  ["sex", 4], ["level", 5], ["age", 8], ["profession", 9], ["status", 5], ["program", 7],
].map(([dimension, size]) => axis(String(dimension), Number(size), {}));

function axis(dimension: string, size: number, more: Partial<Axis>): Axis & { size: number } {
  return { dimension, size, keys: Array.from({ length: size }, (_, key) => `${dimension}${key}`), ...more };
}

/** A portfolio of organizations with skewed sizes and people with skewed answers; it changes from year to year. */
class World {
  readonly next: () => number;
  readonly axes: readonly (Axis & { size: number })[];
  private readonly people = new Map<string, Person[]>();
  private versions: string[] = [];
  private count = 0;
  private readonly skew: number;

  constructor(seed: number, organizations: number, tables: number, overlapping: boolean) {
    this.next = random(seed);
    this.skew = 2 + this.next() * 4;
    this.axes = [
      ...DIMENSIONS.slice(0, tables),
      ...(overlapping
        ? [
            axis("race", 7, { kind: "covering" as const }),
            axis("flag", 3, { kind: "overlapping" as const, protectComplements: seed % 2 === 0 }),
          ]
        : []),
    ];
    for (let k = 0; k < organizations; k += 1) this.join();
  }

  private join(name = `org${this.count}`, version = 1): void {
    this.count += 1;
    const size = Math.floor(Math.exp(this.next() * this.skew));
    const shift = this.next() * 2;
    const persons = Array.from({ length: size }, () => {
      const answers = this.axes.map(({ dimension, size, kind }) => {
        const pick = () => Math.min(size - 1, Math.floor(size * this.next() ** (1 + shift)));
        const several = kind === undefined ? 1 : Math.floor(this.next() * 3) + (kind === "covering" ? 1 : 0);
        return [dimension, [...new Set(Array.from({ length: several }, pick))]] as const;
      });
      return new Map(answers);
    });
    this.people.set(`${name}@${version}`, persons);
    this.versions.push(`${name}@${version}`);
  }

  /** A few organizations correct their figures, one joins, now and then one leaves. */
  change(): void {
    const before = this.versions;
    this.versions = [];
    for (const version of before) {
      const [name = "", number = "1"] = version.split("@");
      if (this.next() < 0.15) this.join(name, Number(number) + 1);
      else if (this.next() > 0.05 || before.length < 3) this.versions.push(version);
    }
    this.join();
  }

  declare(release: string): Declaration {
    const organizations: Axis = { dimension: "organization", keys: this.versions, standalone: true };
    const tables = this.axes.map((columns) => this.table(release, organizations, columns));
    const [first, second] = this.axes;
    if (first !== undefined && second !== undefined) tables.push(this.table(release, first, second));
    return mergeDeclarations(tables.map(declareTable));
  }

  private table(release: string, rows: Axis, columns: Axis): TableDeclaration {
    const isIn = (person: Person, { dimension, keys }: Axis, key: string | undefined): boolean =>
      key === undefined || (person.get(dimension) ?? []).includes(keys.indexOf(key));
    const count = (row: string | undefined, column: string | undefined): number => {
      const byOrganization = rows.dimension === "organization";
      const versions = byOrganization && row !== undefined ? [row] : this.versions;
      const persons = versions.flatMap((version) => this.people.get(version) ?? []);
      return persons.filter((p) => (byOrganization || isIn(p, rows, row)) && isIn(p, columns, column)).length;
    };
    return { measure: "trainees", scope: { portfolio: release }, rows, columns, count };
  }
}

function publish(world: World, releases: number): Release[] {
  const earlier: Release[] = [];
  for (let k = 0; k < releases; k += 1) {
    if (k > 0) world.change();
    earlier.push(protect({ ...world.declare(`r${k}`), earlier }).release);
  }
  return earlier;
}

describe("the attack on random portfolios", () => {
  test.each(Array.from({ length: 24 }, (_, k) => k))("a small portfolio holds, every withheld figure, seed %i", (seed) => {
    const world = new World(seed, 1 + (seed % 8), 1 + (seed % 4), seed % 3 === 0);
    const releases = publish(world, 1 + (seed % 3));
    for (let k = 1; k <= releases.length; k += 1) expect(broken(releases.slice(0, k), gate)).toEqual([]);
  });

  test.each([101, 102, 103])("a middle portfolio with earlier releases holds, one in three, seed %i", (seed) => {
    const releases = publish(new World(seed, 15, 4, true), 3);
    expect(broken(releases, gate, 3)).toEqual([]);
  });

  test.each([201, 202])("a portfolio of 38 holds, one withheld figure in ten, seed %i", (seed) => {
    const releases = publish(new World(seed, 38, 6, true), 2);
    expect(broken(releases, gate, 10)).toEqual([]);
  });

  test("a gate that withholds only small figures is broken by the same attack", () => {
    let failures = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const releases = publish(new World(seed, 6, 3, seed % 2 === 0), 1);
      failures += broken(releases, naive).length;
    }
    expect(failures).toBeGreaterThan(20);
  });

  test("a gate that forgets earlier releases is broken by the same attack", () => {
    let failures = 0;
    for (const seed of [11, 12, 13, 14, 15, 16]) {
      const world = new World(seed, 8, 3, false);
      const first = protect(world.declare("r0")).release;
      world.change();
      failures += broken([first, protect(world.declare("r1")).release], gate).length;
    }
    expect(failures).toBeGreaterThan(0);
  });
});
