import { bind, type Fragment, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import type { FoldMark } from './marks.ts';

/** Events of a workspace that were seen and are not folded yet. */
export interface Owed {
  /** The greatest sequence among them. */
  readonly last: bigint;
  readonly waiting: number;
}

/** What is stored and not folded, derived from the sequence of the events: nobody has to report anything. */
export interface Backlog {
  /** Sees what came since the last time. */
  lookOut(marks: ReadonlyMap<number, FoldMark>): Promise<void>;
  workspaces(): readonly number[];
  of(workspaceNumber: number): Owed | undefined;
  /** So many of it are folded; without a number, all. */
  settle(workspaceNumber: number, events?: number): void;
}

const options: QueryOptions = { tag: 'fold look out', lane: 'fold', maxThreads: 1 };

export const aboveMark = (workspaceNumber: number, seq: bigint): Fragment =>
  sql`workspace_id = ${bind('UInt32', workspaceNumber)} AND seq > ${bind('UInt64', seq)}`;

export const createBacklog = (store: EventStore): Backlog => {
  const owed = new Map<number, Owed>();
  /** The greatest sequence that was seen, of any workspace. */
  let scanned = 0n;

  const countAbove = async (workspaceNumber: number, seq: bigint): Promise<number> => {
    const [row] = await store.rows<{ waiting: string }>(
      sql`SELECT count() AS waiting FROM events WHERE ${aboveMark(workspaceNumber, seq)}`,
      options,
    );
    return Number(row?.waiting ?? 0);
  };

  return {
    lookOut: async (marks) => {
      const isFirst = scanned === 0n;
      const rows = await store.rows<{ workspace_id: number; last: string; waiting: string }>(
        sql`SELECT workspace_id, max(seq) AS last, count() AS waiting FROM events WHERE seq > ${bind('UInt64', scanned)} GROUP BY workspace_id`,
        options,
      );
      for (const { workspace_id: workspaceNumber, ...row } of rows) {
        const last = BigInt(row.last);
        if (last > scanned) scanned = last;
        const done = marks.get(workspaceNumber)?.seq ?? 0n;
        if (last <= done) continue;
        // The first look sees all that is stored; later ones only what is new.
        const waiting = isFirst && done > 0n ? await countAbove(workspaceNumber, done) : Number(row.waiting);
        owed.set(workspaceNumber, { last, waiting: waiting + (owed.get(workspaceNumber)?.waiting ?? 0) });
      }
    },
    workspaces: () => [...owed.keys()],
    of: (workspaceNumber) => owed.get(workspaceNumber),
    settle: (workspaceNumber, events) => {
      const known = owed.get(workspaceNumber);
      if (events === undefined || known === undefined) owed.delete(workspaceNumber);
      else owed.set(workspaceNumber, { last: known.last, waiting: known.waiting - events });
    },
  };
};

/** Where a slice of so many events ends. */
export const endOfSlice = async (
  store: EventStore,
  workspaceNumber: number,
  after: bigint,
  events: number,
): Promise<bigint> => {
  const [cut] = await store.rows<{ last: string }>(
    sql`SELECT max(seq) AS last FROM (SELECT seq FROM events WHERE ${aboveMark(workspaceNumber, after)} ORDER BY seq LIMIT ${bind('UInt32', events)})`,
    options,
  );
  return BigInt(cut?.last ?? 0);
};

export const countStored = async (store: EventStore, workspaceNumber: number): Promise<number> => {
  const [row] = await store.rows<{ events: string }>(
    sql`SELECT count() AS events FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`,
    options,
  );
  return Number(row?.events ?? 0);
};

/** The greatest stored sequence; 0 = none. */
export const lastStored = async (store: EventStore, workspaceNumber: number): Promise<bigint> => {
  const [row] = await store.rows<{ last: string }>(
    sql`SELECT max(seq) AS last FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`,
    options,
  );
  return BigInt(row?.last ?? 0);
};
