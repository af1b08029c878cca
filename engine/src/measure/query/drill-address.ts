import { writeFilter } from '@botworth/contract/filter-text';
import type { Question } from './resolve.ts';

const pair = (name: string, value: string): string => `${name}=${encodeURIComponent(value)}`;
const whereOf = (cut: string, value: string): string =>
  pair('where', writeFilter({ cut, negate: false, values: [value] }));

/**
 * The address of the conversations behind a cell's numerator: the same question, narrowed to the cell. A wide board
 * has more than a thousand of them, so they are joined by hand.
 */
export const drillAddress = (
  workspaceId: string,
  metric: string,
  { now, where, cuts, axis, asOfMs, rules }: Question,
  cell: { readonly cuts: readonly string[]; readonly bucket: number | null },
): string => {
  const parts = [
    pair('from', now.from),
    pair('to', now.to),
    ...where.map((filter) => pair('where', writeFilter(filter))),
    ...(axis === null || cell.bucket === null ? [] : [whereOf(axis.grain, axis.labels[cell.bucket] ?? '')]),
    ...cell.cuts.map((value, index) => whereOf(cuts[index] ?? '', value)),
    `policy=${rules.version}`,
    pair('as_of', new Date(asOfMs).toISOString()),
    'part=numerator',
  ];
  return `/api/workspaces/${encodeURIComponent(workspaceId)}/metrics/${metric}/drill?${parts.join('&')}`;
};
