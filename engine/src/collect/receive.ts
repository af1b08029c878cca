import type { CollectAnswer } from '@botworth/contract/api';
import { AppError } from '../base/app-error.ts';
import type { Delivery } from './canonical/delivery.ts';
import { readMessage } from './canonical/read-message.ts';
import type { CommitRow, GroupCommit } from './commit/group-commit.ts';
import { lineTail } from './commit/row-line.ts';
import type { Counters } from './counters.ts';
import type { Refusal } from './validate/refusal.ts';

export interface ReceiveParts {
  readonly commit: GroupCommit;
  readonly counters: Counters;
}

const UNWRITABLE: Refusal = { code: 'store', field: '', reason: 'the store cannot hold this event' };

/**
 * Messages of one request → its answer, once all that was taken is durable. Every event has its own verdict; the
 * request as a whole fails only where nothing of it was kept.
 */
export const receive = async (
  messages: readonly unknown[],
  delivery: Delivery,
  mayBeMalformed: boolean,
  { commit, counters }: ReceiveParts,
): Promise<CollectAnswer> => {
  const rows: CommitRow[] = [];
  const places: number[] = [];
  const unknown: string[] = [];
  const refusals: { index: number; refusal: Refusal }[] = [];
  for (let index = 0; index < messages.length; index += 1) {
    const read = readMessage(messages[index], delivery);
    if ('refusal' in read) {
      refusals.push({ index, refusal: read.refusal });
      continue;
    }
    const { row } = read;
    rows.push({ tail: lineTail(row, mayBeMalformed), eid: row.eid, digest: row.digest });
    places.push(index);
    if (row.code === 0) unknown.push(row.name);
  }
  const { workspaceNumber } = delivery;
  if (rows.length > 0) {
    const offered = commit.offer(rows);
    if (offered === undefined)
      throw new AppError(
        'overloaded',
        'More events are waiting than may be held in memory; none of this request was taken.',
      );
    const committed = await offered;
    const counts = counters.of(workspaceNumber);
    counts.acknowledged += committed.written;
    counts.duplicates += committed.copies;
    counts.conflicts += committed.conflicts;
    if (committed.lastSeq > counts.lastSeq) counts.lastSeq = committed.lastSeq;
    for (const name of unknown) counters.unknownName(workspaceNumber, name);
    for (const place of committed.unwritable)
      refusals.push({ index: places[place] ?? 0, refusal: UNWRITABLE });
    refusals.sort((left, right) => left.index - right.index);
  }
  for (const { refusal } of refusals) counters.refused(workspaceNumber, refusal);
  return {
    success: refusals.length === 0,
    accepted: messages.length - refusals.length,
    rejected: refusals.map(({ index, refusal: { field, reason } }) => ({ index, field, reason })),
  };
};
