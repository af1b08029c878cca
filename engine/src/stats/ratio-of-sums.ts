import { maxBootstrapUnits, minUnits, percentileInterval, replicatesOf, type Sampled } from './bootstrap.ts';
import type { Interval } from './interval.ts';
import { sumByUnit, type UnitRow, type UnitSums } from './unit-sums.ts';
import { z95 } from './wilson.ts';

/** The values a metric can take; [0, 1] for a share. */
export type Range = readonly [low: number, high: number];

const unlimited: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

export type RatioOfSums = Sampled & { readonly numerator: number; readonly denominator: number };

/**
 * R = Σy/Σx with its interval. A mean is the ratio in which x counts a unit's observations. Up to
 * `maxBootstrapUnits` the percentile bootstrap, above it the linearised variance.
 */
export function ratioOfSums(rows: readonly UnitRow[], range: Range = unlimited): RatioOfSums {
  const sums = sumByUnit(rows);
  const n = sums.bits.length;
  if (n > maxBootstrapUnits) return ratioFromMoments(momentsOf(sums), range);
  const numerator = total(sums.y);
  const denominator = total(sums.x);
  const value = denominator === 0 ? null : numerator / denominator;
  const replicates =
    value === null ? null : replicatesOf(sums.bits, (weights) => weightedRatio(sums, weights));
  const interval = replicates === null ? null : percentileInterval(replicates);
  return { value, numerator, denominator, units: n, interval: clip(interval, range), replicates };
}

/** Sums over units, as a database makes them in one pass. */
export type RatioMoments = {
  readonly units: number;
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xy: number;
  readonly xx: number;
};

/**
 * The same from six sums, R ± z√V with V = n/(n−1)·Σ(y − R·x)²/(Σx)²: for more units than a bootstrap takes, which
 * then need not leave the database. `units` counts those with y or x other than 0.
 */
export function ratioFromMoments(moments: RatioMoments, range: Range = unlimited): RatioOfSums {
  const { units, y, x } = moments;
  const value = x === 0 ? null : y / x;
  const variance = units < minUnits ? null : ratioVariance(moments);
  const half = variance === null ? null : z95 * Math.sqrt(variance);
  const interval: Interval | null = value === null || half === null ? null : [value - half, value + half];
  return { value, numerator: y, denominator: x, units, interval: clip(interval, range), replicates: null };
}

/** V; null where it does not exist. */
export function ratioVariance({ units, y, x, yy, xy, xx }: RatioMoments): number | null {
  if (x === 0 || units < 2) return null;
  const ratio = y / x;
  // Σ(y − R·x)² multiplied out; rounding may leave a hair below zero when all ratios are equal.
  const squares = Math.max(0, yy - 2 * ratio * xy + ratio * ratio * xx);
  return ((units / (units - 1)) * squares) / (x * x);
}

function momentsOf({ bits, y, x }: UnitSums): RatioMoments {
  let yy = 0;
  let xy = 0;
  let xx = 0;
  for (let i = 0; i < y.length; i += 1) {
    const yi = y[i] as number;
    const xi = x[i] as number;
    yy += yi * yi;
    xy += xi * yi;
    xx += xi * xi;
  }
  return { units: bits.length, y: total(y), x: total(x), yy, xy, xx };
}

function weightedRatio({ y, x }: UnitSums, weights: Uint8Array): number {
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] as number;
    numerator += weight * (y[i] as number);
    denominator += weight * (x[i] as number);
  }
  return denominator === 0 ? Number.NaN : numerator / denominator;
}

function total(amounts: Float64Array): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}

function clip(interval: Interval | null, [from, to]: Range): Interval | null {
  if (interval === null) return null;
  const [low, high] = interval;
  const within = (end: number | null): number | null =>
    end === null ? null : Math.min(Math.max(end, from), to);
  return [within(low), within(high)];
}
