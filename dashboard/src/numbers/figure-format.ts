import type { Interval, Result } from '@botworth/contract/result';
import { decimalsFor } from './decimals.ts';
import type { Numbers } from './numbers.ts';

export type Unit = Result['unit'];

/** How the values of one figure are printed: all of them alike, interval and trend included. */
export interface FigureFormat {
  readonly unit: Unit;
  /** What is printed is the value times this. */
  readonly scale: number;
  readonly decimals: number;
  /** Minutes stand for seconds from two minutes on. */
  readonly measure: 'percent' | 'seconds' | 'minutes' | 'turns' | 'score';
}

const MINUTES_FROM_SECONDS = 120;

const isWhole = (value: number | null): boolean => value === null || Number.isInteger(value);

export const figureFormat = (result: Pick<Result, 'unit' | 'value' | 'interval'>): FigureFormat => {
  const { unit, value, interval } = result;
  if (unit === 'rate') return { unit, scale: 100, decimals: decimalsFor(interval, 100), measure: 'percent' };
  if (unit === 'seconds') {
    const inMinutes = value !== null && value >= MINUTES_FROM_SECONDS;
    const scale = inMinutes ? 1 / 60 : 1;
    return {
      unit,
      scale,
      decimals: decimalsFor(interval, scale),
      measure: inMinutes ? 'minutes' : 'seconds',
    };
  }
  // A median of counts lies on a whole or a half.
  const decimals = [value, ...(interval ?? [])].every(isWhole) ? 0 : 1;
  return { unit, scale: 1, decimals, measure: unit };
};

/** The bare number of a value, without its unit. */
export const bare = (value: number, format: FigureFormat, numbers: Numbers): string =>
  numbers.plain(value * format.scale, format.decimals);

export const signedBare = (value: number, format: FigureFormat, numbers: Numbers, decimals: number): string =>
  numbers.signed(value * format.scale, decimals);

export type Range =
  | { readonly kind: 'closed'; readonly low: string; readonly high: string }
  | { readonly kind: 'from'; readonly low: string }
  | { readonly kind: 'to'; readonly high: string };

/** The ends in the figure's own decimals, without a second unit; null when nothing bounds it. */
export const rangeOf = (interval: Interval, format: FigureFormat, numbers: Numbers): Range | null => {
  const [low, high] = interval ?? [null, null];
  const text = (end: number): string => bare(end, format, numbers);
  if (low !== null && high !== null) return { kind: 'closed', low: text(low), high: text(high) };
  if (low !== null) return { kind: 'from', low: text(low) };
  return high === null ? null : { kind: 'to', high: text(high) };
};
