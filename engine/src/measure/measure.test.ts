import { cutNames } from '@botworth/contract/query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEvent } from '../../test/fold/build-event.ts';
import {
  answeredFacts,
  conversationRow,
  failedFacts,
  type GivenConversation,
  policyVersion,
  testWorkspace,
  writeConversations,
} from '../../test/rows/conversation-row.ts';
import { fixedClock } from '../base/clock.ts';
import type { EventStore } from '../store/port.ts';
import { openTestEventStore } from '../store/test-store.ts';
import { createMeasure, type Measure } from './measure.ts';
import { parseQuery } from './query/parse.ts';
import { planQuestion } from './query/plan.ts';
import { unitSumsStatement } from './query/units.ts';

let store: EventStore;
let measure: Measure;
const clock = fixedClock(Date.parse('2026-06-15T12:00:00Z'));

beforeAll(async () => {
  store = await openTestEventStore();
  measure = createMeasure({ store, clock });
});
afterAll(() => store?.close());

const april = { from: '2026-04-01', to: '2026-05-01' };
const ask = async (
  workspace: number,
  metric: string,
  more: object = {},
  policy = policyVersion(),
  zone = 'UTC',
) => {
  const answer = await measure.ask(testWorkspace(workspace, zone), policy, {
    metrics: [metric],
    ...april,
    ...more,
  });
  const found = answer.results[metric];
  if (found === undefined) throw new Error(`No answer for ${metric}.`);
  return found;
};

const H = 3600;
const waterfall: readonly GivenConversation[] = (
  [
    ['c1', 'p1', '04-10', 'order_status', [...answeredFacts, 'verdict_positive', 'verdict_stands']],
    ['c2', 'p2', '04-10', 'order_status', answeredFacts],
    ['c3', 'p3', '04-10', 'order_status', answeredFacts, { returnS: 48 * H }],
    ['c4', 'p4', '04-10', 'order_status', failedFacts],
    [
      'c5',
      'p5',
      '04-10',
      'order_status',
      [...answeredFacts, 'handed_off', 'human_turn', 'picked_up'],
      { csat: [5, 5], handledBy: 'both' },
    ],
    ['c6', 'p6', '04-10', 'refund_exception', [...answeredFacts, 'handed_off']],
    ['c7', 'p7', '04-29', 'order_status', answeredFacts],
    ['c8', 'p8', '04-30', 'order_status', failedFacts],
    ['c9', 'p9', '04-10', '', ['opened', 'kinds_sent', 'replies_sent'], { handledBy: 'bot' }],
    ['c10', 'p10', '04-10', 'order_status', [...answeredFacts, 'test']],
    [
      'c11',
      'p11',
      '04-10',
      'order_status',
      [...answeredFacts, 'verdict_positive', 'verdict_stands'],
      { returnS: 24 * H },
    ],
    ['c12', 'p11', '04-11', 'order_status', [...answeredFacts, 'verdict_positive', 'verdict_stands']],
    [
      'h1',
      'p3',
      '04-12',
      'order_status',
      ['opened', 'visitor_turn', 'meaningful_turn', 'human_turn', 'human_from_start'],
      { handledBy: 'human' },
    ],
    [
      'h2',
      'p13',
      '04-12',
      'billing',
      ['opened', 'visitor_turn', 'meaningful_turn', 'human_turn', 'human_from_start'],
      { handledBy: 'human' },
    ],
  ] as const
).map(([id, person, day, intent, facts, more]) => ({
  id,
  person,
  started: `2026-${day}T09:59:00Z`,
  seconds: 60,
  intent,
  facts: [...facts],
  job: 'support',
  ...(more as Partial<GivenConversation> | undefined),
}));
const strict = policyVersion((document) => {
  document.eligibility = { intents: ['order_status'], exclude: ['refund_exception'] };
});
const asOf = { as_of: '2026-05-01T00:00:00Z' };

