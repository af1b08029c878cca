import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answeredFacts,
  failedFacts,
  type GivenConversation,
  policyVersion,
  testWorkspace,
  writeConversations,
} from '../../test/rows/conversation-row.ts';
import { fixedClock } from '../base/clock.ts';
import { eventHash, personKey, threadHash } from '../base/hash.ts';
import { createMeasure, type Measure } from '../measure/measure.ts';
import type { EventStore } from '../store/port.ts';
import { openTestEventStore } from '../store/test-store.ts';
import { createExplain, type Explain } from './explain.ts';

let store: EventStore;
let measure: Measure;
let explain: Explain;
const clock = fixedClock(Date.parse('2026-06-15T12:00:00Z'));
const april = { from: '2026-04-01', to: '2026-05-01' };

const many: readonly GivenConversation[] = Array.from({ length: 57 }, (_, index) => ({
  id: `c${index}`,
  person: `p${index % 20}`,
  // Some start in the same second, so that a page may end between two of them.
  started: new Date(Date.UTC(2026, 3, 1 + (index % 9), 10)).toISOString(),
  intent: index % 3 === 0 ? 'billing_problem' : 'order_status',
  channel: index % 2 === 0 ? 'web_chat' : 'whatsapp',
  fallbacks: index % 5 === 0 ? 2 : 0,
  botTurns: 4,
  facts: index % 5 === 0 ? failedFacts : index % 7 === 0 ? [...answeredFacts, 'handed_off'] : answeredFacts,
}));

beforeAll(async () => {
  store = await openTestEventStore();
  measure = createMeasure({ store, clock });
  explain = createExplain({ store, clock, measure });
  await writeConversations(store, 1, many);
});
afterAll(() => store?.close());

const workspace = testWorkspace(1);
const every = async (
  read: (after: string | undefined) => Promise<{
    rows: { id: string; contribution?: number | undefined }[];
    next: string | null;
    total: number;
  }>,
) => {
  const rows = [];
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    after = page.next;
  }
};

test('posthog#6234: the drill equals the chart, in every cell and for both parts', async () => {
  const metrics = ['deflection_rate', 'fallback_rate', 'bounce_rate'];
  const { results } = await measure.ask(workspace, policyVersion(), { metrics, ...april, by: ['channel'] });
  for (const metric of metrics) {
    for (const row of results[metric]?.rows.filter(({ denominator }) => denominator !== 0) ?? []) {
      const address = new URL(row.drill, 'http://localhost');
      const where = address.searchParams.getAll('where').map((one) => {
        const [cut = '', values = ''] = one.split(/:(.*)/s);
        return { cut, values: values.split(',') };
      });
      for (const part of ['numerator', 'denominator'] as const) {
        const page = await explain.drill(
          workspace,
          policyVersion(),
          metric,
          { ...april, where, as_of: address.searchParams.get('as_of') },
          { part },
        );
        expect(page.sum, `${metric} ${part} ${JSON.stringify(row.cut)}`).toBe(row[part]);
      }
    }
  }
});

test('openpanel#296: pages give the same conversations at every page size', async () => {
  const ids = new Set(many.map(({ id }) => id));
  for (const limit of [13, 50, 500]) {
    const rows = await every((after) =>
      explain.conversations(workspace, policyVersion(), {}, { after, limit }),
    );
    expect(rows).toHaveLength(57);
    expect(new Set(rows.map(({ id }) => id))).toEqual(ids);
  }
});

test('the id of a person is text that no spreadsheet takes for a number, and one for all of its conversations', async () => {
  const { rows } = await explain.conversations(
    workspace,
    policyVersion(),
    {},
    { after: undefined, limit: 100 },
  );
  const people = new Set(rows.map(({ person }) => person));
  expect(people.size).toBe(20);
  for (const person of people) expect(person).toMatch(/^p_[1-9]\d*$/);
});

test('a drill of a ratio adds up to its numerator across pages', async () => {
  const read = (after: string | undefined) =>
    explain.drill(workspace, policyVersion(), 'fallback_rate', april, { after, limit: 5 });
  const rows = await every(read);
  const { total, sum } = await read(undefined);
  expect(rows).toHaveLength(total);
  expect(rows.reduce((all, { contribution }) => all + (contribution ?? 0), 0)).toBe(sum);
  expect(sum).toBe(24);
});

test('what has not matured is listed apart, and nothing else is', async () => {
  const asOf = { as_of: '2026-04-06T00:00:00Z' };
  const { results } = await measure.ask(workspace, policyVersion(), {
    metrics: ['deflection_rate'],
    ...april,
    ...asOf,
  });
  const page = await explain.drill(
    workspace,
    policyVersion(),
    'deflection_rate',
    { ...april, ...asOf },
    { part: 'not_matured', limit: 500 },
  );
  expect(page.total).toBe(results.deflection_rate?.result.maturity?.not_matured);
  expect(page.rows.every(({ matured, eligible }) => !matured && eligible)).toBe(true);
});

