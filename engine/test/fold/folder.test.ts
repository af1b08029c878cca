import { defaultPolicy } from '@botworth/contract/policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createFolder, type Folder, type FolderParts } from '../../src/fold/folder.ts';
import { type FoldSettings, foldSettings } from '../../src/fold/settings.ts';
import { bind, raw, sql } from '../../src/sql/fragment.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { buildEvent, type Told } from './build-event.ts';
import { readRows } from './read-rows.ts';

const NOW_MS = Date.UTC(2026, 10, 1);
const START_MS = Date.UTC(2026, 3, 10, 10);
const HOUR_MS = 3_600_000;
const standard = foldSettings(defaultPolicy(), 'UTC');

let store: EventStore;
beforeAll(async () => {
  store = await openTestEventStore();
});
afterAll(() => store?.close());

let received = 0;
let workspaces = 0;
const nextWorkspace = (): number => {
  workspaces += 1;
  return workspaces;
};

const folderOn = (parts: Partial<FolderParts> = {}): Folder =>
  createFolder({ store, settingsOf: () => standard, clock: fixedClock(NOW_MS), log: silentLog, ...parts });

const send = (workspace: number, told: readonly Told[]): Promise<void> =>
  store.insert(
    'events',
    told
      .map((one) => {
        received += 1;
        return `${JSON.stringify(buildEvent(workspace, one, received))}\n`;
      })
      .join(''),
    { tag: 'test' },
  );

const asks = (thread: string, atMs: number, more: Partial<Told> = {}): Told => ({
  name: 'message_sent',
  atMs,
  thread,
  text: 'Where is it?',
  channel: 'web_chat',
  ...more,
});

/** Two people who turn out to be one, a rating without a thread, a late event that moves a start, a merge of episodes. */
const before: readonly Told[] = [
  asks('a', START_MS, { keys: ['anonymous_id:x'] }),
  asks('a', START_MS + HOUR_MS, { keys: ['anonymous_id:x'] }),
  asks('b', START_MS + 5 * HOUR_MS, { keys: ['user_id:u'] }),
  { name: 'csat_submitted', atMs: START_MS + 6 * HOUR_MS, keys: ['user_id:u'], row: { score: 5, scale: 5 } },
  { name: 'chat_impression', atMs: START_MS - 1000, keys: ['anonymous_id:x'] },
];
const after: readonly Told[] = [
  { name: 'identify', atMs: START_MS + 7 * HOUR_MS, keys: ['anonymous_id:x', 'user_id:u'] },
  asks('a', START_MS + HOUR_MS / 2, { keys: ['anonymous_id:x'] }),
  asks('b', START_MS - 24 * HOUR_MS + HOUR_MS, { keys: ['user_id:u'] }),
  { name: 'unlink', atMs: START_MS + 8 * HOUR_MS, keys: ['anonymous_id:x', 'user_id:nobody'] },
  { name: 'chat_impression', atMs: START_MS + 4 * HOUR_MS, keys: ['user_id:u'] },
];

/** The same but for the workspace's number, which is in every hash. */
const outline = async (workspace: number) =>
  (await readRows(store, workspace)).map((row) => [
    row.conversation_id,
    row.started_ms,
    row.return_s,
    row.csat_score,
    row.n_user,
    row.facts,
  ]);
const days = (workspace: number) =>
  store.rows(
    sql`SELECT day, bot, impressions, engaged_turns FROM person_days FINAL WHERE workspace_id = ${bind('UInt32', workspace)}`,
    { tag: 'test' },
  );

class Crash extends Error {}

/** The store, until the fold comes to that step. */
const crashingBefore = (step: string): EventStore => {
  const look = (tag: string) => {
    if (tag.startsWith(`fold ${step}`)) throw new Crash('The power went.');
  };
  return {
    ...store,
    run: async (statement, options) => {
      look(options.tag);
      await store.run(statement, options);
    },
    insert: async (table, lines, options) => {
      look(options.tag);
      await store.insert(table, lines, options);
    },
  };
};

