import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { conversationHash, hash64, hash128 } from '../base/hash.ts';
import { silentLog } from '../base/log.ts';
import { bind, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { openTestEventStore } from '../store/test-store.ts';
import { type Collector, createCollector } from './collector.ts';
import { track } from './delivery.test-data.ts';
import { keysOnly } from './recording-store.test-data.ts';

let store: EventStore;
let collector: Collector;
const start = async () => {
  const started = createCollector({
    store,
    state: keysOnly,
    clock: systemClock,
    log: silentLog,
    secret: 'secret',
  });
  await started.start();
  return started;
};
beforeAll(async () => {
  store = await openTestEventStore();
  collector = await start();
});
afterAll(async () => {
  await collector.drain();
  await store.close();
});

const send = async (messages: readonly unknown[], to = collector) => {
  const answer = await to.routes.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('wk:')}` },
    body: JSON.stringify({ batch: messages }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { accepted: number; rejected: unknown[] };
};
const stored = (ids: readonly string[]) =>
  store.rows<{
    event_id: string;
    text: string;
    name: string;
    properties: string;
    bot: string;
    ts: string;
    flags: number;
    confidence: number;
    actor: string;
    channel: string;
    ties: string[];
    key: string;
    score: number;
    scale: number;
  }>(
    sql`SELECT event_id, text, name, properties, bot, ts, flags, confidence, actor, channel, ties, key, score, scale FROM events FINAL WHERE workspace_id = 1 AND has(${bind('Array(String)', ids)}, event_id) ORDER BY event_id`,
    { tag: 'test' },
  );

describe('into the real store', () => {
  it('a row comes out as it went in, defaults included', async () => {
    await send([
      track(
        'csat_submitted',
        { score: 4, scale: 5, channel: 'whatsapp', bot: 'shop' },
        { messageId: 'plain', anonymousId: 'a', timestamp: '2026-01-02T03:04:05.678Z' },
      ),
    ]);
    expect(await stored(['plain'])).toMatchObject([
      {
        name: 'csat_submitted',
        ts: '2026-01-02 03:04:05.678',
        bot: 'shop',
        actor: 'visitor',
        channel: 'whatsapp',
        confidence: -1,
        score: 4,
        scale: 5,
        text: '',
        flags: 0,
      },
    ]);
    const [row] = await stored(['plain']);
    expect(row?.ties).toHaveLength(2);
    expect(row?.key).toBe(row?.ties[0]);
  });

  it('quotes, backslashes, braces, NUL, emoji and everything else are stored exactly, and the tables are still there', async () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '\\',
        '{',
        '}',
        '\u0000',
        '😀',
        '`',
        '\\N',
        '\t',
        '\n',
        '\r',
        "'; DROP TABLE events; --",
        '{p1:String}',
        '\u2028',
        '\u007f',
        '\\x00',
      ),
      fc.string({ unit: 'binary' }),
    );
    const texts = fc.sample(
      fc.array(nasty, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
      { numRuns: 150, seed: 11 },
    );
    const messages = texts.map((text, place) =>
      track(
        place % 2 === 0 ? 'message_sent' : `odd ${text}`,
        { text, bot: [...text].slice(0, 50).join(''), [text]: text },
        { messageId: `n${place}` },
      ),
    );
    const wellFormed = messages.map((message) => JSON.parse(JSON.stringify(message)));
    expect(await send(wellFormed)).toMatchObject({ accepted: 150, rejected: [] });
    const rows = new Map(
      (await stored(messages.map(({ messageId }) => messageId))).map((row) => [row.event_id, row]),
    );
    expect(rows.size).toBe(150);
    for (const [place, message] of messages.entries()) {
      const row = rows.get(message.messageId);
      const text = texts[place] ?? '';
      expect(row?.text).toBe(text);
      expect(row?.bot).toBe([...text].slice(0, 50).join(''));
      expect(JSON.parse(row?.properties ?? '')).toEqual(message.properties);
    }
  });

  it('a text of nearly 1 MB, a lone surrogate and a number beyond a double', async () => {
    const text = '\\"é😀'.repeat(60_000);
    await send([
      track('message_sent', { text }, { messageId: 'long' }),
      track('message_sent', { text: 'a\ud800b' }, { messageId: 'lone' }),
    ]);
    const answer = await collector.routes.request('/v1/track', {
      method: 'POST',
      body: '{"writeKey":"wk","event":"message_sent","messageId":"number","userId":"u","properties":{"n":12345678901234567890,"m":1e999}}',
    });
    expect(answer.status).toBe(200);
    const [lone, long, number] = await stored(['long', 'lone', 'number']);
    expect(long?.text === text).toBe(true);
    expect([lone?.text, JSON.parse(lone?.properties ?? '').text]).toEqual(['a\ufffdb', 'a\ud800b']);
    expect(number?.properties).toBe('{"n":12345678901234567890,"m":1e999}');
  });

  it('the first copy of an event stands, across a restart', async () => {
    await send([
      track('message_sent', { text: 'first' }, { messageId: 'twice', timestamp: '2026-01-31T23:59:59.000Z' }),
    ]);
    const again = await start();
    expect(again.stats().lastSeq).toBe(collector.stats().lastSeq);
    expect(again.stats().workspaces.get(1)?.acknowledged).toBe(
      collector.stats().workspaces.get(1)?.acknowledged,
    );
    await send(
      [
        track(
          'message_sent',
          { text: 'second' },
          { messageId: 'twice', timestamp: '2026-02-01T00:00:01.000Z' },
        ),
      ],
      again,
    );
    expect(again.stats().lastSeq > collector.stats().lastSeq).toBe(true);
    expect(await stored(['twice'])).toMatchObject([{ text: 'first', ts: '2026-01-31 23:59:59.000' }]);
    await again.drain();
  });

  it('our hashes are the engine’s', async () => {
    const id = 'c-é😀\u0000';
    const [row] = await store.rows<{ plain: string; conversation: string; uuid: string }>(
      sql`SELECT xxHash64(${bind('String', id)}) AS plain, xxHash64(concat(toString(toUInt32(7)), '\\0c\\0', ${bind('String', id)})) AS conversation, toString(toUUID(${bind('String', hash128(id))})) AS uuid`,
      { tag: 'test' },
    );
    expect(row).toEqual({
      plain: hash64(id).toString(),
      conversation: conversationHash(7, id).toString(),
      uuid: hash128(id),
    });
  });
});
