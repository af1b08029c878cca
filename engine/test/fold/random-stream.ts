import type { EventName } from '@botworth/contract/vocabulary';
import fc from 'fast-check';
import type { Told } from './build-event.ts';

/** A small world of a few threads and people: everything that the fold looks at happens in it, and often at once. */
const START_MS = Date.UTC(2026, 3, 10, 8);
const MINUTE_MS = 60_000;

/** Steps that fall on, just under and just over what the rules measure. */
const step = fc.constantFrom(
  0,
  0,
  1,
  999,
  1000,
  20_000,
  20_000,
  90_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  30 * MINUTE_MS + 1,
  31 * MINUTE_MS,
  3 * 3_600_000,
  24 * 3_600_000,
  24 * 3_600_000 + 1,
  3 * 86_400_000,
  7 * 86_400_000,
  7 * 86_400_000 - 5 * MINUTE_MS,
);

const often = <Value>(weight: number, value: Value): Value[] => Array.from({ length: weight }, () => value);
const names: EventName[] = [
  ...often(14, 'message_sent' as const),
  ...often(16, 'message_replied' as const),
  ...often(4, 'bot_fallback' as const),
  ...often(2, 'option_selected' as const),
  ...often(2, 'chat_opened' as const),
  ...often(2, 'chat_closed' as const),
  ...often(3, 'bot_handoff_human' as const),
  ...often(2, 'human_requested' as const),
  ...often(2, 'bot_goal_completed' as const),
  ...often(2, 'conversation_resolved' as const),
  ...often(3, 'csat_submitted' as const),
  ...often(3, 'answer_rated' as const),
  ...often(2, 'ticket_created' as const),
  ...often(2, 'identify' as const),
  'ticket_reopened',
  'chat_engaged',
  ...often(3, 'flow_started' as const),
  'flow_step_reached',
  'knowledge_gap',
  'conversation_reopened',
  'conversation_abandoned',
  'lead_captured_chat',
  'lead_qualified',
  ...often(2, 'meeting_booked' as const),
  ...often(2, 'meeting_cancelled' as const),
  'order_completed',
  'survey_shown',
  'alias',
  'unlink',
  'chat_impression',
  'page_viewed',
  'ai_usage',
];

const talk = fc.record({
  name: fc.constantFrom(...names),
  stepMs: step,
  thread: fc.constantFrom('t1', 't1', 't2', 't3', null),
  key: fc.constantFrom(
    'user_id:u1',
    'user_id:u2',
    'anonymous_id:a1',
    'anonymous_id:a1',
    'anonymous_id:a2',
    'email:e1',
    null,
    null,
  ),
  secondKey: fc.constantFrom('user_id:u1', 'anonymous_id:a1', 'email:e1', null, null, null),
  actor: fc.constantFrom('default', 'default', 'default', 'bot', 'human', 'system', 'visitor'),
  kind: fc.constantFrom(
    'answer',
    'answer',
    'answer',
    'fallback',
    'greeting',
    'handoff',
    'clarification',
    'unknown',
    'unknown',
  ),
  intent: fc.constantFrom(
    '',
    '',
    'order_status',
    'wismo',
    'billing',
    'greeting',
    'agent',
    'none',
    'something else',
  ),
  confidence: fc.constantFrom(-1, -1, 0.5, 0.25, 0.75),
  text: fc.constantFrom('where is my parcel', 'hello', 'another question', 'ok', undefined),
  flag: fc.constantFrom(
    'positive',
    'negative',
    'smalltalk',
    'wants_human',
    'self_opened',
    'private_note',
    'test',
    null,
    null,
    null,
    null,
    null,
  ),
  flow: fc.constantFrom('', '', '', 'faq', 'returns', 'lead', 'demo', 'checkout', 'track', 'menu', 'finder'),
  reason: fc.constantFrom('', 'no_answer', 'not_understood', 'policy'),
  extra: fc.constantFrom(
    '',
    '',
    'bot',
    'campaign',
    'source',
    'score',
    'episode',
    'continued',
    'stage',
    'channel',
  ),
  late: fc.integer({ min: 0, max: 5 }),
});