test('a wrong part, cursor or limit is an error that says what is right', async () => {
  const ask = (page: object) => explain.drill(workspace, policyVersion(), 'bounce_rate', april, page);
  await expect(ask({ part: 'numerators' })).rejects.toMatchObject({
    code: 'query_invalid',
    details: { nearest: ['numerator', 'denominator'] },
  });
  await expect(ask({ after: "'; DROP TABLE conversations" })).rejects.toMatchObject({
    code: 'query_invalid',
  });
  await expect(ask({ limit: 0 })).rejects.toMatchObject({ code: 'query_invalid' });
  await expect(ask({ part: 'not_matured' })).rejects.toMatchObject({ code: 'query_invalid' });
});

describe('one conversation', () => {
  const event = (id: string, at: string, more: object) => ({
    workspace_id: 2,
    thread: String(threadHash(2, 'stuck')),
    eid: eventHash(2, id),
    seq: '1',
    first: '18446744073709551614',
    ts: at.replace('T', ' '),
    received_at: at.replace('T', ' '),
    event_id: id,
    thread_id: 'stuck',
    properties: '{"n":1}',
    ...more,
  });
  beforeAll(async () => {
    await writeConversations(store, 2, [
      {
        id: 'stuck',
        started: '2026-04-02T10:00:00Z',
        seconds: 240,
        facts: [...failedFacts, 'trapped_1', 'trapped_2'],
        fallbacks: 2,
        intent: 'order_status',
      },
      {
        id: 'flagged',
        started: '2026-04-02T10:00:00Z',
        facts: [...answeredFacts, 'test'],
        intent: 'order_status',
      },
      { id: 'back', started: '2026-04-02T10:00:00Z', intent: 'order_status', returnS: 3600 },
      { id: 'odd', started: '2026-04-02T10:00:00Z', intent: 'order_status', csat: [2, 4] },
    ]);
    const lines = [
      event('e1', '2026-04-02T10:00:00.000', {
        code: 10,
        name: 'message_sent',
        actor: 'visitor',
        text_hash: '5',
      }),
      event('e2', '2026-04-02T10:01:00.000', { code: 16, name: 'bot_fallback', actor: 'bot' }),
      event('e3', '2026-04-02T10:02:00.000', {
        code: 10,
        name: 'message_sent',
        actor: 'visitor',
        text_hash: '6',
      }),
      event('e4', '2026-04-02T10:03:00.000', { code: 16, name: 'bot_fallback', actor: 'bot' }),
    ];
    const copy = event('e4', '2026-04-02T10:03:30.000', {
      code: 16,
      name: 'bot_fallback',
      actor: 'bot',
      first: '18446744073709551600',
    });
    await store.insert('events', lines.map((line) => JSON.stringify(line)).join('\n'), {
      tag: 'test',
      lane: 'write',
    });
    await store.insert('events', JSON.stringify(copy), { tag: 'test', lane: 'write' });
  });
  const open = async (id: string) => {
    const detail = await explain.conversation(testWorkspace(2), policyVersion(), id);
    return { ...detail, because: Object.fromEntries(detail.verdicts.map((one) => [one.name, one])) };
  };

  test('its events come once each, in order, and the moment of being stuck is the second fallback', async () => {
    const { events, because, conversation } = await open('stuck');
    expect(events.map(({ event_id, occurred_at }) => [event_id, occurred_at.slice(14, 19)])).toEqual([
      ['e1', '00:00'],
      ['e2', '01:00'],
      ['e3', '02:00'],
      ['e4', '03:00'],
    ]);
    expect(events[0]?.properties).toEqual({ n: 1 });
    expect(conversation.trapped).toBe(true);
    expect(because.trapped).toMatchObject({
      value: true,
      because: 'too_many_fallbacks',
      facts: { event_id: 'e4', limit: 2 },
    });
    expect(because.resolution).toMatchObject({ value: 'unresolved', because: 'ended_in_a_fallback' });
    expect(because.eligible).toMatchObject({ value: true, because: 'eligible' });
  });

  test('test traffic is in no figure, and can still be opened', async () => {
    expect((await open('flagged')).because.test_traffic).toMatchObject({ value: true });
    expect(
      (await explain.conversations(testWorkspace(2), policyVersion(), {}, {})).rows.map(({ id }) => id),
    ).not.toContain('flagged');
  });

  test('a return is named as the reason', async () => {
    expect((await open('back')).because.resolution).toMatchObject({
      value: 'unresolved',
      because: 'came_back',
      facts: { return_hours: 1, window_hours: 72 },
    });
  });

  test('a rating on a scale without a threshold is neither good nor bad', async () => {
    const { because } = await open('odd');
    expect(because.csat).toMatchObject({ value: null, because: 'scale_not_listed' });
    expect(because.resolution).toMatchObject({ value: 'assumed' });
  });

  test('an id that nobody has is not found, however hostile', async () => {
    for (const id of [
      'nobody',
      "'; DROP TABLE events; --",
      '\u0000',
      '{p1:String}',
      '\\',
      '🦊'.repeat(1000),
    ]) {
      await expect(open(id)).rejects.toMatchObject({ code: 'conversation_not_found' });
    }
  });
});

