import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pFromInterval, twoProportionP } from './change-p.ts';
import { newcombe10 } from './newcombe.ts';

const counts = fc.integer({ min: 1, max: 2_000 }).chain((n) => fc.tuple(fc.nat({ max: n }), fc.constant(n)));

describe('twoProportionP', () => {
  it('is under 0.05 exactly when the 95 % interval excludes zero', () => {
    fc.assert(
      fc.property(counts, counts, ([k1, n1], [k0, n0]) => {
        const interval = newcombe10(k1, n1, k0, n0);
        const p = twoProportionP(k1, n1, k0, n0);
        if (interval === null || p === null) throw new Error('no answer for n > 0');
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(p < 0.05).toBe(interval.low > 0 || interval.high < 0);
      }),
    );
  });

  it('comes close to the pooled z test where units are many', () => {
    // 150/1000 against 120/1000: statsmodels gives p = 0.04964
    expect(twoProportionP(150, 1_000, 120, 1_000)).toBeCloseTo(0.0496, 2);
    expect(twoProportionP(512, 4_010, 480, 4_000)).toBeCloseTo(0.2968, 2);
  });

  it('equal shares are no evidence, no units no answer', () => {
    expect(twoProportionP(1, 2, 50, 100)).toBe(1);
    expect(twoProportionP(0, 0, 50, 100)).toBeNull();
    expect(twoProportionP(1_000, 1_000, 0, 1_000)).toBeLessThan(1e-100);
  });
});

describe('pFromInterval', () => {
  it('is 0.05 when the 95 % interval ends at zero', () => {
    expect(pFromInterval(2, [0, 5])).toBeCloseTo(0.05, 12);
    expect(pFromInterval(-2, [-9, 0])).toBeCloseTo(0.05, 12);
    expect(pFromInterval(2, [1, 5])).toBeLessThan(0.05);
    expect(pFromInterval(2, [-1, 5])).toBeGreaterThan(0.05);
  });

  it('an open side towards zero is no evidence', () => {
    expect(pFromInterval(2, [null, 5])).toBe(1);
    expect(pFromInterval(-2, [-5, null])).toBe(1);
    expect(pFromInterval(0, [-1, 1])).toBe(1);
    expect(pFromInterval(2, [2, 3])).toBe(0);
  });
});
