import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { collectAnswer } from '@botworth/contract/api';
import { errorBody } from '@botworth/contract/errors';
import { limits } from '@botworth/contract/limits';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../base/app-error.ts';
import { commitLimits } from '../commit/group-commit.ts';
import { track } from '../delivery.test-data.ts';
import { startCollector } from '../recording-store.test-data.ts';

const basic = (key: string) => `Basic ${btoa(key)}`;
const batchOf = (...messages: unknown[]) =>
  JSON.stringify({ batch: messages, sentAt: new Date().toISOString() });
const event = (id: string, properties = {}) => track('message_sent', properties, { messageId: id });

type Started = Awaited<ReturnType<typeof startCollector>>;
const post = (
  { collector }: Started,
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = { authorization: basic('wk:') },
) =>
  collector.routes.request(path, { method: 'POST', body: body as NonNullable<RequestInit['body']>, headers });
const taken = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return collectAnswer.parse(await answer.json());
};
const refused = async (answer: Response) => {
  const { error } = errorBody.parse(await answer.json());
  return {
    status: answer.status,
    code: error.code,
    retryAfter: answer.headers.get('retry-after'),
    message: error.message,
  };
};

describe('a batch', () => {
  it('is taken event by event: the good ones land, each bad one is named', async () => {
    const door = await startCollector();
    const answer = await taken(
      await post(
        door,
        '/v1/batch',
        batchOf(event('a'), null, event('b'), event('c', { bot: [] }), { type: 'track', userId: 'u' }),
      ),
    );
    expect(answer).toEqual({
      success: false,
      accepted: 2,
      rejected: [
        { index: 1, field: '', reason: 'an event must be a JSON object' },
        { index: 3, field: 'properties.bot', reason: 'properties.bot must be a text, a number or a boolean' },
        { index: 4, field: 'event', reason: 'event must be a text: the name of the event' },
      ],
    });
    expect([...door.store.events().keys()]).toEqual(['a', 'b']);
  });
  it('of nothing but bad events is still read: 200', async () => {
    const door = await startCollector();
    expect(await taken(await post(door, '/v1/batch', batchOf(1, 2)))).toMatchObject({
      success: false,
      accepted: 0,
    });
    expect(await taken(await post(door, '/v1/batch', batchOf()))).toEqual({
      success: true,
      accepted: 0,
      rejected: [],
    });
  });
  it('sent twice is acknowledged twice and counted once', async () => {
    const door = await startCollector();
    for (let time = 0; time < 2; time += 1)
      expect(await taken(await post(door, '/v1/batch', batchOf(event('a'), event('b'))))).toMatchObject({
        accepted: 2,
      });
    expect(door.collector.stats().workspaces.get(1)).toMatchObject({
      acknowledged: 2,
      duplicates: 2,
      conflicts: 0,
    });
    expect(door.store.inserts.flat()).toHaveLength(2);
  });
  it('with a changed copy, or one under another thread, keeps the first and counts a conflict', async () => {
    const door = await startCollector();
    await post(door, '/v1/batch', batchOf(event('a')));
    await post(
      door,
      '/v1/batch',
      batchOf(event('a', { text: 'changed' }), event('a', { conversation_id: 'elsewhere' })),
    );
    expect(door.collector.stats().workspaces.get(1)).toMatchObject({
      acknowledged: 1,
      duplicates: 2,
      conflicts: 2,
    });
    expect(door.store.inserts.flat()).toHaveLength(1);
  });
  it('is one workspace only: the same id under another key is another event', async () => {
    const door = await startCollector();
    await post(door, '/v1/batch', batchOf(event('a')));
    await post(door, '/v1/batch', batchOf(event('a')), { authorization: basic('wk2:') });
    expect(door.store.inserts.flat().map(({ workspace_id }) => workspace_id)).toEqual([1, 2]);
  });
  it('merges its context under every message, and gives its sentAt to all', async () => {
    const door = await startCollector();
    const hourAgo = new Date(Date.now() - 3_600_000);
    const body = JSON.stringify({
      batch: [{ ...event('a'), timestamp: hourAgo.toISOString() }],
      context: { locale: 'ja-JP', traits: { email: 'ana@example.test' } },
      sentAt: hourAgo.toISOString(),
    });
    await taken(await post(door, '/v1/batch', body));
    const [stored] = door.store.inserts.flat();
    expect(stored).toMatchObject({ language: 'ja' });
    expect(JSON.stringify(stored)).not.toContain('ana@example.test');
    expect(Math.abs(Date.parse(`${String(stored?.ts).replace(' ', 'T')}Z`) - Date.now())).toBeLessThan(
      60_000,
    );
  });
});

