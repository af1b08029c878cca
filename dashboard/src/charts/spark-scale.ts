import type { Interval } from '@botworth/contract/result';

export interface SparkPoint {
  /** First day of the week. */
  readonly week: string;
  /** Null: nothing to show in that week. */
  readonly value: number | null;
  readonly interval: Interval;
  readonly isUnripe: boolean;
}

export interface SparkScale {
  readonly low: number;
  readonly high: number;
  /** 0 at the top, 100 at the foot of the plot. */
  readonly at: (value: number) => number;
}

const lowOf = ({ value, interval }: SparkPoint): number | null => interval?.[0] ?? value;
const highOf = ({ value, interval }: SparkPoint): number | null => interval?.[1] ?? value;
const present = (value: number | null | undefined): value is number => value !== null && value !== undefined;

/** Some air above and below the ribbon, as a part of its height. */
const AIR = 0.12;

/**
 * The axis of a line may be cut: it holds the ribbon, the target and what of the bands lies near. A rate never
 * shows room below 0 or above 1. One wild week with a handful of conversations must not flatten all others, so
 * the ribbon counts up to three times the middle half-width.
 */
export const sparkScale = (
  points: readonly SparkPoint[],
  marks: readonly number[],
  isRate: boolean,
): SparkScale => {
  const halves = points
    .map((point) => ((highOf(point) ?? 0) - (lowOf(point) ?? 0)) / 2)
    .filter((half) => half > 0)
    .sort((a, b) => a - b);
  const reach = 3 * (halves[Math.floor(halves.length / 2)] ?? Number.POSITIVE_INFINITY);
  const ends = points.flatMap((point) => {
    if (!present(point.value)) return [];
    return [
      Math.max(lowOf(point) ?? point.value, point.value - reach),
      Math.min(highOf(point) ?? point.value, point.value + reach),
    ];
  });
  const all = [...ends, ...marks];
  const least = all.length > 0 ? Math.min(...all) : 0;
  const most = all.length > 0 ? Math.max(...all) : 1;
  const air = (most - least || Math.abs(most) || 1) * AIR;
  const low = Math.max(least - air, 0);
  const high = isRate ? Math.min(most + air, 1) : most + air;
  const span = high - low || 1;
  return { low, high, at: (value) => ((high - Math.min(Math.max(value, low), high)) / span) * 100 };
};

/** Runs of neighbouring weeks that have a value: a gap in the data is a gap in the line. */
export const runsOf = (points: readonly SparkPoint[]): readonly (readonly number[])[] => {
  const runs: number[][] = [];
  points.forEach((point, at) => {
    if (!present(point.value)) return;
    const last = runs.at(-1);
    if (last && last.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  });
  return runs;
};

const text = (value: number): string => String(Math.round(value * 100) / 100);

export interface SparkPaths {
  readonly ribbon: string;
  readonly line: string;
  /** The end that is still inside its window. */
  readonly unripe: string;
}

export const sparkPaths = (points: readonly SparkPoint[], scale: SparkScale): SparkPaths => {
  const x = (at: number): number => (points.length > 1 ? (at / (points.length - 1)) * 100 : 100);
  const point = (at: number, value: number): string => `${text(x(at))} ${text(scale.at(value))}`;
  const valueAt = (at: number): number => points[at]?.value ?? 0;
  const stroke = (run: readonly number[]): string =>
    run.length > 1 ? `M${run.map((at) => point(at, valueAt(at))).join('L')}` : '';
  let ribbon = '';
  let line = '';
  let unripe = '';
  for (const run of runsOf(points)) {
    const bounded = run.filter(
      (at) => present(points[at]?.interval?.[0]) && present(points[at]?.interval?.[1]),
    );
    if (bounded.length > 1) {
      const upper = bounded.map((at) => point(at, points[at]?.interval?.[1] ?? 0));
      const lower = bounded.map((at) => point(at, points[at]?.interval?.[0] ?? 0)).reverse();
      ribbon += `M${[...upper, ...lower].join('L')}Z`;
    }
    const firstUnripe = run.findIndex((at) => points[at]?.isUnripe === true);
    const ripe = firstUnripe < 0 ? run : run.slice(0, firstUnripe);
    line += stroke(ripe);
    // Begins at the last ripe point, so that line and dots join.
    if (firstUnripe >= 0) unripe += stroke(run.slice(Math.max(firstUnripe - 1, 0)));
  }
  return { ribbon, line, unripe };
};
