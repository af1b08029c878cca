import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.ts';

const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((n) => fc.tuple(fc.nat({ max: n }), fc.constant(n)));

describe('wilson', () => {
  it.each([
    // Newcombe, Stat Med 1998;17:857–872, table I, method 3
    [81, 263, 0.2553, 0.3662, 4],
    [15, 148, 0.0624, 0.1605, 4],
    [0, 20, 0, 0.1611, 4],
    [1, 29, 0.0061, 0.1718, 4],
    // the specification's worked cases
    [540, 1200, 0.422056, 0.478263, 6],
    [540, 2000, 0.250998, 0.289884, 6],
    [0, 20, 0, 0.161125, 6],
    [4, 7, 0.250458, 0.84178, 6],
    [200, 240, 0.781012, 0.875152, 6],
    [82, 100, 0.733326, 0.882998, 6],
  ])('%i of %i lies within %f–%f', (k, n, low, high, digits) => {
    const figure = wilson(k, n);
    expect(figure?.value).toBe(k / n);
    expect(figure?.low).toBeCloseTo(low, digits);
    expect(figure?.high).toBeCloseTo(high, digits);
  });

  it('no units give no figure', () => {
    expect(wilson(0, 0)).toBeNull();
  });

  it.each([1, 2, 3, 7, 49, 1_000, 999_983, 1e9])('none of %i gives exactly 0, all exactly 1', (n) => {
    expect(wilson(0, n)).toMatchObject({ value: 0, low: 0 });
    expect(wilson(n, n)).toMatchObject({ value: 1, high: 1 });
    expect(wilson(0, n)?.high).toBeGreaterThan(0);
    expect(wilson(n, n)?.low).toBeLessThan(1);
  });

  it('the interval holds the point, stays within 0–1 and mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const figure = wilson(k, n);
        const mirrored = wilson(n - k, n);
        if (figure === null || mirrored === null) throw new Error('no figure for n > 0');
        expect(figure.low).toBeGreaterThanOrEqual(0);
        expect(figure.low).toBeLessThanOrEqual(figure.value);
        expect(figure.high).toBeGreaterThanOrEqual(figure.value);
        expect(figure.high).toBeLessThanOrEqual(1);
        expect(figure.low).toBeCloseTo(1 - mirrored.high, 12);
      }),
    );
  });

  it('a numerator beyond the denominator is refused', () => {
    expect(() => wilson(3, 2)).toThrow('0 ≤ k ≤ n');
    expect(() => wilson(-1, 2)).toThrow('0 ≤ k ≤ n');
    expect(() => wilson(Number.NaN, 2)).toThrow('0 ≤ k ≤ n');
  });
});
