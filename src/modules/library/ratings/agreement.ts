import { type Agreement, cohenKappa } from "../../../methods/kappa.ts";
import { findLevel, findScale } from "./scales.ts";

/** With fewer ratings than this, kappa says more of chance than of the reviewers. */
export const FEWEST_FOR_KAPPA = 10;

/** Both first answers of a finished rating. */
export interface AnsweredPair {
  scaleId: string;
  scaleVersion: number;
  first: string;
  second: string;
}

/** How often the first two reviewers agreed, on each scale by its levels, and over all by the rungs of the ladder. */
export function measureAgreement(pairs: readonly AnsweredPair[]): {
  scales: { scaleId: string; agreement: Agreement }[];
  ladder: Agreement;
} {
  const scaleIds = [...new Set(pairs.map(({ scaleId }) => scaleId))];
  const rungOf = (pair: AnsweredPair, level: string): string =>
    findLevel(findScale(pair.scaleId, pair.scaleVersion), level)?.ladder ?? level;
  return {
    scales: scaleIds.map((scaleId) => ({
      scaleId,
      agreement: cohenKappa(
        pairs
          .filter((pair) => pair.scaleId === scaleId)
          .map(({ first, second }): [string, string] => [first, second]),
      ),
    })),
    ladder: cohenKappa(
      pairs.map((pair): [string, string] => [rungOf(pair, pair.first), rungOf(pair, pair.second)]),
    ),
  };
}
