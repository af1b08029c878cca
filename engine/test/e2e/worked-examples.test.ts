import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FrontDoor, makeWorkspace } from './front-door.ts';
import { shuffled, speak } from './script.ts';
import { type RunningServer, startServer } from './start-server.ts';

let server: RunningServer;
let door: FrontDoor;

beforeAll(async () => {
  server = await startServer();
  door = { url: server.url, token: server.adminToken };
});
afterAll(() => server?.stop());

const april = { from: '2026-04-01', to: '2026-05-01', as_of: '2026-05-31T00:00:00Z' };

test('540 of 1,200 eligible is 45 %, and 27 % of all support, whatever the order and however often it is sent', async () => {
  const workspace = await makeWorkspace(door, { name: 'Deflection' });
  const intents = ['order_status', 'delivery_window', 'return_policy', 'business_hours', 'store_location'];
  await workspace.putPolicy((document) => {
    document.eligibility = { intents, exclude: [] };
  });
  const messages = Array.from({ length: 2000 }, (_, index) => {
    const eligible = index < 1200;
    return speak({
      conversation: `c${index}`,
      person: `p${index}`,
      ended: new Date(Date.UTC(2026, 3, 2 + (index % 25), 9, index % 60)).toISOString(),
      acts: eligible && index < 540 ? ['visitor', 'answer'] : ['visitor', 'fallback'],
      properties: { bot: 'helper', intent: eligible ? intents[index % intents.length] : 'billing_problem' },
    });
  }).flat();

  const analytics = new Analytics({
    writeKey: workspace.writeKey,
    host: server.url,
    flushAt: 100,
    maxRetries: 5,
  });
  const failures: unknown[] = [];
  analytics.on('error', (error) => failures.push(error));
  const some = shuffled(messages, 11).slice(0, 700);
  for (const message of shuffled([...messages, ...some], 7)) {
    analytics.track({
      event: message.event,
      userId: message.userId,
      messageId: message.messageId,
      timestamp: new Date(message.timestamp),
      properties: message.properties,
    });
  }
  await analytics.closeAndFlush();
  expect(failures).toEqual([]);
  await workspace.settle();

  const { result } = await workspace.ask('deflection_rate', april);
  expect(result).toMatchObject({ value: 0.45, numerator: 540, denominator: 1200, n: 1200 });
  expect(result.interval?.[0]).toBeCloseTo(0.422056, 5);
  expect(result.interval?.[1]).toBeCloseTo(0.478263, 5);
  expect(result.beside.deflection_over_all).toMatchObject({
    value: 0.27,
    numerator: 540,
    denominator: 2000,
    naive: true,
  });
  expect(result.beside.deflection_over_all?.interval?.[0]).toBeCloseTo(0.250998, 5);

  const drill = await workspace.drill('deflection_rate', { ...april, part: 'numerator' });
  expect(drill).toMatchObject({ total: 540, sum: 540 });
});

const waterfall = [
  ['c1', 'p1', '2026-04-10T10:00:00Z', 'order_status', ['visitor', 'answer', 'resolved by visitor']],
  ['c2', 'p2', '2026-04-10T10:00:00Z', 'order_status', ['visitor', 'answer']],
  ['c3', 'p3', '2026-04-10T10:00:00Z', 'order_status', ['visitor', 'answer']],
  ['c4', 'p4', '2026-04-10T10:00:00Z', 'order_status', ['visitor', 'fallback']],
  [
    'c5',
    'p5',
    '2026-04-10T10:00:00Z',
    'order_status',
    [
      'visitor',
      'answer',
      'handoff',
      'human',
      { event: 'csat_submitted', properties: { score: 5, scale: 5 } },
    ],
  ],
  ['c6', 'p6', '2026-04-10T10:00:00Z', 'refund_exception', ['visitor', 'answer', 'handoff']],
  ['c7', 'p7', '2026-04-29T10:00:00Z', 'order_status', ['visitor', 'answer']],
  ['c8', 'p8', '2026-04-30T10:00:00Z', 'order_status', ['visitor', 'fallback']],
  ['c9', 'p9', '2026-04-10T10:00:00Z', null, ['opened', 'greeting']],
  ['c10', 'p10', '2026-04-10T10:00:00Z', 'order_status', ['visitor', 'answer']],
  ['c11', 'p11', '2026-04-10T10:00:00Z', 'order_status', ['visitor', 'answer', 'resolved by visitor']],
  ['c12', 'p11', '2026-04-11T10:00:00Z', 'order_status', ['visitor', 'answer', 'resolved by visitor']],
  ['h1', 'p3', '2026-04-12T11:00:00Z', 'order_status', ['visitor', 'human']],
  ['h2', 'p13', '2026-04-12T11:00:00Z', 'billing', ['visitor', 'human']],
] as const;

