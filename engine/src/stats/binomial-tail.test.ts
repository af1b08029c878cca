import binomial from '@stdlib/stats-base-dists-binomial';
import { describe, expect, it } from 'vitest';
import { binomialTerm, largestRareCount } from './binomial-tail.ts';

/** The plain sum, from Pascal's own recurrence in logarithms. */
function largestBySum(n: number, q: number, level: number): number {
  let logTerm = n * Math.log1p(-q);
  let sum = 0;
  for (let k = 0; k <= n; k += 1) {
    sum += Math.exp(logTerm);
    if (sum > level) return k - 1;
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(q / (1 - q));
  }
  return n;
}

describe('largestRareCount', () => {
  it.each([0.5, 0.1, 0.9, 0.75, 0.99])(
    'is the largest count of the plain sum for every n to 400, q = %f',
    (q) => {
      for (let n = 1; n <= 400; n += 1) {
        expect([n, largestRareCount(n, q, 0.025)]).toEqual([n, largestBySum(n, q, 0.025)]);
      }
    },
  );

  it.each([
    [5_000, 0.5],
    [31_415, 0.9],
    [65_537, 0.5],
    [100_000, 0.1],
    [100_000, 0.5],
  ])('is the largest count of the plain sum for n = %i, q = %f', (n, q) => {
    expect(largestRareCount(n, q, 0.025)).toBe(largestBySum(n, q, 0.025));
  });

  it.each([
    [1_000_000, 0.5],
    [1_000_000, 0.9],
    [10_000_000, 0.5],
    [10_000_000, 0.1],
  ])('stands on the right side of another distribution function for n = %i, q = %f', (n, q) => {
    const count = largestRareCount(n, q, 0.025);
    expect(binomial.cdf(count, n, q)).toBeLessThanOrEqual(0.025);
    expect(binomial.cdf(count + 1, n, q)).toBeGreaterThan(0.025);
  });
});

describe('binomialTerm', () => {
  it('is C(n, k)·q^k·(1 − q)^(n − k), ends included', () => {
    expect(binomialTerm(0, 4, 0.5)).toBeCloseTo(1 / 16, 15);
    expect(binomialTerm(2, 4, 0.5)).toBeCloseTo(6 / 16, 15);
    expect(binomialTerm(4, 4, 0.25)).toBeCloseTo(1 / 256, 15);
    expect(binomialTerm(3, 10, 0.9)).toBeCloseTo(120 * 0.9 ** 3 * 0.1 ** 7, 18);
  });
});
