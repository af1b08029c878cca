import type { ResultRow } from '@botworth/contract/result';
import { evenTicks } from '../../charts/even-ticks.ts';
import type { SparkPoint } from '../../charts/spark-scale.ts';
import type { SparkTick } from '../../charts/sparkline.tsx';
import type { Dates } from '../../time/dates.ts';
import { addDays, isLocalDate } from '../../time/local-date.ts';
import { isUnripe } from './figure-state.ts';

export interface Trend {
  readonly points: readonly SparkPoint[];
  readonly ticks: readonly SparkTick[];
}

/** Weeks in which a month begins; the first week stands for the month that it lies in. */
const monthStarts = (weeks: readonly string[]): readonly number[] =>
  weeks.flatMap((week, at) => (at === 0 || week.slice(0, 7) !== weeks[at - 1]?.slice(0, 7) ? [at] : []));

/** Weeks in order, with the months below them; the last tick is the last day of the last week. */
export const trendOf = (rows: readonly ResultRow[], dates: Dates): Trend => {
  const points = rows
    .flatMap((row) => {
      const week = row.cut.week;
      return week != null && isLocalDate(week)
        ? [{ week, value: row.value, interval: row.interval, isUnripe: isUnripe(row) }]
        : [];
    })
    .sort((a, b) => (a.week < b.week ? -1 : 1));
  const first = points.findIndex(({ value }) => value !== null);
  if (first < 0) return { points: [], ticks: [] };
  const last = points.length - 1;
  const months = monthStarts(points.map(({ week }) => week)).map((at) => ({
    at,
    text: dates.month(points[at]?.week ?? ''),
  }));
  const end = { at: last, text: dates.day(addDays(points[last]?.week ?? '', 6)) };
  return { points, ticks: evenTicks(months, end) };
};
