import { writeFilter } from '@botworth/contract/filter-text';
import type { Question } from './resolve.ts';

const pair = (name: string, value: string): string => `${name}=${encodeURIComponent(value)}`;
const whereOf = (cut: string, value: string): string =>
  pair('where', writeFilter({ cut, negate: false, values: [value] }));

/** A wide board has more than a thousand addresses, and each cell's metrics share all of theirs but the metric. */
const searches = new WeakMap<Question, Map<string, string>>();

interface CellPlace {
  readonly cuts: readonly string[];
  readonly bucket: number | null;
}

/** The address of the conversations behind a cell's numerator: the same question, narrowed to the cell. */
export const drillAddress = (
  workspaceId: string,
  metric: string,
  question: Question,
  cell: CellPlace,
): string => {
  const held = searches.get(question) ?? new Map<string, string>();
  searches.set(question, held);
  const key = `${cell.bucket}\u0000${cell.cuts.join('\u0000')}`;
  let search = held.get(key);
  if (search === undefined) {
    search = searchOf(question, cell);
    held.set(key, search);
  }
  return `/api/workspaces/${encodeURIComponent(workspaceId)}/metrics/${metric}/drill?${search}`;
};

const searchOf = ({ now, where, cuts, axis, asOfMs, rules }: Question, cell: CellPlace): string =>
  [
    pair('from', now.from),
    pair('to', now.to),
    ...where.map((filter) => pair('where', writeFilter(filter))),
    ...(axis === null || cell.bucket === null ? [] : [whereOf(axis.grain, axis.labels[cell.bucket] ?? '')]),
    ...cell.cuts.map((value, index) => whereOf(cuts[index] ?? '', value)),
    `policy=${rules.version}`,
    pair('as_of', new Date(asOfMs).toISOString()),
    'part=numerator',
  ].join('&');
