/**
 * A search for moves: changes of the figures that keep every relation a reader knows. A move from the true
 * figures leads to another world that the reader cannot tell from the true one.
 *
 * Method: the primal simplex method (Dantzig 1951) with bounded variables, on a dense tableau of which only
 * the non-zero part is worked on. The start, no change at all, is always feasible, so there is no first phase.
 * A figure shown so far may move at a price of `price` per person moved, in either direction (a piecewise linear
 * cost, kept as two sides of one column); a withheld figure moves free of charge.
 */

const TINY = 1e-9;
const RATE_TOLERANCE = 1e-6;
/** Price for falling short of the wanted move by one person: above any sum of prices along a move. */
const SHORTFALL_PRICE = 1e7;
const PATIENCE = 40;
/** Tableau entries of linked tables are whole numbers or plain fractions; rounding closer than this is undone. */
const SNAP = 1e-7;
/** Entries below this never serve as a pivot. */
const WEAKEST_PIVOT = 1e-6;

/** One column of the system: how far the figure may fall, and the price of moving it by one person. */
export interface Column {
  /** Index of the variable in the reader's system. */
  readonly variable: number;
  /** People: the true value; it may fall by at most this much and rise without limit. */
  readonly value: number;
  /** 0 for a withheld figure; a positive price for a figure shown so far. */
  price: number;
}

export interface MoveRow {
  /** Positions of columns. */
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
}

type Side = -1 | 0 | 1;

export class MoveFinder {
  readonly columns: readonly Column[];
  pivots = 0;
  private readonly tableau: Float64Array[] = [];
  private readonly basis: number[] = [];
  private readonly rowOf: Int32Array;
  private readonly side: Int8Array;
  private readonly move: Float64Array;
  private readonly price: Float64Array;
  private readonly rates: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly nonZero: Int32Array;
  /** Rows that are not 0 in the column at hand; see `hit`. */
  private readonly hits: Int32Array;
  /** Rows that differ from the first tableau. */
  private readonly changed: Uint8Array;
  private readonly firstTableau: readonly Float64Array[];
  private readonly firstBasis: readonly number[];
  private pivotsSinceStart = 0;

  constructor(columns: readonly Column[], rows: readonly MoveRow[]) {
    const size = columns.length;
    this.columns = columns;
    this.rowOf = new Int32Array(size).fill(-1);
    this.side = new Int8Array(size);
    this.move = new Float64Array(size);
    this.price = new Float64Array(size);
    this.rates = new Float64Array(size);
    this.low = new Float64Array(size);
    this.high = new Float64Array(size);
    this.nonZero = new Int32Array(size);
    this.hits = new Int32Array(rows.length);
    this.changed = new Uint8Array(rows.length);
    for (const row of rows) {
      const line = new Float64Array(size);
      row.columns.forEach((column, k) => {
        line[column] = row.coefficients[k] ?? 0;
      });
      this.tableau.push(line);
    }
    this.chooseBasis(rows);
    this.firstTableau = this.tableau.map((line) => line.slice());
    this.firstBasis = [...this.basis];
    this.pivotsSinceStart = 0;
    this.changed.fill(0);
  }

  /** Back to the first basis: pivoting fills the tableau with fractions, and work and rounding grow with them. */
  private restart(): void {
    if (this.pivotsSinceStart === 0) return;
    this.firstTableau.forEach((line, r) => {
      if (this.changed[r] === 1) this.tableau[r]?.set(line);
    });
    this.changed.fill(0);
    for (const column of this.basis) this.rowOf[column] = -1;
    this.firstBasis.forEach((column, r) => {
      this.basis[r] = column;
      this.rowOf[column] = r;
    });
    this.pivotsSinceStart = 0;
  }