test('a crash between any two steps heals by itself', { timeout: 120_000 }, async () => {
  const whole = nextWorkspace();
  await send(whole, [...before, ...after]);
  await folderOn().tick();
  const expected = await outline(whole);
  const expectedDays = await days(whole);
  expect(expected).toHaveLength(3);

  for (const step of ['identities', 'publish', 'talks', 'marks']) {
    const workspace = nextWorkspace();
    await send(workspace, before);
    await folderOn().tick();
    await send(workspace, after);
    const { failed } = await folderOn({ store: crashingBefore(step) }).tick();
    expect(failed).toEqual([{ workspaceNumber: workspace, error: expect.any(Crash) }]);
    await folderOn().tick();
    expect([step, await outline(workspace), await days(workspace)]).toEqual([step, expected, expectedDays]);
  }
});

test('a folder that starts again goes on where the last one stood', async () => {
  const workspace = nextWorkspace();
  await send(workspace, before);
  expect(await folderOn().tick()).toMatchObject({ rebuilt: expect.arrayContaining([workspace]) });
  await send(workspace, after);
  const second = await folderOn().tick();
  expect(second).toEqual({ events: after.length, rebuilt: [], behind: false, failed: [] });
  expect(await folderOn().tick()).toEqual({ events: 0, rebuilt: [], behind: false, failed: [] });
});

describe('settings', () => {
  test('a changed gap or a changed name of an intent rebuilds the rows as a new generation, and nothing else does', async () => {
    const workspace = nextWorkspace();
    let settings: FoldSettings = standard;
    const folder = folderOn({ settingsOf: (number) => (number === workspace ? settings : standard) });
    await send(workspace, [
      asks('a', START_MS, { row: { intent: 'parcel' } }),
      asks('a', START_MS + HOUR_MS),
      asks('b', START_MS),
    ]);
    await folder.tick();
    expect((await readRows(store, workspace)).map((row) => [row.conversation_id, row.intent])).toEqual([
      ['a', 'parcel'],
      ['a::2026-04-10T11:00:00.000Z', ''],
      ['b', ''],
    ]);
    folder.settingsChanged(workspace);
    expect(await folder.tick()).toEqual({ events: 0, rebuilt: [], behind: false, failed: [] });

    settings = {
      ...standard,
      gapMs: standard.gapMs.map(() => 2 * HOUR_MS),
      intentMap: { Parcel: 'order_status' },
    };
    folder.settingsChanged(workspace);
    expect(await folder.freshness(workspace)).toMatchObject({ acknowledged: 3, folded: 0 });
    expect((await folder.tick()).rebuilt).toEqual([workspace]);
    expect(await folder.freshness(workspace)).toMatchObject({ acknowledged: 3, folded: 3 });
    expect((await readRows(store, workspace)).map((row) => [row.conversation_id, row.intent])).toEqual([
      ['a', 'order_status'],
      ['b', ''],
    ]);
    const generations = await store.rows(
      sql`SELECT generation FROM fold_marks FINAL WHERE workspace_id = ${bind('UInt32', workspace)}`,
      { tag: 'test' },
    );
    expect(generations).toEqual([{ generation: 2 }]);
  });

  test('a changed goal of a flow chooses the flow anew', async () => {
    const workspace = nextWorkspace();
    let settings: FoldSettings = standard;
    const folder = folderOn({ settingsOf: () => settings });
    await send(workspace, [
      asks('a', START_MS),
      { name: 'flow_started', atMs: START_MS + 1, thread: 'a', row: { flow: 'welcome' } },
      { name: 'lead_captured_chat', atMs: START_MS + 2, thread: 'a' },
      { name: 'flow_started', atMs: START_MS + 3, thread: 'a', row: { flow: 'quote' } },
    ]);
    const flows = async () => (await readRows(store, workspace)).map(({ flow }) => flow);
    await folder.tick();
    expect(await flows()).toEqual(['quote']);
    settings = { ...standard, flowGoals: { welcome: 'contact_captured' } };
    folder.settingsChanged(workspace);
    await folder.tick();
    expect(await flows()).toEqual(['welcome']);
  });

  test('a whole fold knows the intents and flows that came since the last one', async () => {
    const workspace = nextWorkspace();
    const folder = folderOn();
    await send(workspace, [asks('a', START_MS)]);
    await folder.tick();
    await send(workspace, [
      asks('b', START_MS, { row: { intent: 'wismo' } }),
      { name: 'flow_started', atMs: START_MS + 1, thread: 'b', row: { flow: 'lead_capture' } },
      { name: 'lead_captured_chat', atMs: START_MS + 2, thread: 'b' },
      { name: 'flow_started', atMs: START_MS + 3, thread: 'b', row: { flow: 'quote' } },
    ]);
    await folder.rebuild(workspace);
    const row = (await readRows(store, workspace)).find((one) => one.conversation_id === 'b');
    expect([row?.flow, row?.intent]).toEqual(['lead_capture', 'order_status']);
  });

  test('a workspace that nobody knows yet is folded as soon as somebody does', async () => {
    const workspace = nextWorkspace();
    let known = false;
    const folder = folderOn({ settingsOf: (number) => (number === workspace && !known ? null : standard) });
    await send(workspace, before);
    await folder.tick();
    expect(await readRows(store, workspace)).toEqual([]);
    known = true;
    await folder.tick();
    expect(await readRows(store, workspace)).toHaveLength(3);
  });
});

