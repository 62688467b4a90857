import { Z_95 } from "./wilson.ts";

/** How far two raters agree, beyond what chance alone would bring. */
export interface Agreement {
  readonly n: number;
  readonly agreed: number;
  /** Share of cases on which they agree; null without cases. */
  readonly observed: number | null;
  /** Share on which they would agree if each kept to their own shares of the categories, by chance. */
  readonly expected: number | null;
  /** Null where it is undefined: there are no cases, or both raters used one and the same category throughout. */
  readonly kappa: number | null;
  /** Large-sample standard error; null where kappa is. */
  readonly standardError: number | null;
  /** 95 % interval, within -1 and 1; null where kappa is, and where nobody disagreed: the formula gives no width then. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/**
 * Cohen's kappa for two raters and unordered categories: kappa = (po - pe) / (1 - pe), where po is the share of cases
 * on which both chose the same category, and pe = sum over categories of p_i. * p_.i.
 *
 * Source: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement
 * 20:37-46. The standard error is that of Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327, in the
 * form of Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 18.1:
 * n (1 - pe)^2 SE^2 = A + B - C, with
 * A = sum_i p_ii (1 - (p_i. + p_.i)(1 - kappa))^2,
 * B = (1 - kappa)^2 sum_{i != j} p_ij (p_.i + p_j.)^2,
 * C = (kappa - pe (1 - kappa))^2.
 */
export function cohenKappa(cases: readonly (readonly [first: string, second: string])[]): Agreement {
  const n = cases.length;
  const agreed = cases.filter(([first, second]) => first === second).length;
  if (n === 0)
    return { n, agreed, observed: null, expected: null, kappa: null, standardError: null, interval: null };
  const byFirst = sharesOf(cases.map(([first]) => first));
  const bySecond = sharesOf(cases.map(([, second]) => second));
  const observed = agreed / n;
  const expected = [...byFirst].reduce(
    (sum, [category, share]) => sum + share * (bySecond.get(category) ?? 0),
    0,
  );
  // Of counted shares: exactly 1 only where both used one category alone.
  if (byFirst.size === 1 && bySecond.size === 1 && agreed === n)
    return { n, agreed, observed, expected: 1, kappa: null, standardError: null, interval: null };
  const kappa = (observed - expected) / (1 - expected);
  const beyond = 1 - kappa;
  let [onDiagonal, offDiagonal] = [0, 0];
  for (const [first, second] of cases) {
    if (first === second)
      onDiagonal += (1 - ((byFirst.get(first) ?? 0) + (bySecond.get(first) ?? 0)) * beyond) ** 2 / n;
    else offDiagonal += ((bySecond.get(first) ?? 0) + (byFirst.get(second) ?? 0)) ** 2 / n;
  }
  const variance = onDiagonal + beyond ** 2 * offDiagonal - (kappa - expected * beyond) ** 2;
  const standardError = Math.sqrt(Math.max(0, variance) / n) / (1 - expected);
  return {
    n,
    agreed,
    observed,
    expected,
    kappa,
    standardError,
    interval:
      agreed === n
        ? null
        : {
            low: Math.max(-1, kappa - Z_95 * standardError),
            high: Math.min(1, kappa + Z_95 * standardError),
          },
  };
}

function sharesOf(categories: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const category of categories) counts.set(category, (counts.get(category) ?? 0) + 1);
  return new Map([...counts].map(([category, count]) => [category, count / categories.length]));
}
