import type { PolicyVersion } from '@botworth/contract/api';
import { defaultPolicy, type PolicyDocument } from '@botworth/contract/policy';
import { conversationHash, personKey, threadHash } from '../../src/base/hash.ts';
import { type FactName, factMask } from '../../src/fold/facts/bits.ts';
import type { EventStore, Workspace } from '../../src/store/port.ts';

/** Rows of the conversations table as the fold would have written them: for tests of what is measured from them. */
export interface GivenConversation {
  readonly id: string;
  readonly person?: string;
  readonly started: string;
  readonly seconds?: number;
  readonly facts?: readonly FactName[];
  readonly returnS?: number;
  readonly firstAnswerMs?: number;
  readonly visitorTurns?: number;
  readonly botTurns?: number;
  readonly humanTurns?: number;
  readonly fallbacks?: number;
  readonly csat?: readonly [score: number, scale: number];
  readonly channel?: string;
  readonly job?: string;
  readonly handledBy?: string;
  readonly state?: string;
  readonly bot?: string;
  readonly flow?: string;
  readonly intent?: string;
  readonly goals?: readonly string[];
  readonly country?: string;
  readonly version?: number;
  readonly deleted?: boolean;
}

/** A conversation that the bot handled and answered, unless the facts say otherwise. */
export const answeredFacts: readonly FactName[] = [
  'opened',
  'visitor_turn',
  'meaningful_turn',
  'reached',
  'bot_handled',
  'answered',
  'kinds_sent',
  'replies_sent',
  'person_known',
];
export const failedFacts: readonly FactName[] = [
  'opened',
  'visitor_turn',
  'meaningful_turn',
  'reached',
  'bot_handled',
  'kinds_sent',
  'replies_sent',
  'person_known',
  'fallback_any',
  'last_bot_fallback',
];

const never = 4_294_967_295;

export const conversationRow = (workspace: number, given: GivenConversation): Record<string, unknown> => {
  const startedMs = Date.parse(given.started);
  const endedMs = startedMs + (given.seconds ?? 60) * 1000;
  const facts = given.facts ?? answeredFacts;
  const thread = String(threadHash(workspace, given.id));
  return {
    workspace_id: workspace,
    day: new Date(startedMs).toISOString().slice(0, 10),
    conv: String(conversationHash(workspace, given.id)),
    thread,
    started_s: Math.floor(startedMs / 1000),
    ended_s: Math.ceil(endedMs / 1000),
    return_s: given.returnS ?? 0,
    duration_ms: endedMs - startedMs,
    ttfua_ms: given.firstAnswerMs ?? (facts.includes('answered') ? 5000 : never),
    facts: String(facts.reduce((mask, name) => mask | factMask(name), 0n)),
    n_user: given.visitorTurns ?? (facts.includes('visitor_turn') ? 1 : 0),
    n_bot: given.botTurns ?? 1,
    n_human: given.humanTurns ?? 0,
    n_fallback: given.fallbacks ?? (facts.includes('fallback_any') ? 1 : 0),
    n_clarify: 0,
    n_repeat: 0,
    csat_score: (given.csat?.[0] ?? 0) * 100,
    csat_scale: given.csat?.[1] ?? 0,
    channel: given.channel ?? 'web_chat',
    job: given.job ?? 'unknown',
    handled_by: given.handledBy ?? 'bot',
    state: given.state ?? 'engaged',
    bot: given.bot ?? 'helper',
    bot_version: '1',
    flow: given.flow ?? '',
    intent: given.intent ?? '',
    intents: given.intent === undefined ? [] : [given.intent],
    goals: given.goals ?? [],
    language: 'en',
    device: 'desktop',
    country: given.country ?? '',
    page: '/',
    source: '',
    medium: '',
    campaign: '',
    variant: '',
    handoff_reason: '',
    handoff_by: '',
    pickup_ms: never,
    person: String(personKey(workspace, 'user_id', given.person ?? given.id)),
    started_ms: String(startedMs),
    ended_ms: String(endedMs),
    conversation_id: given.id,
    thread_id: given.id,
    version: given.version ?? 1,
    is_deleted: given.deleted === true ? 1 : 0,
  };
};

export const writeConversations = (
  store: EventStore,
  workspace: number,
  given: readonly GivenConversation[],
): Promise<void> =>
  store.insert(
    'conversations',
    given.map((one) => JSON.stringify(conversationRow(workspace, one))).join('\n'),
    { tag: 'test', lane: 'write' },
  );

export const testWorkspace = (number: number, timezone = 'UTC'): Workspace => ({
  id: `w_test${number}`,
  number,
  name: `Test ${number}`,
  timezone,
  currency: 'EUR',
  created_at: '2026-01-01T00:00:00.000Z',
  demo: false,
});

export const policyVersion = (
  change: (document: PolicyDocument) => void = () => {},
  version = 1,
): PolicyVersion => {
  const document = defaultPolicy();
  change(document);
  return { version, author: 'test', created_at: '2026-01-01T00:00:00.000Z', reason: 'test', document };
};
