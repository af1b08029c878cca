import type { CollectAnswer } from '@botworth/contract/api';
import { AppError } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Delivery } from './canonical/delivery.ts';
import { readMessage } from './canonical/read-message.ts';
import type { CommitRow, GroupCommit } from './commit/group-commit.ts';
import { RequestLines } from './commit/request-lines.ts';
import { lineTail } from './commit/row-line.ts';
import type { Counters } from './counters.ts';
import type { Refusal } from './validate/refusal.ts';

export interface ReceiveParts {
  readonly commit: GroupCommit;
  readonly counters: Counters;
  readonly clock: Clock;
}

const UNWRITABLE: Refusal = { code: 'store', field: '', reason: 'the store cannot hold this event' };

/** What one request holds, once it is read: nothing of the messages themselves is kept any longer. */
interface ReadRequest {
  readonly lines: RequestLines;
  readonly rows: CommitRow[];
  /** Of each row, its message's place. */
  readonly places: number[];
  readonly unknown: string[];
  readonly refusals: { readonly index: number; readonly refusal: Refusal }[];
  readonly messages: number;
}

const readAll = (messages: readonly unknown[], delivery: Delivery, mayBeMalformed: boolean): ReadRequest => {
  const request: ReadRequest = {
    lines: new RequestLines(messages.length),
    rows: [],
    places: [],
    unknown: [],
    refusals: [],
    messages: messages.length,
  };
  for (let index = 0; index < messages.length; index += 1) {
    const read = readMessage(messages[index], delivery);
    if ('refusal' in read) {
      request.refusals.push({ index, refusal: read.refusal });
      continue;
    }
    const { row } = read;
    request.lines.add(lineTail(row, mayBeMalformed));
    request.rows.push({ eid: row.eid, digest: row.digest });
    request.places.push(index);
    if (row.code === 0) request.unknown.push(row.name);
  }
  return request;
};

const commitAll = async (
  { lines, rows, places, unknown, refusals, messages }: ReadRequest,
  workspaceNumber: number,
  { commit, counters, clock }: ReceiveParts,
): Promise<CollectAnswer> => {
  if (rows.length > 0) {
    const offered = commit.offer(lines, rows);
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
    if (committed.landed !== undefined) {
      const onTheWay = { sinceMs: clock.nowMs(), events: committed.written };
      counts.onTheWay.add(onTheWay);
      void committed.landed.then((late) => {
        counts.onTheWay.delete(onTheWay);
        counts.acknowledged -= late.length;
        for (const _ of late) counters.refused(workspaceNumber, UNWRITABLE);
      });
    }
    for (const name of unknown) counters.unknownName(workspaceNumber, name);
    for (const place of committed.unwritable)
      refusals.push({ index: places[place] ?? 0, refusal: UNWRITABLE });
    refusals.sort((left, right) => left.index - right.index);
  }
  for (const { refusal } of refusals) counters.refused(workspaceNumber, refusal);
  return {
    success: refusals.length === 0,
    accepted: messages - refusals.length,
    rejected: refusals.map(({ index, refusal: { field, reason } }) => ({ index, field, reason })),
  };
};

/**
 * Messages of one request → its answer, once all that was taken is durable. Every event has its own verdict; the
 * request as a whole fails only where nothing of it was kept. Two steps, so that what was parsed is garbage while
 * the answer waits for the disk.
 */
export const receive = (
  messages: readonly unknown[],
  delivery: Delivery,
  mayBeMalformed: boolean,
  parts: ReceiveParts,
): Promise<CollectAnswer> =>
  commitAll(readAll(messages, delivery, mayBeMalformed), delivery.workspaceNumber, parts);
