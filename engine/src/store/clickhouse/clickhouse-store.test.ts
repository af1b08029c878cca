import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** A server that gives the same answer to everything. */
const answering = async (
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ url: string; stop: () => void }> => {
  const server = createServer((_, answer) => answer.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://shop:hunter2@127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

test.each([
  [
    'a wrong password',
    403,
    'Code: 516. DB::Exception: shop: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)',
    /refused user or password/,
  ],
  [
    'a database that is not there',
    404,
    'Code: 81. DB::Exception: Database shop does not exist. (UNKNOWN_DATABASE)',
    /shop does not exist.*CREATE DATABASE/,
  ],
  ['a server that is too old', 200, '{"version":"22.8.1.2097"}\n', /has version 22\.8.*newer/],
])('%s is told in one sentence, without the password', async (_, status, body, sentence) => {
  const server = await answering(status, { 'content-type': 'text/plain' }, body);
  const failure: unknown = await openClickhouseStore({ url: server.url, log: silentLog }).catch(
    (cause: unknown) => cause,
  );
  server.stop();
  expect(failure).toMatchObject({ name: 'StoreOpenError', message: expect.stringMatching(sentence) });
  expect(String(failure)).not.toContain('hunter2');
});

test('the adapter knows transport, not statements', () => {
  expectNoStatementsIn(new URL('clickhouse-store.ts', import.meta.url));
});
