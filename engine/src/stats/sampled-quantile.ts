import { replicatesOf, type Sampled } from './bootstrap.ts';
import { type QuantileFigure, quantileFigure } from './quantile.ts';
import { unitBits } from './unit-hash.ts';

/** One observation of a unit; null ranks as longest (unanswered). A unit may have several. */
export type Observation = { readonly unit: string | bigint; readonly value: number | null };

export type SampledQuantile = Sampled & { readonly n: number; readonly reason: QuantileFigure['reason'] };

/**
 * A quantile over observations: its own interval comes from order statistics, its replicates (for the change between
 * two periods) from resampling units. Above `maxBootstrapUnits` units there are none, and a change joins the two
 * order-statistic intervals by the square-root rule.
 */
export function sampledQuantile(observations: readonly Observation[], q: number): SampledQuantile {
  const n = observations.length;
  const rowBits = BigUint64Array.from(observations, ({ unit }) => unitBits(unit));
  const bits = rowBits
    .slice()
    .sort()
    .filter((own, i, all) => i === 0 || all[i - 1] !== own);
  const placeOf = new Map(Array.from(bits, (own, place): [bigint, number] => [own, place]));

  const values = Float64Array.from(observations, ({ value }) => value ?? Number.POSITIVE_INFINITY);
  const order = Uint32Array.from(observations.keys()).sort((a, b) => compare(values[a], values[b]));
  const sorted = Float64Array.from(order, (at) => values[at] as number);
  const unitAt = Uint32Array.from(order, (at) => placeOf.get(rowBits[at] as bigint) as number);

  const figure = quantileFigure(n, q, (rank) => {
    const value = sorted[rank - 1] as number;
    return Number.isFinite(value) ? value : null;
  });
  return {
    ...figure,
    n,
    units: bits.length,
    replicates: replicatesOf(bits, (weights) => weightedQuantile(sorted, unitAt, weights, q)),
  };
}

/** Type 7 over the multiset in which every observation stands as often as its unit was drawn. */
function weightedQuantile(sorted: Float64Array, unitAt: Uint32Array, weights: Uint8Array, q: number): number {
  let drawn = 0;
  for (let i = 0; i < unitAt.length; i += 1) drawn += weights[unitAt[i] as number] as number;
  if (drawn === 0) return Number.NaN;
  const place = (drawn - 1) * q;
  const whole = Math.floor(place);
  const fraction = place - whole;
  let passed = 0;
  let i = -1;
  while (passed <= whole) {
    i += 1;
    passed += weights[unitAt[i] as number] as number;
  }
  const low = sorted[i] as number;
  if (fraction === 0 || passed > whole + 1) return low;
  do i += 1;
  while (weights[unitAt[i] as number] === 0);
  const high = sorted[i] as number;
  return low === high ? low : low + fraction * (high - low);
}

function compare(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0; // infinity minus infinity is no order
  return (a as number) < (b as number) ? -1 : 1;
}
