import { excludesZero, type Interval } from './interval.ts';
import { newcombe10 } from './newcombe.ts';
import { twoSidedNormalTail } from './normal-tail.ts';
import { z95 } from './wilson.ts';

const maxZ = 40; // beyond it the p value is below the smallest double

/**
 * The p value that belongs to Newcombe's method 10: the level at which the interval of the difference just touches
 * zero. So p < 0.05 exactly when the 95 % interval excludes zero, and lists and single verdicts cannot disagree.
 */
export function twoProportionP(k1: number, n1: number, k0: number, n0: number): number | null {
  const difference = newcombe10(k1, n1, k0, n0);
  if (difference === null) return null;
  if (difference.value === 0) return 1;
  // Wilson intervals are nested in z, so the touching point is found by halving.
  let inside = 0;
  let outside = maxZ;
  for (let step = 0; step < 60; step += 1) {
    const z = (inside + outside) / 2;
    const at = newcombe10(k1, n1, k0, n0, z);
    if (at !== null && excludesZero([at.low, at.high])) inside = z;
    else outside = z;
  }
  return twoSidedNormalTail(outside);
}

/**
 * The p value of any difference from its 95 % interval, read as normal on the side of zero. Agrees with that interval
 * at 0.05, and is an approximation elsewhere: enough to rank changes by. An open side is no evidence: 1.
 */
export function pFromInterval(difference: number, interval: Interval): number {
  const near = difference > 0 ? interval[0] : interval[1];
  if (near === null || difference === 0) return 1;
  const reach = Math.abs(difference - near);
  return reach === 0 ? 0 : twoSidedNormalTail((z95 * Math.abs(difference)) / reach);
}
