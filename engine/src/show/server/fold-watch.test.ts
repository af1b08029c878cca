import { expect, test } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { createFoldWatch } from './fold-watch.ts';

const MINUTE_MS = 60_000;

const watched = () => {
  const time = { ms: 1_000_000 };
  const clock: Clock = { nowMs: () => time.ms, now: () => new Date(time.ms) };
  const counts = { acknowledged: 10, folded: 4 };
  const logged: unknown[] = [];
  const watch = createFoldWatch({
    clock,
    log: { ...silentLog, error: (fields: unknown) => void logged.push(fields) },
    freshness: async () => ({ ...counts, lag_ms: 1 }),
  });
  /** As the fold does: a failure every ten seconds. */
  const failFor = (minutes: number, fields: object): void => {
    for (const end = time.ms + minutes * MINUTE_MS; time.ms < end; time.ms += 10_000)
      watch.log.error(fields, 'The fold failed.');
  };
  return { time, counts, logged, watch, failFor };
};

test('a fold that fails for some minutes is stuck since its first failure, one that failed once is not', async () => {
  const { watch, failFor, logged } = watched();
  failFor(1, { workspaceNumber: 7 });
  expect(await watch.stuck()).toEqual([]);
  failFor(3, { workspaceNumber: 7 });
  expect(await watch.stuck()).toEqual([{ workspaceNumber: 7, sinceMs: 1_000_000 }]);
  expect(logged).toHaveLength(24);
});

test('it is stuck no more when everything, or more than before, is in the figures', async () => {
  const { watch, failFor, counts } = watched();
  failFor(4, { workspaceNumber: 7 });
  failFor(4, { workspaceNumber: 8 });
  expect(await watch.stuck()).toHaveLength(2);
  counts.folded = 5;
  expect(await watch.stuck()).toEqual([]);
  failFor(4, { workspaceNumber: 7 });
  counts.folded = counts.acknowledged;
  expect(await watch.stuck()).toEqual([]);
});

test('what failed long ago is forgotten, and a new failure counts from its own beginning', async () => {
  const { watch, failFor, time } = watched();
  failFor(4, { workspaceNumber: 7 });
  time.ms += 16 * MINUTE_MS;
  expect(await watch.stuck()).toEqual([]);
  failFor(1, { workspaceNumber: 7 });
  expect(await watch.stuck()).toEqual([]);
});

test('a fold that fails before it comes to any workspace is stuck as a whole', async () => {
  const { watch, failFor, time } = watched();
  failFor(4, { waitMs: 10_000 });
  expect(await watch.stuck()).toEqual([{ workspaceNumber: 0, sinceMs: 1_000_000 }]);
  time.ms += 2 * MINUTE_MS;
  expect(await watch.stuck()).toEqual([]);
});
