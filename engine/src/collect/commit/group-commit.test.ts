import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../base/app-error.ts';
import { hash128 } from '../../base/hash.ts';
import type { Appended } from '../../store/port.ts';
import {
  type CommitLimits,
  type CommitRow,
  commitLimits,
  createGroupCommit,
  type GroupCommit,
} from './group-commit.ts';
import { createRecentEvents } from './recent-events.ts';
import { RequestLines } from './request-lines.ts';
import { createSequence } from './sequence.ts';

interface Written {
  readonly seq: string;
  readonly first: string;
  readonly id: string;
}

/** A store whose writes wait until they are let go, one at a time. */
const setUp = (limits: Partial<CommitLimits> = {}) => {
  const flights: { rows: Written[]; land: (error?: Error, appended?: Appended) => void }[] = [];
  const written: Written[] = [];
  const recent = createRecentEvents(100);
  const commit = createGroupCommit({
    append: (lines) =>
      new Promise((resolve, reject) => {
        const rows: Written[] = Buffer.from(lines)
          .toString()
          .trim()
          .split('\n')
          .map((line) => line.replace(/"(seq|first)":(\d+)/g, '"$1":"$2"'))
          .map((line) => JSON.parse(line));
        flights.push({
          rows,
          land: (error, appended = { refused: [] }) => {
            if (error !== undefined) return reject(error);
            written.push(...rows);
            resolve(appended);
          },
        });
      }),
    sequence: createSequence(0n, () => 1_000),
    recent,
    later: (run) => queueMicrotask(run),
    nowMs: () => 0,
    limits: { ...commitLimits, ...limits },
  });
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const land = async (error?: Error, appended?: Appended) => {
    await settled();
    const flight = flights.shift();
    if (flight === undefined) throw new Error('Nothing is in flight.');
    flight.land(error, appended);
    await settled();
  };
  return { commit: easy(commit), flights, written, land, settled, recent };
};

interface NamedRow extends CommitRow {
  readonly id: string;
}
const row = (id: string, digest = '1'): NamedRow => ({ id, eid: hash128(id), digest });
const linesOf = (offered: readonly NamedRow[]): RequestLines => {
  const lines = new RequestLines(offered.length);
  for (const { id } of offered) lines.add(`"id":"${id}"}\n`);
  return lines;
};
/** A request's rows with lines that hold nothing but their ids. */
const easy = (commit: GroupCommit) => ({
  ...commit,
  offer: (offered: readonly NamedRow[]) => commit.offer(linesOf(offered), offered),
});
const rows = (count: number, name: string): NamedRow[] =>
  Array.from({ length: count }, (_, place) => row(`${name}${place}`));

