import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../base/log.ts';
import { raw } from '../../sql/fragment.ts';
import { insertApart } from '../insert-apart.ts';
import type { EventStore, QueryOptions } from '../port.ts';
import { createJournal } from './journal.ts';
import { createLanding, type LandingPace } from './landing.ts';
import { recover } from './recover.ts';

export interface JournalParts {
  readonly dir: string;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly later?: (run: () => void, ms: number) => void;
  readonly pace?: LandingPace;
}

const options: QueryOptions = { tag: 'journal', lane: 'write' };
/** More than this is not held in memory: senders wait. */
const WAITING_BYTES = 64 * 1024 * 1024;

/** Lines that the table refuses, as they would have been written. Nobody but a person can say what they are. */
const refusedFile = 'refused.jsonl';

/** The same store with a journal before its events; what an earlier process left in it is brought in first. */
export const journaled = async (store: EventStore, parts: JournalParts): Promise<EventStore> => {
  const { dir, log, nowMs } = parts;
  const later = parts.later ?? ((run, ms) => void setTimeout(run, ms));
  const insert = (lines: Uint8Array) => insertApart((piece) => store.insert('events', piece, options), lines);
  const refuse = async (lines: Uint8Array, places: readonly number[]) => {
    const all = Buffer.from(lines).toString().split('\n');
    const path = join(dir, refusedFile);
    await appendFile(path, places.map((place) => `${all[place] ?? ''}\n`).join(''), { mode: 0o600 });
    log.error({ events: places.length, path }, 'The table refused events; they are kept in this file.');
  };

  const bytes = await recover({
    dir,
    storedSeq: async () => {
      const [stored] = await store.rows<{ last: string }>(
        raw('SELECT max(seq) AS last FROM events'),
        options,
      );
      return BigInt(stored?.last ?? 0);
    },
    insert: async (lines) => {
      const refused = await insert(lines);
      if (refused.length > 0) await refuse(lines, refused);
    },
    log,
  });
  if (bytes > 0)
    log.info({ bytes }, 'Events that the last process kept in the journal are in the table now.');

  const journal = createJournal(dir);
  let room: (() => void)[] = [];
  const landing = createLanding(journal, {
    insert,
    refuse,
    onTurn: () => {
      for (const resolve of room) resolve();
      room = [];
    },
    log,
    later,
    nowMs,
    ...(parts.pace === undefined ? {} : { pace: parts.pace }),
  });
  const takeRoom = async (): Promise<void> => {
    while (journal.waitingBytes() > WAITING_BYTES) {
      const failure = landing.failure();
      if (failure !== undefined) throw failure;
      await new Promise<void>((resolve) => room.push(resolve));
    }
  };

  return {
    ...store,
    append: async (lines) => {
      await takeRoom();
      const { landed } = await journal.append(lines);
      landing.wake();
      return { refused: [], landed };
    },
    settle: () => landing.settle(),
    ping: async () => {
      await store.ping();
      const failure = landing.failure();
      if (failure !== undefined) throw failure;
    },
    close: async () => {
      await landing.stop();
      await journal.close();
      await store.close();
    },
  };
};
