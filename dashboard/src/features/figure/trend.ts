import type { ResultRow } from '@botworth/contract/result';
import type { SparkPoint } from '../../charts/spark-scale.ts';
import type { SparkTick } from '../../charts/sparkline.tsx';
import type { Dates } from '../../time/dates.ts';
import { addDays, isLocalDate } from '../../time/local-date.ts';
import { isUnripe } from './figure-state.ts';

export interface Trend {
  readonly points: readonly SparkPoint[];
  readonly ticks: readonly SparkTick[];
}

/** Weeks in which a month begins, nearest to a third and two thirds of the way. */
const monthStarts = (weeks: readonly string[]): readonly number[] => {
  const starts = weeks.flatMap((week, at) =>
    at > 0 && week.slice(0, 7) !== weeks[at - 1]?.slice(0, 7) ? [at] : [],
  );
  const last = weeks.length - 1;
  const nearest = (wanted: number): number[] =>
    starts.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted)).slice(0, 1);
  const found = [...nearest(last / 3), ...nearest((2 * last) / 3)];
  // Too near to the first or the last tick, and the words would touch.
  return [...new Set(found)].filter((at) => at > last / 6 && at < (5 * last) / 6);
};

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
  const ticks = [
    ...[0, ...monthStarts(points.map(({ week }) => week))].map((at) => ({
      at,
      text: dates.month(points[at]?.week ?? ''),
    })),
    { at: last, text: dates.day(addDays(points[last]?.week ?? '', 6)) },
  ];
  return { points, ticks };
};