describe('group commit', () => {
  it('answers after the insert, and not before', async () => {
    const { commit, land, settled, written } = setUp();
    let answered = false;
    const done = commit.offer([row('a')])?.then((committed) => {
      answered = true;
      return committed;
    });
    await settled();
    expect(answered).toBe(false);
    await land();
    expect(await done).toMatchObject({ written: 1, copies: 0, unwritable: [] });
    expect(written.map(({ id }) => id)).toEqual(['a']);
  });

  it('has one insert in flight; what arrives meanwhile goes together with the next', async () => {
    const { commit, flights, land, settled } = setUp();
    const first = commit.offer([row('a')]);
    await settled();
    const others = [commit.offer([row('b')]), commit.offer([row('c'), row('d')])];
    await settled();
    expect(flights).toHaveLength(1);
    await land();
    await first;
    expect(flights.map((flight) => flight.rows.map(({ id }) => id))).toEqual([['b', 'c', 'd']]);
    await land();
    expect(await Promise.all(others)).toMatchObject([{ written: 1 }, { written: 2 }]);
  });

  it('gives a strictly rising sequence, of which the first copy has the greater version', async () => {
    const { commit, land, written } = setUp();
    void commit.offer(rows(3, 'a'));
    await land();
    void commit.offer(rows(2, 'b'));
    await land();
    const seqs = written.map(({ seq }) => BigInt(seq));
    for (let place = 1; place < seqs.length; place += 1)
      expect((seqs[place] ?? 0n) > (seqs[place - 1] ?? 0n)).toBe(true);
    for (const { seq, first } of written) expect(BigInt(seq) + BigInt(first)).toBe(2n ** 64n - 1n);
    expect(seqs[0]).toBe(1_000n << 20n);
  });

  it('fails exactly the requests of the insert that failed', async () => {
    const { commit, land, settled } = setUp();
    const first = commit.offer([row('a')]);
    await settled();
    const second = commit.offer([row('b')]);
    const failure = new AppError('storage_full', 'The disk is full.');
    const refused = expect(first).rejects.toBe(failure);
    await land(failure);
    await refused;
    await land();
    expect(await second).toMatchObject({ written: 1 });
  });

  it('takes nothing of a request for which the queue has no room', async () => {
    const { commit, land, settled, written } = setUp({ queueRows: 4 });
    const first = commit.offer(rows(3, 'a'));
    await settled();
    expect(commit.offer(rows(2, 'b'))).toBeUndefined();
    expect(commit.queued().rows).toBe(3);
    await land();
    await first;
    const again = commit.offer(rows(2, 'b'));
    await land();
    expect(await again).toMatchObject({ written: 2, copies: 0 });
    expect(written).toHaveLength(5);
    expect(commit.queued()).toEqual({ rows: 0, bytes: 0 });
  });

  it('a queue bounded by size is full by size', async () => {
    const { commit, land, settled } = setUp({ queueBytes: 20 });
    const first = commit.offer([row('a')]);
    await settled();
    expect(commit.offer(rows(2, 'b'))).toBeUndefined();
    await land();
    await first;
  });

  it('a re-sent event is acknowledged without being written again', async () => {
    const { commit, land } = setUp();
    const first = commit.offer([row('a')]);
    await land();
    await first;
    expect(await commit.offer([row('a')])).toMatchObject({ written: 0, copies: 1, conflicts: 0 });
    expect(await commit.offer([row('a', '2')])).toMatchObject({ copies: 1, conflicts: 1 });
  });

  it('twice in one request is once', async () => {
    const { commit, land, written } = setUp();
    const done = commit.offer([row('a'), row('a')]);
    await land();
    expect(await done).toMatchObject({ written: 1, copies: 1 });
    expect(written).toHaveLength(1);
  });

  it('a copy of an event that is still on its way waits for it', async () => {
    const { commit, land, settled } = setUp();
    const first = commit.offer([row('a')]);
    await settled();
    let answered = false;
    const copy = commit.offer([row('a')])?.finally(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    await land();
    expect([await first, await copy]).toMatchObject([{ written: 1 }, { written: 0, copies: 1 }]);
  });

  it('a copy of an event whose insert failed fails with it, and is written when sent again', async () => {
    const { commit, land, settled, written } = setUp();
    const first = commit.offer([row('a')]);
    await settled();
    const copy = commit.offer([row('a')]);
    const failure = new Error('gone');
    const refused = Promise.all([expect(first).rejects.toBe(failure), expect(copy).rejects.toBe(failure)]);
    await land(failure);
    await refused;
    const again = commit.offer([row('a')]);
    await land();
    expect(await again).toMatchObject({ written: 1, copies: 0 });
    expect(written).toHaveLength(1);
  });

  it('waits for the company it had before, and no longer than a part of an insert', async () => {
    let nowMs = 0;
    const timers: (() => void)[] = [];
    const sizes: number[] = [];
    const slow = createGroupCommit({
      append: async (lines) => {
        nowMs += 20;
        sizes.push(Buffer.from(lines).toString().trim().split('\n').length);
        return { refused: [] };
      },
      sequence: createSequence(0n, () => 1),
      recent: createRecentEvents(100),
      later: (run, ms) => {
        expect(ms).toBeLessThanOrEqual(5);
        timers.push(run);
      },
      nowMs: () => nowMs,
    });
    const commit = easy(slow);
    const settled = async () => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    };
    const first = [commit.offer([row('a')]), commit.offer([row('b')]), commit.offer([row('c')])];
    await settled();
    expect([sizes, timers.length]).toEqual([[1], 1]);
    timers.pop()?.();
    await Promise.all(first);
    const together = [commit.offer([row('d')]), commit.offer([row('e')])];
    await Promise.all(together);
    expect([sizes, timers.length]).toEqual([[1, 2, 2], 1]);
    timers.pop();
    const alone = commit.offer([row('f')]);
    await settled();
    expect(sizes).toEqual([1, 2, 2]);
    timers.pop()?.();
    expect(await alone).toMatchObject({ written: 1 });
  });

  it('never holds more rows in one insert than it may', async () => {
    const { commit, flights, land, settled } = setUp({ insertRows: 3 });
    const first = commit.offer([row('a')]);
    await settled();
    const others = [commit.offer(rows(2, 'b')), commit.offer(rows(2, 'c')), commit.offer(rows(5, 'd'))];
    await land();
    await first;
    const sizes: number[] = [];
    for (let flight = 0; flight < 3; flight += 1) {
      sizes.push(flights[0]?.rows.length ?? 0);
      await land();
    }
    expect(sizes).toEqual([2, 2, 5]);
    expect((await Promise.all(others)).map((one) => one?.written)).toEqual([2, 2, 5]);
  });

  it('idle when all that was taken is answered', async () => {
    const { commit, land, settled } = setUp();
    await commit.idle();
    void commit.offer([row('a')]);
    let idle = false;
    const waiting = commit.idle().then(() => {
      idle = true;
    });
    await settled();
    expect(idle).toBe(false);
    await land();
    await waiting;
  });
});

