import { type Interval, intervalOf } from './interval.ts';
import { newcombeFromIntervals } from './newcombe.ts';
import { fillWeights, replicateCount } from './poisson-weights.ts';
import { quantile } from './quantile.ts';

/** Fewer units than this say nothing about their spread. */
export const minUnits = 10;
/** Above this the normal approximation takes over. */
export const maxBootstrapUnits = 20_000;

const lowerTail = 0.025;
const upperTail = 0.975;

/** A figure drawn from units. `replicates` is null under `minUnits` and above `maxBootstrapUnits`. */
export type Sampled = {
  readonly value: number | null;
  /** Distinct units that contribute. */
  readonly units: number;
  readonly interval: Interval | null;
  readonly replicates: Float64Array | null;
};

/**
 * One figure per replicate, from the weight of each unit in it. NaN: the replicate has no denominator; infinity: it
 * is not reached. Null where the number of units does not allow a bootstrap.
 */
export function replicatesOf(
  bits: BigUint64Array,
  figure: (weights: Uint8Array) => number,
): Float64Array | null {
  if (bits.length < minUnits || bits.length > maxBootstrapUnits) return null;
  const weights = new Uint8Array(bits.length);
  return Float64Array.from({ length: replicateCount }, (_, replicate) => {
    fillWeights(bits, replicate, weights);
    return figure(weights);
  });
}

/** Type 7 quantiles 0.025 and 0.975 of the replicates that have a denominator. */
export function percentileInterval(replicates: Float64Array): Interval | null {
  const sorted = replicates.filter((value) => !Number.isNaN(value)).sort();
  const low = quantile(sorted, lowerTail);
  const high = quantile(sorted, upperTail);
  return low === null || high === null ? null : intervalOf(low, high);
}

/**
 * The interval of the difference of two figures, replicate by replicate. A person of both periods has the same weight
 * in both, so what the periods share cancels. Where neither side reaches its median the difference may be anything:
 * that replicate widens both ends.
 */
export function differenceOfReplicates(now: Float64Array, before: Float64Array): Interval | null {
  if (now.length !== before.length) {
    throw new RangeError(
      `Replicates are compared one by one, but there are ${now.length} and ${before.length}.`,
    );
  }
  const lows: number[] = [];
  const highs: number[] = [];
  for (let b = 0; b < now.length; b += 1) {
    const one = now[b] as number;
    const other = before[b] as number;
    if (Number.isNaN(one) || Number.isNaN(other)) continue;
    const difference = one - other;
    const unknown = Number.isNaN(difference);
    lows.push(unknown ? Number.NEGATIVE_INFINITY : difference);
    highs.push(unknown ? Number.POSITIVE_INFINITY : difference);
  }
  const low = quantile(Float64Array.from(lows).sort(), lowerTail);
  const high = quantile(Float64Array.from(highs).sort(), upperTail);
  return low === null || high === null ? null : intervalOf(low, high);
}

export type SampledDifference = { readonly difference: number; readonly interval: Interval | null };

/**
 * The change of a ratio, mean or median. Of the replicates where both sides have them. Where one side has too many
 * units for a bootstrap, the two intervals are joined by Newcombe's square-root rule, which for R ± z√V is
 * ± z√(V₁ + V₀); it takes the sides as independent, so people who come in both make it rather too wide than too narrow.
 * Under `minUnits` on either side there is no interval.
 */
export function differenceOfSampled(now: Sampled, before: Sampled): SampledDifference | null {
  if (now.value === null || before.value === null) return null;
  const difference = now.value - before.value;
  if (Math.min(now.units, before.units) < minUnits) return { difference, interval: null };
  if (now.replicates !== null && before.replicates !== null) {
    return { difference, interval: differenceOfReplicates(now.replicates, before.replicates) };
  }
  if (now.interval === null || before.interval === null) return { difference, interval: null };
  const joined = newcombeFromIntervals(
    limits(now.value, now.interval),
    limits(before.value, before.interval),
  );
  return {
    difference,
    interval: joined.low === null && joined.high === null ? null : [joined.low, joined.high],
  };
}

function limits(
  value: number,
  [low, high]: Interval,
): { value: number; low: number | null; high: number | null } {
  return { value, low, high };
}
