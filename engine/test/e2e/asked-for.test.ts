import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, type FrontDoor, makeWorkspace } from './front-door.ts';
import { speak } from './script.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** What users of other products asked for in their issue trackers; each name carries the place. */
let server: RunningServer;
let door: FrontDoor;

beforeAll(async () => {
  server = await startServer();
  door = { url: server.url, token: server.adminToken };
});
afterAll(() => server?.stop());

const april = { from: '2026-04-01', to: '2026-05-01', as_of: '2026-05-31T00:00:00Z' };
const support = { job: 'support', intent: 'order_status', bot: 'helper' };
const freshWorkspace = (timezone = 'UTC') => makeWorkspace(door, { name: 'Asked for', timezone });

const track = (
  id: string,
  event: string,
  timestamp: string,
  properties: object,
  keys: object = { userId: `u-${id}` },
) => ({
  type: 'track',
  messageId: id,
  event,
  timestamp,
  ...keys,
  properties: { ...support, ...properties },
});

describe('time and threads', () => {
  test('bots are kept out of human response times (chatwoot#6409)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send([
      track('1', 'message_sent', '2026-04-10T10:00:00Z', { conversation_id: 'w', text: 'I need a person' }),
      track('2', 'message_replied', '2026-04-10T10:00:01Z', {
        conversation_id: 'w',
        actor: 'bot',
        kind: 'answer',
      }),
      track('3', 'bot_handoff_human', '2026-04-10T10:00:02Z', { conversation_id: 'w' }),
      track('4', 'message_replied', '2026-04-10T10:00:03Z', {
        conversation_id: 'w',
        actor: 'bot',
        kind: 'handoff',
      }),
      track('5', 'message_replied', '2026-04-10T10:05:02Z', { conversation_id: 'w', actor: 'human' }),
    ]);
    await workspace.settle();
    const detail = await workspace.conversation('w');
    const handoff = detail.verdicts.find((verdict) => verdict.name === 'handed_off');
    expect(handoff?.facts.pickup_seconds).toBe(300);
  });

  test('one endless WhatsApp thread is many conversations, each with a clock of its own (chatwoot#7293, chatwoot#12058)', async () => {
    const workspace = await freshWorkspace();
    const days = [1, 4, 9];
    await workspace.send(
      days.flatMap((day) =>
        speak({
          conversation: 'wa',
          person: 'w1',
          ended: `2026-04-${String(day).padStart(2, '0')}T10:00:00Z`,
          acts: ['visitor', 'answer'],
          properties: { ...support, channel: 'whatsapp' },
        }).map((message) => ({ ...message, messageId: `${message.messageId}-${day}` })),
      ),
    );
    await workspace.settle();
    const page = await workspace.get<{ total: number; rows: { id: string; duration_seconds: number }[] }>(
      '/conversations?from=2026-04-01&to=2026-05-01',
    );
    expect(page.total).toBe(3);
    expect(page.rows.map((row) => row.duration_seconds)).toEqual([60, 60, 60]);
    expect(page.rows.map((row) => row.id)).toEqual([
      'wa::2026-04-09T09:59:00.000Z',
      'wa::2026-04-04T09:59:00.000Z',
      'wa',
    ]);
  });

  test('zones are zones, not offsets: a local day has 23 hours when the clock jumps (chatwoot#4028, metabase#13677)', async () => {
    const workspace = await freshWorkspace('Europe/Berlin');
    const at = [
      '2026-03-28T22:59:59Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T21:59:59Z',
      '2026-03-29T22:00:00Z',
    ];
    await workspace.send(
      at.flatMap((ended, index) =>
        speak({
          conversation: `z${index}`,
          person: `z${index}`,
          ended,
          acts: ['visitor'],
          properties: support,
        }),
      ),
    );
    await workspace.settle();
    const answer = await workspace.ask('trapped_rate', {
      from: '2026-03-28',
      to: '2026-03-31',
      by: 'day',
      as_of: april.as_of,
    });
    expect(answer.rows.map((row) => row.cut.day)).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    const listed = await workspace.get<{ total: number }>('/conversations?from=2026-03-29&to=2026-03-30');
    expect(listed.total).toBe(2);
  });
});

