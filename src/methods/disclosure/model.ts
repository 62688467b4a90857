/** The name of one figure. Two figures with the same name are the same figure, in every table and every release. */
export type CellId = string;

/** One count of people, as the accepted snapshot has it. */
export interface Cell {
  readonly id: CellId;
  /** People: a whole number, 0 or more. */
  readonly value: number;
  /** What withholding this figure costs the reader; by default computed from its size and place (see `lossOf`). */
  readonly loss?: number;
}

/** `total` = the sum of `parts`, known to every reader because the tables are built that way. */
export interface Equation {
  readonly total: CellId;
  readonly parts: readonly CellId[];
}

/** sum(`lesser`) <= sum(`greater`), known to every reader: "no category has more people than the total". */
export interface Bound {
  readonly lesser: readonly CellId[];
  readonly greater: readonly CellId[];
}

/** Tables as data: the figures, and everything a reader knows about how they hang together. */
export interface Declaration {
  readonly cells: readonly Cell[];
  readonly equations: readonly Equation[];
  readonly bounds: readonly Bound[];
}

/**
 * Why a figure is withheld: because it is small itself, or because it would give a small one away.
 * The reason is for the hub's own pages; publishing it would tell the reader which figures are small.
 */
export type Reason = "small" | "complementary";

/** What the page gets. A withheld figure carries no value, so that no page can print it. */
export type DecidedCell =
  | { readonly id: CellId; readonly status: "shown"; readonly value: number }
  | { readonly id: CellId; readonly status: "withheld"; readonly reason: Reason };

/** A publication as the next one must know it. Plain data; it holds the true values and is never published. */
export interface Release extends Declaration {
  readonly threshold: number;
  readonly withheld: readonly Withheld[];
}

/** A withheld figure and what was promised about it. */
export interface Withheld {
  readonly id: CellId;
  readonly reason: Reason;
  /** People, default 0: what earlier releases already say the figure has at least; see `Protection.narrowed`. */
  readonly lowest?: number;
}

/** The input of the gate cannot be right: a sum that does not add up, one name with two values, a fraction. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";
}

/** The gate found no safe publication, or its own proof did not hold: nothing may be published. */
export class DisclosureError extends Error {
  override readonly name = "DisclosureError";
}

/** People: counts from 1 to one less than this are withheld (CMS cell size policy: nothing from 1 to 10). */
export const DEFAULT_THRESHOLD = 11;

/** Whether a count is in the protected range 1 .. threshold-1. Zero is not: it says nothing about anyone. */
export function isSmall(count: number, threshold: number = DEFAULT_THRESHOLD): boolean {
  return count > 0 && count < threshold;
}
