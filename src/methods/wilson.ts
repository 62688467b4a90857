/** A range of proportions, both ends between 0 and 1. */
export interface ProportionInterval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal quantile for a 95 % interval. */
export const Z_95 = 1.959964;

/**
 * The Wilson score interval for a proportion of `count` among `n`, as fractions of 1; null when n is 0.
 *
 * center = (p + z^2/(2n)) / (1 + z^2/n), half width = z/(1 + z^2/n) * sqrt(p(1-p)/n + z^2/(4n^2)), p = count/n.
 * At count = 0 the low end is exactly 0, at count = n the high end is exactly 1.
 *
 * Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, Journal of the
 * American Statistical Association 22:209-212; recommended for small n by Brown, Cai and DasGupta (2001),
 * Statistical Science 16:101-133.
 */
export function wilsonInterval(count: number, n: number, z: number = Z_95): ProportionInterval | null {
  if (!Number.isFinite(count) || !Number.isFinite(n) || count < 0 || n < 0 || count > n)
    throw new RangeError(`${count} of ${n} is not a proportion`);
  if (!(z > 0) || !Number.isFinite(z)) throw new RangeError(`z is ${z}; it must be above 0`);
  if (n === 0) return null;
  const p = count / n;
  const z2 = z * z;
  const center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return {
    low: count === 0 ? 0 : Math.max(0, center - half),
    high: count === n ? 1 : Math.min(1, center + half),
  };
}