describe('what counts', () => {
  test('"100 resolutions": conversations or people? both are shown (chatwoot#14871)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send(
      [0, 1, 2].flatMap((index) =>
        speak({
          conversation: `s${index}`,
          person: 'same',
          ended: `2026-04-${10 + index * 7}T10:00:00Z`,
          acts: ['visitor', 'answer'],
          properties: support,
        }),
      ),
    );
    await workspace.settle();
    const { result } = await workspace.ask('resolution_rate', april);
    expect(result).toMatchObject({ numerator: 3, denominator: 3, people: { numerator: 1, denominator: 1 } });
  });

  test('proactive chats that nobody answered dilute no rate (fazer-ai/chatwoot#655)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send([
      ...speak({
        conversation: 'a',
        person: 'a',
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'answer'],
        properties: support,
      }),
      ...speak({
        conversation: 'b',
        person: 'b',
        ended: '2026-04-10T10:00:00Z',
        acts: ['greeting'],
        properties: support,
      }),
      track('c1', 'chat_opened', '2026-04-10T10:00:00Z', { conversation_id: 'c', by: 'widget' }),
    ]);
    await workspace.settle();
    expect((await workspace.ask('bounce_rate', april)).result).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
    expect(await workspace.get('/conversations?from=2026-04-01&to=2026-05-01')).toMatchObject({ total: 1 });
  });

  test('a private note is not handling (chatwoot#14889)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send([
      ...speak({
        conversation: 'n',
        person: 'n',
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'answer'],
        properties: support,
      }),
      track(
        'n-note',
        'message_replied',
        '2026-04-10T10:05:00Z',
        { conversation_id: 'n', actor: 'human', private: true },
        { userId: 'n' },
      ),
    ]);
    await workspace.settle();
    expect((await workspace.conversation('n')).conversation).toMatchObject({
      handled_by: 'bot',
      human_turns: 0,
      resolution: 'assumed',
    });
  });

  test('why and by whom a handoff happened is told (chatwoot#14908)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send([
      ...speak({
        conversation: 'h',
        person: 'h',
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'fallback'],
        properties: support,
      }),
      track(
        'h-off',
        'bot_handoff_human',
        '2026-04-10T10:00:05Z',
        { conversation_id: 'h', reason: 'refund over limit', initiator: 'bot' },
        { userId: 'h' },
      ),
    ]);
    await workspace.settle();
    const verdict = (await workspace.conversation('h')).verdicts.find((one) => one.name === 'handed_off');
    expect(verdict).toMatchObject({ value: true, facts: { reason: 'refund over limit', by: 'bot' } });
  });

  test('satisfaction is kept by channel while a bot is attached, and the survey version is not lost (chatwoot#5592, chatwoot#10844)', async () => {
    const workspace = await freshWorkspace();
    for (const [channel, score] of [
      ['whatsapp', 5],
      ['web_chat', 2],
    ] as const) {
      await workspace.send([
        ...speak({
          conversation: channel,
          person: channel,
          ended: '2026-04-10T10:00:00Z',
          acts: ['visitor', 'answer'],
          properties: { ...support, channel },
        }),
        track(
          `${channel}-r`,
          'csat_submitted',
          '2026-04-10T10:01:00Z',
          { conversation_id: channel, channel, score, scale: 5, survey_version: 'v7' },
          { userId: channel },
        ),
      ]);
    }
    await workspace.settle();
    const answer = await workspace.ask('csat', { ...april, by: 'channel' });
    const byChannel = Object.fromEntries(
      answer.rows.map((row) => [row.cut.channel, [row.numerator, row.denominator]]),
    );
    expect(byChannel).toMatchObject({ whatsapp: [1, 1], web_chat: [0, 1] });
    const rating = (await workspace.conversation('whatsapp')).events.find(
      (event) => event.name === 'csat_submitted',
    );
    expect(rating?.properties.survey_version).toBe('v7');
  });

  test('two bots are two rows, never one report (botpress#3316)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send([
      ...speak({
        conversation: 'x',
        person: 'x',
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'answer'],
        properties: { ...support, bot: 'one' },
      }),
      ...speak({
        conversation: 'y',
        person: 'y',
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'fallback'],
        properties: { ...support, bot: 'two' },
      }),
    ]);
    await workspace.settle();
    const answer = await workspace.ask('deflection_rate', { ...april, by: 'bot' });
    expect(answer.rows.map((row) => [row.cut.bot, row.numerator, row.denominator])).toEqual([
      ['one', 1, 1],
      ['two', 0, 1],
    ]);
  });

  test('crawlers are flagged, not dropped: out of the figures, still there to count (posthog#14273)', async () => {
    const workspace = await freshWorkspace();
    const messages = speak({
      conversation: 'g',
      person: 'g',
      ended: '2026-04-10T10:00:00Z',
      acts: ['visitor', 'answer'],
      properties: support,
    });
    await workspace.send(
      messages.map((message) => ({
        ...message,
        context: { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      })),
    );
    await workspace.settle();
    expect((await workspace.ask('deflection_rate', april)).result).toMatchObject({
      denominator: 0,
      value: null,
    });
    expect((await workspace.conversation('g')).conversation.test).toBe(true);
  });

  test('the ad behind a WhatsApp chat is a cut (chatwoot#13006)', async () => {
    const workspace = await freshWorkspace();
    const messages = speak({
      conversation: 'ad',
      person: 'ad',
      ended: '2026-04-10T10:00:00Z',
      acts: ['visitor', 'answer'],
      properties: { ...support, channel: 'whatsapp' },
    });
    await workspace.send(
      messages.map((message) => ({
        ...message,
        context: { campaign: { name: 'spring', source: 'instagram', medium: 'paid' } },
      })),
    );
    await workspace.settle();
    const answer = await workspace.ask('deflection_rate', { ...april, by: ['campaign', 'source'] });
    expect(answer.rows.map((row) => row.cut)).toEqual([{ campaign: 'spring', source: 'instagram' }]);
  });
});

