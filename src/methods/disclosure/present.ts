import { DEFAULT_THRESHOLD, type DecidedCell, isSmall } from "./model.ts";

/**
 * What a public page prints for a figure: the count of people, or the word "withheld". Never 0 for a withheld
 * figure, never "<11" (which would say that it is small), never the reason.
 */
export function presentCell(cell: DecidedCell): number | "withheld" {
  return cell.status === "shown" ? cell.value : "withheld";
}

/**
 * Whether a public page may show numerator / denominator as a share. Only where both figures are shown (so the
 * share tells nothing new), the denominator is not 0, and neither the numerator nor the rest
 * (denominator - numerator) is in the protected range 1 .. threshold-1.
 * Source: CMS cell size suppression policy: percentages must not reveal a cell of 1 to 10.
 */
export function mayShowShare(
  numerator: DecidedCell,
  denominator: DecidedCell,
  threshold: number = DEFAULT_THRESHOLD,
): boolean {
  if (numerator.status === "withheld" || denominator.status === "withheld") return false;
  if (denominator.value <= 0 || numerator.value > denominator.value) return false;
  return !isSmall(numerator.value, threshold) && !isSmall(denominator.value - numerator.value, threshold);
}
