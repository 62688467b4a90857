import { type Axis, declareTable, mergeDeclarations, type TableDeclaration } from "./declare.ts";
import type { Declaration } from "./model.ts";

/** A small generator of numbers from 0 to 1 that gives the same sequence for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether a person gave an answer; undefined stands for everybody. */
function isIn(person: Person, { dimension, keys }: Axis, key: string | undefined): boolean {
  return key === undefined || (person.get(dimension) ?? []).includes(keys.indexOf(key));
}

type Person = ReadonlyMap<string, readonly number[]>;
const DIMENSIONS: readonly (Axis & { size: number })[] = [
  ["sex", 4],
  ["level", 5],
  ["age", 8],
  ["profession", 9],
  ["status", 5],
  ["program", 7],
].map(([dimension, size]) => axis(String(dimension), Number(size), {}));

function axis(dimension: string, size: number, more: Partial<Axis>): Axis & { size: number } {
  return { dimension, size, keys: Array.from({ length: size }, (_, key) => `${dimension}${key}`), ...more };
}

/** A portfolio of organizations with skewed sizes and people with skewed answers; it changes from year to year. */
export class World {
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
    const count = (row: string | undefined, column: string | undefined): number => {
      const byOrganization = rows.dimension === "organization";
      const versions = byOrganization && row !== undefined ? [row] : this.versions;
      const persons = versions.flatMap((version) => this.people.get(version) ?? []);
      return persons.filter((p) => (byOrganization || isIn(p, rows, row)) && isIn(p, columns, column)).length;
    };
    return { measure: "trainees", scope: { portfolio: release }, rows, columns, count };
  }
}
