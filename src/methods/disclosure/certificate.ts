import type { Knowledge, Variable } from "./knowledge.ts";
import { DisclosureError } from "./model.ts";

/** Another world, as its difference from the true one. Only variables that differ are listed. */
interface OtherWorld {
  readonly variables: readonly number[];
  readonly moves: readonly number[];
}

/** People: rounding of the search that a proof may carry. */
const ROUNDING = 1e-6;
/** Where nothing ever falls, a move is repeated at most this often. */
const LONGEST = 1000;

/**
 * The proofs of protection: for every variable the lowest and the highest value found so far in a world that the
 * reader cannot tell from the true one, and that world. Worlds are checked against the declared relations
 * themselves, apart from the search that found them.
 */
export class Certificates {
  private readonly knowledge: Knowledge;
  private readonly lowest: Float64Array;
  private readonly highest: Float64Array;
  private readonly lowestIn: (OtherWorld | undefined)[] = [];
  private readonly highestIn: (OtherWorld | undefined)[] = [];
  private readonly rowsOf: (readonly number[])[];

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
    this.lowest = Float64Array.from(knowledge.variables, ({ value }) => value);
    this.highest = Float64Array.from(this.lowest);
    const rowsOf = knowledge.variables.map((): number[] => []);
    knowledge.rows.forEach((row, r) => {
      for (const variable of row.variables) rowsOf[variable]?.push(r);
    });
    this.rowsOf = rowsOf;
  }

  low(variable: number): number {
    return this.lowest[variable] ?? 0;
  }

  high(variable: number): number {
    return this.highest[variable] ?? 0;
  }

  /**
   * Takes a move (change of each listed variable) as proof, forwards and backwards, as far as it goes. Returns
   * false when it does not hold; then nothing is taken.
   */
  add(variables: readonly number[], moves: readonly number[]): boolean {
    const whole = moves.map((move) => (Math.abs(move - Math.round(move)) < 1e-5 ? Math.round(move) : move));
    if (!this.balanced(variables, whole)) return false;
    for (const direction of [1, -1] as const) {
      let times = LONGEST;
      variables.forEach((variable, k) => {
        const step = direction * (whole[k] ?? 0);
        if (step < 0) times = Math.min(times, (this.knowledge.variables[variable]?.value ?? 0) / -step);
      });
      if (times < ROUNDING) continue;
      const world = { variables, moves: whole.map((move) => direction * times * move) };
      world.variables.forEach((variable, k) => {
        const reached = (this.knowledge.variables[variable]?.value ?? 0) + (world.moves[k] ?? 0);
        if (reached > this.high(variable)) {
          this.highest[variable] = reached;
          this.highestIn[variable] = world;
        }
        if (reached < this.low(variable)) {
          this.lowest[variable] = reached;
          this.lowestIn[variable] = world;
        }
      });
    }
    return true;
  }

  /** Whether the proofs found so far meet what the figure requires; see the guarantee at `protect`. */
  satisfied(index: number): boolean {
    const variable = this.knowledge.variables[index];
    return variable === undefined || meets(variable, this.low(index), this.high(index));
  }

  /** Checks every proof again, from the declared relations and the final decision. Throws rather than pass. */
  verify(): void {
    const seen = new Map<OtherWorld, boolean>();
    const holds = (world: OtherWorld | undefined): boolean => {
      if (world === undefined) return true;
      let known = seen.get(world);
      if (known === undefined) {
        known = this.undistinguishable(world);
        seen.set(world, known);
      }
      return known;
    };
    this.knowledge.variables.forEach((variable, index) => {
      if (variable.standing !== "withheld") return;
      const low = this.lowestIn[index];
      const high = this.highestIn[index];
      if (
        !holds(low) ||
        !holds(high) ||
        !meets(variable, reach(variable, index, low), reach(variable, index, high))
      )
        throw new DisclosureError(`no proof of protection for ${variable.id}`);
    });
  }

  /** Every relation still holds, nobody is counted below zero, and nothing that is shown differs. */
  private undistinguishable({ variables, moves }: OtherWorld): boolean {
    return (
      this.balanced(variables, moves) &&
      variables.every((index, k) => {
        const variable = this.knowledge.variables[index];
        if (variable === undefined) return false;
        const move = moves[k] ?? 0;
        if (variable.standing === "open" || variable.standing === "public") return move === 0;
        return variable.value + move >= -ROUNDING;
      })
    );
  }

  private balanced(variables: readonly number[], moves: readonly number[]): boolean {
    const change = new Float64Array(this.knowledge.variables.length);
    variables.forEach((variable, k) => {
      change[variable] = moves[k] ?? 0;
    });
    const touched = new Set<number>();
    for (const variable of variables) for (const r of this.rowsOf[variable] ?? []) touched.add(r);
    for (const r of touched) {
      const row = this.knowledge.rows[r];
      if (row === undefined) return false;
      let sum = 0;
      let size = 1;
      for (let k = 0; k < row.variables.length; k += 1) {
        const term = (row.coefficients[k] as number) * (change[row.variables[k] as number] as number);
        sum += term;
        size += Math.abs(term);
      }
      if (Math.abs(sum) > ROUNDING * size) return false;
    }
    return true;
  }
}

function reach(variable: Variable, index: number, world: OtherWorld | undefined): number {
  const k = world?.variables.indexOf(index) ?? -1;
  return variable.value + (k < 0 ? 0 : (world?.moves[k] ?? 0));
}

/**
 * A small figure: lowest <= L and highest >= L + threshold, where L is 0 or what history says anyway. A complementary figure: highest - lowest >= threshold.
 * Up to the rounding of the search, a millionth of a person.
 */
export function meets(variable: Variable, low: number, high: number): boolean {
  const { requirement } = variable;
  if (requirement === null) return true;
  const { reason, threshold, lowest } = requirement;
  if (reason === "small") return low <= lowest + ROUNDING && high >= lowest + threshold - ROUNDING;
  return high - low >= threshold - ROUNDING;
}