describe('the waterfall of worked.json', () => {
  beforeAll(() => writeConversations(store, 1, waterfall));

  test('deflection, its naive companions and its maturity', async () => {
    const { result } = await ask(1, 'deflection_rate', asOf, strict);
    expect(result).toMatchObject({ numerator: 4, denominator: 7, n: 7, policy: 1 });
    expect(result.value).toBeCloseTo(0.571429, 6);
    expect(result.interval?.[0]).toBeCloseTo(0.250458, 6);
    expect(result.interval?.[1]).toBeCloseTo(0.84178, 5);
    expect(result.maturity).toEqual({ matured: 7, all: 9, value: 7 / 9, not_matured: 2 });
    expect(result.beside.deflection_over_reached).toMatchObject({
      value: 0.5,
      numerator: 4,
      denominator: 8,
      naive: true,
    });
    expect(result.beside.deflection_over_all).toMatchObject({
      value: 0.4,
      numerator: 4,
      denominator: 10,
      naive: true,
    });
    expect(result.beside.durable_rate).toMatchObject({ numerator: 3, denominator: 7 });
    // c11 and c12 are one person.
    expect(result.people).toEqual({ numerator: 3, denominator: 6 });
  });

  test('resolution counts what the bot handled, and how many came back', async () => {
    const { result } = await ask(1, 'resolution_rate', asOf, strict);
    expect(result).toMatchObject({ value: 0.5, numerator: 4, denominator: 8, blended: false });
    expect(result.beside.return_contact_rate).toMatchObject({ value: 0.4, numerator: 2, denominator: 5 });
    expect(result.beside.confirmed_share).toMatchObject({ numerator: 3, denominator: 4 });
  });

  test('each resolution is a row of its own when resolution is the cut', async () => {
    const { rows } = await ask(1, 'handoff_rate', { ...asOf, by: ['resolution'] }, strict);
    const reached = Object.fromEntries(rows.map(({ cut, denominator }) => [cut.resolution, denominator]));
    expect(reached).toEqual({ confirmed: 3, assumed: 1, pending: 1, unresolved: 5, none: 0 });
  });

  test('the bounced include the one who only opened and the one who met only a fallback', async () => {
    const { result } = await ask(1, 'bounce_rate', asOf, strict);
    expect(result).toMatchObject({ numerator: 3, denominator: 13 });
  });
});

describe('medians and ratios of worked.json', () => {
  beforeAll(async () => {
    const turns = [4, 5, 5, 6, 7, 9, 10, 12, 15, 30];
    const seconds = [3, 4, 5, 6, 8, 9, null, null, null, null];
    const fallbacks = [
      [1, 10],
      [2, 5],
      [3, 3],
      [0, 2],
    ] as const;
    await writeConversations(store, 2, [
      ...turns.map(
        (visitorTurns, index): GivenConversation => ({
          id: `m${index}`,
          started: '2026-04-10T10:00:00Z',
          visitorTurns,
          botTurns: 0,
          flow: 'faq',
          goals: ['issue_answered'],
          ...(seconds[index] === null
            ? { facts: ['opened', 'visitor_turn', 'meaningful_turn', 'goal_event'] }
            : { facts: [...answeredFacts, 'goal_event'], firstAnswerMs: (seconds[index] ?? 0) * 1000 }),
        }),
      ),
      ...fallbacks.map(
        ([count, botTurns], index): GivenConversation => ({
          id: `r${index}`,
          started: '2026-05-10T10:00:00Z',
          botTurns,
          fallbacks: count,
          facts: failedFacts,
        }),
      ),
    ]);
  });

  test('the median of turns lies between the second and the ninth of ten', async () => {
    expect((await ask(2, 'session_length')).result).toMatchObject({
      value: 8,
      interval: [5, 15],
      n: 10,
      unit: 'turns',
    });
  });

  test('the unanswered rank as longest, and the upper end is open', async () => {
    const { result } = await ask(2, 'time_to_first_useful_answer');
    expect(result).toMatchObject({ value: 8.5, interval: [4, null], n: 10 });
    expect(result.beside.answered_share).toMatchObject({ value: 0.6, numerator: 6, denominator: 10 });
  });

  test('fallbacks per turn: no interval under ten people', async () => {
    const { result } = await ask(2, 'fallback_rate', { from: '2026-05-01', to: '2026-06-01' });
    expect(result).toMatchObject({ value: 0.3, numerator: 6, denominator: 20, interval: null, n: 4 });
  });
});