describe('the body', () => {
  const body = batchOf(event('a'));
  it('is JSON whatever its content type says', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      'image/png',
    ]) {
      expect(
        await taken(
          await post(await startCollector(), '/v1/batch', body, {
            authorization: basic('wk:'),
            'content-type': type,
          }),
        ),
      ).toMatchObject({ accepted: 1 });
    }
  });
  it('is unpacked by its header, and gzip by its first bytes as well', async () => {
    const packed: [string | undefined, Uint8Array][] = [
      ['gzip', gzipSync(body)],
      [undefined, gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['deflate', deflateRawSync(body)],
      ['br', brotliCompressSync(body)],
      ['gzip', Buffer.from(body)],
      ['identity', Buffer.from(body)],
      ['gzip, gzip', gzipSync(gzipSync(body))],
      [undefined, Buffer.from(`\ufeff${body}`)],
    ];
    for (const [encoding, bytes] of packed) {
      const headers = {
        authorization: basic('wk:'),
        ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      };
      expect(
        await taken(await post(await startCollector(), '/v1/batch', bytes, headers)),
        encoding,
      ).toMatchObject({ accepted: 1 });
    }
  });
  it('that can never be read is 400, which no client sends again', async () => {
    const door = await startCollector();
    for (const bad of ['', '{', 'NaN', 'writeKey=wk', gzipSync(body).subarray(0, 40)]) {
      expect(await refused(await post(door, '/v1/batch', bad))).toMatchObject({
        status: 400,
        code: 'body_unreadable',
        retryAfter: null,
      });
    }
    for (const bad of ['7', '"text"', 'null', '{}', '{"batch":{}}']) {
      expect(await refused(await post(door, '/v1/batch', bad))).toMatchObject({
        status: 400,
        code: 'body_invalid',
      });
    }
    expect(
      await refused(
        await post(door, '/v1/batch', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), {
          authorization: basic('wk:'),
          'content-encoding': 'zstd',
        }),
      ),
    ).toMatchObject({ status: 400 });
  });
  it('over the limit is 413, packed or not, and nothing is taken', async () => {
    const door = await startCollector();
    const large = batchOf(event('a', { text: 'x'.repeat(limits.bodyBytes) }));
    expect(await refused(await post(door, '/v1/batch', large))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    expect(await refused(await post(door, '/v1/batch', gzipSync(large)))).toMatchObject({ status: 413 });
    const many = batchOf(
      ...Array.from({ length: limits.eventsPerBatch + 1 }, (_, place) => event(`e${place}`)),
    );
    expect(await refused(await post(door, '/v1/batch', many))).toMatchObject({ status: 413 });
    expect(door.store.inserts).toEqual([]);
  });
  it('of megabytes that only nest is 400 at once; brackets in a text are only a text', async () => {
    const door = await startCollector();
    for (const nest of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const body = `{"batch":[${nest[0].repeat(400_000)}1${nest[1].repeat(400_000)}]}`;
      expect(await refused(await post(door, '/v1/batch', body))).toMatchObject({
        status: 400,
        code: 'body_unreadable',
      });
    }
    const text = '["\\'.repeat(100_000);
    expect(await taken(await post(door, '/v1/batch', batchOf(event('a', { text }))))).toMatchObject({
      accepted: 1,
    });
    expect(door.store.events().get('a')).toMatchObject({ text });
  });
  it('with bytes that are not UTF-8 loses only the events that hold them', async () => {
    const door = await startCollector();
    const bytes = Buffer.concat([
      Buffer.from('{"batch":['),
      Buffer.from(JSON.stringify(event('good'))),
      Buffer.from(',{"type":"track","event":"message_sent","userId":"u","properties":{"text":"caf'),
      Buffer.from([0xe9]),
      Buffer.from('"}}]}'),
    ]);
    expect(await taken(await post(door, '/v1/batch', bytes))).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, reason: 'the event holds bytes that are not UTF-8' }],
    });
  });
});

