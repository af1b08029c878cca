import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../test/servers/start-postgres.ts';
import { silentLog } from '../../base/log.ts';
import { stateSchema } from '../schema/state.ts';
import { stateMigrationCases } from '../state-migrations.case.ts';
import { stateStoreCases } from '../state-store.case.ts';
import { testSecret } from '../test-store.ts';
import { openPostgresStore } from './postgres-store.ts';

const bin = process.env.BOTWORTH_TEST_POSTGRES;

if (bin === undefined) {
  test('PostgreSQL', ({ skip }) => {
    skip(true, process.env.BOTWORTH_TEST_NO_POSTGRES ?? 'no PostgreSQL server was found');
  });
} else {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  }, 60_000);
  afterAll(() => server?.stop());

  stateStoreCases('PostgreSQL', () =>
    openPostgresStore({ url: server.url, secret: testSecret, log: silentLog }),
  );
  stateMigrationCases('PostgreSQL', async () => {
    const admin = new Pool({ connectionString: server.url });
    await admin.query('CREATE DATABASE migrations');
    await admin.end();
    const pool = new Pool({ connectionString: server.url.replace(/postgres$/, 'migrations') });
    pool.on('error', () => {});
    return { database: drizzle(pool, { schema: stateSchema }), close: () => pool.end() };
  });

  // The last one of this file: it ends the server of all.
  test('a server that went away is an error in our words, and does not end the process', async () => {
    const store = await openPostgresStore({ url: server.url, secret: testSecret, log: silentLog });
    await server.stop();
    await expect(store.readSetting('any')).rejects.toMatchObject({ code: 'storage_unavailable' });
    await store.close();
  });
}

test('a server that is not there is told in one sentence', async () => {
  const opening = openPostgresStore({
    url: 'postgres://nobody@127.0.0.1:1/none',
    secret: testSecret,
    log: silentLog,
  });
  await expect(opening).rejects.toThrow(/BOTWORTH_POSTGRES_URL does not answer/);
});
