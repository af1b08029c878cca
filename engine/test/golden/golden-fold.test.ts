import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventName } from '@botworth/contract/vocabulary';
import { defaultPolicy } from '@botworth/contract/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createFolder } from '../../src/fold/folder.ts';
import { foldSettings } from '../../src/fold/settings.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { buildEvent, type Told } from '../fold/build-event.ts';
import { readRows } from '../fold/read-rows.ts';

/** A folder is a case: what happened, and what a reader of the definitions says about it. */
const folderUrl = new URL('./fold/', import.meta.url);
const cases = readdirSync(folderUrl, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

interface Line extends Omit<Told, 'row' | 'atMs'> {
  readonly name: EventName;
  readonly at: string;
}

interface Expected {
  readonly law: string;
  readonly conversations: readonly {
    readonly conversation_id: string;
    /** Facts that hold, facts that do not; the others are not what the case is about. */
    readonly has: readonly string[];
    readonly lacks: readonly string[];
    readonly columns: Readonly<Record<string, unknown>>;
  }[];
}

const outside = ['name', 'at', 'thread', 'keys', 'actor', 'kind', 'channel', 'job', 'flags', 'text', 'continuedFrom'];

/** All cases are folded at once, in one workspace: each has threads and people of its own. */
const readEvents = (name: string): Told[] =>
  readFileSync(new URL(`./${name}/events.ndjson`, folderUrl), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const parsed = JSON.parse(line) as Line;
      const row = Object.fromEntries(Object.entries(parsed).filter(([key]) => !outside.includes(key)));
      const { at, keys, thread, continuedFrom, ...told } = parsed;
      return {
        ...told,
        atMs: Date.parse(at),
        id: `${name} ${index}`,
        row,
        ...(thread === undefined ? {} : { thread: `${name}/${thread}` }),
        ...(continuedFrom === undefined ? {} : { continuedFrom: `${name}/${continuedFrom}` }),
        ...(keys === undefined ? {} : { keys: keys.map((key) => `${key} of ${name}`) }),
      };
    });

let store: EventStore;
let rows: Awaited<ReturnType<typeof readRows>>;
const settings = foldSettings(defaultPolicy(), 'UTC');

beforeAll(async () => {
  store = await openTestEventStore();
  const folder = createFolder({ store, settingsOf: () => settings, clock: fixedClock(Date.UTC(2026, 10, 1)), log: silentLog });
  const lines = cases
    .flatMap(readEvents)
    .map((told, place) => `${JSON.stringify(buildEvent(1, told, place + 1))}\n`);
  await store.insert('events', lines.join(''), { tag: 'test' });
  await folder.tick();
  rows = await readRows(store, 1);
});
afterAll(() => store?.close());

test.each(cases)('%s', (name) => {
  const expectedUrl = new URL(`./${name}/expected.json`, folderUrl);
  const changedPath = fileURLToPath(new URL(`./${name}/expected-changed.json`, folderUrl));
  const expected = JSON.parse(readFileSync(expectedUrl, 'utf8')) as Expected;
  const own = rows.filter((row) => String(row.conversation_id).startsWith(`${name}/`));
  const found: Expected = {
    law: expected.law,
    conversations: own.map((row) => {
      const id = String(row.conversation_id).slice(name.length + 1);
      const asked = expected.conversations.find((one) => one.conversation_id === id);
      const known = asked === undefined ? [] : [...asked.has, ...asked.lacks];
      return {
        conversation_id: id,
        has: asked === undefined ? row.facts : known.filter((fact) => row.facts.includes(fact)),
        lacks: known.filter((fact) => !row.facts.includes(fact)),
        columns: Object.fromEntries(
          Object.entries(row).filter(([column]) =>
            asked === undefined ? column !== 'facts' : Object.hasOwn(asked.columns, column),
          ),
        ),
      };
    }),
  };
  const inOrder = (one: Expected) => ({
    ...one,
    conversations: one.conversations.map((row) => ({
      ...row,
      columns: Object.fromEntries(Object.entries(row.columns).sort()),
    })),
  });
  try {
    expect(inOrder(found)).toEqual(inOrder(expected));
    rmSync(changedPath, { force: true });
  } catch (difference) {
    writeFileSync(changedPath, `${JSON.stringify(found, null, 2)}\n`);
    throw difference;
  }
});