describe('the write key', () => {
  const withKey = (writeKey: string) => JSON.stringify({ batch: [event('a')], writeKey });
  it('is read from Basic with or without a colon, then from the body, with a Bearer token too', async () => {
    const tries: [string, Record<string, string>][] = [
      [batchOf(event('a')), { authorization: basic('wk:') }],
      [batchOf(event('a')), { authorization: basic('wk') }],
      [batchOf(event('a')), { authorization: basic('wk:secret') }],
      [withKey('wk'), {}],
      [withKey('wk'), { authorization: 'Bearer a.b.c' }],
      [withKey('nobody'), { authorization: basic('wk:') }],
      [JSON.stringify({ batch: [{ ...event('a'), writeKey: 'wk' }] }), {}],
      [JSON.stringify([{ ...event('a'), writeKey: 'wk' }]), {}],
    ];
    for (const [body, headers] of tries)
      expect(await taken(await post(await startCollector(), '/v1/batch', body, headers))).toMatchObject({
        accepted: 1,
      });
  });
  it('unknown or missing is 401, and nothing is taken', async () => {
    const door = await startCollector();
    for (const headers of [
      {},
      { authorization: basic('nobody:') },
      { authorization: basic(':') },
      { authorization: 'Basic ###' },
      { authorization: 'Bearer wk' },
    ] as Record<string, string>[]) {
      expect(await refused(await post(door, '/v1/batch', batchOf(event('a')), headers))).toMatchObject({
        status: 401,
        code: 'unknown_write_key',
        retryAfter: null,
      });
    }
    expect(door.store.inserts).toEqual([]);
  });
  it('that cannot be looked up is 503: the client comes again', async () => {
    expect(
      await refused(
        await post(await startCollector(), '/v1/batch', batchOf(event('a')), {
          authorization: basic('down:'),
        }),
      ),
    ).toMatchObject({ status: 503, code: 'storage_unavailable', retryAfter: '2' });
  });
});

