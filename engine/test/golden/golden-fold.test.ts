import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventName } from '@botworth/contract/vocabulary';
import { defaultPolicy } from '@botworth/contract/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createFolder, type Folder } from '../../src/fold/folder.ts';
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

const readEvents = (name: string): Told[] =>
  readFileSync(new URL(`./${name}/events.ndjson`, folderUrl), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const parsed = JSON.parse(line) as Line;
      const row = Object.fromEntries(Object.entries(parsed).filter(([key]) => !outside.includes(key)));
      const { at, ...told } = parsed;
      return { ...told, atMs: Date.parse(at), id: `${name} ${index}`, row };
    });

let store: EventStore;
let folder: Folder;
let received = 0;
const settings = foldSettings(defaultPolicy(), 'UTC');

beforeAll(async () => {
  store = await openTestEventStore();
  folder = createFolder({ store, settingsOf: () => settings, clock: fixedClock(Date.UTC(2026, 10, 1)), log: silentLog });
  const lines = cases.flatMap((name, index) =>
    readEvents(name).map((told) => {
      received += 1;
      return `${JSON.stringify(buildEvent(index + 1, told, received))}\n`;
    }),
  );
  await store.insert('events', lines.join(''), { tag: 'test' });
  await folder.tick();
});
afterAll(() => store?.close());

test.each(cases)('%s', async (name) => {
  const expectedUrl = new URL(`./${name}/expected.json`, folderUrl);
  const changedPath = fileURLToPath(new URL(`./${name}/expected-changed.json`, folderUrl));
  const expected = JSON.parse(readFileSync(expectedUrl, 'utf8')) as Expected;
  const rows = await readRows(store, cases.indexOf(name) + 1);
  const found: Expected = {
    law: expected.law,
    conversations: rows.map((row) => {
      const asked = expected.conversations.find((one) => one.conversation_id === row.conversation_id);
      const known = asked === undefined ? [] : [...asked.has, ...asked.lacks];
      return {
        conversation_id: String(row.conversation_id),
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
