import { expect, test } from 'vitest';
import { startPostgres } from '../../../test/servers/start-postgres.ts';
import { silentLog } from '../../base/log.ts';
import { stateStoreCases } from '../state-store.case.ts';
import { openPostgresStore } from './postgres-store.ts';

const bin = process.env.BOTWORTH_TEST_POSTGRES;

if (bin === undefined) {
  test('PostgreSQL', ({ skip }) => {
    skip(true, process.env.BOTWORTH_TEST_NO_POSTGRES ?? 'no PostgreSQL server was found');
  });
} else {
  stateStoreCases('PostgreSQL', async () => {
    const server = await startPostgres(bin);
    const store = await openPostgresStore({
      url: server.url,
      secret: 'a secret for the tests',
      log: silentLog,
    });
    return {
      ...store,
      close: async () => {
        await store.close();
        await server.stop();
      },
    };
  });
}

test('a server that is not there is told in one sentence', async () => {
  const opening = openPostgresStore({
    url: 'postgres://nobody@127.0.0.1:1/none',
    secret: 'a secret for the tests',
    log: silentLog,
  });
  await expect(opening).rejects.toThrow(/BOTWORTH_POSTGRES_URL does not answer/);
});