describe('person-days', () => {
  const day = (person: string, more: object) => ({
    workspace_id: 3,
    day: '2026-04-02',
    person: String(personKey(3, 'user_id', person)),
    bot: 'helper',
    impressions: 1,
    page_views: 0,
    engaged_turns: 0,
    test: 0,
    hour: 10,
    channel: 'web_chat',
    version: '1',
    is_deleted: 0,
    ...more,
  });
  beforeAll(async () => {
    const lines = [
      day('a', { engaged_turns: 2 }),
      day('b', {}),
      day('c', { impressions: 0, engaged_turns: 3 }),
      day('d', { engaged_turns: 1, test: 1 }),
      day('a', { day: '2026-04-03' }),
    ];
    await store.insert('person_days', lines.map((line) => JSON.stringify(line)).join('\n'), {
      tag: 'test',
      lane: 'write',
    });
    await writeConversations(store, 3, [
      { id: 'a1', person: 'a', started: '2026-04-02T10:00:00Z' },
      { id: 'a2', person: 'a', started: '2026-04-02T15:00:00Z' },
      { id: 'c1', person: 'c', started: '2026-04-02T15:00:00Z' },
    ]);
  });

  test('an engaged person-day counts once, and opens into all of its conversations', async () => {
    const ask = await measure.ask(testWorkspace(3), policyVersion(), {
      metrics: ['engagement_rate'],
      ...april,
      by: ['day'],
    });
    expect(ask.results.engagement_rate?.result).toMatchObject({
      numerator: 1,
      denominator: 3,
      people: { numerator: 1, denominator: 2 },
    });
    expect(ask.results.engagement_rate?.rows).toHaveLength(30);
    const page = await explain.drill(testWorkspace(3), policyVersion(), 'engagement_rate', april, {});
    expect(page).toMatchObject({ total: 2, sum: 1 });
    expect(page.rows.map(({ id, contribution }) => [id, contribution])).toEqual([
      ['a2', 0],
      ['a1', 1],
    ]);
  });

  test('a bot that one side does not name is the other’s: the drill adds up to the figure', async () => {
    const bots = (person: string, ...names: string[]) =>
      names.map((bot) => day(person, { workspace_id: 4, bot, person: key(person), engaged_turns: 1 }));
    const key = (person: string) => String(personKey(4, 'user_id', person));
    const lines = [
      ...bots('shown-unnamed', ''),
      ...bots('talks-unnamed', 'helper', 'seller'),
      ...bots('mixed', '', 'helper', 'seller'),
      ...bots('named', 'helper'),
    ];
    await store.insert('person_days', lines.map((line) => JSON.stringify(line)).join('\n'), {
      tag: 'test',
      lane: 'write',
    });
    const at = (person: string, hour: number, bot: string): GivenConversation => ({
      id: `${person} ${hour}`,
      person,
      started: `2026-04-02T${hour}:00:00Z`,
      bot,
    });
    await writeConversations(store, 4, [
      at('shown-unnamed', 10, 'helper'),
      at('shown-unnamed', 11, 'seller'),
      at('talks-unnamed', 10, ''),
      at('talks-unnamed', 11, 'helper'),
      at('mixed', 10, 'seller'),
      at('mixed', 11, ''),
      at('named', 10, 'seller'),
      at('named', 11, 'helper'),
    ]);
    for (const [where, total, sum] of [
      [[], 7, 7],
      [[{ cut: 'bot', values: ['helper'] }], 4, 3],
      [[{ cut: 'bot', values: ['unknown'] }], 4, 2],
    ] as const) {
      const asked = { ...april, where };
      const { results } = await measure.ask(testWorkspace(4), policyVersion(), {
        metrics: ['engagement_rate'],
        ...asked,
      });
      expect(results.engagement_rate?.result.numerator).toBe(sum);
      const page = await explain.drill(testWorkspace(4), policyVersion(), 'engagement_rate', asked, {});
      expect(page).toMatchObject({ total, sum });
      expect(page.rows.reduce((all, { contribution }) => all + (contribution ?? 0), 0)).toBe(sum);
    }
  });
});
