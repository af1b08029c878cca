import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChdbStore } from './chdb/chdb-store.ts';
import { openPgliteStore } from './pglite/pglite-store.ts';
import type { EventStore, StateStore } from './port.ts';
import { migrate } from './schema/migrate.ts';

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

/** A migrated state store in memory. For tests only. */
export const openTestStateStore = (): Promise<StateStore> =>
  openPgliteStore({ secret: 'a secret for the tests' });
