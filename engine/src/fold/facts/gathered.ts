import { type MarkName, markMask } from './event-marks.ts';

/**
 * First step: one aggregate each over an episode's events; an aggregate has no order, so neither has arrival.
 * `k` is an event's order key (see order-key.ts) and 0 as a result means "there was none"; `m` are its marks;
 * `talk` is true for events of the conversation itself, and not for ratings, orders and the like, whose page or
 * campaign may be another one.
 */
export interface Gathered {
  readonly sql: string;
  readonly meaning: string;
}

const declareGathered = <const Name extends string>(gathered: Readonly<Record<Name, Gathered>>) => gathered;

const has = (...names: readonly MarkName[]): string => `bitAnd(m, ${markMask(...names)}) != 0`;
const first = (...names: readonly MarkName[]): string => `minIf(k, ${has(...names)})`;
const last = (...names: readonly MarkName[]): string => `maxIf(k, ${has(...names)})`;
const firstKnown = (column: string, empty = "''"): string =>
  `argMinIf(${column}, k, talk AND ${column} != ${empty})`;

const known = (column: string): Gathered => ({
  sql: firstKnown(column),
  meaning: `The first known ${column} of the conversation's own events.`,
});

const visit = (column: string): Gathered => ({
  sql: `argMinIf(${column}, k, talk AND (source != '' OR medium != '' OR campaign != ''))`,
  meaning: `The ${column} of the first event that has a source, medium or campaign, so that they belong together.`,
});

/** Marks of events that the turn-by-turn logic needs in their order. */
const sequenceMarks = ['visitor', 'bot_reply', 'fallback_event', 'fallback_reply', 'handoff'] as const;
const sequenceMask = markMask(...sequenceMarks);
const fallback = ['fallback_event', 'fallback_reply'] as const;
const asked = ['asked_event', 'asked_intent'] as const;
const verdict = ['positive', 'negative', 'rating'] as const;
const plain = ['positive', 'negative'] as const;
const botTurn = ['bot_reply', 'fallback_event'] as const;

const ofFlows = `(${has('goal')} OR (flow != '' AND ${has('flow_start', 'step')}))`;

