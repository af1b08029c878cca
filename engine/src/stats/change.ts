import { excludesZero, type Interval } from './interval.ts';

/** Which way is good; none where neither is. */
export type Direction = 'up' | 'down' | 'none';

export type ChangeVerdict = 'better' | 'worse' | 'higher' | 'lower' | 'no evidence of change';

export type Change = {
  readonly difference: number;
  readonly interval: Interval | null;
  readonly nNow: number;
  readonly nBefore: number;
  /** The policy's smallest n that may carry a verdict. */
  readonly minN: number;
  readonly direction: Direction;
};

/** A change is evident when zero lies outside its interval and both sides have the policy's minimum n. */
function isEvident(change: Omit<Change, 'direction'>): boolean {
  const enough = change.nNow >= change.minN && change.nBefore >= change.minN;
  return enough && change.interval !== null && excludesZero(change.interval);
}

/** The word for a change. It follows the interval, never the point alone. */
export function judgeChange(change: Change): ChangeVerdict {
  if (!isEvident(change) || change.interval === null) return 'no evidence of change';
  // The side of the interval, not of the point: an interval of medians or replicates may lie beside its point.
  const [low] = change.interval;
  const rose = low !== null && low > 0;
  if (change.direction === 'none') return rose ? 'higher' : 'lower';
  return rose === (change.direction === 'up') ? 'better' : 'worse';
}
