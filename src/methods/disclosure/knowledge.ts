import { mergeDeclarations } from "./declare.ts";
import {
  type CellId,
  type Declaration,
  DeclarationError,
  isSmall,
  type Reason,
  type Release,
} from "./model.ts";

/**
 * How a figure stands in the search:
 * `public`: shown in an earlier release, fixed for ever; `open`: shown so far, may become complementary;
 * `withheld`; `slack`: not a figure but the room left in an inequality, which no reader sees.
 */
export type Standing = "public" | "open" | "withheld" | "slack";

/** What a withheld figure must keep possible in the reader's eyes. Units: people. */
export interface Requirement {
  readonly reason: Reason;
  readonly threshold: number;
  /** What earlier releases alone already say a small figure has at least; mostly 0. */
  readonly lowest: number;
}

/** One unknown of the reader: a figure or the room left in an inequality. */
export interface Variable {
  readonly id: CellId;
  readonly value: number;
  standing: Standing;
  requirement: Requirement | null;
  /** Cost of withholding it, see `lossOf`. */
  readonly loss: number;
  /** Whether it is a sum of other figures. */
  readonly total: boolean;
}

/** sum(coefficients[k] * variables[k]) = 0 holds for every world the reader may believe in. */
export interface Row {
  readonly variables: readonly number[];
  readonly coefficients: readonly number[];
}

/** Everything known about the figures of all releases: the reader's linear system, in index form. */
export interface Knowledge {
  readonly variables: Variable[];
  readonly rows: Row[];
  /** The figures of the release to decide, as indices. */
  readonly current: readonly number[];
  /** Small under the present threshold, but shown by an earlier release: it can no longer be protected. */
  readonly alreadyPublic: readonly CellId[];
}

/**
 * The cost of withholding a figure, without unit: (1 + log2(1 + people)) * 10^height, where an inner figure has
 * height 0 and a total is one higher than its highest part (at most 3). An inner zero costs 60: more than any
 * inner figure, about as much as the total of one organization, so zeros go only where inner figures do not do.
 */
export function lossOf(value: number, height: number): number {
  const base = value === 0 ? 60 : 1 + Math.log2(1 + value);
  return base * 10 ** Math.min(height, 3);
}

function heights(declaration: Declaration): Map<CellId, number> {
  const below = new Map<CellId, (readonly CellId[])[]>();
  const relations = [
    ...declaration.equations.map(({ total, parts }) => [total, parts] as const),
    ...declaration.bounds.flatMap(({ lesser, greater }) =>
      greater.length === 1 ? greater.map((total) => [total, lesser] as const) : [],
    ),
  ];
  for (const [total, parts] of relations) below.set(total, [...(below.get(total) ?? []), parts]);
  const found = new Map<CellId, number>();
  const visit = (id: CellId, trail: ReadonlySet<CellId>): number => {
    const known = found.get(id);
    if (known !== undefined) return known;
    if (trail.has(id)) throw new DeclarationError(`${id} is a part of itself`);
    const inside = new Set(trail).add(id);
    let height = 0;
    for (const parts of below.get(id) ?? [])
      for (const part of parts) height = Math.max(height, 1 + visit(part, inside));
    found.set(id, height);
    return height;
  };
  for (const cell of declaration.cells) visit(cell.id, new Set());
  return found;
}

interface Past {
  readonly shown: Set<CellId>;
  readonly withheld: Map<CellId, Requirement>;
}

/** What earlier releases left: what is public, and what was promised to stay hidden (the first promise counts). */
function pastOf(earlier: readonly Release[]): Past {
  const past: Past = { shown: new Set(), withheld: new Map() };
  for (const release of earlier) {
    const hidden = new Map(release.withheld.map((withheld) => [withheld.id, withheld]));
    for (const { id } of release.cells) {
      const promise = hidden.get(id);
      if (promise === undefined) past.shown.add(id);
      else if (!past.withheld.has(id))
        past.withheld.set(id, {
          reason: promise.reason,
          threshold: release.threshold,
          lowest: promise.lowest ?? 0,
        });
    }
  }
  return past;
}

function requireWhole(id: CellId, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new DeclarationError(`${id} is ${value}, not a count of people`);
}

/**
 * Joins the new declaration with all earlier releases into one linear system and marks the small figures.
 * Throws a DeclarationError where the figures contradict the equations or one name has two values.
 */
export function gatherKnowledge(
  declared: Declaration,
  earlier: readonly Release[],
  threshold: number,
): Knowledge {
  const all = mergeDeclarations([declared, ...earlier]);
  const past = pastOf(earlier);
  const height = heights(all);
  const variables: Variable[] = [];
  const index = new Map<CellId, number>();
  const currentIds = new Set(declared.cells.map(({ id }) => id));
  const alreadyPublic: CellId[] = [];
  for (const cell of all.cells) {
    requireWhole(cell.id, cell.value);
    let standing: Standing = "open";
    let requirement: Requirement | null = null;
    const promised = past.withheld.get(cell.id);
    if (past.shown.has(cell.id)) {
      standing = "public";
      if (currentIds.has(cell.id) && isSmall(cell.value, threshold)) alreadyPublic.push(cell.id);
    } else if (promised !== undefined) {
      standing = "withheld";
      requirement = promised;
    } else if (isSmall(cell.value, threshold)) {
      standing = "withheld";
      requirement = { reason: "small", threshold, lowest: 0 };
    }
    const level = height.get(cell.id) ?? 0;
    const loss = cell.loss ?? lossOf(cell.value, level);
    if (!(loss > 0)) throw new DeclarationError(`${cell.id} has a loss of ${loss}; it must be above 0`);
    index.set(cell.id, variables.length);
    variables.push({ id: cell.id, value: cell.value, standing, requirement, loss, total: level > 0 });
  }
  const at = (id: CellId): number => {
    const found = index.get(id);
    if (found === undefined) throw new DeclarationError(`${id} stands in a relation but is not declared`);
    return found;
  };
  const valueOf = (ids: readonly CellId[]): number =>
    ids.reduce((sum, id) => sum + (variables[at(id)]?.value ?? 0), 0);
  const rows: Row[] = [];
  for (const { total, parts } of all.equations) {
    if (valueOf([total]) !== valueOf(parts))
      throw new DeclarationError(`${total} is ${valueOf([total])}, its parts sum to ${valueOf(parts)}`);
    rows.push(rowOf([at(total)], parts.map(at)));
  }
  all.bounds.forEach(({ lesser, greater }, position) => {
    const room = valueOf(greater) - valueOf(lesser);
    if (room < 0) throw new DeclarationError(`${lesser.join(" + ")} exceeds ${greater.join(" + ")}`);
    const slack = variables.length;
    variables.push({
      id: `room ${position}`,
      value: room,
      standing: "slack",
      requirement: null,
      loss: 0,
      total: false,
    });
    rows.push(rowOf(greater.map(at), [...lesser.map(at), slack]));
  });
  const current = declared.cells.map(({ id }) => at(id));
  return { variables, rows, current: [...new Set(current)], alreadyPublic };
}

function rowOf(plus: readonly number[], minus: readonly number[]): Row {
  const sum = new Map<number, number>();
  for (const variable of plus) sum.set(variable, (sum.get(variable) ?? 0) + 1);
  for (const variable of minus) sum.set(variable, (sum.get(variable) ?? 0) - 1);
  const kept = [...sum].filter(([, coefficient]) => coefficient !== 0);
  return {
    variables: kept.map(([variable]) => variable),
    coefficients: kept.map(([, coefficient]) => coefficient),
  };
}