  /**
   * The cheapest move in which column `target` changes by `amount` people in direction `sign`, or as far as it
   * goes. Returns the change of every column; it is valid until the next call.
   */
  find(target: number, sign: 1 | -1, amount: number): Float64Array {
    const { columns, price, low, high, side, move, rowOf } = this;
    this.restart();
    let free = true;
    for (let j = 0; j < columns.length; j += 1) {
      const column = columns[j] as Column;
      price[j] = column.price;
      low[j] = -column.value;
      high[j] = Number.POSITIVE_INFINITY;
      move[j] = 0;
      side[j] = column.price > 0 && (rowOf[j] as number) >= 0 ? 1 : 0;
      if (column.price > 0) free = false;
    }
    price[target] = 0;
    side[target] = 0;
    if (sign > 0) high[target] = Math.min(high[target] ?? 0, amount);
    else low[target] = Math.max(low[target] ?? 0, -amount);
    const reward = -SHORTFALL_PRICE * sign;
    this.startRates(target, reward);
    let still = 0;
    const limit = 50 * (columns.length + this.basis.length) + 1000;
    for (let step = 0; step < limit; step += 1) {
      const entering = this.choose(target, reward, still > PATIENCE);
      if (entering === 0 || (free && amount - sign * (move[target] ?? 0) <= TINY)) return move;
      const column = Math.abs(entering) - 1;
      const length = this.advance(column, entering > 0 ? 1 : -1, target, reward, still > PATIENCE);
      still = length > TINY ? 0 : still + 1;
    }
    return move;
  }

  /** Eliminates every row once; free columns first, then those that stand in few rows; empty rows fall away. */
  private chooseBasis(rows: readonly MoveRow[]): void {
    const uses = new Int32Array(this.columns.length);
    for (const row of rows) for (const column of row.columns) uses[column] = (uses[column] ?? 0) + 1;
    const rank = (j: number): number => {
      return (this.columns[j]?.price === 0 ? 0 : 1000) + (uses[j] ?? 0);
    };
    for (let r = 0; r < this.tableau.length; ) {
      const line = this.tableau[r] ?? new Float64Array();
      let best = -1;
      let bestRank = Number.POSITIVE_INFINITY;
      for (let j = 0; j < line.length; j += 1) {
        if (Math.abs(line[j] ?? 0) < 0.01) continue;
        const candidate = rank(j);
        if (candidate < bestRank) {
          best = j;
          bestRank = candidate;
        }
      }
      if (best < 0) {
        this.tableau.splice(r, 1);
        continue;
      }
      this.basis[r] = best;
      this.rowOf[best] = r;
      this.eliminate(r, best, this.hit(best));
      r += 1;
    }
  }

  /** Lists in `hits` the rows in which column `q` is not 0. @returns how many they are. */
  private hit(q: number): number {
    const { tableau, hits } = this;
    let count = 0;
    for (let i = 0; i < tableau.length; i += 1) {
      if ((tableau[i] as Float64Array)[q] === 0) continue;
      hits[count] = i;
      count += 1;
    }
    return count;
  }

  /** Makes column `q`, whose first `hit` rows of `hits` are not 0, the unit vector of row `r`. */
  private eliminate(r: number, q: number, hit: number): void {
    const { tableau, nonZero, hits } = this;
    const line = tableau[r];
    if (line === undefined) return;
    const pivot = line[q] ?? 1;
    let count = 0;
    for (let j = 0; j < line.length; j += 1) {
      const entry = line[j] as number;
      if (entry === 0) continue;
      line[j] = entry / pivot;
      nonZero[count] = j;
      count += 1;
    }
    line[q] = 1;
    this.changed[r] = 1;
    for (let h = 0; h < hit; h += 1) {
      const i = hits[h] as number;
      if (i === r) continue;
      const other = tableau[i] as Float64Array;
      const factor = other[q] as number;
      this.changed[i] = 1;
      for (let k = 0; k < count; k += 1) {
        const j = nonZero[k] as number;
        const entry = (other[j] as number) - factor * (line[j] as number);
        const whole = Math.round(entry);
        other[j] = Math.abs(entry - whole) < SNAP ? whole : entry;
      }
      other[q] = 0;
    }
    this.pivots += 1;
    this.pivotsSinceStart += 1;
  }

  /** rates[j] = sum over basic columns of their slope times the tableau entry. */
  private startRates(target: number, reward: number): void {
    this.rates.fill(0);
    this.basis.forEach((column, r) => {
      const slope = column === target ? reward : (this.price[column] ?? 0) * (this.side[column] ?? 0);
      if (slope !== 0) this.addToRates(r, slope);
    });
  }

