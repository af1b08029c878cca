import { defaultPolicy } from '@botworth/contract/policy';
import { vocabulary } from '@botworth/contract/vocabulary';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { threadHash } from '../../src/base/hash.ts';
import { silentLog } from '../../src/base/log.ts';
import { createExplain, type Explain } from '../../src/explain/explain.ts';
import { createFolder } from '../../src/fold/folder.ts';
import { readEpisode } from '../../src/fold/read-episode.ts';
import { foldSettings } from '../../src/fold/settings.ts';
import { createMeasure } from '../../src/measure/measure.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { foldOracle } from '../oracle/fold-oracle.ts';
import { policyVersion, testWorkspace } from '../rows/conversation-row.ts';
import { buildEvent, type Told } from './build-event.ts';
import { randomWorld } from './random-stream.ts';

const clock = fixedClock(Date.UTC(2026, 10, 1));
const settings = foldSettings(defaultPolicy(), 'UTC');
const limit = defaultPolicy().trapped.fallbacks;
let store: EventStore;
let explain: Explain;
beforeAll(async () => {
  store = await openTestEventStore();
  explain = createExplain({ store, clock, measure: createMeasure({ store, clock }) });
});
afterAll(() => store?.close());

const besides: ReadonlySet<string> = new Set(
  Object.entries(vocabulary).flatMap(([name, { role }]) =>
    ['exposure', 'cost', 'identity'].includes(role) ? [name] : [],
  ),
);

let workspaces = 0;
/** A world in which nothing of this happens would prove nothing. */
const seen = { trapped: 0 };
const worlds = fc
  .tuple(...Array.from({ length: 50 }, (_, index) => randomWorld(`w${index}`)))
  .map((all) => all.flat());

test('a page shows the events that its row was folded from, and the moment of being stuck where the row says so', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (sent) => {
      workspaces += 1;
      const workspace = workspaces;
      const events = sent.map(({ told }, index) => buildEvent(workspace, told, index + 1));
      await store.insert('events', events.map((event) => `${JSON.stringify(event)}\n`).join(''), {
        tag: 'test',
      });
      await createFolder({ store, settingsOf: () => settings, clock, log: silentLog }).tick();
      const rows = foldOracle(events, settings);
      // A page takes a tenth of a second: all on which something happens, and some on which nothing does.
      const opened = rows.filter(
        ({ page, facts }, index) =>
          page.stuck(limit) !== null || facts.includes('adopted') || index % 6 === 0,
      );
      for (const { conversation_id: id, page, facts, columns } of opened) {
        const shown = await explain.conversation(testWorkspace(workspace), policyVersion(), id);
        const verdict = shown.verdicts.find(({ name }) => name === 'trapped');
        const stuck = page.stuck(limit);
        expect([id, verdict?.facts.stuck_because, verdict?.facts.event_id]).toEqual([
          id,
          stuck?.because ?? null,
          stuck?.eventId ?? null,
        ]);
        expect(stuck !== null).toBe(
          facts.includes('human_requested') ||
            Number(columns.n_repeat) > 0 ||
            Number(columns.n_fallback) >= limit,
        );
        if (shown.conversation.trapped) expect(verdict?.because).toBe(stuck?.because);
        if (facts.includes(`trapped_${limit}`)) expect(stuck).not.toBeNull();
        expect([
          id,
          shown.events
            .filter(({ name }) => !besides.has(name))
            .map(({ event_id, joined }) => ({ id: event_id, joined })),
        ]).toEqual([id, page.events]);
        seen.trapped += shown.conversation.trapped ? 1 : 0;
      }
    }),
    { numRuns: Number(process.env.BOTWORTH_TEST_RUNS ?? '1'), endOnFailure: true, seed: 4680 },
  );
  expect(seen.trapped).toBeGreaterThan(0);
});

test('an episode is the same whether the events of its thread are brought to the reader or stay in the store', async () => {
  workspaces += 1;
  const workspace = workspaces;
  const at = (minute: number) => Date.UTC(2026, 3, 10, 10, minute);
  const says = (minute: number, text: string): Told => ({
    name: 'message_sent',
    atMs: at(minute),
    thread: 't',
    channel: 'web_chat',
    text,
  });
  const told = [
    says(0, 'Where is it?'),
    says(1, 'Where is it?'),
    says(90, 'Hello again'),
    says(91, 'Where is it?'),
  ];
  const lines = told.map((one, index) => `${JSON.stringify(buildEvent(workspace, one, index + 1))}\n`);
  await store.insert('events', lines.join(''), { tag: 'test' });
  const thread = threadHash(workspace, 't').toString();
  for (const [minute, repeats] of [
    [0, true],
    [90, false],
  ] as const) {
    const read = (most?: number) =>
      readEpisode(store, { workspace, thread, startedMs: at(minute) }, settings, { tag: 'test' }, most);
    const home = await read();
    expect(home?.keys).toHaveLength(2);
    expect(home?.firstRepeat !== 0n).toBe(repeats);
    const inStore = await read(1);
    expect({ ...inStore, keys: new Set(inStore?.keys) }).toEqual({ ...home, keys: new Set(home?.keys) });
  }
  expect(
    await readEpisode(store, { workspace, thread, startedMs: at(5) }, settings, { tag: 'test' }),
  ).toBeNull();
});

test('a rating that names no conversation stands on the page of the one that took it in, and says how it came', async () => {
  workspaces += 1;
  const workspace = workspaces;
  const at = (minute: number) => Date.UTC(2026, 3, 10, 10, minute);
  const rates = (id: string, minute: number, key: string): Told => ({
    name: 'csat_submitted',
    id,
    atMs: at(minute),
    keys: [key],
    row: { score: 5, scale: 5 },
  });
  const asks = (thread: string, minute: number, key: string): Told => ({
    name: 'message_sent',
    id: thread,
    atMs: at(minute),
    thread,
    channel: 'web_chat',
    keys: [key],
    text: 'Where is it?',
  });
  const told = [
    asks('first', 0, 'user_id:u'),
    asks('second', 120, 'anonymous_id:d'),
    asks('of another', 121, 'user_id:v'),
    { name: 'identify', id: 'tie', atMs: at(300), keys: ['anonymous_id:d', 'user_id:u'] } as const,
    { name: 'ai_usage', id: 'cost', atMs: at(1), thread: 'first' } as const,
    rates('before all', -5, 'user_id:u'),
    rates('of the first', 60, 'user_id:u'),
    rates('of the second', 180, 'user_id:u'),
  ];
  const lines = told.map((one, index) => `${JSON.stringify(buildEvent(workspace, one, index + 1))}\n`);
  await store.insert('events', lines.join(''), { tag: 'test' });
  await createFolder({ store, settingsOf: () => settings, clock, log: silentLog }).tick();
  const page = async (id: string) =>
    (await explain.conversation(testWorkspace(workspace), policyVersion(), id)).events.map(
      ({ event_id, joined }) => [event_id, joined],
    );
  expect(await page('first')).toEqual([
    ['first', 'thread'],
    ['cost', 'thread'],
    ['of the first', 'person'],
  ]);
  expect(await page('second')).toEqual([
    ['second', 'thread'],
    ['of the second', 'person'],
  ]);
  expect(await page('of another')).toEqual([['of another', 'thread']]);
});
