import type { TimeGrain } from '@botworth/contract/query';
import { fail } from '../../base/app-error.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  startOfMonth,
  startOfWeek,
  type WeekStart,
} from '../../base/zone.ts';
import { isAskableDay, isoOfLocalDayS, localDayS } from './local-time.ts';

/** The rows of a time cut: every local hour, day, week or month that the period touches, empty ones included. */
export interface TimeAxis {
  readonly grain: TimeGrain;
  /** An hour reads 2026-04-01T13:00; days, weeks and months carry the date of their first day. */
  readonly labels: readonly string[];
  /** Local seconds (see local-time.ts) at which the first bucket begins. */
  readonly originS: number;
  /** For months: the bucket of each local day from the origin on. */
  readonly bucketOfDay: readonly number[] | null;
}

/** Empty rows are rows too: every hour of a century would be an answer of half a gigabyte. */
const mostBuckets = 20_000;

const stepS = { hour: 3600, day: 86_400, week: 604_800 } as const;

export const timeAxis = (grain: TimeGrain, from: string, to: string, weekStart: WeekStart): TimeAxis => {
  const first = firstDayOf(grain, from, weekStart);
  const originS = localDayS(first);
  if (grain === 'month') {
    const labels: string[] = [];
    const bucketOfDay: number[] = [];
    for (let month = first; month < to; month = addMonths(month, 1)) {
      bucketOfDay.push(
        ...Array.from({ length: daysBetween(month, addMonths(month, 1)) }, () => labels.length),
      );
      labels.push(month);
    }
    return { grain, labels, originS, bucketOfDay };
  }
  const step = stepS[grain];
  const count = Math.ceil((localDayS(to) - originS) / step);
  if (count > mostBuckets)
    fail(
      'query_too_heavy',
      `${from} to ${to} by ${grain} is ${count} rows, and ${mostBuckets} may be asked for at once; ask for a shorter span or a coarser grain.`,
      { rows: count, most: mostBuckets },
    );
  const labels = Array.from({ length: count }, (_, index) => labelAt(grain, originS + index * step));
  return { grain, labels, originS, bucketOfDay: null };
};

const labelAt = (grain: TimeGrain, localS: number): string =>
  grain === 'hour' ? new Date(localS * 1000).toISOString().slice(0, 16) : isoOfLocalDayS(localS);

const firstDayOf = (grain: TimeGrain, date: string, weekStart: WeekStart): string =>
  grain === 'week' ? startOfWeek(date, weekStart) : grain === 'month' ? startOfMonth(date) : date;

/** Local seconds [from, to) of the bucket that a label names; null when it names none. */
export const bucketOfLabel = (
  grain: TimeGrain,
  label: string,
  weekStart: WeekStart,
): readonly [number, number] | null => {
  const hour = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):00$/.exec(label);
  const day = hour?.[1] ?? label;
  if ((grain === 'hour') !== (hour !== null) || !isAskableDay(day)) return null;
  if (grain === 'hour') {
    const start = localDayS(day) + Number(hour?.[2]) * 3600;
    return [start, start + 3600];
  }
  const first = firstDayOf(grain, day, weekStart);
  if (first !== day) return null;
  const end = grain === 'month' ? addMonths(day, 1) : addDays(day, grain === 'week' ? 7 : 1);
  return [localDayS(day), localDayS(end)];
};

export const stepOf = (grain: Exclude<TimeGrain, 'month'>): number => stepS[grain];