describe('trust', () => {
  test('a list has the same count at every page size (openpanel#296)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send(
      Array.from({ length: 53 }, (_, index) =>
        speak({
          conversation: `e${index}`,
          person: `e${index}`,
          ended: '2026-04-10T10:00:00Z',
          acts: ['visitor'],
          properties: support,
        }),
      ).flat(),
    );
    await workspace.settle();
    for (const limit of [1, 7, 50, 53, 100]) {
      const seen = new Set<string>();
      let after: string | null = '';
      while (after !== null) {
        const page: { rows: { id: string }[]; next: string | null; total: number } = await workspace.get(
          `/conversations?from=2026-04-01&to=2026-05-01&limit=${limit}${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
        );
        expect(page.total).toBe(53);
        for (const row of page.rows) seen.add(row.id);
        after = page.next;
      }
      expect(seen.size).toBe(53);
    }
  });

  test('a drill has as many rows as the chart says (posthog#6234)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send(
      Array.from({ length: 40 }, (_, index) =>
        speak({
          conversation: `d${index}`,
          person: `d${index}`,
          ended: `2026-04-${10 + (index % 14)}T10:00:00Z`,
          acts: index % 3 === 0 ? ['visitor', 'fallback'] : ['visitor', 'answer'],
          properties: { ...support, channel: index % 2 === 0 ? 'web_chat' : 'email' },
        }),
      ).flat(),
    );
    await workspace.settle();
    for (const metric of [
      'deflection_rate',
      'resolution_rate',
      'handoff_rate',
      'bounce_rate',
      'fallback_rate',
      'trapped_rate',
    ]) {
      const answer = await workspace.ask(metric, { ...april, by: ['week', 'channel'] });
      for (const row of answer.rows) {
        const drill = await workspace.get<{ total: number; sum: number }>(
          row.drill.slice(row.drill.indexOf('/metrics/')),
        );
        expect([metric, row.cut, drill.sum]).toEqual([metric, row.cut, row.numerator]);
      }
    }
  });

  test('55 % of 100 is not 55 % of 18 (posthog#24585)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send(
      [
        [100, 55],
        [20, 11],
      ].flatMap(([size = 0, settled = 0], group) =>
        Array.from({ length: size }, (_, index) =>
          speak({
            conversation: `k${group}-${index}`,
            person: `k${group}-${index}`,
            ended: '2026-04-10T10:00:00Z',
            acts: index < settled ? ['visitor', 'answer'] : ['visitor', 'fallback'],
            properties: { ...support, bot: `b${size}` },
          }),
        ).flat(),
      ),
    );
    await workspace.settle();
    const { rows } = await workspace.ask('deflection_rate', { ...april, by: 'bot' });
    const [large, small] = rows;
    expect([large?.value, small?.value]).toEqual([0.55, 0.55]);
    const width = (row: (typeof rows)[number] | undefined) =>
      (row?.interval?.[1] ?? 0) - (row?.interval?.[0] ?? 0);
    expect(width(small)).toBeGreaterThan(2 * width(large));
    expect(small?.band).toBeNull();
  });

  test('a rule has a history, and a question can be asked under an old one (metabase#36162, growthbook#4764)', async () => {
    const workspace = await freshWorkspace();
    await workspace.send(
      speak({
        conversation: 'v',
        person: 'v',
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'answer'],
        properties: support,
      }),
    );
    await workspace.settle();
    await workspace.putPolicy((document) => {
      document.eligibility = { intents: ['billing_problem'], exclude: [] };
    });
    expect((await workspace.ask('deflection_rate', april)).result).toMatchObject({
      denominator: 0,
      value: null,
      reason: 'no_data',
    });
    const before = await workspace.ask('deflection_rate', { ...april, policy: '1' });
    expect(before).toMatchObject({ policy: 1, result: { denominator: 1, value: 1 } });
    const versions = await workspace.get<{ version: number }[] | { versions: { version: number }[] }>(
      '/policy/versions',
    );
    expect((Array.isArray(versions) ? versions : versions.versions).map((one) => one.version).sort()).toEqual(
      [1, 2],
    );
  });

  test('a refused event is named, not lost in silence (posthog#13668)', async () => {
    const workspace = await freshWorkspace();
    const answer = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${workspace.writeKey}:`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        batch: [
          track('ok', 'message_sent', '2026-04-10T10:00:00Z', { conversation_id: 'q' }),
          track('late', 'message_sent', '1999-01-01T00:00:00Z', { conversation_id: 'q' }),
          { type: 'track', messageId: 'nameless', userId: 'u' },
        ],
      }),
    });
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as {
      accepted: number;
      rejected: { index: number; field: string; reason: string }[];
    };
    expect(body.accepted).toBe(1);
    expect(body.rejected.map((one) => [one.index, one.field])).toEqual([
      [1, 'timestamp'],
      [2, 'event'],
    ]);
    await workspace.settle();
  });

  test('a merge of people can be taken back (posthog#14625)', async () => {
    const workspace = await freshWorkspace();
    const one = (id: string, key: object, at: string) => [
      track(`${id}-1`, 'message_sent', at, { conversation_id: id, text: 'Where is it?' }, key),
      track(
        `${id}-2`,
        'message_replied',
        new Date(Date.parse(at) + 1000).toISOString(),
        { conversation_id: id, actor: 'bot', kind: 'answer' },
        key,
      ),
    ];
    await workspace.send([
      ...one('m1', { anonymousId: 'anon' }, '2026-04-10T10:00:00Z'),
      ...one('m2', { userId: 'user' }, '2026-04-11T10:00:00Z'),
      {
        type: 'identify',
        messageId: 'tie',
        anonymousId: 'anon',
        userId: 'user',
        timestamp: '2026-04-12T10:00:00Z',
      },
    ]);
    await workspace.settle();
    const person = async (id: string) => (await workspace.conversation(id)).conversation;
    expect((await person('m1')).person).toBe((await person('m2')).person);
    expect((await person('m1')).resolution).toBe('unresolved');
    await workspace.send([
      {
        type: 'track',
        event: 'unlink',
        messageId: 'untie',
        anonymousId: 'anon',
        userId: 'user',
        timestamp: '2026-04-13T10:00:00Z',
        properties: {},
      },
    ]);
    await workspace.settle();
    expect((await person('m1')).person).not.toBe((await person('m2')).person);
    expect((await person('m1')).resolution).toBe('assumed');
  });

  test('the catalogue says what each figure means, so that nobody has to guess', async () => {
    const workspace = await freshWorkspace();
    const catalogue = await workspace.get<
      { metrics: { id: string; numerator: string; denominator: string }[] } | { id: string }[]
    >('/catalogue');
    const metrics = Array.isArray(catalogue) ? catalogue : catalogue.metrics;
    expect(metrics.map((metric) => metric.id)).toEqual(
      expect.arrayContaining([
        'engagement_rate',
        'goal_completion_rate',
        'deflection_rate',
        'resolution_rate',
        'fallback_rate',
        'handoff_rate',
        'session_length',
        'time_to_first_useful_answer',
        'csat',
        'knowledge_gap_rate',
        'bounce_rate',
        'trapped_rate',
      ]),
    );
    const health = await call<{ status: string }>(door, 'GET', '/healthz');
    expect(health).toBeTruthy();
  });
});
