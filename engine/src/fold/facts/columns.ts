import { conversationStates, handledBy } from '@botworth/contract/dimensions';
import { otherFacts, plainFacts } from './conversation-facts.ts';
import { markPlace } from './event-marks.ts';
import { instantOf } from './order-key.ts';
import { REACHED_PLACE, rowParts } from './row-parts.ts';

/** Fourth step: the row's columns, over facts, parts, moments and what was gathered. */
export interface RowColumn {
  readonly sql: string;
  readonly meaning: string;
}

const declareColumns = <const Name extends string>(columns: Readonly<Record<Name, RowColumn>>) => columns;

const saturated = (count: string): string => `toUInt16(least(${count}, 65535))`;
const span = (from: string, to: string): string =>
  `toUInt32(least(greatest(${to} - ${from}, 0), 4294967294))`;
const NEVER = 'toUInt32(4294967295)';

/** The exact instant, as a later episode's id carries it. */
const isoInstant = (milliseconds: string): string =>
  `concat(replaceOne(toString(fromUnixTimestamp64Milli(${milliseconds}, 'UTC')), ' ', 'T'), 'Z')`;

const enumOf = (code: string, values: readonly string[]): string =>
  `CAST(${code}, 'Enum8(${values.map((value, place) => `\\'${value}\\' = ${place}`).join(', ')})')`;
const state = (name: (typeof conversationStates)[number]): number => conversationStates.indexOf(name);

