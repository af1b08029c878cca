import { describe, expect, it } from 'vitest';
import {
  differenceOfReplicates,
  differenceOfSampled,
  percentileInterval,
  type Sampled,
} from './bootstrap.ts';
import { ratioOfSums } from './ratio-of-sums.ts';
import { sampledQuantile } from './sampled-quantile.ts';

const upTo = (n: number, of: (i: number) => number = (i) => i) =>
  Float64Array.from({ length: n }, (_, i) => of(i));

describe('percentileInterval', () => {
  it('is the type 7 quantiles 0.025 and 0.975, whatever the order', () => {
    expect(percentileInterval(upTo(1_001))).toEqual([25, 975]);
    expect(percentileInterval(upTo(1_001, (i) => 1_000 - i))).toEqual([25, 975]);
  });

  it('leaves out replicates without a denominator and opens an end that is not reached', () => {
    expect(percentileInterval(Float64Array.of(Number.NaN, 3, Number.NaN))).toEqual([3, 3]);
    expect(percentileInterval(Float64Array.of(Number.NaN))).toBeNull();
    expect(percentileInterval(upTo(100, (i) => (i < 50 ? i : Number.POSITIVE_INFINITY)))?.[1]).toBeNull();
  });
});

describe('differenceOfReplicates', () => {
  it('compares replicate by replicate, so what is shared cancels', () => {
    const before = upTo(1_000, (i) => Math.sin(i));
    expect(
      differenceOfReplicates(
        upTo(1_000, (i) => Math.sin(i)),
        before,
      ),
    ).toEqual([0, 0]);
    const [low, high] = differenceOfReplicates(
      before.map((value) => value + 2),
      before,
    ) ?? [null, null];
    expect(low).toBeCloseTo(2, 12);
    expect(high).toBeCloseTo(2, 12);
  });

  it('turns round with the sides', () => {
    const a = upTo(1_000, (i) => (i * 37) % 101);
    const b = upTo(1_000, (i) => (i * 53) % 89);
    const [low, high] = differenceOfReplicates(a, b) ?? [null, null];
    const [back, forth] = differenceOfReplicates(b, a) ?? [null, null];
    expect(low).toBeCloseTo(-(forth ?? 0), 9);
    expect(high).toBeCloseTo(-(back ?? 0), 9);
  });

  it('where neither side is reached the difference may be anything', () => {
    const open = Number.POSITIVE_INFINITY;
    const often = upTo(100, (i) => (i % 4 === 0 ? open : 1));
    expect(differenceOfReplicates(often, often)).toBeNull();
    expect(
      differenceOfReplicates(
        often,
        upTo(100, () => 1),
      ),
    ).toEqual([0, null]);
    expect(
      differenceOfReplicates(
        upTo(100, () => 1),
        often,
      ),
    ).toEqual([null, 0]);
  });

  it('two different numbers of replicates are refused', () => {
    expect(() => differenceOfReplicates(upTo(2), upTo(3))).toThrow('one by one');
  });
});

describe('differenceOfSampled', () => {
  const ratio = (n: number, shift: number) =>
    ratioOfSums(Array.from({ length: n }, (_, i) => ({ unit: `${shift}-${i}`, y: (i % 5) + shift, x: 5 })));

  it('a shift is found between two ratios, and none between a period and itself', () => {
    const before = ratio(200, 0);
    expect(differenceOfSampled(before, before)).toEqual({ difference: 0, interval: [0, 0] });
    const found = differenceOfSampled(ratio(200, 2), before);
    expect(found?.difference).toBeCloseTo(0.4, 12);
    expect(found?.interval?.[0]).toBeGreaterThan(0.3);
    expect(found?.interval?.[1]).toBeLessThan(0.5);
  });

  it('under ten units on a side there is a difference but no interval', () => {
    expect(differenceOfSampled(ratio(9, 0), ratio(200, 0))?.interval).toBeNull();
    const median = (n: number) =>
      sampledQuantile(
        Array.from({ length: n }, (_, i) => ({ unit: BigInt(i), value: i })),
        0.5,
      );
    expect(median(9).interval).not.toBeNull();
    expect(differenceOfSampled(median(9), median(50))).toEqual({ difference: -20.5, interval: null });
  });

  it('without replicates on a side the intervals are joined by the square-root rule', () => {
    const large: Sampled = { value: 0.5, units: 30_000, interval: [0.47, 0.53], replicates: null };
    const joined = differenceOfSampled(large, { ...large, value: 0.4, interval: [0.36, 0.44] });
    expect(joined?.interval?.[0]).toBeCloseTo(0.1 - 0.05, 12);
    expect(joined?.interval?.[1]).toBeCloseTo(0.1 + 0.05, 12);
    expect(differenceOfSampled(large, { ...large, interval: [0.4, null] })?.interval?.[0]).toBeNull();
    expect(differenceOfSampled(large, { ...large, interval: null })?.interval).toBeNull();
  });

  it('a side without a value leaves nothing to compare', () => {
    expect(differenceOfSampled(ratioOfSums([]), ratio(20, 0))).toBeNull();
  });
});