describe('time', () => {
  beforeAll(() =>
    writeConversations(store, 3, [
      { id: 'a', started: '2026-03-28T23:30:00Z' }, // 00:30 on the 29th in Berlin, the day with 23 hours
      { id: 'b', started: '2026-03-29T21:59:59Z' }, // 23:59:59 on the 29th, summer time
      { id: 'c', started: '2026-03-29T22:00:00Z' }, // midnight: Monday the 30th
      { id: 'd', started: '2026-04-30T21:59:59Z' },
      { id: 'e', started: '2026-04-30T22:00:00Z' }, // 1 May in Berlin
    ]),
  );

  const starts = async (more: object) =>
    (await ask(3, 'bounce_rate', more, policyVersion(), 'Europe/Berlin')).rows.map(({ cut, denominator }) => [
      Object.values(cut)[0],
      denominator,
    ]);

  test('a day belongs to the zone: one on which the clocks change has its own length', async () => {
    expect(await starts({ from: '2026-03-28', to: '2026-03-31', by: ['day'] })).toEqual([
      ['2026-03-28', 0],
      ['2026-03-29', 2],
      ['2026-03-30', 1],
    ]);
  });

  test('weeks begin on Monday and carry its date; the first may begin before the period', async () => {
    expect(await starts({ from: '2026-03-28', to: '2026-04-06', by: ['week'] })).toEqual([
      ['2026-03-23', 2],
      ['2026-03-30', 1],
    ]);
  });

  test('a month ends at local midnight, and empty months have their row', async () => {
    expect(await starts({ from: '2026-02-01', to: '2026-06-01', by: ['month'] })).toEqual([
      ['2026-02-01', 0],
      ['2026-03-01', 3],
      ['2026-04-01', 1],
      ['2026-05-01', 1],
    ]);
  });

  test('an hour is a local hour', async () => {
    const rows = await starts({ from: '2026-03-29', to: '2026-03-30', by: ['hour'] });
    expect(rows).toHaveLength(24);
    expect(rows.filter(([, count]) => count !== 0)).toEqual([
      ['2026-03-29T00:00', 1],
      ['2026-03-29T23:00', 1],
    ]);
  });

  test('the rows of a bucket and the filter that its drill carries are the same conversations', async () => {
    const { rows } = await ask(
      3,
      'bounce_rate',
      { from: '2026-03-01', to: '2026-06-01', by: ['week'] },
      policyVersion(),
      'Europe/Berlin',
    );
    for (const { cut, denominator } of rows) {
      const { result } = await ask(
        3,
        'bounce_rate',
        { from: '2026-03-01', to: '2026-06-01', where: [{ cut: 'week', values: [cut.week] }] },
        policyVersion(),
        'Europe/Berlin',
      );
      expect(result.denominator).toBe(denominator);
    }
  });
});

describe('rows and their replacements', () => {
  test('only the newest version of a row counts, even where the question filters on what changed', async () => {
    await writeConversations(store, 4, [
      { id: 'x', started: '2026-04-02T10:00:00Z', intent: 'billing_problem' },
    ]);
    await writeConversations(store, 4, [
      { id: 'x', started: '2026-04-02T10:00:00Z', intent: 'order_status', version: 2 },
    ]);
    await writeConversations(store, 4, [{ id: 'y', started: '2026-04-02T10:00:00Z' }]);
    await writeConversations(store, 4, [
      { id: 'y', started: '2026-04-02T10:00:00Z', version: 2, deleted: true },
    ]);
    const old = await ask(4, 'handoff_rate', { where: [{ cut: 'intent', values: ['billing_problem'] }] });
    expect(old.result.denominator).toBe(0);
    expect((await ask(4, 'handoff_rate')).result.denominator).toBe(1);
  });
});

describe('what is empty says why', () => {
  test('a figure whose events never came is not measurable and names them; it is never 0', async () => {
    const { result } = await ask(5, 'engagement_rate');
    expect(result).toMatchObject({ value: null, reason: 'not_measurable', interval: null });
    expect(result.missing.map(({ event }) => event)).toContain('chat_impression');
  });

  test('bots that report no gaps are not called complete', async () => {
    await writeConversations(store, 5, [{ id: 'g', started: '2026-05-02T10:00:00Z' }]);
    expect(
      (await ask(5, 'knowledge_gap_rate', { from: '2026-05-01', to: '2026-06-01' })).result,
    ).toMatchObject({ value: null, reason: 'not_measurable', numerator: 0, denominator: 1 });
  });

  test('a window that has not elapsed is not matured, and not nothing', async () => {
    await writeConversations(store, 5, [
      { id: 'fresh', started: '2026-06-15T10:00:00Z', intent: 'order_status' },
    ]);
    const { result } = await ask(5, 'deflection_rate', { from: '2026-06-15', to: '2026-06-16' });
    expect(result).toMatchObject({
      value: null,
      reason: 'not_matured',
      maturity: { matured: 0, all: 1, value: 0, not_matured: 1 },
    });
  });
});

