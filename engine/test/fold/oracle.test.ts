import { defaultPolicy } from '@botworth/contract/policy';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { createFolder, type Folder } from '../../src/fold/folder.ts';
import { foldSettings } from '../../src/fold/settings.ts';
import { bind, sql } from '../../src/sql/fragment.ts';
import type { EventStore } from '../../src/store/port.ts';
import type { EventRow } from '../../src/store/schema/event-row.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { foldOracle } from '../oracle/fold-oracle.ts';
import { type PersonDay, personDaysOf } from '../oracle/person-days.ts';
import { buildEvent } from './build-event.ts';
import { randomWorld } from './random-stream.ts';
import { readRows } from './read-rows.ts';

const settings = { ...foldSettings(defaultPolicy(), 'Europe/Berlin'), identityCap: 2 };
let store: EventStore;
let folder: Folder;
beforeAll(async () => {
  store = await openTestEventStore();
  folder = createFolder({
    store,
    settingsOf: () => settings,
    clock: fixedClock(Date.UTC(2026, 10, 1)),
    log: pino({ level: 'silent' }),
    pace: { rebuildEvents: Number.MAX_SAFE_INTEGER },
  });
});
afterAll(() => store?.close());

let workspaces = 0;
let received = 0;

const insert = async (events: readonly EventRow[]): Promise<void> => {
  if (events.length === 0) return;
  await store.insert('events', events.map((event) => `${JSON.stringify(event)}\n`).join(''), { tag: 'test' });
};

const rowsOfOracle = (events: readonly EventRow[]) =>
  foldOracle(events, settings)
    .map(({ columns, page: _, ...row }) => ({ ...row, ...columns }))
    .sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1));

const byDay = (a: PersonDay, b: PersonDay) =>
  `${a.day} ${a.person} ${a.bot}` < `${b.day} ${b.person} ${b.bot}` ? -1 : 1;
const daysOfOracle = (events: readonly EventRow[]) =>
  personDaysOf(events, foldOracle(events, settings), settings).sort(byDay);
const readDays = async (workspace: number) =>
  (
    await store.rows<PersonDay>(
      sql`SELECT day, person, bot, impressions, page_views, engaged_turns, test FROM person_days FINAL WHERE workspace_id = ${bind('UInt32', workspace)}`,
      { tag: 'test' },
    )
  ).sort(byDay);

type Row = Readonly<Record<string, unknown>>;

/** Only what differs, by conversation, and what happened in it: forty equal worlds would hide the one that is not. */
const differences = (expected: readonly Row[], found: readonly Row[], events: readonly EventRow[]) => {
  const byId = new Map(found.map((row) => [row.conversation_id, row]));
  const wrong: object[] = [];
  for (const row of expected) {
    const other = byId.get(row.conversation_id);
    byId.delete(row.conversation_id);
    const columns = Object.keys(row).filter(
      (name) => JSON.stringify(row[name]) !== JSON.stringify(other?.[name]),
    );
    if (columns.length > 0)
      wrong.push({
        conversation: row.conversation_id,
        columns: columns.map((name) => [name, row[name], other?.[name]]),
        events: events
          .filter((event) => event.thread === row.thread)
          .sort((a, b) => (a.ts < b.ts ? -1 : 1))
          .map((event) => `${event.ts} ${event.name} ${JSON.stringify(event)}`),
      });
  }
  for (const id of byId.keys()) wrong.push({ conversation: id, columns: 'only the engine has it' });
  return wrong;
};

/** Many small worlds are one stream: what one tick costs, a hundred conversations cost. */
const worlds = fc
  .tuple(...Array.from({ length: 40 }, (_, index) => randomWorld(`w${index}`)))
  .map((all) => all.flat());

test('random streams, late, twice, in any order and in any batches: the rows are those of the oracle, before and after a rebuild', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.integer(), async (sent, salt) => {
      workspaces += 1;
      const workspace = workspaces;
      const deliveries: EventRow[][] = [[], [], []];
      const shuffled = sent
        .map((one, index) => ({ one, place: Math.imul(index + 1, salt | 1) % 1009 }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one);
      for (const { told, delivery } of shuffled) {
        received += 1;
        const event = buildEvent(workspace, told, received);
        // Most come with the first delivery, some late.
        deliveries[delivery < 4 ? 0 : delivery - 3]?.push(event);
      }
      const all: EventRow[] = [];
      for (const delivery of deliveries) {
        // Some are sent again with the next delivery: the copy says something else, and the first one stands.
        const again = all
          .filter((_, index) => index % 17 === 3)
          .map((event) => {
            received += 1;
            return {
              ...event,
              seq: String(received),
              first: (2n ** 64n - 1n - BigInt(received)).toString(),
              bot: 'copy',
            };
          });
        const now = [...delivery, ...again].map((event, index) => {
          // The commit gives the sequence, in the order of arrival.
          received += 1;
          return {
            ...event,
            seq: String(received),
            first: (2n ** 64n - 1n - BigInt(received)).toString(),
            index,
          };
        });
        const rows = now.map(({ index: _, ...event }) => event);
        all.push(...rows);
        await insert(rows);
        await folder.tick();
      }
      const expected = rowsOfOracle(all);
      const before = await readRows(store, workspace);
      expect(differences(expected, before, all)).toEqual([]);
      const days = await readDays(workspace);
      expect(days).toEqual(daysOfOracle(all));
      await folder.rebuild(workspace);
      expect(await readRows(store, workspace)).toEqual(before);
      expect(await readDays(workspace)).toEqual(days);
    }),
    {
      numRuns: Number(process.env.BOTWORTH_TEST_RUNS ?? '3'),
      endOnFailure: true,
      seed: Number(process.env.BOTWORTH_TEST_SEED ?? '4680'),
    },
  );
});
