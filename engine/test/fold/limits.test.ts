import { foldLimits } from '@botworth/contract/limits';
import { defaultPolicy } from '@botworth/contract/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createFolder } from '../../src/fold/folder.ts';
import { foldSettings } from '../../src/fold/settings.ts';
import { bind, sql } from '../../src/sql/fragment.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { buildEvent, type Told } from './build-event.ts';
import { readRows } from './read-rows.ts';

/** What the page of limits says of what is beyond them. */
const START_MS = Date.UTC(2026, 3, 10, 10);
const settings = foldSettings(defaultPolicy(), 'UTC');
let store: EventStore;
beforeAll(async () => {
  store = await openTestEventStore();
});
afterAll(() => store?.close());

const fold = async (workspace: number, told: readonly Told[]): Promise<void> => {
  const lines = told.map((one, index) => `${JSON.stringify(buildEvent(workspace, one, index + 1))}\n`);
  await store.insert('events', lines.join(''), { tag: 'test' });
  await createFolder({
    store,
    settingsOf: () => settings,
    clock: fixedClock(Date.UTC(2026, 10, 1)),
    log: silentLog,
  }).tick();
};

test('an event with more keys than may be tied ties the strongest, and the others stay their own', async () => {
  const { most } = foldLimits.keysOfOneEvent;
  const devices = Array.from({ length: most + 2 }, (_, n) => `anonymous_id:d${n}`);
  await fold(1, [{ name: 'identify', atMs: START_MS, keys: ['user_id:u', ...devices] }]);
  const people = await store.rows<{ person: string; keys: string; strong: number }>(
    sql`SELECT toString(person) AS person, count() AS keys, max(bitAnd(key, 7) = 0) AS strong FROM identities FINAL WHERE workspace_id = ${bind('UInt32', 1)} GROUP BY person`,
    { tag: 'test' },
  );
  expect(people.map(({ keys, strong }) => [Number(keys), strong])).toEqual([[most, 1]]);
});

test('turns beyond those that are read in order count as turns, and add no fallback', async () => {
  const { most } = foldLimits.turnsInOrder;
  const pairs = Array.from({ length: most / 2 + 5 }, (_, n): Told[] => [
    { name: 'message_sent', atMs: START_MS + n * 2000, thread: 't', channel: 'web_chat' },
    { name: 'bot_fallback', atMs: START_MS + n * 2000 + 1000, thread: 't' },
  ]);
  await fold(2, pairs.flat());
  const [row] = await readRows(store, 2);
  expect([row?.n_user, row?.n_fallback]).toEqual([pairs.length, most / 2]);
});