describe('satisfaction', () => {
  beforeAll(() =>
    writeConversations(store, 6, [
      ...[5, 4, 3, 1].map(
        (score, index): GivenConversation => ({
          id: `b${index}`,
          started: '2026-04-02T10:00:00Z',
          csat: [score, 5],
          facts: [...answeredFacts, 'survey_shown'],
        }),
      ),
      {
        id: 'both',
        started: '2026-04-02T10:00:00Z',
        csat: [5, 5],
        handledBy: 'both',
        facts: [...answeredFacts, 'human_turn'],
      },
      { id: 'four', started: '2026-04-02T10:00:00Z', csat: [4, 4] },
    ]),
  );

  test('bot-only conversations make the figure; the others are rows of their own when asked for', async () => {
    const { result, rows } = await ask(6, 'csat', { by: ['handled_by'] });
    expect(result).toMatchObject({ numerator: 2, denominator: 4 });
    expect(rows.map(({ cut, numerator, denominator }) => [cut.handled_by, numerator, denominator])).toEqual([
      ['bot', 2, 4],
      ['both', 1, 1],
    ]);
  });

  test('the response rate is of those asked where somebody says who was; before and beside that of what ended, and it says which', async () => {
    const ended = (
      id: string,
      started: string,
      more: Partial<GivenConversation> = {},
    ): GivenConversation => ({
      id,
      started,
      facts: [...answeredFacts, 'closed'],
      ...more,
    });
    const asked: Partial<GivenConversation> = { facts: [...answeredFacts, 'closed', 'survey_shown'] };
    const rated: Partial<GivenConversation> = { csat: [5, 5] };
    const [march, april, may] = ['2026-03-02T10:00:00Z', '2026-04-02T10:00:00Z', '2026-05-02T10:00:00Z'];
    await writeConversations(store, 60, [
      ended('m1', march, rated),
      ...['m2', 'm3', 'm4'].map((id) => ended(id, march)),
      ended('a1', april, { ...asked, ...rated }),
      ended('a2', april, asked),
      ...['a3', 'a4', 'a5'].map((id) => ended(id, april, rated)),
      ended('y1', may, rated),
      ended('y2', may),
    ]);
    await store.insert(
      'events',
      `${JSON.stringify(buildEvent(60, { name: 'survey_shown', atMs: Date.parse(april), thread: 'a1' }, 1))}\n`,
      { tag: 'test' },
    );
    const { rows } = await ask(60, 'csat', { from: '2026-02-01', to: '2026-06-01', by: ['month'] });
    expect(
      rows.map(({ cut, beside: { response_rate: rate } }) => [
        cut.month,
        rate?.numerator,
        rate?.denominator,
        rate?.of,
      ]),
    ).toEqual([
      ['2026-02-01', 0, 0, 'asked'],
      ['2026-03-01', 1, 4, 'ended'],
      ['2026-04-01', 1, 2, 'asked'],
      ['2026-05-01', 1, 2, 'ended'],
    ]);
    const whyOf = (month: string) =>
      rows.find(({ cut }) => cut.month === month)?.missing.find(({ event }) => event === 'survey_shown')?.why;
    expect(whyOf('2026-03-01')).toContain('answered / ended');
    expect(whyOf('2026-04-01')).toContain('3 of 4 rated conversations came without it');
    expect(whyOf('2026-02-01')).toBeUndefined();
  });

  test('a scale without a threshold is refused into the figure and listed', async () => {
    const { result } = await ask(6, 'csat');
    expect(result.denominator).toBe(4);
    expect(result.missing.map(({ event }) => event)).toContain('csat_submitted on a scale of 4');
  });
});

test('botpress#3316: two bots in one question, and each row has its own percentage', async () => {
  await writeConversations(store, 7, [
    ...Array.from(
      { length: 10 },
      (_, index): GivenConversation => ({
        id: `a${index}`,
        started: '2026-04-02T10:00:00Z',
        bot: 'one',
        facts: index < 5 ? [...answeredFacts, 'handed_off'] : answeredFacts,
      }),
    ),
    ...Array.from(
      { length: 4 },
      (_, index): GivenConversation => ({
        id: `b${index}`,
        started: '2026-04-02T10:00:00Z',
        bot: 'two',
        facts: index < 1 ? [...answeredFacts, 'handed_off'] : answeredFacts,
      }),
    ),
  ]);
  const { result, rows } = await ask(7, 'handoff_rate', { by: ['bot'] });
  expect(result).toMatchObject({ numerator: 6, denominator: 14 });
  expect(rows.map(({ cut, value }) => [cut.bot, value])).toEqual([
    ['one', 0.5],
    ['two', 0.25],
  ]);
});

