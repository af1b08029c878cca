import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { StateStore } from '../port.ts';
import { stateSchema } from '../schema/state.ts';
import { createStateStore } from '../state/create-state-store.ts';
import { migrateState } from '../state/state-database.ts';

export interface PgliteWishes {
  /** Absent: in memory, for tests. */
  readonly path?: string;
  readonly secret: string;
  /** A database to begin with instead of making a new one. */
  readonly ready?: Blob;
}

export const openPgliteStore = async ({ path, secret, ready }: PgliteWishes): Promise<StateStore> => {
  const client = await PGlite.create({
    ...(path === undefined ? {} : { dataDir: path }),
    ...(ready === undefined ? {} : { loadDataDir: ready }),
  });
  const database = drizzle(client, { schema: stateSchema });
  try {
    await migrateState(database);
  } catch (cause) {
    await client.close();
    throw cause;
  }
  return createStateStore({ kind: 'pglite', database, secret, close: () => client.close() });
};
