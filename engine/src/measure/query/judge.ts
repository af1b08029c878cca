import type { MetricDeclaration } from '@botworth/contract/catalogue';
import type { NoValueReason, Result, Interval as WireInterval } from '@botworth/contract/result';
import { differenceOfSampled, type Sampled } from '../../stats/bootstrap.ts';
import { judgeChange } from '../../stats/change.ts';
import type { Interval } from '../../stats/interval.ts';
import { newcombe10 } from '../../stats/newcombe.ts';
import { wilson } from '../../stats/wilson.ts';
import { type Cell, medianOf } from './cells.ts';
import type { UnitCell } from './estimate.ts';
import type { FigurePlan } from './plan.ts';

/** A figure of one cell before anything is said about it. */
export interface Judged {
  readonly value: number | null;
  readonly reason: NoValueReason | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number;
  readonly interval: WireInterval;
  /** For a change by replicates or by joined intervals. */
  readonly sampled: Sampled | null;
}

const onWire = (interval: Interval | null): WireInterval =>
  interval === null ? null : [interval[0], interval[1]];

export const sumOf = (cell: Cell, key: string): number => cell.sums.get(key) ?? 0;

export const judgeFigure = (figure: FigurePlan, cell: Cell, units: UnitCell | undefined): Judged => {
  if (figure.shape === 'share') {
    const k = sumOf(cell, figure.numerator.key);
    const n = sumOf(cell, figure.denominator.key);
    return {
      ...judgeShare(k, n),
      reason:
        n > 0 ? null : figure.all !== null && sumOf(cell, figure.all.key) > 0 ? 'not_matured' : 'no_data',
    };
  }
  if (figure.shape === 'ratio_of_sums') {
    const numerator = sumOf(cell, figure.numerator.key);
    const denominator = sumOf(cell, figure.denominator.key);
    const value = denominator === 0 ? null : numerator / denominator;
    const sampled = units?.ratio ?? null;
    return {
      value,
      reason: value === null ? 'no_data' : null,
      numerator,
      denominator,
      n: sumOf(cell, figure.n.key),
      interval: onWire(sampled?.interval ?? null),
      sampled,
    };
  }
  const slices = cell.medians.get(figure.key);
  const { value, reason, interval } = medianOf(slices, figure);
  const n = slices?.n ?? 0;
  return {
    value,
    reason,
    numerator: null,
    denominator: n,
    n,
    interval: onWire(interval),
    sampled: units?.medians.get(figure.key) ?? { value, units: n, interval, replicates: null },
  };
};

export const judgeShare = (k: number, n: number): Judged => {
  const proportion = wilson(k, n);
  return {
    value: proportion?.value ?? null,
    reason: n === 0 ? 'no_data' : null,
    numerator: k,
    denominator: n,
    n,
    interval: proportion === null ? null : [proportion.low, proportion.high],
    sampled: null,
  };
};

export interface ComparedWith {
  readonly against: 'previous' | 'year';
  readonly from: string;
  readonly to: string;
}

export const judgeChangeOf = (
  now: Judged,
  before: Judged,
  isShare: boolean,
  compared: ComparedWith,
  {
    direction,
    minN,
    silent,
  }: { readonly direction: MetricDeclaration['direction']; readonly minN: number; readonly silent: boolean },
): NonNullable<Result['change']> => {
  const base = {
    ...compared,
    value: before.value,
    numerator: before.numerator,
    denominator: before.denominator,
    n: before.n,
  };
  if (now.value === null || before.value === null)
    return { ...base, difference: null, interval: null, verdict: 'not compared' };
  const { difference, interval } = differenceOf(now, before, isShare);
  return {
    ...base,
    difference,
    interval: onWire(interval),
    verdict: silent
      ? 'not compared'
      : judgeChange({ difference, interval, nNow: now.n, nBefore: before.n, minN, direction }),
  };
};

const differenceOf = (
  now: Judged,
  before: Judged,
  isShare: boolean,
): { readonly difference: number; readonly interval: Interval | null } => {
  if (isShare) {
    const change = newcombe10(now.numerator ?? 0, now.n, before.numerator ?? 0, before.n);
    return change === null
      ? { difference: 0, interval: null }
      : { difference: change.value, interval: [change.low, change.high] };
  }
  if (now.sampled !== null && before.sampled !== null) {
    // The figure's own value decides the point; resampled or not, it is the same.
    const change = differenceOfSampled(now.sampled, before.sampled);
    if (change !== null) return change;
  }
  return { difference: (now.value ?? 0) - (before.value ?? 0), interval: null };
};

type Band = MetricDeclaration['bands'][number];

/**
 * The band that the point lies in, among those of the bot's age. Edges belong to the band above them. Outside all of
 * them the figure is below or above.
 */
export const bandOf = (
  bands: readonly Band[],
  stage: Band['stage'],
  { value, interval }: Pick<Judged, 'value' | 'interval'>,
): Result['band'] => {
  const edges = bands
    .filter((band) => band.stage === stage)
    .map(({ name, low, high }) => ({ name, low, high }));
  const [first] = edges;
  if (value === null || first === undefined) return null;
  const inside = edges.find(
    ({ low, high }) => (low === null || value >= low) && (high === null || value < high),
  );
  const lowest = edges.reduce(
    (least, { low }) => Math.min(least, low ?? Number.NEGATIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  const highest = edges.reduce(
    (most, { high }) => Math.max(most, high ?? Number.POSITIVE_INFINITY),
    Number.NEGATIVE_INFINITY,
  );
  const band =
    inside ??
    (value < lowest
      ? { name: 'below', low: null, high: lowest }
      : { name: 'above', low: highest, high: null });
  const crosses =
    interval !== null &&
    ((band.low !== null && (interval[0] === null || interval[0] < band.low)) ||
      (band.high !== null && (interval[1] === null || interval[1] >= band.high)));
  return { ...band, stage, uncertain: crosses, edges };
};