test('the waterfall: every conversation gets the verdict that a reader gives it', async () => {
  const workspace = await makeWorkspace(door, { name: 'Waterfall', timezone: 'UTC' });
  await workspace.putPolicy((document) => {
    document.eligibility = { intents: ['order_status'], exclude: ['refund_exception'] };
  });
  const messages = waterfall.flatMap(([conversation, person, ended, intent, acts]) =>
    speak({
      conversation,
      person,
      ended,
      acts,
      properties: {
        job: 'support',
        ...(intent === null ? {} : { intent }),
        ...(conversation === 'c10' ? { test: true } : {}),
      },
    }),
  );
  await workspace.send(shuffled([...messages, ...messages.slice(3, 9)], 3));
  await workspace.settle();

  const asked = { from: '2026-04-01', to: '2026-05-01', as_of: '2026-05-01T00:00:00Z' };
  const deflection = (await workspace.ask('deflection_rate', asked)).result;
  expect(deflection).toMatchObject({ numerator: 4, denominator: 7 });
  expect(deflection.value).toBeCloseTo(0.571429, 6);
  expect(deflection.interval?.[0]).toBeCloseTo(0.250458, 6);
  expect(deflection.interval?.[1]).toBeCloseTo(0.84178, 5);
  expect(deflection.maturity).toMatchObject({ matured: 7, all: 9 });
  expect(deflection.maturity?.value).toBeCloseTo(0.777778, 6);
  expect(deflection.beside.deflection_over_reached).toMatchObject({
    value: 0.5,
    numerator: 4,
    denominator: 8,
  });
  expect(deflection.beside.deflection_over_all).toMatchObject({ value: 0.4, numerator: 4, denominator: 10 });
  expect((await workspace.ask('resolution_rate', asked)).result).toMatchObject({
    value: 0.5,
    numerator: 4,
    denominator: 8,
  });

  const expected: Record<string, string | null> = {
    c1: 'confirmed',
    c2: 'assumed',
    c3: 'unresolved',
    c4: 'unresolved',
    c5: 'unresolved',
    c6: 'unresolved',
    c7: 'pending',
    c8: 'unresolved',
    c9: null,
    c11: 'confirmed',
    c12: 'confirmed',
  };
  const seen: Record<string, string | null> = {};
  for (const id of Object.keys(expected)) {
    const detail = await workspace.get<{ conversation: { resolution: string | null } }>(
      `/conversations/${id}?as_of=${encodeURIComponent(asked.as_of)}`,
    );
    seen[id] = detail.conversation.resolution;
  }
  expect(seen).toEqual(expected);

  const bounced = await workspace.drill('bounce_rate', { ...asked, part: 'numerator' });
  const ids = bounced.rows.map((row) => row.id);
  expect(ids).toContain('c4');
  expect(ids).toContain('c9');
});

test('medians have the ranks of the order statistics, and silence is the longest answer', async () => {
  const workspace = await makeWorkspace(door, { name: 'Medians' });
  const turns = [4, 5, 5, 6, 7, 9, 10, 12, 15, 30];
  const answers = [3, 4, 5, 6, 8, 9, null, null, null, null];
  const messages = turns.flatMap((count, index) => {
    const startMs = Date.UTC(2026, 3, 10, 10, index);
    const track = (part: string, atMs: number, event: string, properties: object) => ({
      type: 'track',
      messageId: `m${index}-${part}`,
      event,
      userId: `m${index}`,
      timestamp: new Date(atMs).toISOString(),
      properties: { conversation_id: `m${index}`, job: 'support', flow: 'faq', ...properties },
    });
    const seconds = answers[index];
    return [
      ...Array.from({ length: count }, (_, turn) =>
        track(`t${turn}`, startMs + turn * 20_000, 'message_sent', { text: `line ${turn} of ${index}` }),
      ),
      ...(typeof seconds === 'number'
        ? [track('a', startMs + seconds * 1000, 'message_replied', { actor: 'bot', kind: 'answer' })]
        : []),
      track('g', startMs + count * 20_000, 'bot_goal_completed', { goal: 'issue_answered' }),
    ];
  });
  await workspace.send(shuffled(messages, 5));
  await workspace.settle();
  const length = (await workspace.ask('session_length', april)).result;
  expect(length).toMatchObject({ value: 8, interval: [5, 15], n: 10 });
  const first = (await workspace.ask('time_to_first_useful_answer', april)).result;
  expect(first).toMatchObject({ value: 8.5, interval: [4, null] });
  expect(first.beside.answered_share?.value).toBeCloseTo(0.6, 9);
});

test('fallbacks per turn are a ratio of sums, without an interval under ten people', async () => {
  const workspace = await makeWorkspace(door, { name: 'Ratios' });
  const counts = [
    [1, 10],
    [2, 5],
    [3, 3],
    [0, 2],
  ] as const;
  const messages = counts.flatMap(([fallbacks, botTurns], index) =>
    Array.from({ length: botTurns }, (_, turn) => {
      const startMs = Date.UTC(2026, 3, 12, 9, index) + turn * 40_000;
      const track = (part: string, atMs: number, event: string, properties: object) => ({
        type: 'track',
        messageId: `r${index}-${turn}-${part}`,
        event,
        userId: `r${index}`,
        timestamp: new Date(atMs).toISOString(),
        properties: { conversation_id: `r${index}`, job: 'support', ...properties },
      });
      return [
        track('v', startMs, 'message_sent', { text: `question ${turn} number ${index}` }),
        turn < fallbacks
          ? track('b', startMs + 1000, 'bot_fallback', { reason: 'not_understood' })
          : track('b', startMs + 1000, 'message_replied', { actor: 'bot', kind: 'answer' }),
      ];
    }).flat(),
  );
  await workspace.send(messages);
  await workspace.settle();
  const { result } = await workspace.ask('fallback_rate', april);
  expect(result).toMatchObject({ numerator: 6, denominator: 20, interval: null });
  expect(result.value).toBeCloseTo(0.3, 12);
});
