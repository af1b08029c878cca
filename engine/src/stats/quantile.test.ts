import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianPositions, quantile, quantileFigure, quantilePosition, quantileRanks } from './quantile.ts';

describe('quantileRanks', () => {
  it.each([
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [20, 6, 15],
    [40, 14, 27],
    [200, 86, 115],
    // scipy 1.17
    [100_000, 49_690, 50_311],
    [1_000_000, 499_020, 500_981],
    [10_000_000, 4_996_901, 5_003_100],
  ])('a median of %i lies between ranks %i and %i', (n, r, s) => {
    expect(quantileRanks(n, 0.5)).toEqual({ r, s });
  });

  it.each([
    [10, 7, null],
    [30, 23, null],
    [40, 32, 40],
    [100, 84, 96],
    [1_000, 881, 919],
    [10_000_000, 8_998_140, 9_001_860],
  ])('a ninetieth percentile of %i lies between ranks %i and %s', (n, r, s) => {
    expect(quantileRanks(n, 0.9)).toEqual({ r, s });
  });

  it('a median of fewer than six has none', () => {
    for (const n of [0, 1, 2, 3, 4, 5]) expect(quantileRanks(n, 0.5)).toBeNull();
  });

  it('ranks are ordered, enclose the quantile, mirror with q and never fall as n grows', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), share, (n, q) => {
        const ranks = quantileRanks(n, q);
        const more = quantileRanks(n + 1, q);
        if (ranks === null) return;
        const { r, s } = ranks;
        if (r !== null) {
          expect(r).toBeGreaterThanOrEqual(1);
          expect(r).toBeLessThanOrEqual(n * q + 1);
          expect(more?.r ?? 0).toBeGreaterThanOrEqual(r);
        }
        if (s !== null) {
          expect(s).toBeLessThanOrEqual(n);
          expect(s).toBeGreaterThanOrEqual(n * q);
          expect(more?.s ?? n + 1).toBeGreaterThanOrEqual(s);
        }
        if (r !== null && s !== null) expect(r).toBeLessThan(s);
      }),
    );
  });
});

describe('quantile', () => {
  it('is type 7: between neighbours in proportion', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([10, 20], 0.9)).toBeCloseTo(19, 12);
    expect(quantile([7], 0.9)).toBe(7);
    expect(quantile([1, 2, 3], 0)).toBe(1);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(quantile([], 0.5)).toBeNull();
  });

  it('asks for the one or two middle ranks of a median', () => {
    expect(medianPositions(0)).toBeNull();
    expect(medianPositions(1)).toEqual({ lower: 1, upper: 1, fraction: 0 });
    expect(medianPositions(9)).toEqual({ lower: 5, upper: 5, fraction: 0 });
    expect(medianPositions(10)).toEqual({ lower: 5, upper: 6, fraction: 0.5 });
  });

  it('refuses a sample size or a share that is none', () => {
    expect(() => quantilePosition(1.5, 0.5)).toThrow('whole n');
    expect(() => quantilePosition(2, 1.5)).toThrow('within 0–1');
  });
});

describe('quantileFigure', () => {
  const turns = [4, 5, 5, 6, 7, 9, 10, 12, 15, 30];
  const at = (rank: number) => turns[rank - 1] ?? null;

  it('gives median and interval of an even n', () => {
    expect(quantileFigure(10, 0.5, at)).toEqual({ value: 8, reason: null, interval: [5, 15] });
  });

  it('a missing rank is an open end', () => {
    expect(quantileFigure(10, 0.9, at).interval).toEqual([10, null]);
    expect(quantileFigure(10, 0.9, at).value).toBeCloseTo(16.5, 12);
    expect(quantileFigure(10, 0.1, at).interval).toEqual([null, 6]);
  });

  it('says why there is no value', () => {
    expect(quantileFigure(0, 0.5, at)).toEqual({ value: null, reason: 'no_data', interval: null });
    expect(quantileFigure(5, 0.5, at)).toEqual({ value: 5, reason: null, interval: null });
  });

  it('asks only for the four ranks it needs', () => {
    const asked = new Set<number>();
    quantileFigure(1_000_000, 0.5, (rank) => {
      asked.add(rank);
      return rank;
    });
    expect([...asked].sort((a, b) => a - b)).toEqual([499_020, 500_000, 500_001, 500_981]);
  });
});
