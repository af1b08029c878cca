import type { Commit, RecentEvents } from './recent-events.ts';
import { type Sequence, versionOf } from './sequence.ts';

/** One event ready to be written. */
export interface CommitRow {
  /** The line without its head, see row-line.ts. */
  readonly tail: string;
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
}

export interface CommitLimits {
  readonly insertRows: number;
  readonly insertChars: number;
  readonly queueRows: number;
  readonly queueChars: number;
  /** How long an insert may wait for company at most. */
  readonly lingerMs: number;
}

export const commitLimits: CommitLimits = {
  insertRows: 10_000,
  insertChars: 8 * 1024 * 1024,
  queueRows: 50_000,
  queueChars: 64 * 1024 * 1024,
  lingerMs: 10,
};

export interface GroupCommit {
  /** Undefined when the queue is full: nothing was taken. Rejects with the store's error when nothing was written. */
  offer(rows: readonly CommitRow[]): Promise<Committed> | undefined;
  queued(): { readonly rows: number; readonly chars: number };
  /** Rows written so far. */
  written(): number;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

export interface GroupCommitParts {
  /** Durable, all or nothing. */
  readonly insert: (lines: Uint8Array) => Promise<void>;
  /** True for an error that a row caused, not the store's state: the rows are then tried apart. */
  readonly isRowFault: (error: unknown) => boolean;
  readonly sequence: Sequence;
  readonly recent: RecentEvents;
  readonly later: (run: () => void, ms: number) => void;
  readonly nowMs: () => number;
  readonly limits?: CommitLimits;
}

/** The rows of one request inside a group: from `start`, `places` long. */
interface Ticket {
  readonly start: number;
  readonly places: readonly number[];
  readonly unwritable: number[];
}

interface Group extends Commit {
  /** Sequence of the first row, once it is known. */
  first: bigint;
  readonly tails: string[];
  readonly eids: string[];
  readonly tickets: Ticket[];
  chars: number;
  readonly done: Promise<void>;
  readonly settle: (error: unknown) => void;
}

/**
 * An insert has a price of its own, however few its rows: some 40 columns, a part, its merges. Clients that were
 * answered together come back together, so waiting for them a fraction of what the last insert took is well spent.
 */
const LINGER_SHARE = 4;

/** Tries apart at most so many times; an insert that fails everywhere is the store's fault after all. */
const INSERTS_APART = 64;

const newGroup = (): Group => {
  let settle: (error: unknown) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  done.catch(() => undefined); // each request awaits it for itself; a group without a waiter is no unhandled rejection
  return { state: 'waiting', first: 0n, tails: [], eids: [], tickets: [], chars: 0, done, settle };
};

/**
 * One insert in flight; what arrives meanwhile goes with the next. Each request is answered after its own rows, and
 * the copies it refers to, are durable.
 */
export const createGroupCommit = ({
  insert,
  isRowFault,
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
  let chars = 0;
  let idlers: (() => void)[] = [];

  const lines = (group: Group, from: number, to: number): Buffer => {
    let text = '';
    for (let place = from; place < to; place += 1) {
      const seq = group.first + BigInt(place);
      text += `{"seq":${seq},"first":${versionOf(seq)},${group.tails[place]}`;
    }
    return Buffer.from(text);
  };

  const markUnwritable = (group: Group, place: number): void => {
    recent.forget(group.eids[place] ?? '');
    const ticket = group.tickets.findLast(({ start }) => start <= place);
    ticket?.unwritable.push(ticket.places[place - ticket.start] ?? 0);
  };

  /** Halves until the rows that cannot be written stand alone: one of them must not hold up all others for ever. */
  const writeApart = async (
    group: Group,
    from: number,
    to: number,
    budget: { left: number },
  ): Promise<void> => {
    budget.left -= 1;
    try {
      await insert(lines(group, from, to));
    } catch (error) {
      if (!isRowFault(error) || budget.left <= 0) throw error;
      if (to - from === 1) return markUnwritable(group, from);
      const middle = (from + to) >> 1;
      await writeApart(group, from, middle, budget);
      await writeApart(group, middle, to, budget);
    }
  };

  const isAllUnwritable = (group: Group): boolean =>
    group.tails.length > 1 &&
    group.tickets.every((ticket) => ticket.unwritable.length === ticket.places.length);

  const fly = async (group: Group): Promise<void> => {
    flying = true;
    const startedMs = nowMs();
    let failure: unknown;
    try {
      group.first = sequence.take(group.tails.length);
      await writeApart(group, 0, group.tails.length, { left: INSERTS_APART });
      if (isAllUnwritable(group))
        throw new Error('The store refused every row of an insert: the fault is not in the rows.');
      group.state = 'durable';
    } catch (error) {
      group.state = 'failed';
      failure = error ?? new Error('The store gave no reason.');
    }
    lastInsertMs = nowMs() - startedMs;
    if (group.state === 'durable') written += group.tails.length;
    company = waiting.reduce((sum, { tickets }) => sum + tickets.length, group.tickets.length);
    rows -= group.tails.length;
    chars -= group.chars;
    group.tails.length = 0;
    group.eids.length = 0;
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

  const openGroup = (addedRows: number, addedChars: number): Group => {
    const last = waiting.at(-1);
    if (
      last !== undefined &&
      last.tails.length + addedRows <= limits.insertRows &&
      last.chars + addedChars <= limits.insertChars
    )
      return last;
    const group = newGroup();
    waiting.push(group);
    return group;
  };

  return {
    offer: (offered) => {
      let offeredChars = 0;
      for (const { tail } of offered) offeredChars += tail.length;
      // One request alone always fits: it is within the limit of a body.
      if (rows > 0 && (rows + offered.length > limits.queueRows || chars + offeredChars > limits.queueChars))
        return undefined;
      const group = openGroup(offered.length, offeredChars);
      const places: number[] = [];
      const ticket: Ticket = { start: group.tails.length, places, unwritable: [] };
      const awaited = new Set<Group>();
      let copies = 0;
      let conflicts = 0;
      offered.forEach(({ tail, eid, digest }, place) => {
        const sighting = recent.look(eid, digest, group);
        if (sighting.kind === 'copy') {
          copies += 1;
          if (sighting.conflicting) conflicts += 1;
          if (sighting.commit.state === 'waiting') awaited.add(sighting.commit as Group);
          return;
        }
        places.push(place);
        group.tails.push(tail);
        group.eids.push(eid);
        group.chars += tail.length;
        chars += tail.length;
      });
      rows += places.length;
      if (places.length > 0) {
        group.tickets.push(ticket);
        awaited.add(group);
      } else if (group.tails.length === 0) waiting.pop(); // opened for nothing but copies
      const done = Promise.all([...awaited].map((one) => one.done));
      if (lingering && (waiting.length > 1 || group.tickets.length >= company)) start();
      else pump();
      return done.then(() => ({
        written: places.length - ticket.unwritable.length,
        copies,
        conflicts,
        unwritable: ticket.unwritable,
        lastSeq: places.length === 0 ? 0n : group.first + BigInt(ticket.start + places.length - 1),
      }));
    },
    written: () => written,
    queued: () => ({ rows, chars }),
    idle: () =>
      flying || waiting.length > 0 ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve(),
  };
};
