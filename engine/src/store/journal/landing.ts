import type { Log } from '../../base/log.ts';
import type { Journal, Pending } from './journal.ts';

export interface LandingParts {
  /** Durable, all or nothing; gives the places of lines that the table refuses for what is in them. */
  readonly insert: (lines: Uint8Array) => Promise<readonly number[]>;
  /** Lines that the table refused are kept elsewhere. */
  readonly refuse: (lines: Uint8Array, places: readonly number[]) => Promise<void>;
  /** After every insert, whether it succeeded or not. */
  readonly onTurn: () => void;
  readonly log: Log;
  readonly later: (run: () => void, ms: number) => void;
  readonly nowMs: () => number;
  readonly pace?: LandingPace;
}

export interface LandingPace {
  /** From the start of one insert to the next at least so long, unless so much waits. */
  readonly everyMs: number;
  /** The same while more arrives than `floodBytes` a second. */
  readonly floodMs: number;
  readonly floodBytes: number;
  readonly enoughBytes: number;
  readonly insertBytes: number;
}

/**
 * An insert of 5,000 rows costs half as much for a row as one of 700, and what lands in larger pieces is merged less
 * often. In a flood, where the fold waits as well, that is worth more than rows that can be read at once.
 */
export const landingPace: LandingPace = {
  everyMs: 200,
  floodMs: 800,
  floodBytes: 5 * 1024 * 1024,
  enoughBytes: 8 * 1024 * 1024,
  insertBytes: 16 * 1024 * 1024,
};

export interface Landing {
  /** Something waits. */
  wake(): void;
  /** Why the table takes nothing at the moment; undefined = it does. */
  failure(): unknown;
  /** All that waits now is in the table; rejects when the table takes nothing. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const NEWLINE = 10;
const RETRY_MS = [250, 500, 1000, 2000, 5000];

/** Moves what the journal holds into the table: at once when it was quiet, in large pieces in a flood. */
export const createLanding = (journal: Journal, parts: LandingParts): Landing => {
  const pace = parts.pace ?? landingPace;
  let startedMs = Number.NEGATIVE_INFINITY;
  /** From the start of the last insert on. */
  let everyMs = pace.everyMs;
  let failure: unknown;
  let failures = 0;
  let isStopped = false;
  let running: Promise<void> | null = null;
  /** Ends the wait for more rows, or for the next try. */
  let hurry: (() => void) | null = null;
  let isRetrying = false;
  const waiters: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      hurry = resolve;
      parts.later(resolve, ms);
    });

  const isEnough = (): boolean =>
    isStopped || waiters.length > 0 || journal.waitingBytes() >= pace.enoughBytes;

  /** False = it could not be written, and the process is about to end. */
  const write = async (lines: Uint8Array): Promise<readonly number[] | false> => {
    for (;;) {
      startedMs = parts.nowMs();
      try {
        const refused = await parts.insert(lines);
        if (refused.length > 0) await parts.refuse(lines, refused);
        failure = undefined;
        failures = 0;
        return refused;
      } catch (error) {
        failure = error ?? new Error('The store gave no reason.');
        if (failures === 0)
          parts.log.error(
            { err: error },
            'The event store takes nothing; what was acknowledged is kept in the journal and tried again.',
          );
        for (const { reject } of waiters.splice(0)) reject(error);
        parts.onTurn();
        if (isStopped) return false;
        isRetrying = true;
        await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0);
        isRetrying = false;
        failures += 1;
      }
    }
  };

  const land = async (): Promise<boolean> => {
    const pending = journal.take(pace.insertBytes);
    const lines = Buffer.concat(pending.map((one) => one.lines));
    const bytesPerSecond = (lines.length * 1000) / Math.max(1, parts.nowMs() - startedMs);
    everyMs = bytesPerSecond > pace.floodBytes ? pace.floodMs : pace.everyMs;
    const refused = await write(lines);
    if (refused === false) return false;
    if (refused.length === 0) for (const one of pending) one.land([]);
    else shareOut(pending, refused);
    await journal
      .done(pending)
      .catch((error: unknown) => parts.log.error({ err: error }, 'A file of the journal cannot be deleted.'));
    parts.onTurn();
    return true;
  };

  const run = async (): Promise<void> => {
    while (journal.waitingBytes() > 0) {
      const waitMs = startedMs + everyMs - parts.nowMs();
      if (waitMs > 0 && !isEnough()) await pause(waitMs);
      if (!(await land())) return;
    }
  };

  const wake = (): void => {
    if (isEnough() && !isRetrying) hurry?.();
    if (running !== null) return;
    running = run().finally(() => {
      running = null;
      if (journal.waitingBytes() > 0 && !isStopped) return wake();
      for (const { resolve } of waiters.splice(0)) resolve();
    });
  };

  return {
    wake,
    failure: () => failure,
    settle: async () => {
      if (failure !== undefined) throw failure;
      if (running === null) return;
      const settled = new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
      hurry?.();
      await settled;
    },
    stop: async () => {
      isStopped = true;
      hurry?.();
      await running;
    },
  };
};

/** Each append learns of its own lines. */
const shareOut = (pending: readonly Pending[], refused: readonly number[]): void => {
  let first = 0;
  for (const { lines, land } of pending) {
    const next = first + lines.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
    land(refused.filter((place) => place >= first && place < next).map((place) => place - first));
    first = next;
  }
};
