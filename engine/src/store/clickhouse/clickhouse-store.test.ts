import { expect, test } from 'vitest';
import { startListener } from '../../../test/servers/start-listener.ts';
import { silentLog } from '../../base/log.ts';
import { eventStoreCases, expectNoStatementsIn } from '../event-store.case.ts';
import { openClickhouseStore } from './clickhouse-store.ts';

const compiler = process.env.BOTWORTH_TEST_CC;

if (compiler === undefined) {
  test('ClickHouse over HTTP', ({ skip }) => {
    skip(true, process.env.BOTWORTH_TEST_NO_CC ?? 'no C compiler was found to start the listener with');
  });
} else {
  eventStoreCases('ClickHouse over HTTP', async () => {
    const listener = await startListener(compiler);
    const store = await openClickhouseStore({ url: listener.url, log: silentLog });
    return {
      ...store,
      close: async () => {
        await store.close();
        await listener.stop();
      },
    };
  });
}

test('a server that is not there is told in one sentence', async () => {
  await expect(openClickhouseStore({ url: 'http://127.0.0.1:1', log: silentLog })).rejects.toThrow(
    /BOTWORTH_CLICKHOUSE_URL does not answer/,
  );
});

test('the adapter knows transport, not statements', () => {
  expectNoStatementsIn(new URL('clickhouse-store.ts', import.meta.url));
});
