import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { exitCodes } from '../../base/exit-codes.ts';
import type { Log } from '../../base/log.ts';
import type { StateStore } from '../port.ts';
import { stateSchema } from '../schema/state.ts';
import { createStateStore } from '../state/create-state-store.ts';
import { migrateState, schemaVersion } from '../state/state-database.ts';
import { StoreOpenError } from '../store-error.ts';

export interface PostgresWishes {
  readonly url: string;
  readonly secret: string;
  readonly log: Log;
}

const openPool = async ({ url, log }: Pick<PostgresWishes, 'url' | 'log'>): Promise<Pool> => {
  const pool = new Pool({ connectionString: url, max: 8, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server drops is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) =>
    log.warn({ err: error }, 'A connection to PostgreSQL was lost; the pool opens another.'),
  );
  try {
    await pool.query('SELECT 1');
    return pool;
  } catch (cause) {
    await pool.end();
    throw new StoreOpenError(
      `PostgreSQL at BOTWORTH_POSTGRES_URL does not answer: ${cause instanceof Error ? cause.message : String(cause)}. Check host, port, user and password in the address.`,
      exitCodes.failed,
      cause,
    );
  }
};

/** The version of the schema that stands there, 0 for none. Nothing is made or moved: the server itself forbids it. */
export const lookAtPostgres = async (
  wishes: Pick<PostgresWishes, 'url' | 'log'>,
): Promise<{ readonly version: number; readonly known: number }> => {
  const pool = await openPool(wishes);
  try {
    const database = drizzle(pool, { schema: stateSchema });
    return await database.transaction((transaction) => schemaVersion(transaction), {
      accessMode: 'read only',
    });
  } finally {
    await pool.end();
  }
};

export const openPostgresStore = async ({ url, secret, log }: PostgresWishes): Promise<StateStore> => {
  const pool = await openPool({ url, log });
  const database = drizzle(pool, { schema: stateSchema });
  try {
    await migrateState(database);
  } catch (cause) {
    await pool.end();
    throw cause;
  }
  return createStateStore({ kind: 'postgres', database, secret, close: () => pool.end() });
};
