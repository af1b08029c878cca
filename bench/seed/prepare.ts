import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../engine/src/base/clock.ts';
import { silentLog } from '../../engine/src/base/log.ts';
import { raw } from '../../engine/src/sql/fragment.ts';
import { openDataFolder } from '../../engine/src/store/data-folder.ts';
import { openEventStore, openStateStore } from '../../engine/src/store/open-stores.ts';
import { waitUntilQuiet } from '../quiet-store.ts';
import { firstStartS, type Size, zone } from '../size.ts';
import { type EventSeed, eventSeedStatement } from './events.ts';

export interface Prepared {
  readonly workspaceId: string;
  readonly workspaceNumber: number;
  readonly writeKey: string;
  readonly events: number;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const cacheDir = here('../.cache');
const GiB = 1024 ** 3;
/** An insert holds its slice in memory, strings and all. */
const conversationsAnInsert = 40_000;

/** What the stored rows depend on: the generator and the tables. */
const keyOf = (size: Size): string => {
  const schema = here('../../engine/src/store/schema');
  const sources = [
    here('./events.ts'),
    here('./prepare.ts'),
    here('../../contract/src/dimensions.ts'),
    ...readdirSync(schema)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .sort()
      .map((name) => join(schema, name)),
  ];
  const hash = createHash('sha256').update(`${size.conversations} ${size.weeks}`);
  for (const path of sources) hash.update(readFileSync(path));
  return `${size.name}-${hash.digest('hex').slice(0, 12)}`;
};

/** Where the store of this size and generator lies, made or not. */
export const preparedDir = (size: Size): string => join(cacheDir, keyOf(size));
export const isPrepared = (size: Size): boolean => existsSync(join(preparedDir(size), 'bench.json'));
export const readPrepared = (size: Size): Prepared =>
  JSON.parse(readFileSync(join(preparedDir(size), 'bench.json'), 'utf8')) as Prepared;

/** A data folder with a workspace and all its events, merged, as a store at rest; nothing folded yet. */
export const prepare = async (size: Size, say: (line: string) => void): Promise<void> => {
  const done = preparedDir(size);
  const path = `${done}.part`;
  mkdirSync(cacheDir, { recursive: true });
  // Older generators' stores of this size are of no use any more, and large.
  for (const name of readdirSync(cacheDir)) {
    if (name.startsWith(`${size.name}-`)) rmSync(join(cacheDir, name), { recursive: true, force: true });
  }
  mkdirSync(path, { recursive: true });
  const folder = openDataFolder(path);
  const state = await openStateStore(folder, {}, silentLog);
  const made = await state.createWorkspace({
    name: 'Bench',
    timezone: zone,
    currency: 'EUR',
    demo: false,
    at: systemClock.now(),
  });
  await state.close();
  const store = await openEventStore(folder, {}, silentLog);
  const options = { tag: 'bench seed', lane: 'fold', maxSeconds: 900, maxMemoryBytes: 8 * GiB } as const;
  const seed: EventSeed = {
    workspace: made.workspace.number,
    conversations: size.conversations,
    persons: Math.ceil(size.conversations * 0.6),
    fromS: firstStartS,
    weeks: size.weeks,
  };
  for (let from = 0; from < size.conversations; from += conversationsAnInsert) {
    const to = Math.min(size.conversations, from + conversationsAnInsert);
    await store.run(raw(eventSeedStatement('events', seed, { from, to })), options);
    say(`  ${to.toLocaleString('en')} of ${size.conversations.toLocaleString('en')} conversations made`);
  }
  await store.run(raw('OPTIMIZE TABLE events FINAL'), options);
  await waitUntilQuiet(store);
  const [counted] = await store.rows<{ events: string }>(
    raw('SELECT count() AS events FROM events'),
    options,
  );
  await store.close();
  folder.release();
  const prepared: Prepared = {
    workspaceId: made.workspace.id,
    workspaceNumber: made.workspace.number,
    writeKey: made.writeKey.secret,
    events: Number(counted?.events ?? 0),
  };
  writeFileSync(join(path, 'bench.json'), JSON.stringify(prepared));
  renameSync(path, done);
};