describe('back-pressure and failure', () => {
  it('bodies that are announced and never sent shut out nobody', async () => {
    const door = await startCollector();
    const ends: (() => void)[] = [];
    const stalled = Array.from({ length: 20 }, () =>
      door.collector.routes.request('/v1/batch', {
        method: 'POST',
        headers: { 'content-length': String(limits.bodyBytes) },
        body: new ReadableStream({ start: (stream) => void ends.push(() => stream.close()) }),
        duplex: 'half',
      } as RequestInit),
    );
    expect(await taken(await post(door, '/v1/batch', batchOf(event('a'))))).toMatchObject({ accepted: 1 });
    for (const end of ends) end();
    await Promise.all(stalled);
  });
  const stalledBody = (open: Set<ReadableStreamDefaultController>) => {
    let mine: ReadableStreamDefaultController;
    return new ReadableStream({
      start: (stream) => {
        mine = stream;
        open.add(stream);
        stream.enqueue(new Uint8Array(limits.bodyBytes));
      },
      // A refused sender is not read to its end.
      cancel: () => void open.delete(mine),
    });
  };
  const stall = ({ collector }: Started, senders: number, headers: Record<string, string>) => {
    const open = new Set<ReadableStreamDefaultController>();
    const stalled = Array.from({ length: senders }, () =>
      collector.routes.request('/v1/batch', {
        method: 'POST',
        headers,
        body: stalledBody(open),
        duplex: 'half',
      } as RequestInit),
    );
    return async () => {
      for (const stream of open) stream.close();
      return Promise.all(stalled);
    };
  };
  it('bodies that are here count: over what may be held the next is 429, until they are gone', async () => {
    const door = await startCollector();
    const end = stall(door, 17, { authorization: basic('wk:') });
    const next = async () => (await post(door, '/v1/batch', batchOf(event('a')))).status;
    await expect.poll(next).toBe(429);
    await end();
    expect(await next()).toBe(200);
  });
  it('who shows no key fills the part of those without one, and shuts out nobody who has one', async () => {
    const door = await startCollector();
    const end = stall(door, 40, {});
    const keyless = async () =>
      (
        await post(door, '/v1/batch', JSON.stringify({ batch: [event('b')], writeKey: 'wk' }), {
          'content-type': 'application/json',
        })
      ).status;
    await expect.poll(keyless).toBe(429);
    expect(await taken(await post(door, '/v1/batch', batchOf(event('a'))))).toMatchObject({ accepted: 1 });
    expect((await door.collector.routes.request('/pixel/v1/page?writeKey=wk&anonymousId=v')).status).toBe(
      200,
    );
    await end();
    expect(await keyless()).toBe(200);
  });
  it('a key that turned out to be good in the body leaves the part of the strangers while its events wait', async () => {
    const door = await startCollector();
    let open = (): void => undefined;
    door.store.gate = new Promise((resolve) => {
      open = resolve;
    });
    const text = 'x'.repeat(900_000);
    const send = (id: string) =>
      post(
        door,
        '/v1/batch',
        JSON.stringify({ batch: [0, 1, 2, 3].map((n) => event(`${id}.${n}`, { text })), writeKey: 'wk' }),
        {},
      );
    const first: ReturnType<typeof send>[] = [];
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      first.push(send(id));
      await expect.poll(() => door.collector.stats().queued.rows).toBe(4 * first.length);
    }
    const next = post(door, '/v1/batch', JSON.stringify({ batch: [event('g')], writeKey: 'wk' }), {});
    await expect.poll(() => door.collector.stats().queued.rows).toBe(25);
    open();
    for (const answer of [...first, next]) expect((await answer).status).toBe(200);
  });
  it('an unknown key is refused before its body is read', async () => {
    const door = await startCollector();
    for (const [path, headers] of [
      ['/v1/batch', { authorization: basic('nobody:') }],
      ['/beacon/v1/batch?writeKey=nobody', {}],
    ] as [string, Record<string, string>][]) {
      const answer = await door.collector.routes.request(path, {
        method: 'POST',
        headers,
        body: new ReadableStream({ start: () => undefined }),
        duplex: 'half',
      } as RequestInit);
      expect(await refused(answer)).toMatchObject({ status: 401, code: 'unknown_write_key' });
    }
  });
  it('a full queue is 429 with Retry-After, and takes nothing of the request', async () => {
    const door = await startCollector({ limits: { ...commitLimits, queueRows: 2 } });
    let open = (): void => undefined;
    door.store.gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = post(door, '/v1/batch', batchOf(event('a'), event('b')));
    await expect.poll(() => door.collector.stats().queued.rows).toBe(2);
    expect(await refused(await post(door, '/v1/batch', batchOf(event('c'))))).toMatchObject({
      status: 429,
      code: 'overloaded',
      retryAfter: '2',
    });
    open();
    await taken(await first);
    expect([...door.store.events().keys()]).toEqual(['a', 'b']);
    expect(await taken(await post(door, '/v1/batch', batchOf(event('c'))))).toMatchObject({ accepted: 1 });
  });
  it('a failing store is 503 with Retry-After, and the retry lands', async () => {
    const door = await startCollector();
    door.store.failures.push(new AppError('storage_full', 'The disk is full.'), new Error('socket hang up'));
    expect(await refused(await post(door, '/v1/batch', batchOf(event('a'))))).toMatchObject({
      status: 503,
      code: 'storage_full',
      retryAfter: '2',
    });
    expect(await refused(await post(door, '/v1/batch', batchOf(event('a'))))).toMatchObject({
      status: 503,
      code: 'storage_unavailable',
      retryAfter: '2',
    });
    expect(await taken(await post(door, '/v1/batch', batchOf(event('a'))))).toMatchObject({ accepted: 1 });
    expect(door.collector.stats().workspaces.get(1)).toMatchObject({ acknowledged: 1, duplicates: 0 });
  });
  it('an event that the store cannot hold is named, and holds up no other', async () => {
    const door = await startCollector();
    door.store.poison.add('b');
    expect(
      await taken(await post(door, '/v1/batch', batchOf(event('a'), 7, event('b'), event('c')))),
    ).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1 }, { index: 2, reason: 'the store cannot hold this event' }],
    });
    expect([...door.store.events().keys()]).toEqual(['a', 'c']);
  });
  it('before the start and after the stop the door is shut with 503', async () => {
    const door = await startCollector();
    let open = (): void => undefined;
    door.store.gate = new Promise((resolve) => {
      open = resolve;
    });
    const running = post(door, '/v1/batch', batchOf(event('a')));
    await expect.poll(() => door.collector.stats().queued.rows).toBe(1);
    const drained = door.collector.drain();
    open();
    await drained;
    expect(await taken(await running)).toMatchObject({ accepted: 1 });
    expect(await refused(await post(door, '/v1/batch', batchOf(event('b'))))).toMatchObject({
      status: 503,
      code: 'shutting_down',
      retryAfter: '2',
    });
    expect([...door.store.events().keys()]).toEqual(['a']);
  });
  it('counts go on from what is stored', async () => {
    const door = await startCollector();
    door.store.stored = [{ workspace_id: 1, events: '41', last_seq: String(2n ** 62n) }];
    await door.collector.start();
    await post(
      door,
      '/v1/batch',
      batchOf(event('a'), event('b', { actor: {} }), track('Odd Name', {}, { messageId: 'c' })),
    );
    const counts = door.collector.stats().workspaces.get(1);
    expect(counts).toMatchObject({ acknowledged: 43, lastSeq: 2n ** 62n + 2n });
    expect([...(counts?.refused ?? [])]).toEqual([['wrong_type', 1]]);
    expect([...(counts?.unknownNames ?? [])]).toEqual([['Odd Name', 1]]);
  });
});

