import type { Interval } from '@botworth/contract/result';

/** Below this half-width a further decimal still says something. */
const WHOLE_FROM = 0.95;

/** Half the width in the unit that is printed; null when an end is open or nothing bounds the figure. */
const halfWidth = (interval: Interval, scale: number): number | null => {
  const [low, high] = interval ?? [null, null];
  return low === null || high === null ? null : ((high - low) / 2) * scale;
};

/** Decimals follow the interval: a figure that is only known to a point or worse is printed whole. */
export const decimalsFor = (interval: Interval, scale: number): 0 | 1 => {
  const half = halfWidth(interval, scale);
  return half === null || half >= WHOLE_FROM ? 0 : 1;
};

/** A difference is never known so well that more would help. */
const MOST = 4;

/**
 * Decimals of a change and its ends, all alike: at least so many, and as many as it takes that nothing which lies off
 * zero reads as zero. An interval that holds zero may touch it.
 */
export const decimalsOffZero = (
  { difference, interval }: { readonly difference: number; readonly interval: Interval },
  scale: number,
  least: number,
): number => {
  const [low, high] = interval ?? [null, null];
  if (low === null || high === null || (low <= 0 && high >= 0)) return least;
  const nearest = Math.min(Math.abs(low), Math.abs(high), Math.abs(difference)) * scale;
  for (let decimals = least; decimals <= MOST; decimals += 1)
    if (Number(nearest.toFixed(decimals)) !== 0) return decimals;
  return MOST;
};
