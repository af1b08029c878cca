import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { openChdbStore } from './chdb/chdb-store.ts';
import { openPgliteStore } from './pglite/pglite-store.ts';
import type { EventStore, StateStore } from './port.ts';
import { migrate } from './schema/migrate.ts';
import { stateSchema } from './schema/state.ts';
import { stateMigrations } from './schema/state-migrations.ts';
import { migrateState } from './state/state-database.ts';

/** A migrated event store in a folder of its own; closing it deletes the folder. For tests only. */
export const openTestEventStore = async (): Promise<EventStore> => {
  const path = mkdtempSync(join(tmpdir(), 'botworth-test-'));
  const store = await openChdbStore({ path });
  await migrate(store, { kind: 'single' });
  return {
    ...store,
    close: async () => {
      await store.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
};

export const testSecret = 'a secret for the tests';

/** Making a database takes PGlite many seconds, reading a ready one a few: it is kept beside the packages. */
const readyDatabase = async (): Promise<Blob> => {
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const packages = library.slice(0, library.lastIndexOf('node_modules') + 'node_modules'.length);
  const made = createHash('sha256').update(readFileSync(library)).update(JSON.stringify(stateMigrations));
  const path = join(packages, '.cache', `botworth-state-${made.digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(path)) {
    const client = await PGlite.create();
    await migrateState(drizzle(client, { schema: stateSchema }));
    const dump = await client.dumpDataDir('none');
    await client.close();
    mkdirSync(dirname(path), { recursive: true });
    // Whole or not at all: another test file may look for it at the same moment.
    writeFileSync(`${path}.${process.pid}`, Buffer.from(await dump.arrayBuffer()));
    renameSync(`${path}.${process.pid}`, path);
  }
  return new Blob([readFileSync(path)]);
};

/** A migrated state store, in memory unless a path is given. For tests only. */
export const openTestStateStore = async (path?: string): Promise<StateStore> =>
  openPgliteStore({
    ...(path === undefined ? {} : { path }),
    secret: testSecret,
    ready: await readyDatabase(),
  });

/** The database alone, for what lies below the store. For tests only. */
export const openTestStateDatabase = async () => {
  const client = await PGlite.create({ loadDataDir: await readyDatabase() });
  return { database: drizzle(client, { schema: stateSchema }), close: () => client.close() };
};