describe('the other addresses', () => {
  it('of one verb take one message, in long and in short form', async () => {
    const door = await startCollector();
    const single = (rest: Record<string, unknown>) =>
      JSON.stringify({ userId: 'u', writeKey: 'wk', ...rest });
    for (const [path, rest] of [
      ['/v1/track', { event: 'message_sent', messageId: '1' }],
      ['/v1/t', { event: 'message_sent', messageId: '2' }],
      ['/v1/identify', { messageId: '3' }],
      ['/v1/i', { messageId: '4' }],
      ['/v1/page', { messageId: '5' }],
      ['/v1/p', { messageId: '6' }],
      ['/v1/screen', { messageId: '7' }],
      ['/v1/s', { messageId: '8' }],
      ['/v1/group', { messageId: '9', groupId: 'g' }],
      ['/v1/g', { messageId: '10', groupId: 'g' }],
      ['/v1/alias', { messageId: '11', previousId: 'p' }],
      ['/v1/a', { messageId: '12', previousId: 'p' }],
    ] as [string, Record<string, unknown>][]) {
      expect(await taken(await post(door, path, single(rest), {})), path).toMatchObject({
        accepted: 1,
        rejected: [],
      });
    }
    expect(
      await taken(await post(door, '/v1/b', JSON.stringify({ writeKey: 'wk', batch: [event('13')] }), {})),
    ).toMatchObject({ accepted: 1 });
    expect(await taken(await post(door, '/v1/import', batchOf(event('14'))))).toMatchObject({ accepted: 1 });
    expect((await post(door, '/v1/m', '{"series":[]}', {})).status).toBe(200);
    expect(door.store.events().size).toBe(14);
  });
  it("the beacon takes a batch with its key in the address, and a browser's agent from the header", async () => {
    const door = await startCollector();
    await taken(
      await post(door, '/beacon/v1/batch?writeKey=wk', batchOf(event('a')), {
        'content-type': 'text/plain',
        'user-agent': 'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)',
      }),
    );
    expect(door.store.inserts.flat()).toMatchObject([{ device: 'tablet', via: 'beacon:k_1' }]);
    await taken(
      await post(door, '/v1/batch', batchOf(event('b')), {
        authorization: basic('wk:'),
        'user-agent': 'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)',
      }),
    );
    expect(door.store.inserts.flat()[1]?.device).toBeUndefined();
  });
  it('the pixel answers with an image and counts', async () => {
    const door = await startCollector();
    const answer = await door.collector.routes.request(
      '/pixel/v1/track?writeKey=wk&event=chat_impression&anonymousId=a&messageId=px&properties.channel=email&bot=shop&context.locale=de',
    );
    expect([
      answer.status,
      answer.headers.get('content-type'),
      (await answer.arrayBuffer()).byteLength,
    ]).toEqual([200, 'image/gif', 42]);
    expect(door.store.inserts.flat()).toMatchObject([
      { name: 'chat_impression', bot: 'shop', channel: 7, language: 'de', via: 'pixel:k_1' },
    ]);
  });
  it('settings tell the browser client where to send, as it reached us', async () => {
    const door = await startCollector();
    const settings = async (headers: Record<string, string>) => {
      const answer = await door.collector.routes.request('http://127.0.0.1:4680/v1/projects/wk/settings', {
        headers,
      });
      return ((await answer.json()) as { integrations: { 'Segment.io': unknown } }).integrations[
        'Segment.io'
      ];
    };
    expect(await settings({})).toMatchObject({
      apiKey: 'wk',
      apiHost: '127.0.0.1:4680/v1',
      protocol: 'http',
    });
    expect(await settings({ host: 'chat.example.test' })).toMatchObject({ apiHost: 'chat.example.test/v1' });
    expect(
      await settings({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a.example.test, b' }),
    ).toMatchObject({ apiHost: 'a.example.test/v1', protocol: 'https' });
    expect(await settings({ forwarded: 'for=1.2.3.4;host="c.example.test:8443";proto=https' })).toMatchObject(
      { apiHost: 'c.example.test:8443/v1', protocol: 'https' },
    );
    expect(await settings({ 'x-forwarded-host': '<script>' })).toMatchObject({
      apiHost: '127.0.0.1:4680/v1',
    });
    expect((await door.collector.routes.request('/v1/projects/nobody/settings')).status).toBe(401);
  });
});

describe('other origins', () => {
  it('are answered before they send, with the headers they ask for', async () => {
    const { collector } = await startCollector();
    const answer = await collector.routes.request('/v1/t', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-retry-count',
      },
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example.test',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'authorization,content-type,x-retry-count',
      'access-control-max-age': '900',
      vary: 'Origin',
    });
  });
  it('may read every answer, failures and the time to wait included', async () => {
    const door = await startCollector();
    for (const key of ['wk:', 'nobody:']) {
      const answer = await post(door, '/v1/t', JSON.stringify(event('a')), {
        authorization: basic(key),
        origin: 'https://shop.example.test',
      });
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example.test');
      expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After');
    }
  });
  it('are let in at this door only, not at what is mounted beside it', async () => {
    const { collector } = await startCollector();
    const app = new Hono().route('/', collector.routes).get('/api/workspaces', (context) => context.json([]));
    const answer = await app.request('/api/workspaces', { headers: { origin: 'https://evil.test' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect(
      (await app.request('/api/workspaces', { method: 'OPTIONS', headers: { origin: 'https://evil.test' } }))
        .status,
    ).toBe(404);
  });
  it('a header list that is none is not repeated', async () => {
    const { collector } = await startCollector();
    const answer = await collector.routes.request('/v1/t', {
      method: 'OPTIONS',
      headers: { origin: 'https://a.test', 'access-control-request-headers': 'x;<y>' },
    });
    expect(answer.headers.get('access-control-allow-headers')).toContain('x-retry-count');
  });
});
