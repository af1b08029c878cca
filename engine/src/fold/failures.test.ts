import { expect, test } from 'vitest';
import { createFailures } from './failures.ts';

const MINUTE_MS = 60_000;
const started = () => {
  const time = { ms: 1_000_000 };
  return { time, failures: createFailures({ nowMs: () => time.ms, now: () => new Date(time.ms) }) };
};

test('a failure is a state after three minutes, counted from the first since the last success', () => {
  const { time, failures } = started();
  failures.note(7);
  failures.settle(7);
  time.ms += MINUTE_MS;
  failures.note(7);
  time.ms += 3 * MINUTE_MS - 1;
  failures.note(7);
  expect(failures.stuck()).toEqual([]);
  time.ms += 1;
  expect(failures.stuck()).toEqual([{ workspaceNumber: 7, sinceMs: 1_000_000 + MINUTE_MS }]);
});

test('what is owed nothing any more is not stuck, and the fold as a whole is none of it', () => {
  const { time, failures } = started();
  for (const one of [7, 8, null]) failures.note(one);
  time.ms += 3 * MINUTE_MS;
  failures.keepOnly([8]);
  expect(failures.stuck().map(({ workspaceNumber }) => workspaceNumber)).toEqual([8, null]);
});