test('a backlog is folded slice by slice, and comes to the same as at once', async () => {
  const [sliced, whole] = [nextWorkspace(), nextWorkspace()];
  await send(sliced, before.slice(0, 1));
  const folder = folderOn({ pace: { sliceEvents: 3 } });
  await folder.tick();
  await send(sliced, [...before.slice(1), ...after]);
  const reports = [await folder.tick(), await folder.tick(), await folder.tick()];
  expect(reports.map(({ events, behind }) => [events, behind])).toEqual([
    [3, true],
    [3, true],
    [3, false],
  ]);
  await send(whole, [...before, ...after]);
  await folder.tick();
  expect(await outline(sliced)).toEqual(await outline(whole));
});

test('fresh is what is in the rows: acknowledged and folded are equal then, and not before', async () => {
  const workspace = nextWorkspace();
  const folder = folderOn();
  await send(workspace, before);
  await folder.tick();
  expect(await folder.freshness(workspace)).toEqual({ acknowledged: 5, folded: 5, lag_ms: 0 });
  await send(workspace, after);
  const behind = await folder.freshness(workspace);
  expect(behind).toMatchObject({ acknowledged: 10, folded: 5 });
  expect(behind.lag_ms).toBeGreaterThan(0);
  // A collector that counts on its own may be ahead of the store's own count, never of what it stored.
  expect(
    await folderOn({ acknowledged: () => ({ events: 10, onTheWay: 0 }) }).freshness(workspace),
  ).toMatchObject({ folded: 5 });
  await folder.tick();
  expect(await folder.freshness(workspace)).toEqual({ acknowledged: 10, folded: 10, lag_ms: 0 });
});

test('what one workspace cannot fold keeps no other waiting', async () => {
  const [poisoned, sound] = [nextWorkspace(), nextWorkspace()];
  await send(poisoned, before);
  await send(sound, before);
  let isBroken = true;
  let nowMs = NOW_MS;
  const folder = folderOn({
    settingsOf: (number) => {
      if (number === poisoned && isBroken) throw new Crash('Its policy cannot be read.');
      return standard;
    },
    clock: { nowMs: () => nowMs, now: () => new Date(nowMs) },
  });
  expect((await folder.tick()).failed).toEqual([{ workspaceNumber: poisoned, error: expect.any(Crash) }]);
  expect(await readRows(store, sound)).toHaveLength(3);
  // It is left alone for a while, so that it does not fill the log, and then tried again.
  isBroken = false;
  await folder.tick();
  expect(await readRows(store, poisoned)).toEqual([]);
  nowMs += 10_000;
  expect((await folder.tick()).failed).toEqual([]);
  expect(await readRows(store, poisoned)).toHaveLength(3);
});

