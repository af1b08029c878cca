import { defaultPolicy } from '@botworth/contract/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createExplain, type Explain } from '../../src/explain/explain.ts';
import { createFolder } from '../../src/fold/folder.ts';
import { foldSettings } from '../../src/fold/settings.ts';
import { createMeasure, type Measure } from '../../src/measure/measure.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { policyVersion, testWorkspace } from '../rows/conversation-row.ts';
import { buildEvent, type Told } from './build-event.ts';

/** From events to verdicts: what the rows have to carry so that a question can still decide. */
const START_MS = Date.UTC(2026, 3, 10, 10);
const april = { from: '2026-04-01', to: '2026-05-01' };
const clock = fixedClock(Date.UTC(2026, 5, 15));

let store: EventStore;
let measure: Measure;
let explain: Explain;
beforeAll(async () => {
  store = await openTestEventStore();
  measure = createMeasure({ store, clock });
  explain = createExplain({ store, clock, measure });
});
afterAll(() => store?.close());

let received = 0;
type Said = Omit<Told, 'thread' | 'atMs'>;
const asks = (text: string): Said => ({ name: 'message_sent', channel: 'web_chat', text });
const answers: Said = { name: 'message_replied', kind: 'answer' };
const rates = (score: number, scale: number): Said => ({ name: 'csat_submitted', row: { score, scale } });
const thumbsUp: Said = { name: 'answer_rated', flags: ['positive'] };

/** Each conversation is its own thread, its events a minute apart. */
const fold = async (workspace: number, threads: Readonly<Record<string, readonly Said[]>>): Promise<void> => {
  const lines = Object.entries(threads).flatMap(([thread, said]) =>
    said.map((one, index) => {
      received += 1;
      const told: Told = { ...one, thread, atMs: START_MS + index * 60_000, id: `${workspace} ${received}` };
      return `${JSON.stringify(buildEvent(workspace, told, received))}\n`;
    }),
  );
  await store.insert('events', lines.join(''), { tag: 'test' });
  const settings = foldSettings(defaultPolicy(), 'UTC');
  await createFolder({ store, settingsOf: () => settings, clock, log: silentLog }).tick();
};
const which = async (workspace: number, cut: string, value: string): Promise<string[]> => {
  const where = [{ cut, values: [value] }];
  const { rows } = await explain.conversations(testWorkspace(workspace), policyVersion(), { where }, {});
  return rows.map(({ id }) => id).sort();
};
const behind = async (workspace: number, metric: string): Promise<string[]> => {
  const { rows } = await explain.drill(testWorkspace(workspace), policyVersion(), metric, april, {});
  return rows.map(({ id }) => id).sort();
};

test('who repeated a message and then rated the answer well was not trapped', async () => {
  await fold(1, {
    pleased: [asks('Where is it?'), answers, asks('Where is it?'), rates(5, 5)],
    'not pleased': [asks('Where is it?'), answers, asks('Where is it?'), rates(1, 5)],
    'asked again': [asks('Where is it?'), answers, rates(5, 5), asks('Where is it?')],
  });
  expect(await behind(1, 'trapped_rate')).toEqual(['asked again', 'not pleased']);
});

test('a rating on a scale without a threshold leaves the thumbs up before it as it was', async () => {
  await fold(2, {
    thumbs: [asks('Where is it?'), answers, thumbsUp, rates(3, 4)],
    'thumbs after a repetition': [asks('Where is it?'), answers, asks('Where is it?'), thumbsUp, rates(3, 4)],
    'rated badly between': [asks('Where is it?'), answers, thumbsUp, rates(1, 5), rates(3, 4)],
    'rated badly': [asks('Where is it?'), answers, thumbsUp, rates(1, 5)],
    'asked for a person': [asks('Where is it?'), answers, thumbsUp, { name: 'human_requested' }, rates(3, 4)],
    'never thumbs': [asks('Where is it?'), answers, rates(3, 4)],
  });
  expect(await which(2, 'resolution', 'confirmed')).toEqual(['thumbs', 'thumbs after a repetition']);
  expect(await behind(2, 'trapped_rate')).toEqual(['asked for a person']);
  const { verdicts } = await explain.conversation(testWorkspace(2), policyVersion(), 'thumbs');
  expect(verdicts.find(({ name }) => name === 'resolution')).toMatchObject({ because: 'visitor_said_so' });
});

test('a conversation that reached nothing is abandoned once the gap of its channel has passed', async () => {
  await fold(3, {
    left: [asks('Where is it?')],
    'opened only': [{ name: 'chat_opened', channel: 'web_chat' }],
    'on a slow channel': [{ ...asks('Where is it?'), channel: 'email' }],
    handed: [asks('Where is it?'), { name: 'bot_handoff_human' }],
  });
  const states = async (minutes: number) => {
    const asOf = { as_of: new Date(START_MS + minutes * 60_000).toISOString() };
    const { rows } = await explain.conversations(testWorkspace(3), policyVersion(), asOf, {});
    const { results } = await measure.ask(testWorkspace(3), policyVersion(), {
      metrics: ['bounce_rate'],
      ...april,
      ...asOf,
      by: ['state'],
    });
    return [
      Object.fromEntries(rows.map(({ id, state }) => [id, state])),
      results.bounce_rate?.rows.map(({ cut, denominator }) => `${cut.state} ${denominator}`).sort(),
    ];
  };
  expect(await states(29)).toEqual([
    { left: 'engaged', 'opened only': 'opened', 'on a slow channel': 'engaged', handed: 'escalated' },
    ['engaged 2', 'escalated 1', 'opened 1'],
  ]);
  expect(await states(31)).toEqual([
    { left: 'abandoned', 'opened only': 'abandoned', 'on a slow channel': 'engaged', handed: 'escalated' },
    ['abandoned 2', 'engaged 1', 'escalated 1'],
  ]);
});

test('who is stuck by asking for a person in words is shown the message in which they asked', async () => {
  const wish = (intent: string, confidence: number): Said => ({
    ...asks(`I mean ${intent} ${confidence}`),
    row: { intent, confidence },
  });
  await fold(4, {
    asked: [asks('Where is it?'), answers, wish('human_request', 0.4), wish('human_request', 0.9)],
    'by another name': [
      asks('Where is it?'),
      { ...wish('agent please', -1), flags: ['wants_human'] },
      answers,
    ],
  });
  const reason = async (id: string) => {
    const { verdicts, events } = await explain.conversation(testWorkspace(4), policyVersion(), id);
    const trapped = verdicts.find(({ name }) => name === 'trapped');
    return [
      trapped?.value,
      trapped?.because,
      events.findIndex(({ event_id }) => event_id === trapped?.facts.event_id),
    ];
  };
  expect(await reason('asked')).toEqual([true, 'asked_for_a_person', 3]);
  expect(await reason('by another name')).toEqual([true, 'asked_for_a_person', 1]);
});

test('choosing a product is the goal of a flow that finds one, whether or not the platform calls it so', async () => {
  const chooses = (step: string): Said => ({ name: 'option_selected', row: { step, flow: 'gift finder' } });
  await fold(5, {
    product: [asks('A gift, please'), answers, chooses('Product')],
    occasion: [asks('A gift, please'), answers, chooses('occasion')],
    'by its goal': [
      asks('A gift, please'),
      answers,
      { name: 'bot_goal_completed', row: { goal: 'product_chosen', flow: 'gift finder' } },
    ],
  });
  expect(await behind(5, 'goal_completion_rate')).toEqual(['by its goal', 'product']);
});
