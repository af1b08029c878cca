import { foldLimits } from '@botworth/contract/limits';
import { type MarkName, markMask } from './event-marks.ts';
import { instantOf } from './order-key.ts';

/**
 * Second step: the moments of an episode, as order keys, from what was gathered. 0 = it never came. Turns are
 * numbered by the visitor's: what follows the third visitor turn until the fourth has number 3.
 */
export interface Moment {
  readonly sql: string;
  readonly meaning: string;
}

const declareMoments = <const Name extends string>(moments: Readonly<Record<Name, Moment>>) => moments;

const is = (...names: readonly MarkName[]): string => `bitAnd(x, ${markMask(...names)}) != 0`;
const isFallback = is('fallback_event', 'fallback_reply');
/** Arrays of every turn of every conversation: only a loop between machines fills them without an end. */
const SEQUENCE_LENGTH = foldLimits.turnsInOrder.most;

/** Beyond so many, what is said of bookings is read no further. */
const BOOKING_STEPS = 100;
/** As definitions.md has it of orders: what two systems tell within ten minutes may be one. */
const ONE_TELLING_MS = 600_000;
/** Beside the signs of goals, which are bits below it: an event says that the goal was reached. */
export const GOAL_EVENT = 256;

export const moments = declareMoments({
  times: {
    sql: `arraySlice(arraySort(sequence_keys), 1, ${SEQUENCE_LENGTH})`,
    meaning: 'Order keys of turns and handoffs, in order.',
  },
  marks: {
    sql: `arraySlice(arraySort((x, t) -> t, sequence_marks, sequence_keys), 1, ${SEQUENCE_LENGTH})`,
    meaning: 'Their marks, in the same order.',
  },
  turn: {
    sql: `arrayCumSum(x -> toUInt32(${is('visitor')}), marks)`,
    meaning: 'The number of the visitor turn that each follows.',
  },
  fallback_turns: {
    sql: `arrayFilter((t, x) -> ${isFallback}, turn, marks)`,
    meaning: 'The turn number of each sign of a fallback.',
  },
  fallback_keys: {
    sql: `arrayFilter((k, t, before) -> t != before, arrayFilter((k, x) -> ${isFallback}, times, marks), fallback_turns, arrayPopBack(arrayPushFront(fallback_turns, 4294967295)))`,
    meaning: 'The first sign of each fallback turn: several signs on one visitor turn are one.',
  },
  said_fallback_turns: {
    sql: `arrayFilter((t, x) -> ${is('fallback_reply')}, turn, marks)`,
    meaning: 'Turns with a reply that was a fallback.',
  },
  bare_fallbacks: {
    sql: `arrayUniq(arrayFilter((t, x) -> ${is('fallback_event')} AND NOT has(said_fallback_turns, t), turn, marks))`,
    meaning: 'Fallbacks without such a reply: each is a bot turn of its own.',
  },
  last_bot_number: {
    sql: `turn[arrayLastIndex(x -> ${is('bot_reply', 'fallback_event')}, marks)]`,
    meaning: "The visitor turn that the bot's last turn follows.",
  },

  kinds_sent: {
    sql: `bitAnd(all_marks, ${markMask('kind_known')}) != 0`,
    meaning: 'The source says what kind its replies are.',
  },
  spoiled_turns: {
    sql: `if(kinds_sent, emptyArrayUInt32(), arrayMap(t -> toUInt32(t), arrayFilter((t, x) -> ${is('fallback_event', 'fallback_reply', 'handoff')}, turn, marks)))`,
    meaning: 'Without kinds: turns with a fallback or a handoff; no reply to them is a useful answer.',
  },
  good_replies: {
    sql: `if(kinds_sent, emptyArrayUInt32(), arrayMap(p -> toUInt32(p), arrayFilter((p, x, t) -> ${is('bot_reply')} AND t > 0 AND NOT has(spoiled_turns, t), arrayEnumerate(marks), marks, turn)))`,
    meaning: 'Without kinds: places of replies to the other visitor turns.',
  },
  last_good_reply: {
    sql: 'arrayFirst(p -> turn[p] = turn[good_replies[-1]], good_replies)',
    meaning: 'The first reply to the last of those turns.',
  },
  first_answer: {
    sql: 'if(first_visitor = 0, 0, if(kinds_sent, arrayMin(arrayFilter(t -> t > first_visitor, answers)), times[good_replies[1]]))',
    meaning: 'The first useful answer: it follows a visitor turn.',
  },
  last_answer: {
    sql: 'if(first_answer = 0, 0, if(kinds_sent, arrayMax(answers), times[last_good_reply]))',
    meaning: 'The last useful answer: where kinds are not sent, only the first reply to a turn is one.',
  },

  text_order: { sql: 'arraySort(text_keys)', meaning: 'Order keys of visitor messages, in order.' },
  text_counts: {
    sql: 'arrayEnumerateUniq(arraySort((h, t) -> t, text_hashes, text_keys))',
    meaning: 'For each how often it was said so far.',
  },
  first_repeat: {
    sql: 'text_order[arrayFirstIndex(c -> c > 1, text_counts)]',
    meaning: 'The first visitor message that was said before.',
  },
  flows: {
    sql: "arrayFill(f -> f != '', arraySort((f, t) -> t, flow_names, flow_keys))",
    meaning: 'The flows in order; a goal that names none is of the flow before it.',
  },
  signs: {
    sql: 'arraySort((s, t) -> t, flow_signs, flow_keys)',
    meaning: 'What each did.',
  },
  kinds: {
    sql: 'arraySort((c, t) -> t, flow_kinds, flow_keys)',
    meaning: "The sign of each one's goal.",
  },
  own_flows: {
    sql: "arrayDistinct(arrayFilter(f -> f != '', flows))",
    meaning: 'Each flow once.',
  },
  flow_starts: {
    sql: 'arrayMap(r -> if(has(arrayFilter((f, s) -> s = 1, flows, signs), r), arrayLastIndex((f, s) -> f = r AND s = 1, flows, signs), indexOf(flows, r)), own_flows)',
    meaning: 'The place of the last start of each; where none was sent, where it was named first.',
  },
  flow_goals: {
    sql: `arrayMap(r -> arrayMax((f, c) -> if(f = r, c, 0), flows, kinds) + if(has(arrayFilter((f, s) -> s = 2, flows, signs), r), ${GOAL_EVENT}, 0), own_flows)`,
    meaning: "The sign of each one's goal, and whether an event says that it was reached.",
  },

  told: {
    sql: `arraySlice(arraySort(arrayZip(booking_keys, booking_steps, booking_ids)), 1, ${BOOKING_STEPS})`,
    meaning: 'What was said of bookings, in order: when, 1 or -1, and of which; 0 = it names none.',
  },
  told_once: {
    sql: `arrayFilter(a -> a.3 != 0 OR NOT arrayExists(b -> b.3 != 0 AND b.2 = a.2 AND abs(${instantOf('b.1')} - ${instantOf('a.1')}) <= ${ONE_TELLING_MS}, told), told)`,
    meaning: 'Without what names none, where another system said the same of a named one within ten minutes.',
  },
  told_before: {
    sql: 'arrayMap(a -> if(a.3 = 0, 0, arrayLast(b -> b.3 = a.3 AND b.1 < a.1, told_once).2), told_once)',
    meaning: 'What was last said of the same booking before; 0 = nothing.',
  },
  meetings: {
    sql: 'arrayCumSum((a, before) -> if(a.3 = 0 OR before = -a.2 OR (before = 0 AND (a.2 = 1 OR arrayExists(b -> b.3 = 0 AND b.2 = 1 AND b.1 < a.1, told_once))), a.2, 0), told_once, told_before)',
    meaning:
      'Bookings less cancellations so far, in order: one told twice is one, and what was never booked here takes back only what names no booking.',
  },
  still_booked: {
    // A cancellation of what was booked elsewhere takes nothing from the bookings that follow it.
    sql: 'meetings[-1] > least(0, arrayMin(meetings))',
    meaning: 'At least one booking stands.',
  },
});