test('what no try folded for three minutes is stuck since the first of them, until one succeeds', async () => {
  const [poisoned, sound] = [nextWorkspace(), nextWorkspace()];
  await send(poisoned, before);
  await send(sound, before);
  let [isBroken, isDown] = [true, false];
  let nowMs = NOW_MS;
  const folder = folderOn({
    store: {
      ...store,
      rows: async (statement, options) => {
        if (isDown && options.tag === 'fold look out') throw new Crash('The store is away.');
        return store.rows(statement, options);
      },
    },
    settingsOf: (number) => {
      if (number === poisoned && isBroken) throw new Crash('Its policy cannot be read.');
      return standard;
    },
    clock: { nowMs: () => nowMs, now: () => new Date(nowMs) },
  });
  /** As the loop does at the latest: a try every ten seconds. */
  const tryFor = async (seconds: number): Promise<void> => {
    for (const endMs = nowMs + seconds * 1000; nowMs < endMs; nowMs += 10_000)
      await folder.tick().catch(() => undefined);
  };
  await tryFor(170);
  expect(folder.stuck()).toEqual([]);
  await tryFor(10);
  expect(folder.stuck()).toEqual([{ workspaceNumber: poisoned, sinceMs: NOW_MS }]);
  isBroken = false;
  await tryFor(10);
  expect(folder.stuck()).toEqual([]);
  isDown = true;
  const downMs = nowMs;
  await tryFor(180);
  expect(folder.stuck()).toEqual([{ workspaceNumber: null, sinceMs: downMs }]);
  isDown = false;
  await tryFor(10);
  expect(folder.stuck()).toEqual([]);
});

test('of two copies of an event the first one stands, even where the other has a name that is looked for', async () => {
  const workspace = nextWorkspace();
  const keys = ['user_id:u'];
  const later = { atMs: START_MS + 60_000, thread: 'nowhere', keys, row: { score: 1, scale: 5 } } as const;
  await send(workspace, [
    asks('a', START_MS, { keys }),
    { ...later, id: 'rated', name: 'human_requested' },
    { ...later, id: 'seen', name: 'chat_closed' },
  ]);
  await send(workspace, [
    { ...later, id: 'rated', name: 'csat_submitted' },
    { ...later, id: 'seen', name: 'chat_impression' },
  ]);
  await folderOn().tick();
  expect(await readRows(store, workspace)).toMatchObject([{ conversation_id: 'a', csat_scale: 0 }]);
  const days = await store.rows(
    sql`SELECT day FROM person_days FINAL WHERE workspace_id = ${bind('UInt32', workspace)}`,
    {
      tag: 'test',
    },
  );
  expect(days).toEqual([]);
});

test('people and threads of two workspaces never meet', async () => {
  const [one, other] = [nextWorkspace(), nextWorkspace()];
  await send(one, [asks('same', START_MS, { keys: ['user_id:u'] })]);
  await send(other, [asks('same', START_MS + HOUR_MS, { keys: ['user_id:u'] })]);
  await folderOn().tick();
  const rows = [...(await readRows(store, one)), ...(await readRows(store, other))];
  expect(rows.map((row) => [row.conversation_id, row.return_s, row.facts.includes('returning')])).toEqual([
    ['same', 0, false],
    ['same', 0, false],
  ]);
});

test('the work tables hold nothing between whole folds', async () => {
  const workspace = nextWorkspace();
  await send(workspace, before);
  const folder = folderOn();
  await folder.rebuild(workspace);
  const held = await store.rows(
    raw(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'fold\\_%' AND engine = 'Memory' AND total_rows > 0",
    ),
    { tag: 'test' },
  );
  expect(held).toEqual([]);
});
