import untypedLoader, { type Highs } from "highs";
import { type CellId, type Declaration, isSmall, type Reason, type Release } from "./model.ts";
import { mayShowShare } from "./present.ts";

/** What the attacker reads: every figure shown, every share shown, and how the tables are built. */
export interface Published extends Declaration {
  readonly withheld: ReadonlySet<CellId>;
  readonly shares: readonly { part: CellId; whole: CellId; low: number; high: number }[];
}
export type Interval = readonly [low: number, high: number];

const NOBODY_COUNTS_MORE = 1_000_000;
/** The package's types describe its CommonJS form, where the loader is one level deeper than it is here. */
const loadHighs = untypedLoader as unknown as () => Promise<Highs>;
const highs = await loadHighs();

const each = (ids: readonly CellId[], weight: number) => ids.map((id) => [id, weight] as const);

/** The smallest and largest value of each figure in any world that agrees with everything published. */
export function attack(published: readonly Published[], targets: readonly CellId[]): Map<CellId, Interval> {
  const shown = new Map<CellId, number>();
  const unknown = new Map<CellId, number>();
  for (const { cells, withheld } of published)
    for (const { id, value } of cells) if (!withheld.has(id)) shown.set(id, value);
  for (const { cells } of published)
    for (const { id } of cells) if (!shown.has(id) && !unknown.has(id)) unknown.set(id, unknown.size);
  const model = highs.createModel();
  try {
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
      model.addRow(low - known, high - known, {
        indices: [...weights.keys()],
        values: [...weights.values()],
      });
    };
    for (const { equations, bounds, shares } of published) {
      for (const { total, parts } of equations) say([[total, 1], ...each(parts, -1)], 0, 0);
      for (const { lesser, greater } of bounds)
        say([...each(greater, 1), ...each(lesser, -1)], 0, highs.infinity);
      for (const { part, whole, low, high } of shares) {
        say(
          [
            [part, 1],
            [whole, -low],
          ],
          0,
          highs.infinity,
        );
        say(
          [
            [part, 1],
            [whole, -high],
          ],
          -highs.infinity,
          0,
        );
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
        if (model.getModelStatus() !== highs.constants.modelStatus.optimal)
          throw new Error("no optimum found");
        return sign * model.getObjectiveValue();
      });
      model.changeColCost(column, 0);
      found.set(id, [ends[0] ?? 0, ends[1] ?? 0]);
    }
    return found;
  } finally {
    model.dispose();
  }
}

/** A release as the public sees it; shares (to a tenth of a percent) of everything that may be one. */
export function published(release: Release, withheld: ReadonlySet<CellId>): Published {
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

/** What the public sees after the gate. */
export const gate = (release: Release): Published =>
  published(release, new Set(release.withheld.map(({ id }) => id)));
/** What the public would see if only small figures were withheld. */
export const naive = (release: Release): Published =>
  published(release, new Set(release.cells.filter((cell) => isSmall(cell.value)).map(({ id }) => id)));

/** The withheld figures whose interval does not reach beyond the protected range. */
export function broken(
  releases: readonly Release[],
  see: (release: Release) => Published,
  every = 1,
): string[] {
  const seen = releases.map(see);
  const promised = new Map<CellId, { reason: Reason; threshold: number; lowest: number }>();
  for (const release of releases)
    for (const { id, reason, lowest = 0 } of release.withheld)
      if (!promised.has(id)) promised.set(id, { reason, threshold: release.threshold, lowest });
  const targets = [...promised.keys()].filter((_, position) => position % every === 0);
  const result: string[] = [];
  for (const [id, [low, high]] of attack(seen, targets)) {
    const promise = promised.get(id);
    if (promise === undefined) continue;
    const { reason, threshold, lowest } = promise;
    const safe =
      reason === "small"
        ? low <= lowest + 1e-5 && high >= lowest + threshold - 1e-5
        : high - low >= threshold - 1e-5;
    if (!safe) result.push(`${id} in ${low}..${high} (${reason})`);
  }
  return result;
}

/** The small figures of the last release said to be narrowed by history that history does not narrow. */
export function wronglyNarrowed(releases: readonly Release[]): string[] {
  const last = releases.at(-1);
  if (last === undefined) return [];
  const everything = new Set(last.cells.map(({ id }) => id));
  const silent = [...releases.slice(0, -1).map(gate), published(last, everything)];
  const narrowed = last.withheld.filter(({ lowest }) => lowest !== undefined);
  const found = attack(
    silent,
    narrowed.map(({ id }) => id),
  );
  return narrowed.flatMap(({ id, lowest = 0 }) => ((found.get(id)?.[0] ?? 0) < lowest - 1e-5 ? [id] : []));
}
