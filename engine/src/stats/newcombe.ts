import type { Proportion } from './wilson.ts';
import { wilson } from './wilson.ts';

/** A figure with its limits; null is an open end. */
export type Limits = {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** Newcombe 1998, method 10: k1/n1 − k0/n0 from the two Wilson intervals. Null when a side has no units. */
export function newcombe10(k1: number, n1: number, k0: number, n0: number): Proportion | null {
  const now = wilson(k1, n1);
  const before = wilson(k0, n0);
  if (now === null || before === null) return null;
  const value = now.value - before.value;
  // Within −1…1 by algebra; the bounds only take off the last rounding error.
  return {
    value,
    low: Math.max(-1, value - Math.hypot(now.value - now.low, before.high - before.value)),
    high: Math.min(1, value + Math.hypot(now.high - now.value, before.value - before.low)),
  };
}

/**
 * The square-root rule behind method 10 for any two independent figures with intervals of their own: standardised
 * baselines, medians, ratios. Each end of the difference needs the two ends that could bring it about; when one of
 * them is open, so is that end.
 */
export function newcombeFromIntervals(now: Limits, before: Limits): Limits {
  const value = now.value - before.value;
  return {
    value,
    low:
      now.low === null || before.high === null
        ? null
        : value - Math.hypot(now.value - now.low, before.high - before.value),
    high:
      now.high === null || before.low === null
        ? null
        : value + Math.hypot(now.high - now.value, before.value - before.low),
  };
}
