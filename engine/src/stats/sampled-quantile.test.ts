import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillWeights } from './poisson-weights.ts';
import { quantile } from './quantile.ts';
import { type Observation, sampledQuantile } from './sampled-quantile.ts';
import { unitBits } from './unit-hash.ts';

const observation = fc.record({
  unit: fc.string({ minLength: 1, maxLength: 2 }),
  value: fc.option(fc.nat({ max: 50 }), { freq: 5 }),
});

/** Every observation written out as often as its unit was drawn. */
function plainReplicate(observations: readonly Observation[], b: number, q: number): number {
  const weight = new Uint8Array(1);
  const drawn = observations.flatMap(({ unit, value }) => {
    fillWeights(BigUint64Array.of(unitBits(unit)), b, weight);
    return new Array<number>(weight[0] ?? 0).fill(value ?? Number.POSITIVE_INFINITY);
  });
  return quantile(Float64Array.from(drawn).sort(), q) ?? Number.NaN;
}

describe('sampledQuantile', () => {
  it('each replicate is the type 7 quantile of what was drawn, a person with all their observations', () => {
    fc.assert(
      fc.property(
        fc.array(observation, { minLength: 30, maxLength: 60 }),
        fc.constantFrom(0.5, 0.9),
        fc.nat({ max: 999 }),
        (observations, q, b) => {
          const { replicates, units } = sampledQuantile(observations, q);
          expect(units).toBe(new Set(observations.map(({ unit }) => unit)).size);
          if (units < 10) expect(replicates).toBeNull();
          else expect(replicates?.[b]).toBe(plainReplicate(observations, b, q));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of the observations', () => {
    const observations = Array.from({ length: 60 }, (_, i) => ({ unit: `p${i % 23}`, value: (i * 37) % 11 }));
    expect(sampledQuantile([...observations].reverse(), 0.5)).toEqual(sampledQuantile(observations, 0.5));
  });

  it('value and interval are those of the order statistics', () => {
    const turns = [30, 4, 5, 5, 6, 7, 9, 10, 12, 15];
    const figure = sampledQuantile(
      turns.map((value, i) => ({ unit: BigInt(i), value })),
      0.5,
    );
    expect(figure).toMatchObject({ value: 8, interval: [5, 15], n: 10, units: 10, reason: null });
  });

  it('unanswered rank as longest', () => {
    const waits = [3, 4, 5, 6, 8, 9, null, null, null, null];
    const observe = (values: readonly (number | null)[]) =>
      sampledQuantile(
        values.map((value, i) => ({ unit: BigInt(i), value })),
        0.5,
      );
    expect(observe(waits)).toMatchObject({ value: 8.5, interval: [4, null] });
    expect(observe([...waits.slice(0, 5), ...waits.slice(6), null])).toMatchObject({
      value: null,
      reason: 'not_reached',
    });
  });

  it('nobody gives no data', () => {
    expect(sampledQuantile([], 0.5)).toMatchObject({
      value: null,
      reason: 'no_data',
      units: 0,
      replicates: null,
    });
  });
});
