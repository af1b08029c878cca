import type { Appended, EventStore } from '../../store/port.ts';
import type { Commit, RecentEvents } from './recent-events.ts';
import type { RequestLines } from './request-lines.ts';
import type { Sequence } from './sequence.ts';

/** Which event a line holds. */
export interface CommitRow {
  readonly eid: string;
  readonly digest: string;
}

/** What became of one request's rows once they are durable. */
export interface Committed {
  /** Rows written: not seen before. */
  readonly written: number;
  /** Rows known already; they are in the store, or were written for another request just now. */
  readonly copies: number;
  /** Of the copies, those whose content differs: the first one stands. */
  readonly conflicts: number;
  /** Places (in the offered list) of rows that the store would not take. */
  readonly unwritable: readonly number[];
  /** Greatest commit sequence among the rows; 0n when nothing was written. */
  readonly lastSeq: bigint;
  /** Where the rows are readable only later: resolves then, with the places that the store would not take after all. */
  readonly landed?: Promise<readonly number[]>;
}

export interface CommitLimits {
  readonly insertRows: number;
  readonly insertBytes: number;
  readonly queueRows: number;
  readonly queueBytes: number;
  /** How long an insert may wait for company at most. */
  readonly lingerMs: number;
}

export const commitLimits: CommitLimits = {
  insertRows: 10_000,
  insertBytes: 8 * 1024 * 1024,
  queueRows: 50_000,
  queueBytes: 64 * 1024 * 1024,
  lingerMs: 10,
};

