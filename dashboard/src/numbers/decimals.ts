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
