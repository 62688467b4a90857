import type { Knowledge, Row } from "./knowledge.ts";
import { type Column, MoveFinder, type MoveRow } from "./moves.ts";

/** A move in terms of the reader's variables. */
export interface Move {
  readonly variables: readonly number[];
  readonly moves: readonly number[];
  /** How far the wanted variable moved, in people, without sign. */
  readonly reached: number;
}

/**
 * How far the search may look. `withheld`: only figures already withheld move. `near`: also inner figures shown
 * so far, at their price. `far`: also shown totals.
 */
export type Scope = "withheld" | "near" | "far";

/** Splits the reader's system into parts that cannot influence each other, and searches each by itself. */
export class Search {
  private readonly knowledge: Knowledge;
  private readonly regions = new Map<Scope, Regions>();

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
  }

  /** The cheapest move of one variable by `amount` people up (+1) or down (-1), or as far as it goes. */
  find(variable: number, sign: 1 | -1, amount: number, scope: Scope): Move {
    const region = this.regionsOf(scope).of(variable);
    if (region === undefined) return { variables: [], moves: [], reached: 0 };
    const { finder, position } = region;
    const target = position.get(variable) ?? 0;
    const change = finder.find(target, sign, amount);
    const variables: number[] = [];
    const moves: number[] = [];
    for (let j = 0; j < change.length; j += 1) {
      const move = change[j] as number;
      if (Math.abs(move) <= 1e-7) continue;
      variables.push(finder.columns[j]?.variable ?? -1);
      moves.push(move);
    }
    return { variables, moves, reached: Math.abs(change[target] ?? 0) };
  }

  /** To be called after a figure was withheld: from now on it moves free of charge, and may connect regions. */
  withheld(variable: number): void {
    this.regions.delete("withheld");
    if (this.knowledge.variables[variable]?.total === true) this.regions.delete("near");
    else this.regions.get("near")?.free(variable);
    this.regions.get("far")?.free(variable);
  }

  /** Forgets the systems built so far, with whatever rounding they gathered. */
  refresh(): void {
    this.regions.clear();
  }

  private regionsOf(scope: Scope): Regions {
    let regions = this.regions.get(scope);
    if (regions === undefined) {
      const inScope = this.knowledge.variables.map(
        ({ standing, total }) =>
          standing === "withheld" ||
          standing === "slack" ||
          (standing === "open" && (scope === "far" || (scope === "near" && !total))),
      );
      regions = new Regions(this.knowledge, inScope);
      this.regions.set(scope, regions);
    }
    return regions;
  }
}

interface Region {
  readonly finder: MoveFinder;
  readonly position: ReadonlyMap<number, number>;
}

function append<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The connected parts of the system, restricted to the variables in scope; each is built when first asked for. */
class Regions {
  private readonly knowledge: Knowledge;
  private readonly inScope: readonly boolean[];
  private readonly parent: Int32Array;
  /** Variables and rows of each part, by its root. */
  private readonly members = new Map<number, number[]>();
  private readonly rows = new Map<number, Row[]>();
  private readonly built = new Map<number, Region>();

  constructor(knowledge: Knowledge, inScope: readonly boolean[]) {
    this.knowledge = knowledge;
    this.inScope = inScope;
    this.parent = Int32Array.from(inScope, (_, index) => index);
    for (const row of knowledge.rows) {
      const members = row.variables.filter((variable) => inScope[variable] === true);
      for (const member of members) this.parent[this.root(member)] = this.root(members[0] ?? member);
    }
    inScope.forEach((is, variable) => {
      if (is) append(this.members, this.root(variable), variable);
    });
    for (const row of knowledge.rows) {
      const first = row.variables.find((variable) => inScope[variable] === true);
      if (first !== undefined) append(this.rows, this.root(first), row);
    }
  }

  of(variable: number): Region | undefined {
    if (this.inScope[variable] !== true) return undefined;
    const root = this.root(variable);
    let region = this.built.get(root);
    if (region === undefined) {
      region = this.build(root);
      this.built.set(root, region);
    }
    return region;
  }

  free(variable: number): void {
    const region = this.built.get(this.root(variable));
    const column = region?.finder.columns[region.position.get(variable) ?? -1];
    if (column !== undefined) column.price = 0;
  }

  private root(variable: number): number {
    let at = variable;
    while (this.parent[at] !== at) {
      const up = this.parent[at] ?? at;
      this.parent[at] = this.parent[up] ?? up;
      at = up;
    }
    return at;
  }

  private build(root: number): Region {
    const columns: Column[] = [];
    const position = new Map<number, number>();
    for (const variable of this.members.get(root) ?? []) {
      const { value = 0, standing, loss = 0 } = this.knowledge.variables[variable] ?? {};
      position.set(variable, columns.length);
      columns.push({ variable, value, price: standing === "open" ? loss : 0 });
    }
    const rows: MoveRow[] = [];
    for (const row of this.rows.get(root) ?? []) {
      const kept: number[] = [];
      const coefficients: number[] = [];
      row.variables.forEach((variable, k) => {
        const column = position.get(variable);
        if (column === undefined) return;
        kept.push(column);
        coefficients.push(row.coefficients[k] ?? 0);
      });
      rows.push({ columns: kept, coefficients });
    }
    return { finder: new MoveFinder(columns, rows), position };
  }
}
