import { writeFilter } from '@botworth/contract/filter-text';
import type { Question } from './resolve.ts';

/** The address of the conversations behind a cell's numerator: the same question, narrowed to the cell. */
export const drillAddress = (
  workspaceId: string,
  metric: string,
  { now, where, cuts, axis, asOfMs, rules }: Question,
  cell: { readonly cuts: readonly string[]; readonly bucket: number | null },
): string => {
  const search = new URLSearchParams({ from: now.from, to: now.to });
  for (const filter of where) search.append('where', writeFilter(filter));
  if (axis !== null && cell.bucket !== null)
    search.append(
      'where',
      writeFilter({ cut: axis.grain, negate: false, values: [axis.labels[cell.bucket] ?? ''] }),
    );
  for (const [index, value] of cell.cuts.entries())
    search.append('where', writeFilter({ cut: cuts[index] ?? '', negate: false, values: [value] }));
  search.append('policy', String(rules.version));
  search.append('as_of', new Date(asOfMs).toISOString());
  search.append('part', 'numerator');
  return `/api/workspaces/${encodeURIComponent(workspaceId)}/metrics/${metric}/drill?${search.toString()}`;
};
