import {
  type Bound,
  type Cell,
  type CellId,
  type Declaration,
  DeclarationError,
  type Equation,
} from "./model.ts";

/** Where a figure stands: dimension -> key, such as `{ organization: "NM-01@2", sex: "female" }`. */
export type Coordinates = Readonly<Record<string, string>>;

/** One side of a table. */
export interface Axis {
  /** The dimension's name: "organization", "sex". */
  readonly dimension: string;
  readonly keys: readonly string[];
  /**
   * How the keys relate to the total. `partition` (default): everyone is in exactly one, the total is the sum.
   * `overlapping`: a person may be in several or in none, no key exceeds the total. `covering`: overlapping, and
   * everyone is in at least one, so the sum is at least the total.
   */
  readonly kind?: "partition" | "overlapping" | "covering";
  /**
   * For an axis that is not a partition: also protect, for every key, how many people are *not* in it
   * (total - key), which a reader can compute wherever both are shown. Default false.
   */
  readonly protectComplements?: boolean;
  /**
   * The keys name a figure completely, and the table's scope is left out of the name. For organizations: key
   * "NM-01@2" (organization and snapshot version) is the same figure in every portfolio and every release.
   */
  readonly standalone?: boolean;
}

/** A one-way table (only `columns`), a two-way table, or a single figure (no axis). */
export interface TableDeclaration {
  /** What is counted: "trainees". Tables that count the same thing share their totals. */
  readonly measure: string;
  /** The coordinates of the grand total: `{ portfolio: "2024-25 release 2" }`, or `{ organization: "NM-01@2" }`. */
  readonly scope: Coordinates;
  readonly rows?: Axis;
  readonly columns?: Axis;
  /**
   * The count at a row and a column; undefined stands for the total on that side. For a total over a partition
   * the answer may be undefined: it is then summed.
   */
  readonly count: (row: string | undefined, column: string | undefined) => number | undefined;
}

/**
 * The name of a figure: what is counted and where, independent of the order in which the coordinates were written.
 * Example: `cellId("trainees", { organization: "NM-01@2", sex: "female" })`.
 */
export function cellId(measure: string, at: Coordinates): CellId {
  const parts = Object.entries(at)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([dimension, key]) => `${encodeURIComponent(dimension)}=${encodeURIComponent(key)}`);
  return [encodeURIComponent(measure), ...parts].join("&");
}

function place(table: TableDeclaration, row: string | undefined, column: string | undefined): Coordinates {
  const { rows, columns } = table;
  const alone =
    (rows?.standalone === true && row !== undefined) ||
    (columns?.standalone === true && column !== undefined);
  const at: Record<string, string> = alone ? {} : { ...table.scope };
  for (const [axis, key] of [
    [rows, row],
    [columns, column],
  ] as const) {
    if (axis === undefined || key === undefined) continue;
    if (at[axis.dimension] !== undefined)
      throw new DeclarationError(`dimension ${axis.dimension} is named twice`);
    at[axis.dimension] = key;
  }
  return at;
}

/** The name of the figure at a row and a column of a table; undefined stands for the total on that side. */
export function cellOf(table: TableDeclaration, row?: string, column?: string): CellId {
  return cellId(table.measure, place(table, row, column));
}

class Draft {
  readonly cells = new Map<CellId, Cell>();
  readonly equations: Equation[] = [];
  readonly bounds: Bound[] = [];

  add(id: CellId, value: number): void {
    this.cells.set(id, { id, value });
  }

  value(id: CellId): number {
    return this.cells.get(id)?.value ?? 0;
  }

  /** Relates a total to the keys of one axis. */
  relate(axis: Axis, total: CellId, parts: readonly CellId[]): void {
    const kind = axis.kind ?? "partition";
    if (kind === "partition") {
      this.equations.push({ total, parts });
      return;
    }
    for (const part of parts) {
      if (axis.protectComplements === true) {
        const rest = `${part}&!=${encodeURIComponent(axis.dimension)}`;
        this.add(rest, this.value(total) - this.value(part));
        this.equations.push({ total, parts: [part, rest] });
      } else {
        this.bounds.push({ lesser: [part], greater: [total] });
      }
    }
    if (kind === "covering" && parts.length > 0) this.bounds.push({ lesser: [total], greater: parts });
  }
}

function isPartition(axis: Axis | undefined): axis is Axis {
  return axis !== undefined && (axis.kind ?? "partition") === "partition";
}

/** The count at a place of a table; totals that the table left to be summed are summed, inner keys must be given. */
function countAt(table: TableDeclaration, row: string | undefined, column: string | undefined): number {
  const { rows, columns } = table;
  const given = table.count(row, column);
  if (given !== undefined) return given;
  if (column === undefined && isPartition(columns))
    return columns.keys.reduce((sum, key) => sum + countAt(table, row, key), 0);
  if (row === undefined && isPartition(rows))
    return rows.keys.reduce((sum, key) => sum + countAt(table, key, column), 0);
  throw new DeclarationError(`no count for ${cellOf(table, row, column)}`);
}

/**
 * Turns one published table into the figures it shows and the relations every reader knows: row totals, column
 * totals and the grand total. A two-way table relates every row to its total and every column to its total.
 */
export function declareTable(table: TableDeclaration): Declaration {
  const { rows, columns } = table;
  const rowKeys = [...(rows?.keys ?? []), undefined];
  const columnKeys = [...(columns?.keys ?? []), undefined];
  const draft = new Draft();
  for (const row of rowKeys)
    for (const column of columnKeys) draft.add(cellOf(table, row, column), countAt(table, row, column));
  if (columns !== undefined)
    for (const row of rowKeys)
      draft.relate(
        columns,
        cellOf(table, row),
        columns.keys.map((column) => cellOf(table, row, column)),
      );
  if (rows !== undefined)
    for (const column of columnKeys)
      draft.relate(
        rows,
        cellOf(table, undefined, column),
        rows.keys.map((row) => cellOf(table, row, column)),
      );
  return { cells: [...draft.cells.values()], equations: draft.equations, bounds: draft.bounds };
}

/** All tables of a publication as one declaration. A figure that stands in several tables must have one value. */
export function mergeDeclarations(declarations: readonly Declaration[]): Declaration {
  const cells = new Map<CellId, Cell>();
  const equations = new Map<string, Equation>();
  const bounds = new Map<string, Bound>();
  for (const declaration of declarations) {
    for (const cell of declaration.cells) {
      const known = cells.get(cell.id);
      if (known !== undefined && known.value !== cell.value)
        throw new DeclarationError(`${cell.id} is ${known.value} in one table and ${cell.value} in another`);
      if (known === undefined) cells.set(cell.id, cell);
    }
    for (const equation of declaration.equations)
      equations.set(JSON.stringify([equation.total, equation.parts.toSorted()]), equation);
    for (const bound of declaration.bounds)
      bounds.set(JSON.stringify([bound.lesser.toSorted(), bound.greater.toSorted()]), bound);
  }
  return { cells: [...cells.values()], equations: [...equations.values()], bounds: [...bounds.values()] };
}