export interface Sent {
  readonly told: Told;
  /** In which delivery it arrives: some come late. */
  readonly delivery: number;
}

const flagsFor = (name: EventName, flag: string | null, kind: string): Told['flags'] => {
  if (flag === null) return [];
  if (flag === 'positive' && !['answer_rated', 'conversation_resolved'].includes(name)) return [];
  if (flag === 'negative' && name !== 'answer_rated') return [];
  if (['smalltalk', 'wants_human'].includes(flag) && name !== 'message_sent') return [];
  if (flag === 'self_opened' && name !== 'chat_opened') return [];
  if (flag === 'private_note' && (name !== 'message_replied' || kind === 'answer')) return [];
  return [flag as never];
};

/** Kinds are sent or not for a whole world, as a source either knows them or does not. */
export const randomWorld = (prefix: string) =>
  fc
    .tuple(
      fc.array(talk, { minLength: 1, maxLength: 26 }),
      fc.constantFrom('web_chat', 'whatsapp', 'email'),
      fc.boolean(),
    )
    .map(([talks, channel, kinds]): Sent[] => {
      let atMs = START_MS;
      return talks.map((one, index) => {
        atMs += one.stepMs;
        const thread = one.thread === null ? undefined : `${prefix}-${one.thread}`;
        const keys = [
          ...new Set([one.key, ['identify', 'alias', 'unlink'].includes(one.name) ? one.secondKey : null]),
        ]
          .filter((key) => key !== null)
          .map((key) => `${key}-${prefix}`);
        // What names neither thread nor person is refused at the door.
        const loose =
          thread === undefined ||
          ['identify', 'alias', 'unlink', 'chat_impression', 'page_viewed'].includes(one.name);
        const usedKeys = loose && keys.length === 0 ? [`anonymous_id:a1-${prefix}`] : keys;
        const replied = one.name === 'message_replied';
        const told: Told = {
          name: one.name,
          atMs,
          id: `${prefix}-${index}`,
          keys: usedKeys,
          ...(loose
            ? {}
            : {
                thread:
                  one.extra === 'episode'
                    ? `${thread}::${new Date(atMs - one.stepMs).toISOString()}`
                    : (thread as string),
              }),
          ...(one.actor === 'default' || (!replied && one.actor !== 'system')
            ? {}
            : { actor: one.actor as 'bot' }),
          ...(replied && kinds ? { kind: one.kind as 'answer' } : {}),
          ...(one.name === 'message_sent' && one.text !== undefined ? { text: one.text } : {}),
          ...(one.extra === 'continued' ? { continuedFrom: `${prefix}-t3` } : {}),
          channel: one.extra === 'channel' ? 'unknown' : (channel as 'web_chat'),
          flags: flagsFor(one.name, one.flag, one.kind) ?? [],
          row: {
            intent: one.name === 'chat_engaged' ? '' : one.intent,
            confidence: one.confidence,
            flow: one.flow,
            reason: one.reason,
            ...(one.name === 'bot_goal_completed' ? { goal: one.flow === '' ? 'won' : one.flow } : {}),
            ...(one.name === 'lead_qualified'
              ? { step: one.extra === 'stage' ? 'disqualified' : 'MQL' }
              : {}),
            ...(one.name === 'option_selected' && one.extra === 'stage' ? { step: 'Product' } : {}),
            ...(one.name.startsWith('meeting_') ? { score: index % 3 } : {}),
            ...(one.extra === 'bot' ? { bot: `bot ${index % 3}`, page: `/p${index}`, variant: 'b' } : {}),
            ...(one.extra === 'campaign' ? { campaign: `c${index}` } : {}),
            ...(one.extra === 'source' ? { source: `s${index}`, medium: 'cpc' } : {}),
            ...(one.name === 'csat_submitted'
              ? { score: 1 + (index % 5), scale: one.extra === 'score' ? 0 : 5 }
              : {}),
          },
        };
        return { told, delivery: one.late };
      });
    });
