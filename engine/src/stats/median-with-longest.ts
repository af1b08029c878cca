import { type QuantileFigure, quantile, quantileFigure } from './quantile.ts';

export type MedianWithLongest = QuantileFigure & {
  readonly n: number;
  readonly answeredShare: number | null;
  /** The median of the answered alone: shorter than the truth whenever anyone went unanswered. */
  readonly answeredOnlyMedian: number | null;
};

/**
 * The median over everybody, in which `unanswered` units rank as longest: a bot that answers half of its visitors
 * quickly and the others never must not look quick.
 */
export function medianWithLongest(values: ArrayLike<number>, unanswered: number): MedianWithLongest {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length + unanswered;
  return {
    ...quantileFigure(n, 0.5, (rank) => sorted[rank - 1] ?? null),
    n,
    answeredShare: n === 0 ? null : sorted.length / n,
    answeredOnlyMedian: quantile(sorted, 0.5),
  };
}
