import { largestRareCount } from './binomial-tail.ts';
import { type Interval, intervalOf } from './interval.ts';

/** Half of what a 95 % interval leaves out. */
const tailLevel = 0.025;

/** Ranks count from 1 in ascending order; null is an open end. */
export type QuantileRanks = { readonly r: number | null; readonly s: number | null };

/** Type 7: between the order statistics `lower` and `upper` (from 1), `fraction` of the way. */
export type QuantilePosition = {
  readonly lower: number;
  readonly upper: number;
  readonly fraction: number;
};

/** Where the type 7 quantile of n values lies. Null without values. */
export function quantilePosition(n: number, q: number): QuantilePosition | null {
  requireSample(n, q);
  if (n === 0) return null;
  const place = (n - 1) * q;
  const whole = Math.floor(place);
  const fraction = place - whole;
  return { lower: whole + 1, upper: fraction === 0 ? whole + 1 : whole + 2, fraction };
}

/** The one or two middle ranks. */
export function medianPositions(n: number): QuantilePosition | null {
  return quantilePosition(n, 0.5);
}

/**
 * The ranks whose order statistics bound the q-quantile with 95 % confidence, whatever the distribution:
 * r = largest with P(Bin(n, q) ≤ r − 1) ≤ 0.025, s = smallest with P(Bin(n, q) ≥ s) ≤ 0.025. Null when neither
 * exists, as for medians of fewer than six.
 */
export function quantileRanks(n: number, q: number): QuantileRanks | null {
  requireSample(n, q);
  if (n === 0 || q === 0 || q === 1) return null;
  const below = largestRareCount(n, q, tailLevel);
  // P(Bin(n, q) ≥ s) = P(Bin(n, 1 − q) ≤ n − s)
  const above = q === 0.5 ? below : largestRareCount(n, 1 - q, tailLevel);
  if (below < 0 && above < 0) return null;
  return { r: below < 0 ? null : below + 1, s: above < 0 ? null : n - above };
}

export type QuantileFigure = {
  readonly value: number | null;
  readonly reason: 'no_data' | 'not_reached' | null;
  readonly interval: Interval | null;
};

/**
 * The quantile and its interval, asking only for the order statistics it needs, so that a database can answer them.
 * `at(rank)` gives null for a unit that never got there (an unanswered conversation): those rank as longest. A
 * quantile that falls among them is not reached, and an upper end that does is open.
 */
export function quantileFigure(n: number, q: number, at: (rank: number) => number | null): QuantileFigure {
  const position = quantilePosition(n, q);
  if (position === null) return { value: null, reason: 'no_data', interval: null };
  const valueAt = (rank: number): number => at(rank) ?? Number.POSITIVE_INFINITY;
  const value = interpolate(position, valueAt);
  const ranks = quantileRanks(n, q);
  return {
    value: Number.isFinite(value) ? value : null,
    reason: Number.isFinite(value) ? null : 'not_reached',
    interval:
      ranks === null
        ? null
        : intervalOf(
            ranks.r === null ? Number.NEGATIVE_INFINITY : valueAt(ranks.r),
            ranks.s === null ? Number.POSITIVE_INFINITY : valueAt(ranks.s),
          ),
  };
}

/** The type 7 quantile of values in ascending order; null without values. */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  const position = quantilePosition(sorted.length, q);
  return position === null ? null : interpolate(position, (rank) => sorted[rank - 1] as number);
}

function interpolate(position: QuantilePosition, at: (rank: number) => number): number {
  const low = at(position.lower);
  if (position.upper === position.lower) return low;
  const high = at(position.upper);
  return low === high ? low : low + position.fraction * (high - low);
}

function requireSample(n: number, q: number): void {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw new RangeError(`A quantile needs a whole n ≥ 0, got ${n}.`);
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile needs q within 0–1, got ${q}.`);
}