test('the same question over one cell and over many gives the cell the same interval', async () => {
  await writeConversations(
    store,
    8,
    Array.from({ length: 60 }, (_, index) => conversationOf(index)),
  );
  const { rows } = await ask(8, 'fallback_rate', { by: ['channel'] });
  for (const { cut, interval } of rows) {
    expect(interval).not.toBeNull();
    const alone = await ask(8, 'fallback_rate', { where: [{ cut: 'channel', values: [cut.channel] }] });
    expect(alone.result.interval).toEqual(interval);
  }
});

const conversationOf = (index: number): GivenConversation => ({
  id: `s${index}`,
  person: `p${index % 41}`,
  started: `2026-04-${String(1 + (index % 28)).padStart(2, '0')}T10:00:00Z`,
  channel: index % 3 === 0 ? 'messenger' : 'web_chat',
  botTurns: 1 + (index % 7),
  fallbacks: index % 4 === 0 ? 1 : 0,
  visitorTurns: 1 + (index % 9),
  firstAnswerMs: 1000 * (1 + ((index * 7) % 50)),
});

test('the rows of every cut add up to the total', async () => {
  const metrics = measure.catalogue().map(({ id }) => id);
  for (const cut of cutNames.filter((name) => name !== 'handled_by')) {
    const { results } = await measure.ask(testWorkspace(8), policyVersion(), {
      metrics,
      ...april,
      by: [cut],
    });
    for (const [id, { result, rows }] of Object.entries(results)) {
      if (result.reason === 'not_measurable') continue;
      expect(
        rows.reduce((sum, { denominator }) => sum + (denominator ?? 0), 0),
        `${id} by ${cut}`,
      ).toBe(result.denominator);
    }
  }
});

describe('comparison', () => {
  const week = (start: string, count: number, handed: number): GivenConversation[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `${start}-${index}`,
      started: new Date(Date.parse(`${start}T10:00:00Z`) + (index % 7) * 86_400_000).toISOString(),
      intent: 'order_status',
      channel: index % 2 === 0 ? 'web_chat' : 'email',
      visitorTurns: 1 + (index % 6),
      facts: index < handed ? [...answeredFacts, 'handed_off'] : answeredFacts,
    }));
  beforeAll(() =>
    writeConversations(store, 9, [...week('2026-03-30', 100, 20), ...week('2026-04-06', 100, 45)]),
  );
  const both = { from: '2026-04-06', to: '2026-04-13', compare: 'previous' };

  test('a change carries the period, the figure and the Newcombe interval of the difference', async () => {
    const { change } = (await ask(9, 'handoff_rate', both)).result;
    expect(change).toMatchObject({
      against: 'previous',
      from: '2026-03-30',
      to: '2026-04-06',
      numerator: 20,
      denominator: 100,
      verdict: 'higher',
    });
    expect(change?.difference).toBeCloseTo(0.25, 9);
    expect(change?.interval?.[0]).toBeCloseTo(0.12077, 4);
  });

  test('every row is compared with its own: the same bucket and the same cut', async () => {
    const { rows } = await ask(9, 'handoff_rate', { ...both, by: ['day', 'channel'] });
    expect(rows).toHaveLength(14);
    for (const { change, denominator } of rows) expect(change?.denominator).toBe(denominator);
  });

  test('a median is compared by resampling people, and says when nothing is evident', async () => {
    const { change } = (await ask(9, 'time_to_first_useful_answer', both)).result;
    expect(change).toMatchObject({ difference: 0, interval: [0, 0], verdict: 'no evidence of change' });
  });

  test('a part-ripe week is compared with the part of the week before that was as ripe', async () => {
    // On the 12th at noon, what ended by the 9th at noon is ripe: four days of seven.
    const { result } = await ask(9, 'deflection_rate', { ...both, as_of: '2026-04-12T12:00:00Z' });
    expect(result.denominator).toBe(result.change?.denominator);
    expect(result.maturity).toMatchObject({ all: 100, matured: result.denominator ?? -1 });
    const whole = await ask(9, 'deflection_rate', both);
    expect(whole.result.change?.denominator).toBe(100);
  });

  test('under the smallest n there is a value, and neither band nor arrow', async () => {
    const { result } = await ask(9, 'handoff_rate', {
      from: '2026-04-06',
      to: '2026-04-07',
      compare: 'previous',
    });
    expect(result.n).toBeLessThan(30);
    expect(result).toMatchObject({ band: null, change: { verdict: 'no evidence of change' } });
  });
});