export const gathered = declareGathered({
  all_marks: { sql: 'groupBitOr(m)', meaning: 'Marks that any of its events has.' },
  any_flags: { sql: 'groupBitOr(flags)', meaning: 'Flags that any of its events has.' },
  any_adopted: { sql: 'max(adopted)', meaning: 'An event joined through its person, not its thread.' },
  any_continued: {
    sql: 'max(talk AND continued_from != 0)',
    meaning: 'It says that it continues another thread.',
  },

  first_maker: {
    sql: first('visitor', 'bot_reply', 'human', 'fallback_event', 'opening'),
    meaning: 'The first turn or opening.',
  },
  last_turn: { sql: last('visitor', 'bot_reply', 'human', 'fallback_event'), meaning: 'The last turn.' },
  last_opening: { sql: last('opening'), meaning: 'The last opening.' },
  first_visitor: { sql: first('visitor'), meaning: 'The first visitor turn.' },
  first_meaningful: { sql: first('meaningful'), meaning: 'The first that is not only a greeting.' },
  first_human: { sql: first('human'), meaning: 'The first human turn.' },
  last_human: { sql: last('human'), meaning: 'The last human turn.' },
  human_turns: { sql: `groupArrayIf(k, ${has('human')})`, meaning: 'All human turns.' },
  first_bot: { sql: first(...botTurn, 'bot_deed'), meaning: "The bot's first act." },
  last_handling: {
    sql: last('handling_reply', 'handling_deed', 'fallback_event'),
    meaning: 'The last time that the bot did anything but greet or hand off.',
  },
  last_bot_turn: { sql: last(...botTurn), meaning: "The bot's last turn." },
  last_bot_marks: { sql: `argMaxIf(m, k, ${has(...botTurn)})`, meaning: 'What that turn was.' },
  last_fallback: { sql: last(...fallback), meaning: 'The last sign of a fallback.' },
  answers: { sql: `groupArrayIf(k, ${has('answer')})`, meaning: 'All replies of kind answer.' },
  last_step: { sql: last('step'), meaning: 'The last step of a flow.' },
  clarifications: {
    sql: `countIf(${has('clarification')})`,
    meaning: 'Clarifying questions of the bot.',
  },
  visitor_turns: { sql: `countIf(${has('visitor')})`, meaning: 'How many visitor turns.' },
  bot_replies: { sql: `countIf(${has('bot_reply')})`, meaning: 'How many replies of the bot.' },

  last_verdict: { sql: last(...verdict), meaning: "The visitor's last verdict." },
  last_verdict_marks: { sql: `argMaxIf(m, k, ${has(...verdict)})`, meaning: 'What that verdict was.' },
  last_plain: { sql: last(...plain), meaning: 'The last verdict that needs no scale.' },
  last_plain_marks: { sql: `argMaxIf(m, k, ${has(...plain)})`, meaning: 'What that verdict was.' },
  rating_keys: { sql: `groupArrayIf(k, ${has('rating')})`, meaning: 'All ratings.' },
  last_spoiler: {
    sql: last(...asked, ...fallback, 'handoff', 'ticket', 'human'),
    meaning: 'The last event that no verdict before it survives.',
  },
  last_score: { sql: `argMaxIf(score, k, ${has('rating')})`, meaning: 'The last rating.' },
  last_scale: { sql: `argMaxIf(scale, k, ${has('rating')})`, meaning: "The last rating's scale." },

  first_handoff: { sql: first('handoff', 'ticket'), meaning: 'The first handoff or ticket.' },
  last_handoff: { sql: last('handoff', 'ticket'), meaning: 'The last handoff or ticket.' },
  first_ask: { sql: first(...asked), meaning: 'The first request for a person.' },
  last_completed: { sql: last('completed'), meaning: 'The last goal or resolution.' },
  reopenings: {
    sql: `groupArrayIf(k, ${has('ticket_reopened')})`,
    meaning: 'When its ticket was opened again.',
  },
  booking_steps: {
    sql: `groupArrayIf(if(${has('booking')}, 1, -1), ${has('booking', 'booking_cancelled')})`,
    meaning: 'What was said of bookings: 1 booked, -1 cancelled.',
  },
  booking_keys: {
    sql: `groupArrayIf(k, ${has('booking', 'booking_cancelled')})`,
    meaning: 'Order keys of the same events.',
  },
  booking_ids: {
    sql: `groupArrayIf(toUInt32(score), ${has('booking', 'booking_cancelled')})`,
    meaning: 'Which booking each names; 0 = none.',
  },
  first_order: { sql: first('order'), meaning: 'The first order.' },
  last_stage: { sql: last('lead_stage'), meaning: 'The last change of stage of its lead.' },
  last_qualified: { sql: last('qualified'), meaning: 'The last change to MQL or SQL.' },

  sequence_marks: {
    sql: `groupArrayIf(toUInt16(bitAnd(m, ${sequenceMask})), bitAnd(m, ${sequenceMask}) != 0)`,
    meaning: 'Marks of visitor turns, bot turns and handoffs.',
  },
  sequence_keys: {
    sql: `groupArrayIf(k, bitAnd(m, ${sequenceMask}) != 0)`,
    meaning: 'Order keys of the same events.',
  },
  text_hashes: {
    sql: `groupArrayIf(text_hash, ${has('repeatable')})`,
    meaning: 'What visitor messages said.',
  },
  text_keys: { sql: `groupArrayIf(k, ${has('repeatable')})`, meaning: 'Order keys of the same messages.' },

  best_key: {
    sql: `argMinIf(key, bitOr(bitShiftLeft(bitAnd(key, 7), 61), bitShiftRight(k, 3)), key != 0 AND actor != 'human' AND NOT adopted)`,
    meaning: "The strongest key among its events, a colleague's apart; the earliest of equals.",
  },
  known_channel: {
    sql: "argMinIf(channel, k, channel != 'unknown')",
    meaning: 'The first known channel: of whatever joins a thread, it is the thread’s.',
  },
  channel_of_thread: {
    sql: 'max(thread_channel)',
    meaning: 'The first known channel of the thread, where that is more than one conversation.',
  },
  known_job: { sql: firstKnown('job', "'unknown'"), meaning: 'The first known job.' },
  known_bot: known('bot'),
  known_bot_version: known('bot_version'),
  known_language: known('language'),
  known_device: known('device'),
  known_country: known('country'),
  known_page: known('page'),
  known_variant: known('variant'),
  known_source: visit('source'),
  known_medium: visit('medium'),
  known_campaign: visit('campaign'),
  flow_last: { sql: "argMaxIf(flow, k, talk AND flow != '')", meaning: 'The flow named last.' },
  flow_names: {
    sql: `groupArrayIf(flow, ${ofFlows})`,
    meaning: 'Flows that started, went a step further or reached a goal; a goal may name none.',
  },
  flow_keys: { sql: `groupArrayIf(k, ${ofFlows})`, meaning: 'When.' },
  flow_signs: {
    sql: `groupArrayIf(multiIf(${has('goal')}, 2, ${has('flow_start')}, 1, 0), ${ofFlows})`,
    meaning: 'Which of these: 2 a goal, 1 a start, 0 a step.',
  },
  primary_intent: {
    sql: "argMinIf(meant, k, talk AND meant NOT IN ('', 'smalltalk', 'human_request'))",
    meaning: 'The first recognised intent that is neither small talk nor a request for a person.',
  },
  all_intents: {
    sql: "arraySort(groupUniqArrayIf(meant, talk AND meant != ''))",
    meaning: 'All recognised intents.',
  },
  all_goals: {
    sql: `arraySort(groupUniqArrayIf(goal, goal != '' AND ${has('goal')}))`,
    meaning: 'All goals reached.',
  },
  first_reason: {
    sql: `argMinIf(reason, k, reason != '' AND ${has('handoff')})`,
    meaning: 'Why it was given to a person.',
  },
  first_giver: { sql: `argMinIf(\`by\`, k, \`by\` != '' AND ${has('handoff')})`, meaning: 'Who gave it.' },
});