describe('rows that the store cannot hold', () => {
  it('are told to the request that sent them, and tried again when sent again', async () => {
    const { commit, land } = setUp();
    const requests = [commit.offer([row('a'), row('b')]), commit.offer([row('c'), row('c'), row('d')])];
    await land(undefined, { refused: [0] });
    await land(undefined, { refused: [0, 1] });
    expect(await Promise.all(requests)).toMatchObject([
      { written: 1, unwritable: [0] },
      { written: 0, copies: 1, unwritable: [0, 2] },
    ]);
    const again = commit.offer([row('c')]);
    await land();
    expect(await again).toMatchObject({ written: 1, copies: 0 });
  });
  it('that show only later are told later', async () => {
    const { commit, land } = setUp();
    const first = commit.offer([row('a'), row('b')]);
    await land(undefined, { refused: [], landed: Promise.resolve([1]) });
    const committed = await first;
    expect(committed).toMatchObject({ written: 2, unwritable: [] });
    expect(await committed?.landed).toEqual([1]);
    const again = commit.offer([row('b')]);
    await land();
    expect(await again).toMatchObject({ written: 1, copies: 0 });
  });
});

describe('the sequence', () => {
  it('goes on above what is stored, even when the clock was set back', () => {
    const sequence = createSequence(10n ** 18n, () => 1);
    expect(sequence.take(5)).toBe(10n ** 18n + 1n);
    expect(sequence.take(1)).toBe(10n ** 18n + 6n);
    expect(sequence.last()).toBe(10n ** 18n + 6n);
  });
});

describe('the window of recent events', () => {
  const commit = { state: 'durable' as const };
  it('forgets the oldest and stays bounded', () => {
    const recent = createRecentEvents(10);
    for (let event = 0; event < 1000; event += 1) recent.look(hash128(`e${event}`), '1', commit);
    expect(recent.size()).toBeLessThanOrEqual(10);
    expect(recent.look(hash128('e999'), '1', commit).kind).toBe('copy');
    expect(recent.look(hash128('e1'), '1', commit).kind).toBe('new');
  });
  it('knows what a plain map would know, whatever is seen, forgotten and seen again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(12), fc.nat(2), fc.constantFrom('look', 'look', 'forget')), {
          maxLength: 60,
        }),
        (steps) => {
          const recent = createRecentEvents(1000);
          const known = new Map<string, string>();
          for (const [event, content, step] of steps) {
            const [eid, digest] = [hash128(`e${event}`), String(content)];
            if (step === 'forget') {
              recent.forget(eid);
              known.delete(eid);
              continue;
            }
            const held = known.get(eid);
            expect(recent.look(eid, digest, commit)).toEqual(
              held === undefined ? { kind: 'new' } : { kind: 'copy', commit, conflicting: held !== digest },
            );
            if (held === undefined) known.set(eid, digest);
          }
        },
      ),
    );
  });
});