test('hostile values are values: they match nothing, or exactly what carries them', async () => {
  const names = [
    "'; DROP TABLE conversations; --",
    '\\',
    '`',
    '{p1:String}',
    '🦊',
    '\n\t',
    '"',
    '%_',
    'ü'.repeat(200),
  ];
  await writeConversations(
    store,
    10,
    names.map((intent, index) => ({ id: `x${index}`, started: '2026-04-02T10:00:00Z', intent, bot: intent })),
  );
  for (const intent of names) {
    const { result } = await ask(10, 'handoff_rate', { where: [{ cut: 'intent', values: [intent] }] });
    expect(result.denominator, intent).toBe(1);
  }
  const { rows } = await ask(10, 'handoff_rate', { by: ['bot', 'intent'] });
  expect(rows.map(({ cut }) => cut.intent).sort()).toEqual([...names].sort());
});

test('a success metric asked across jobs is blended: no band and no arrow; of one job it is not', async () => {
  await writeConversations(
    store,
    11,
    Array.from({ length: 80 }, (_, index) => ({
      id: `j${index}`,
      started: '2026-04-02T10:00:00Z',
      job: index % 2 === 0 ? 'support' : 'lead',
    })),
  );
  const all = (await ask(11, 'resolution_rate', { compare: 'previous' })).result;
  expect(all).toMatchObject({ blended: true, band: null });
  const support = (await ask(11, 'resolution_rate', { where: [{ cut: 'job', values: ['support'] }] })).result;
  expect(support).toMatchObject({ blended: false, denominator: 40, band: { name: 'above' } });
});

test('a flow that appears between two questions is known to the second', async () => {
  await writeConversations(store, 12, [{ id: 'one', started: '2026-04-02T10:00:00Z', flow: 'faq' }]);
  expect((await ask(12, 'goal_completion_rate')).result).toMatchObject({ numerator: 1, denominator: 1 });
  await writeConversations(store, 12, [
    {
      id: 'two',
      started: '2026-04-02T10:00:00Z',
      flow: 'returns desk',
      facts: [...answeredFacts, 'goal_event'],
    },
  ]);
  expect((await ask(12, 'goal_completion_rate')).result).toMatchObject({ numerator: 2, denominator: 2 });
});

test('an order is the goal of a checkout while it came within 24 hours, and a purchase whenever it came', async () => {
  await writeConversations(
    store,
    61,
    (['ordered_soon', 'ordered', 'adopted'] as const).map((fact) => ({
      id: fact,
      started: '2026-04-10T10:00:00Z',
      flow: 'checkout_help',
      facts: [...answeredFacts, fact, ...(fact === 'ordered_soon' ? (['ordered'] as const) : [])],
    })),
  );
  const { result, rows } = await ask(61, 'goal_completion_rate', { by: ['outcome'] });
  expect(result).toMatchObject({ numerator: 1, denominator: 3 });
  expect(rows.map(({ cut, denominator }) => [cut.outcome, denominator])).toEqual(
    expect.arrayContaining([
      ['goal', 1],
      ['purchase', 1],
    ]),
  );
});

test('a goal that is a resolution waits for the return window, successes and failures alike', async () => {
  await writeConversations(store, 40, [
    { id: 'ripe-yes', started: '2026-06-02T10:00:00Z', flow: 'faq' },
    { id: 'ripe-no', started: '2026-06-02T11:00:00Z', flow: 'faq', facts: failedFacts },
    { id: 'young-yes', started: '2026-06-15T09:00:00Z', flow: 'faq' },
    { id: 'young-no', started: '2026-06-15T10:00:00Z', flow: 'faq', facts: failedFacts },
    {
      id: 'young-lead',
      started: '2026-06-15T11:00:00Z',
      flow: 'lead form',
      facts: [...answeredFacts, 'lead'],
    },
  ]);
  const june = { from: '2026-06-01', to: '2026-07-01', by: ['flow'] };
  const { result, rows } = await ask(40, 'goal_completion_rate', june);
  expect(result).toMatchObject({ numerator: 2, denominator: 3, maturity: { all: 5, not_matured: 2 } });
  expect(rows.map(({ cut, numerator, denominator }) => [cut.flow, numerator, denominator])).toEqual([
    ['faq', 1, 2],
    ['lead form', 1, 1],
  ]);
});

