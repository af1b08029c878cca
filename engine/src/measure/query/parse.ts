import type { CutName } from '@botworth/contract/query';
import { type Filter, type Query, querySchema } from '@botworth/contract/query';
import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import { metricOf } from '../catalogue/catalogue.ts';
import type { Metric } from '../catalogue/figure.ts';
import { isTimeCut, readCut } from './cuts.ts';
import { earliestDay, isAskableDay, latestDay } from './local-time.ts';

export interface ParsedFilter {
  readonly cut: CutName;
  readonly negate: boolean;
  readonly values: readonly string[];
}

/** Step 1: text → names that exist. */
export interface ParsedQuery {
  readonly metrics: readonly Metric[];
  readonly from: string;
  readonly to: string;
  readonly by: readonly CutName[];
  readonly where: readonly ParsedFilter[];
  readonly compare: 'previous' | 'year' | null;
  readonly policy: number | null;
  readonly asOfMs: number | null;
  readonly people: boolean | null;
}

const keys = Object.keys(querySchema.shape);

export const parseQuery = (input: unknown): ParsedQuery => {
  const read = querySchema.safeParse(input);
  if (!read.success) return refuse(read.error.issues[0]);
  const query: Query = read.data;
  requireDates(query);
  const by = query.by.map((name) => readCut(name, 'unknown_cut'));
  const repeated = by.find((cut, index) => by.indexOf(cut) !== index);
  if (repeated !== undefined) fail('query_invalid', `by names ${repeated} twice.`, { field: 'by' });
  if (by.filter(isTimeCut).length > 1)
    fail('query_invalid', `by may name one time grain, and names ${by.filter(isTimeCut).join(' and ')}.`, {
      field: 'by',
    });
  if (by.filter((cut) => !isTimeCut(cut)).length > 2)
    fail('query_invalid', 'by may name two cuts beside a time grain.', { field: 'by' });
  return {
    metrics: [...new Set(query.metrics)].map(metricOf),
    from: query.from,
    to: query.to,
    by,
    where: query.where.map(parseFilter),
    compare: query.compare ?? null,
    policy: query.policy ?? null,
    asOfMs: query.as_of === undefined ? null : Date.parse(query.as_of),
    people: query.people ?? null,
  };
};

export const parseFilter = (filter: Filter): ParsedFilter => ({
  cut: readCut(filter.cut, 'unknown_filter'),
  negate: filter.negate,
  values: [...new Set(filter.values)],
});

const requireDates = ({ from, to }: Query): void => {
  for (const [field, date] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isAskableDay(date))
      fail(
        'query_invalid',
        `${field} is “${date}”, which is no date between ${earliestDay} and ${latestDay}.`,
        { field },
      );
  }
  if (from >= to)
    fail('query_invalid', `from (${from}) must lie before to (${to}); to is exclusive.`, { field: 'to' });
};

type Issue = {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
};

const refuse = (issue: Issue | undefined): never => {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys?.[0] : undefined;
  if (unknown !== undefined) {
    const near = nearest(unknown, keys);
    return fail(
      'query_invalid',
      `A question has no “${unknown.slice(0, 80)}”${near.length === 0 ? '' : `; near it: ${near.join(', ')}`}.`,
      { field: unknown.slice(0, 256), nearest: near },
    );
  }
  const field = issue?.path.map(String).join('.') ?? '';
  return fail(
    'query_invalid',
    `${field === '' ? 'The question' : field} cannot be read: ${issue?.message ?? 'not an object'}.`,
    { field },
  );
};
