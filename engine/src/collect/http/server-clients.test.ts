import { request } from 'node:http';
import { limits } from '@botworth/contract/limits';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CollectServer, startCollectServer } from '../collect-server.test-data.ts';

let server: CollectServer;
beforeEach(async () => {
  server = await startCollectServer();
});
afterEach(() => server.close());

describe('@segment/analytics-node', () => {
  const withClient = async (use: (analytics: Analytics) => void, writeKey = 'wk') => {
    const analytics = new Analytics({ writeKey, host: server.url, flushInterval: 100_000 });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    use(analytics);
    await analytics.closeAndFlush();
    return failures;
  };

  it('delivers every kind of call', async () => {
    const failures = await withClient((analytics) => {
      analytics.identify({ userId: 'u-1', anonymousId: 'a-1', traits: { email: 'ana@example.test' } });
      analytics.track({
        userId: 'u-1',
        event: 'message_sent',
        messageId: 'own-id',
        timestamp: '2026-01-02T03:04:05.678Z',
        properties: { conversation_id: 'c-1', channel: 'web_chat', text: 'Where is it?' },
      });
      analytics.page({
        userId: 'u-1',
        category: 'Docs',
        name: 'Start',
        properties: { url: 'https://shop.example.test/start?utm_source=nl' },
      });
      analytics.screen({ anonymousId: 'a-1', name: 'Home' });
      analytics.group({ userId: 'u-1', groupId: 'g-1', traits: { name: 'ACME' } });
      analytics.alias({ userId: 'u-1', previousId: 'a-0' });
    });
    expect(failures).toEqual([]);
    const events = [...server.store.events().values()];
    expect(events.map(({ name }) => name)).toEqual([
      'identify',
      'message_sent',
      'page_viewed',
      'page_viewed',
      'identify',
      'alias',
    ]);
    expect(server.store.events().get('own-id')).toMatchObject({
      ts: '2026-01-02 03:04:05.678',
      thread_id: 'c-1',
      code: 10,
      actor: 1,
      channel: 1,
      text: 'Where is it?',
      via: 'segment:k_1',
    });
    expect(events[0]?.ties).toHaveLength(3);
    expect(events[2]).toMatchObject({ page: '/start', source: 'nl' });
    expect(events[3]).toMatchObject({ page: 'Home' });
    expect(JSON.stringify(events)).not.toContain('ana@example.test');
  });

  it('waits as long as a 429 says, and delivers then', async () => {
    server.answers.push({ status: 429, headers: { 'retry-after': '1' } });
    expect(
      await withClient((analytics) =>
        analytics.track({ userId: 'u', event: 'message_sent', messageId: 'm' }),
      ),
    ).toEqual([]);
    const [first, second] = server.requests;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(900);
    expect([...server.store.events().keys()]).toEqual(['m']);
  });

  it('sends again after a 503, and says how often', async () => {
    server.store.failures.push(new Error('socket hang up'));
    expect(
      await withClient((analytics) =>
        analytics.track({ userId: 'u', event: 'message_sent', messageId: 'm' }),
      ),
    ).toEqual([]);
    expect(server.requests.map(({ headers }) => headers['x-retry-count'])).toEqual([undefined, '1']);
    expect([...server.store.events().keys()]).toEqual(['m']);
  });

  it('drops what is answered 400 or 401 and reports it: an unknown key is told, not retried', async () => {
    expect(
      await withClient((analytics) => analytics.track({ userId: 'u', event: 'message_sent' }), 'nobody'),
    ).toHaveLength(1);
    server.answers.push({ status: 400 });
    expect(
      await withClient((analytics) => analytics.track({ userId: 'u', event: 'message_sent' })),
    ).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
    expect(server.store.events().size).toBe(0);
  });

  it('sends events larger than its own documentation allows, and they are taken', async () => {
    const text = 'x'.repeat(41_000);
    expect(
      await withClient((analytics) => {
        for (let event = 0; event < 15; event += 1)
          analytics.track({
            userId: 'u',
            event: 'message_sent',
            messageId: `m${event}`,
            properties: { text },
          });
      }),
    ).toEqual([]);
    expect(server.store.events().size).toBe(15);
    expect(server.store.events().get('m3')?.text).toBe(text);
  });
});

/** The client's declarations do not know `messageId`; the client does. */
const named = <Call extends object>(messageId: string, call: Call): Call => ({ ...call, messageId });

describe('@rudderstack/rudder-sdk-node', () => {
  const withClient = async (
    use: (client: RudderAnalytics) => void,
    options: Record<string, unknown> = {},
  ) => {
    const client = new RudderAnalytics('wk', {
      dataPlaneUrl: server.url,
      flushAt: 100,
      flushInterval: 100_000,
      logLevel: 'none',
      ...options,
    });
    use(client);
    await expect
      .poll(() => client.flush().then(() => server.store.events().size), { timeout: 10_000 })
      .toBeGreaterThan(0);
  };

  it('delivers gzip under a content type that says otherwise, and JSON without gzip', async () => {
    for (const [messageId, gzip] of [
      ['packed', true],
      ['plain', false],
    ] as const) {
      await withClient(
        (client) =>
          client.track(
            named(messageId, { userId: 'u', event: 'message_sent', properties: { conversation_id: 'c-1' } }),
          ),
        { gzip },
      );
      await expect.poll(() => server.store.events().has(messageId)).toBe(true);
    }
    expect(server.requests[0]?.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/x-www-form-urlencoded',
    });
  });

  it("keeps a caller's time, and takes e-mails from the context's traits", async () => {
    await withClient((client) => {
      client.identify(named('i', { userId: 'u', traits: { email: 'ana@example.test' } }));
      client.track(
        named('t', { userId: 'u', event: 'message_sent', timestamp: new Date('2026-01-02T03:04:05.678Z') }),
      );
    });
    await expect.poll(() => server.store.events().size).toBe(2);
    expect(server.store.events().get('t')).toMatchObject({ ts: '2026-01-02 03:04:05.678' });
    expect(server.store.events().get('i')?.ties).toHaveLength(2);
    expect(JSON.stringify([...server.store.events().values()])).not.toContain('ana@example.test');
  });

  it('sends again after a 429', async () => {
    server.answers.push({ status: 429, headers: { 'retry-after': '1' } });
    await withClient((client) => client.track(named('m', { userId: 'u', event: 'message_sent' })));
    expect(server.store.events().has('m')).toBe(true);
  });
});

describe('a plain socket', () => {
  it('is told 413 before it has sent a body far over the limit', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(
        `${server.url}/v1/batch`,
        { method: 'POST', headers: { authorization: `Basic ${btoa('wk:')}` } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sending.on('error', reject);
      const chunk = Buffer.alloc(256 * 1024, 'x');
      for (let sent = 0; sent < 2 * limits.bodyBytes; sent += chunk.byteLength) sending.write(chunk);
      sending.end();
    });
    expect(status).toBe(413);
    expect(server.store.inserts).toEqual([]);
  });

  it('that breaks off in the middle of a body leaves nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const sending = request(`${server.url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('wk:')}`, 'content-length': '1000' },
      });
      sending.on('error', () => resolve());
      sending.write('{"batch":[', () => sending.destroy());
      sending.on('close', () => resolve());
    });
    const answer = await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: 'wk', event: 'message_sent', userId: 'u', messageId: 'after' }),
    });
    expect(answer.status).toBe(200);
    expect([...server.store.events().keys()]).toEqual(['after']);
  });
});
