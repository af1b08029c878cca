/** The 0.975 quantile of the standard normal distribution: every interval of the product is a 95 % one. */
export const z95 = 1.959963984540054;

export type Proportion = { readonly value: number; readonly low: number; readonly high: number };

/**
 * Wilson's score interval for k of n, without continuity correction (Newcombe 1998, method 3).
 * For units that each say yes or no, and for nothing else. No units, no figure: null.
 */
export function wilson(k: number, n: number): Proportion | null {
  if (!(k >= 0 && k <= n && n < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `wilson needs 0 ≤ k ≤ n, got k = ${k} of n = ${n}; count the numerator among the denominator's units.`,
    );
  }
  if (n === 0) return null;
  return scoreInterval(k / n, (n - k) / n, n, z95);
}

function scoreInterval(share: number, rest: number, n: number, z: number): Proportion {
  // The limits are the roots of (1 + z²/n)·x² − (2p + z²/n)·x + p² = 0. The smaller is taken as the product of
  // both over the larger, where nothing cancels: k = 0 gives exactly 0, and k = n, seen from the other end,
  // exactly 1.
  const shift = (z * z) / (2 * n);
  const half = z * Math.sqrt((share * rest) / n + (z * z) / (4 * n * n));
  const low = (share * share) / (share + shift + half);
  const belowOne = (rest * rest) / (rest + shift + half);
  return { value: share, low: Math.min(low, share), high: Math.max(1 - belowOne, share) };
}