test('whoever asked for a person and then rated the answer as good was not trapped', async () => {
  const asked = [
    ...answeredFacts,
    'human_requested',
    'trapped_2',
    'verdict_rating',
    'verdict_stands',
  ] as const;
  await writeConversations(store, 41, [
    { id: 'pleased', started: '2026-04-02T10:00:00Z', facts: [...asked], csat: [5, 5] },
    { id: 'not-pleased', started: '2026-04-02T11:00:00Z', facts: [...asked], csat: [2, 5] },
    {
      // Rated first, then asked the same again: nothing says that this was settled.
      id: 'again',
      started: '2026-04-02T12:00:00Z',
      facts: [...answeredFacts, 'trapped_2', 'verdict_rating', 'verdict_stands'],
      csat: [5, 5],
    },
  ]);
  expect((await ask(41, 'trapped_rate')).result).toMatchObject({ numerator: 2, denominator: 3 });
});

test('satisfaction with the bot alone is never pooled with that of others', async () => {
  const rated = (id: string, handledBy: string, score: number): GivenConversation => ({
    id,
    handledBy,
    started: '2026-04-02T10:00:00Z',
    csat: [score, 5],
  });
  await writeConversations(store, 42, [
    rated('bot', 'bot', 5),
    rated('both', 'both', 1),
    rated('human', 'human', 1),
  ]);
  const where = (values: readonly string[], negate = false) => ({
    where: [{ cut: 'handled_by', values, negate }],
  });
  const figure = async (more: object) => {
    const { numerator, denominator } = (await ask(42, 'csat', more)).result;
    return [numerator, denominator];
  };
  expect(await figure({})).toEqual([1, 1]);
  expect(await figure(where(['both']))).toEqual([0, 1]);
  expect(await figure(where(['bot', 'both']))).toEqual([1, 1]);
  expect(await figure(where(['human'], true))).toEqual([1, 1]);
});

test('an old policy version answers as it did', async () => {
  await writeConversations(store, 13, [
    { id: 'back', started: '2026-04-02T10:00:00Z', intent: 'order_status', returnS: 30 * H },
  ]);
  expect((await ask(13, 'deflection_rate', {}, policyVersion())).result.numerator).toBe(0);
  const day = policyVersion((document) => {
    document.windows.return_contact_hours = 24;
  }, 2);
  expect((await ask(13, 'deflection_rate', {}, day)).result).toMatchObject({ numerator: 1, policy: 2 });
});

test('the sums over people give cells and totals the closed form of the same people', async () => {
  const version = policyVersion();
  const question = await measure.question(
    testWorkspace(8),
    version,
    parseQuery({ metrics: ['fallback_rate'], ...april, by: ['channel'] }),
  );
  const plan = planQuestion(question);
  const rows = await store.rows<Record<string, unknown>>(
    unitSumsStatement(question, { ratio: plan.ratio, masks: [], medians: [] }),
    { tag: 'test' },
  );
  const total = rows.find((row) => Number(row.is_total) === 1);
  // 60 conversations of 41 people; 19 people come twice, some of them in two channels.
  expect(Number(total?.units)).toBe(41);
  const cells = rows.filter((row) => Number(row.is_total) === 0);
  expect(cells).toHaveLength(2);
  for (const sum of ['sy', 'sx'])
    expect(cells.reduce((all, row) => all + Number(row[sum]), 0)).toBe(Number(total?.[sum]));
  const half = await store.rows<Record<string, unknown>>(
    unitSumsStatement(question, { ratio: plan.ratio, masks: [], medians: [] }, 2),
    { tag: 'test' },
  );
  const some = Number(half.find((row) => Number(row.is_total) === 1)?.units);
  expect(some).toBeGreaterThan(8);
  expect(some).toBeLessThan(33);
});

test('a row that the builder writes has a value for every column', () => {
  expect(
    Object.values(conversationRow(1, { id: 'a', started: '2026-04-01T00:00:00Z' })).every(
      (value) => value !== undefined,
    ),
  ).toBe(true);
});
