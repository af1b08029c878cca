import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from './scenario/message.ts';
import { sendAll } from './send.ts';

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

const door = async (
  answer: (ids: string[], request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> => {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { batch } = JSON.parse(text) as { batch: Message[] };
      answer(
        batch.map(({ messageId }) => messageId),
        request,
        response,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const messages = (count: number): Message[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'track',
    messageId: `m${index}`,
    timestamp: '2026-04-01T00:00:00Z',
  }));

const good = JSON.stringify({ success: true, accepted: 1, rejected: [] });

describe('sending', () => {
  test('every message arrives once, with the write key, in batches of the size asked for', async () => {
    const arrived: string[] = [];
    const sizes = new Set<number>();
    const keys = new Set<string | undefined>();
    const url = await door((ids, request, response) => {
      arrived.push(...ids);
      sizes.add(ids.length);
      keys.add(request.headers.authorization);
      response.end(good);
    });
    expect(await sendAll({ url, writeKey: 'k', messages: messages(250), batchSize: 100 })).toBe(250);
    expect(arrived.toSorted()).toEqual(
      messages(250)
        .map(({ messageId }) => messageId)
        .toSorted(),
    );
    expect([...sizes].toSorted((a, b) => a - b)).toEqual([50, 100]);
    expect([...keys]).toEqual([`Basic ${btoa('k:')}`]);
  });

  test('a full door is asked again, and what it turned away is not lost', async () => {
    const turnedAway = new Set<string>();
    const arrived: string[] = [];
    const url = await door((ids, _request, response) => {
      const [first = ''] = ids;
      if (!turnedAway.has(first)) {
        turnedAway.add(first);
        response.writeHead(429, { 'retry-after': '0' }).end('{}');
        return;
      }
      arrived.push(...ids);
      response.end(good);
    });
    await sendAll({ url, writeKey: 'k', messages: messages(30), batchSize: 10 });
    expect(turnedAway.size).toBe(3);
    expect(arrived.toSorted()).toEqual(
      messages(30)
        .map(({ messageId }) => messageId)
        .toSorted(),
    );
  });

  test('a refusal that sending again cannot mend ends the loading with its reason', async () => {
    const url = await door((_ids, _request, response) =>
      response.writeHead(401).end('{"error":{"code":"unknown_write_key"}}'),
    );
    await expect(sendAll({ url, writeKey: 'k', messages: messages(1) })).rejects.toThrow(
      /401.*unknown_write_key/,
    );
  });

  test('one refused event ends the loading with its field and reason', async () => {
    const answer = JSON.stringify({
      success: false,
      accepted: 0,
      rejected: [{ index: 0, field: 'timestamp', reason: 'too late' }],
    });
    const url = await door((_ids, _request, response) => response.end(answer));
    await expect(sendAll({ url, writeKey: 'k', messages: messages(1) })).rejects.toThrow(
      'timestamp: too late',
    );
  });

  test('a stop ends it', async () => {
    const url = await door((_ids, _request, response) => response.end(good));
    await expect(
      sendAll({ url, writeKey: 'k', messages: messages(1), signal: AbortSignal.abort() }),
    ).rejects.toThrow();
  });
});
