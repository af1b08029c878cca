import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashUnit, poissonWeight } from './plain-weights.test-data.ts';
import { quantile } from './quantile.ts';
import { ratioFromMoments, ratioOfSums, ratioVariance } from './ratio-of-sums.ts';
import { unitBits } from './unit-hash.ts';
import type { UnitRow } from './unit-sums.ts';

const row = fc.record({
  unit: fc.string({ minLength: 1, maxLength: 3 }),
  y: fc.double({ min: 0, max: 100, noNaN: true }),
  x: fc.double({ min: 0.1, max: 100, noNaN: true }),
});

function people(n: number): UnitRow[] {
  return Array.from({ length: n }, (_, i) => {
    const x = 1 + (i % 7);
    return { unit: `person-${i}`, y: (i * i) % (x + 1), x };
  });
}

/** The definition, one step at a time. */
function plainInterval(rows: readonly UnitRow[]): (number | null)[] {
  const replicates = Array.from({ length: 1_000 }, (_, b) => {
    let y = 0;
    let x = 0;
    for (const one of rows) {
      const weight = poissonWeight(hashUnit(unitBits(one.unit), BigInt(b)));
      y += weight * one.y;
      x += weight * one.x;
    }
    return y / x;
  }).sort((a, b) => a - b);
  return [quantile(replicates, 0.025), quantile(replicates, 0.975)];
}

describe('ratioOfSums', () => {
  it('is the percentile bootstrap of the definition', () => {
    const rows = people(40);
    const figure = ratioOfSums(rows, [0, 1]);
    expect(figure.units).toBe(40);
    expect(figure.interval).toEqual(plainInterval(rows));
    expect(figure.replicates).toHaveLength(1_000);
  });

  it('does not depend on the order of the rows, nor on rows that add nothing', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 15, maxLength: 40 }), fc.nat(), (rows, turn) => {
        const at = turn % rows.length;
        const turned = [...rows.slice(at), ...rows.slice(0, at)].reverse();
        const figure = ratioOfSums(rows);
        expect(ratioOfSums([...turned, { unit: 'nobody', y: 0, x: 0 }])).toEqual(figure);
        expect(ratioOfSums(rows)).toEqual(figure);
      }),
      { numRuns: 15 },
    );
  });

  it('rows of one person are one unit', () => {
    const split = people(30).flatMap(({ unit, y, x }) => [
      { unit, y: y - 0.5, x: 0 },
      { unit, y: 0.5, x },
    ]);
    expect(ratioOfSums(split)).toEqual(ratioOfSums(people(30)));
    // one busy person does not make ten
    const one = Array.from({ length: 100 }, () => ({ unit: 'p', y: 1, x: 2 }));
    expect(ratioOfSums(one)).toMatchObject({ value: 0.5, units: 1, interval: null, replicates: null });
  });

  it('has no interval under ten units, and one from ten on', () => {
    expect(ratioOfSums(people(9)).interval).toBeNull();
    expect(ratioOfSums(people(9)).value).not.toBeNull();
    expect(ratioOfSums(people(10)).interval).not.toBeNull();
  });

  it('no denominator gives no value', () => {
    expect(ratioOfSums([])).toMatchObject({ value: null, units: 0, interval: null });
    const only = Array.from({ length: 12 }, (_, i) => ({ unit: BigInt(i), y: 1, x: 0 }));
    expect(ratioOfSums(only)).toMatchObject({ value: null, numerator: 12, denominator: 0, interval: null });
  });

  it('a replicate that draws no denominator is left out', () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ unit: BigInt(i), y: 1, x: i === 0 ? 4 : 0 }));
    const { replicates, interval } = ratioOfSums(rows);
    expect(replicates?.some(Number.isNaN)).toBe(true);
    expect(interval?.every((end) => Number.isFinite(end))).toBe(true);
  });

  it('all and none have no spread', () => {
    const all = people(50).map(({ unit, x }) => ({ unit, y: x, x }));
    expect(ratioOfSums(all, [0, 1])).toMatchObject({ value: 1, interval: [1, 1] });
    const none = people(50).map(({ unit, x }) => ({ unit, y: 0, x }));
    expect(ratioOfSums(none, [0, 1])).toMatchObject({ value: 0, interval: [0, 0] });
  });

  it('the bootstrap and the linearised variance agree where both hold', () => {
    const few = people(4_000);
    const bootstrap = ratioOfSums(few);
    const sum = (of: (one: UnitRow) => number) => few.reduce((total, one) => total + of(one), 0);
    const linear = ratioFromMoments({
      units: few.filter(({ y, x }) => y !== 0 || x !== 0).length,
      y: sum(({ y }) => y),
      x: sum(({ x }) => x),
      yy: sum(({ y }) => y * y),
      xy: sum(({ x, y }) => x * y),
      xx: sum(({ x }) => x * x),
    });
    expect(linear.value).toBe(bootstrap.value);
    const [low, high] = bootstrap.interval ?? [null, null];
    const [linearLow, linearHigh] = linear.interval ?? [null, null];
    const width = (linearHigh ?? 0) - (linearLow ?? 0);
    expect(width).toBeGreaterThan(0);
    expect(Math.abs((low ?? 0) - (linearLow ?? 0))).toBeLessThan(width * 0.1);
    expect(Math.abs((high ?? 0) - (linearHigh ?? 0))).toBeLessThan(width * 0.1);
  });

  it('takes the linearised variance above 20,000 units', () => {
    expect(ratioOfSums(people(20_000)).replicates).not.toBeNull();
    const many = ratioOfSums(people(20_001));
    expect(many.replicates).toBeNull();
    expect(many.interval?.[0]).toBeLessThan(many.value ?? 0);
    expect(many.interval?.[1]).toBeGreaterThan(many.value ?? 0);
  });
});

describe('ratioVariance', () => {
  // the specification's fallbacks of turns: 1/10, 2/5, 3/3, 0/2
  const fallbacks = { units: 4, y: 6, x: 20, yy: 14, xy: 29, xx: 138 };

  it('is n/(n−1)·Σ(y − R·x)²/(Σx)²', () => {
    expect(ratioVariance(fallbacks)).toBeCloseTo(0.030067, 6);
    expect(ratioFromMoments(fallbacks)).toMatchObject({ value: 0.3, interval: null });
  });

  it('does not exist for one unit or without a denominator', () => {
    expect(ratioVariance({ ...fallbacks, units: 1 })).toBeNull();
    expect(ratioVariance({ ...fallbacks, x: 0 })).toBeNull();
  });

  it('the interval is cut to the range of the metric', () => {
    const rare = { units: 20, y: 1, x: 20, yy: 1, xy: 1, xx: 20 };
    expect(ratioFromMoments(rare).interval?.[0]).toBeLessThan(0);
    expect(ratioFromMoments(rare, [0, 1]).interval?.[0]).toBe(0);
  });
});