export interface GroupCommit {
  /** Undefined when the queue is full: nothing was taken. Rejects with the store's error when nothing was written. */
  offer(lines: RequestLines, rows: readonly CommitRow[]): Promise<Committed> | undefined;
  queued(): { readonly rows: number; readonly bytes: number };
  /** Rows written so far. */
  written(): number;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

export interface GroupCommitParts {
  /** Durable, all or nothing but for the lines that it names. */
  readonly append: EventStore['append'];
  readonly sequence: Sequence;
  readonly recent: RecentEvents;
  readonly later: (run: () => void, ms: number) => void;
  readonly nowMs: () => number;
  readonly limits?: CommitLimits;
}

/** The rows of one request inside a group: from `start` on. */
interface Span {
  readonly start: number;
  /** Which lines of the request: all but the copies. */
  readonly places: readonly number[];
}

interface Ticket extends Span {
  readonly lines: RequestLines;
}

interface Group extends Commit {
  /** Sequence of the first row, once it is known. */
  first: bigint;
  /** What the store said of its rows, once they are durable. */
  appended: Appended;
  readonly eids: string[];
  readonly tickets: Ticket[];
  bytes: number;
  readonly done: Promise<void>;
  readonly settle: (error: unknown) => void;
}

/**
 * A write has a price of its own, however few its rows. Clients that were answered together come back together, so
 * waiting for them a fraction of what the last write took is well spent.
 */
const LINGER_SHARE = 4;

const newGroup = (): Group => {
  let settle: (error: unknown) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  done.catch(() => undefined); // each request awaits it for itself; a group without a waiter is no unhandled rejection
  return {
    state: 'waiting',
    first: 0n,
    appended: { refused: [] },
    eids: [],
    tickets: [],
    bytes: 0,
    done,
    settle,
  };
};

/**
 * One insert in flight; what arrives meanwhile goes with the next. Each request is answered after its own rows, and
 * the copies it refers to, are durable.
 */
export const createGroupCommit = ({
  append,
  sequence,
  recent,
  later,
  nowMs,
  limits = commitLimits,
}: GroupCommitParts): GroupCommit => {
  const waiting: Group[] = [];
  let flying = false;
  let written = 0;
  let lingering = false;
  /** Requests that were in flight or waiting when the last insert landed: as many may come together again. */
  let company = 0;
  let lastInsertMs = 0;
  let rows = 0;
  let bytes = 0;
  let idlers: (() => void)[] = [];

  const lines = ({ first, tickets }: Group): Buffer => {
    const pieces: Buffer[] = [];
    for (const ticket of tickets) {
      let from = 0;
      ticket.places.forEach((place, index) => {
        ticket.lines.setSequence(place, first + BigInt(ticket.start + index));
        // As long as no copy lies between, one piece.
        if (ticket.places[index + 1] === place + 1) return;
        pieces.push(ticket.lines.bytesOf(ticket.places[from] ?? 0, place + 1));
        from = index + 1;
      });
    }
    return Buffer.concat(pieces);
  };

  /** Rows of the group that the store refused, as places in what this request offered. */
  const unwritableOf = ({ start, places }: Span, refused: readonly number[]): number[] =>
    refused
      .filter((row) => row >= start && row < start + places.length)
      .map((row) => places[row - start] ?? 0);

  /** What was refused was never seen: sent again, it is tried again. */
  const forget = (eids: readonly string[], refused: readonly number[]): void => {
    for (const row of refused) recent.forget(eids[row] ?? '');
  };

  const fly = async (group: Group): Promise<void> => {
    flying = true;
    const startedMs = nowMs();
    let failure: unknown;
    try {
      group.first = sequence.take(group.eids.length);
      group.appended = await append(lines(group));
      const { eids } = group;
      forget(eids, group.appended.refused);
      void group.appended.landed?.then((refused) => forget(eids, refused));
      group.state = 'durable';
    } catch (error) {
      group.state = 'failed';
      failure = error ?? new Error('The store gave no reason.');
    }
    lastInsertMs = nowMs() - startedMs;
    if (group.state === 'durable') written += group.eids.length;
    company = waiting.reduce((sum, { tickets }) => sum + tickets.length, group.tickets.length);
    rows -= group.eids.length;
    bytes -= group.bytes;
    group.tickets.length = 0;
    flying = false;
    group.settle(failure);
    pump();
  };

  const start = (): void => {
    lingering = false;
    const group = waiting.shift();
    if (group !== undefined) void fly(group);
  };

  const pump = (): void => {
    const [next] = waiting;
    if (flying || lingering) return;
    if (next === undefined) {
      for (const resolve of idlers) resolve();
      idlers = [];
      return;
    }
    const lingerMs = Math.min(limits.lingerMs, lastInsertMs / LINGER_SHARE);
    if (waiting.length > 1 || next.tickets.length >= company || lingerMs < 1) {
      start();
      return;
    }
    lingering = true;
    later(() => {
      if (lingering) start();
    }, lingerMs);
  };

  const openGroup = (addedRows: number, addedBytes: number): Group => {
    const last = waiting.at(-1);
    if (
      last !== undefined &&
      last.eids.length + addedRows <= limits.insertRows &&
      last.bytes + addedBytes <= limits.insertBytes
    )
      return last;
    const group = newGroup();
    waiting.push(group);
    return group;
  };

  return {
    offer: (offeredLines, offered) => {
      const offeredBytes = offeredLines.sizeOf(0, offered.length);
      // One request alone always fits: it is within the limit of a body.
      if (rows > 0 && (rows + offered.length > limits.queueRows || bytes + offeredBytes > limits.queueBytes))
        return undefined;
      const group = openGroup(offered.length, offeredBytes);
      const places: number[] = [];
      // Without the lines: who waits for the rows to land needs them no more.
      const span: Span = { start: group.eids.length, places };
      const awaited = new Set<Group>();
      let copies = 0;
      let conflicts = 0;
      offered.forEach(({ eid, digest }, place) => {
        const sighting = recent.look(eid, digest, group);
        if (sighting.kind === 'copy') {
          copies += 1;
          if (sighting.conflicting) conflicts += 1;
          if (sighting.commit.state === 'waiting') awaited.add(sighting.commit as Group);
          return;
        }
        places.push(place);
        group.eids.push(eid);
        const size = offeredLines.sizeOf(place, place + 1);
        group.bytes += size;
        bytes += size;
      });
      rows += places.length;
      if (places.length > 0) {
        group.tickets.push({ ...span, lines: offeredLines });
        awaited.add(group);
      } else if (group.eids.length === 0) waiting.pop(); // opened for nothing but copies
      const done = Promise.all([...awaited].map((one) => one.done));
      if (lingering && (waiting.length > 1 || group.tickets.length >= company)) start();
      else pump();
      return done.then(() => {
        const { refused, landed } = group.appended;
        const unwritable = unwritableOf(span, refused);
        return {
          written: places.length - unwritable.length,
          copies,
          conflicts,
          unwritable,
          lastSeq: places.length === 0 ? 0n : group.first + BigInt(span.start + places.length - 1),
          ...(landed === undefined || places.length === 0
            ? {}
            : { landed: landed.then((late) => unwritableOf(span, late)) }),
        };
      });
    },
    written: () => written,
    queued: () => ({ rows, bytes }),
    idle: () =>
      flying || waiting.length > 0 ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve(),
  };
};