export const rowColumns = declareColumns({
  started_ms: { sql: instantOf('first_maker'), meaning: 'The first turn or opening.' },
  ended_ms: {
    sql: instantOf('if(last_turn != 0, last_turn, last_opening)'),
    meaning: 'The last turn; the last opening where nobody said a word.',
  },
  key: {
    sql: "if(best_key != 0, best_key, bitOr(bitAnd(xxHash64(concat(toString(workspace_id), '\\0thread\\0', thread_id)), bitNot(toUInt64(7))), 6))",
    meaning: 'The strongest person key; without one, the thread is the person.',
  },
  conversation_id: {
    sql: `if(is_first, thread_id, concat(thread_id, '::', ${isoInstant('started_ms')}))`,
    meaning: "The thread's id, with the start for every conversation after its first.",
  },
  day: { sql: "toDate(fromUnixTimestamp64Milli(started_ms, 'UTC'))", meaning: 'UTC day of the start.' },
  conv: {
    sql: "xxHash64(concat(toString(workspace_id), '\\0c\\0', conversation_id))",
    meaning: 'Hash of the id.',
  },
  started_s: { sql: 'toUInt32(intDiv(started_ms, 1000))', meaning: 'The start in whole seconds.' },
  ended_s: { sql: 'toUInt32(intDiv(ended_ms + 999, 1000))', meaning: 'The end, rounded up.' },
  reopened_s: {
    sql: `toUInt32(least(intDiv(arrayMin(arrayMap(t -> ${instantOf('t')} - ended_ms, arrayFilter(t -> ${instantOf('t')} > ended_ms, reopenings))) + 999, 1000), 4294967295))`,
    meaning: 'Seconds from the end to the first time that its ticket was opened again; 0 = never.',
  },
  duration_ms: { sql: span('started_ms', 'ended_ms'), meaning: 'From the start to the end.' },
  ttfua_ms: {
    sql: `if(first_answer = 0, ${NEVER}, ${span(instantOf('first_visitor'), instantOf('first_answer'))})`,
    meaning: 'From the first visitor turn to the first useful answer.',
  },
  n_user: { sql: saturated('visitor_turns'), meaning: 'Visitor turns.' },
  n_bot: {
    sql: saturated('bot_replies + bare_fallbacks'),
    meaning: 'Replies of the bot, and fallbacks without one.',
  },
  n_human: { sql: saturated('length(human_turns)'), meaning: 'Human turns.' },
  n_fallback: { sql: saturated('length(fallback_keys)'), meaning: 'Fallback turns.' },
  n_clarify: { sql: saturated('clarifications'), meaning: 'Clarifying questions of the bot.' },
  n_repeat: {
    sql: saturated('arrayCount(c -> c > 1, text_counts)'),
    meaning: 'Visitor messages that were said before.',
  },
  csat_score: {
    sql: 'toUInt16(least(greatest(round(last_score * 100), 0), 65535))',
    meaning: 'The last rating × 100.',
  },
  csat_scale: {
    sql: `if(bitTest(all_marks, ${markPlace('rating')}), if(last_scale = 0 OR last_scale > 254, 255, toUInt8(last_scale)), 0)`,
    meaning: 'Its scale; 255 for one that was not sent or is larger than 254.',
  },
  channel: {
    sql: "if(known_channel = 'unknown', channel_of_thread, known_channel)",
    meaning: 'The first known channel, else that of its thread.',
  },
  job: { sql: 'known_job', meaning: 'What the events say that it was for.' },
  handled_by: {
    sql: enumOf(
      'multiIf(first_human = 0, if(first_bot = 0, 0, 1), first_bot != 0 AND first_bot < first_human, 2, 3)',
      handledBy,
    ),
    meaning: 'Bot: no human turn. Human: no bot act before the first human turn.',
  },
  state: {
    sql: enumOf(
      `multiIf(greatest(last_escalated, last_completed, open_fallback) = 0, multiIf(bitTest(all_marks, ${markPlace('closed')}), ${state('abandoned')}, first_meaningful != 0, ${state('engaged')}, ${state('opened')}), last_escalated > greatest(last_completed, open_fallback), ${state('escalated')}, last_completed > open_fallback, ${state('completed')}, ${state('fallback')})`,
      conversationStates,
    ),
    meaning:
      'The last reached of completed, fallback and escalated; in none of these abandoned where an event closed it, else engaged or opened (and abandoned once the gap has passed, which is seen when a question is asked).',
  },
  bot: { sql: 'known_bot', meaning: 'The first known bot.' },
  bot_version: { sql: 'known_bot_version', meaning: 'The first known version.' },
  flow: {
    sql: `multiIf(${REACHED_PLACE} != 0, flows[${REACHED_PLACE}], has(signs, 1), flows[arrayLastIndex(s -> s = 1, signs)], flow_last)`,
    meaning:
      'The last started that reached its goal, by an event that says so or by what happened, else the last started; where no start is sent, the flow named last.',
  },
  intent: {
    sql: 'primary_intent',
    meaning: 'The first recognised intent, small talk and requests for a person apart.',
  },
  intents: { sql: 'all_intents', meaning: 'All recognised intents.' },
  goals: { sql: 'all_goals', meaning: 'All goals reached.' },
  language: { sql: 'known_language', meaning: 'The first known language.' },
  device: { sql: 'known_device', meaning: 'The first known device.' },
  country: { sql: 'known_country', meaning: 'The first known country.' },
  page: { sql: 'known_page', meaning: 'The first known page.' },
  source: { sql: 'known_source', meaning: 'Source of the first known campaign visit.' },
  medium: { sql: 'known_medium', meaning: 'Its medium.' },
  campaign: { sql: 'known_campaign', meaning: 'Its campaign.' },
  variant: { sql: 'known_variant', meaning: 'The first known variant.' },
  handoff_reason: { sql: 'first_reason', meaning: 'Why it was given to a person.' },
  handoff_by: { sql: 'first_giver', meaning: 'Who gave it to a person.' },
  pickup_ms: {
    sql: `if(picked_up_at = 0, ${NEVER}, ${span(instantOf('first_handoff'), instantOf('picked_up_at'))})`,
    meaning: 'From the handoff that an event names to the first human turn after it.',
  },
  facts: {
    sql: `plain_facts + ${otherFacts}`,
    meaning: 'The yes/no facts, each at its place.',
  },
});

/** The columns, and what only they read. */
export const rowMakers = {
  ...rowParts,
  plain_facts: { sql: plainFacts, meaning: 'The facts that need no part.' },
  ...rowColumns,
};
