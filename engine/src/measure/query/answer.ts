import type { Result, ResultRow } from '@botworth/contract/result';
import type { Cell } from './cells.ts';
import type { Presence } from './missing.ts';
import type { Question } from './resolve.ts';

export interface ShapeContext {
  readonly workspaceId: string;
  /** Codes of the events that ever arrived; asked only where a figure is empty. */
  readonly presence: Presence;
  /** First 60 days of the bot, or tuned. */
  readonly stage: 'first_60_days' | 'tuned';
}

export interface MetricAnswer {
  readonly result: Result;
  readonly rows: readonly ResultRow[];
}

export const cutOf = (
  { axis, cuts }: Question,
  { bucket, cuts: values }: Pick<Cell, 'bucket' | 'cuts'>,
): Record<string, string> => ({
  ...(axis === null ? {} : { [axis.grain]: axis.labels[bucket ?? 0] ?? '' }),
  ...Object.fromEntries(cuts.map((cut, index) => [cut, values[index] ?? ''])),
});