  private addToRates(r: number, factor: number): void {
    const line = this.tableau[r] as Float64Array;
    for (let j = 0; j < line.length; j += 1) {
      const entry = line[j] as number;
      if (entry !== 0) this.rates[j] = (this.rates[j] as number) + factor * entry;
    }
  }

  /** The column to move and its direction, as +(j+1) or -(j+1); 0 when nothing improves. */
  private choose(target: number, reward: number, first: boolean): number {
    let best = -RATE_TOLERANCE;
    let chosen = 0;
    for (let j = 0; j < this.rates.length; j += 1) {
      if ((this.rowOf[j] as number) >= 0) continue;
      const position = this.move[j] as number;
      const rate = this.rates[j] as number;
      const cost = this.price[j] as number;
      if (position < (this.high[j] as number) - TINY) {
        const slope = j === target ? reward : position > -TINY ? cost : -cost;
        if (slope - rate < best) {
          best = slope - rate;
          chosen = j + 1;
        }
      }
      if (position > (this.low[j] as number) + TINY) {
        const slope = j === target ? reward : position < TINY ? -cost : cost;
        if (rate - slope < best) {
          best = rate - slope;
          chosen = -(j + 1);
        }
      }
      if (first && chosen !== 0) return chosen;
    }
    return chosen;
  }

  /** The ends of the stretch on which a column's slope is constant. */
  private stretch(j: number, side: Side): readonly [number, number] {
    const low = this.low[j] as number;
    const high = this.high[j] as number;
    return side === 0 ? [low, high] : side > 0 ? [Math.max(0, low), high] : [low, Math.min(0, high)];
  }

  /** Moves column `q` in a direction until something stops it, and exchanges the two. Returns the length. */
  private advance(
    q: number,
    direction: 1 | -1,
    target: number,
    reward: number,
    lowestFirst: boolean,
  ): number {
    const { tableau, basis, move, side, price, hits } = this;
    const at = move[q] as number;
    let own: Side = 0;
    if ((price[q] as number) > 0) own = direction > 0 ? (at > -TINY ? 1 : -1) : at < TINY ? -1 : 1;
    const [ownLow, ownHigh] = this.stretch(q, own);
    let length = direction > 0 ? ownHigh - at : at - ownLow;
    let leaving = -1;
    let strength = 0;
    let end = 0;
    const hit = this.hit(q);
    for (let h = 0; h < hit; h += 1) {
      const i = hits[h] as number;
      const entry = (tableau[i] as Float64Array)[q] as number;
      if (entry < WEAKEST_PIVOT && entry > -WEAKEST_PIVOT) continue;
      const j = basis[i] as number;
      const [low, high] = this.stretch(j, side[j] as Side);
      const speed = -direction * entry;
      const stop = speed > 0 ? high : low;
      const reach = Math.max(0, (stop - (move[j] as number)) / speed);
      const tie = Math.abs(reach - length) <= TINY;
      const stronger = lowestFirst ? j < (basis[leaving] ?? -1) : Math.abs(entry) > strength;
      if (reach < length - TINY || (tie && leaving >= 0 && stronger)) {
        length = Math.min(reach, length);
        leaving = i;
        strength = Math.abs(entry);
        end = stop;
      }
    }
    if (length > 0) {
      for (let h = 0; h < hit; h += 1) {
        const i = hits[h] as number;
        const basic = basis[i] as number;
        const entry = (tableau[i] as Float64Array)[q] as number;
        move[basic] = (move[basic] as number) - direction * entry * length;
      }
    }
    if (leaving < 0) {
      move[q] = direction > 0 ? ownHigh : ownLow;
      return length;
    }
    const out = basis[leaving] as number;
    move[q] = at + direction * length;
    move[out] = end;
    const slope = q === target ? reward : (price[q] as number) * own;
    const gain = slope - (this.rates[q] as number);
    this.eliminate(leaving, q, hit);
    this.addToRates(leaving, gain);
    basis[leaving] = q;
    this.rowOf[q] = leaving;
    this.rowOf[out] = -1;
    side[q] = own;
    side[out] = 0;
    return length;
  }
}
