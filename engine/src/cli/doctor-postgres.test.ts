import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../test/servers/start-postgres.ts';
import { silentLog } from '../base/log.ts';
import { readConfig } from '../config/read-config.ts';
import { openPostgresStore } from '../store/postgres/postgres-store.ts';
import { testSecret } from '../store/test-store.ts';
import { storeChecks } from './doctor-store-checks.ts';

const bin = process.env.BOTWORTH_TEST_POSTGRES;

if (bin === undefined) {
  test('the doctor and PostgreSQL', ({ skip }) => {
    skip(true, process.env.BOTWORTH_TEST_NO_POSTGRES ?? 'no PostgreSQL server was found');
  });
} else {
  let server: PostgresServer;
  let pool: Pool;
  const folder = mkdtempSync(join(tmpdir(), 'botworth-test-'));
  beforeAll(async () => {
    server = await startPostgres(bin);
    pool = new Pool({ connectionString: server.url });
    pool.on('error', () => {});
  }, 60_000);
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const look = async () => {
    const config = readConfig(
      { BOTWORTH_DATA: join(folder, 'data'), BOTWORTH_POSTGRES_URL: server.url },
      tmpdir(),
    );
    for await (const check of storeChecks(config)) if (check.name === 'state store') return check;
    return undefined;
  };
  const standing = async () =>
    (
      await pool.query(
        "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname",
      )
    ).rows;

  test('the doctor only looks at a PostgreSQL server: it makes no table and moves no schema', async () => {
    expect(await look()).toMatchObject({
      state: 'ok',
      sentence: 'postgres opens, the first start makes its tables.',
    });
    expect(await standing()).toEqual([]);

    await (await openPostgresStore({ url: server.url, secret: testSecret, log: silentLog })).close();
    expect((await look())?.sentence).toBe('postgres opens, its schema is the newest.');

    await pool.query('UPDATE schema_migrations SET version = 99');
    expect(await look()).toMatchObject({ state: 'failed', sentence: expect.stringContaining('99') });
    const { rows } = await pool.query('SELECT version FROM schema_migrations');
    expect(rows).toEqual([{ version: 99 }]);
  });
}
