import { foldLimits } from '@botworth/contract/limits';
import { goalSigns } from '../flow-signs.ts';
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
/** Where "never" must not be the earliest. */
export const FAR = '18446744073709551615';
const orFar = (key: string): string => `if(${key} = 0, ${FAR}, ${key})`;
const firstAfter = (keys: string, after: string): string =>
  `if(${after} = 0, 0, arrayMin(arrayFilter(t -> t > ${after}, ${keys})))`;

const stands = (verdict: string): string =>
  `${verdict} > last_spoiler AND (bot_replies = 0 OR (first_answer != 0 AND first_answer < ${verdict}))`;

/** Arrays of every turn of every conversation: only a loop between machines fills them without an end. */
const SEQUENCE_LENGTH = foldLimits.turnsInOrder.most;

const DAY_MS = 86_400_000;
const ENDED = 'if(last_turn != 0, last_turn, last_opening)';
/** An order counts for a checkout within a day of the last turn. */
export const ORDERED_SOON = `first_order != 0 AND ${instantOf('first_order')} - ${instantOf(ENDED)} <= ${DAY_MS}`;

/** Beyond so many, what is said of bookings is read no further. */
const BOOKING_STEPS = 100;
/** As definitions.md has it of orders: what two systems tell within ten minutes may be one. */
const ONE_TELLING_MS = 600_000;

/** Those that the default policy lists; which others mean anything, only a policy says. */
const usualScales = '(2, 3, 5, 7, 10, 100)';
const signsOf = (when: Readonly<Record<keyof typeof goalSigns, string>>): string =>
  (Object.keys(goalSigns) as (keyof typeof goalSigns)[])
    .map((goal) => `${goalSigns[goal]} * toUInt8(${when[goal]})`)
    .join(' + ');

/** The bot resolved it, as far as the conversation itself says: nobody knows yet who comes back. */
const SEEMS_RESOLVED = `(first_human = 0 AND handed_at = ${FAR} AND first_bot != 0 AND first_meaningful != 0 AND last_handling > first_meaningful
    AND (verdict_stands AND (bitAnd(last_verdict_marks, ${markMask('positive')}) != 0 OR well_rated)
      OR first_answer != 0 AND first_ask = 0 AND bitAnd(all_marks, ${markMask('negative')}) = 0 AND NOT ended_in_fallback AND NOT badly_rated))`;
/** Beside the signs of goals, which are bits below it: an event says that the goal was reached. */
const GOAL_EVENT = 256;
/** The place of the last started flow that reached its goal; 0 = none did. */
export const REACHED_PLACE = `arrayMax((g, p) -> if(bitAnd(g, goal_signs + ${GOAL_EVENT}) != 0, p, 0), flow_goals, flow_starts)`;

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

  verdict_stands: {
    sql: stands('last_verdict'),
    meaning: 'The last verdict came after a useful answer (where replies are sent), and nothing spoiled it.',
  },
  plain_stands: {
    sql: stands('last_plain'),
    meaning: 'The same of the last verdict that needs no scale.',
  },
  confirmed_at: {
    sql: `if(verdict_stands AND bitAnd(last_verdict_marks, ${markMask('positive')}) != 0, last_verdict, 0)`,
    meaning: 'The last verdict where it is positive by itself and stands.',
  },
  human_joined: {
    sql: firstAfter('human_turns', 'first_bot'),
    meaning: 'The first human turn after a bot act: a handoff, whoever said so.',
  },
  handed_at: {
    sql: `least(${orFar('first_handoff')}, ${orFar('human_joined')})`,
    meaning: 'The first sign of a handoff.',
  },
  picked_up_at: {
    sql: firstAfter('human_turns', 'first_handoff'),
    meaning: 'The first human turn after the handoff that an event names.',
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
  stuck_at: {
    sql: `least(${orFar('first_ask')}, ${orFar('first_repeat')})`,
    meaning: 'The first moment of being stuck, fallbacks apart.',
  },
  helped_at: {
    sql: 'greatest(last_human, confirmed_at, if(first_ask = 0, last_answer, 0))',
    meaning: 'The last help: a person, a confirmation, or a useful answer where no person was asked for.',
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
  ended_in_fallback: {
    sql: `bitAnd(last_bot_marks, ${markMask('fallback_event', 'fallback_reply')}) != 0 OR (last_bot_turn != 0 AND bitAnd(last_bot_marks, ${markMask('kind_known')}) = 0 AND has(fallback_turns, last_bot_number))`,
    meaning: "The bot's last turn was a fallback.",
  },
  well_rated: {
    sql: `last_scale IN ${usualScales} AND last_score * 5 >= last_scale * 4`,
    meaning:
      'The last rating is good on a usual scale: four fifths of it, as the thresholds of the default policy.',
  },
  badly_rated: {
    sql: `last_scale IN ${usualScales} AND last_score * 5 < last_scale * 4`,
    meaning: 'The last rating is not.',
  },
  goal_signs: {
    sql: signsOf({
      contact_captured: `bitAnd(all_marks, ${markMask('lead')}) != 0`,
      meeting_booked: 'still_booked',
      order_completed: ORDERED_SOON,
      product_chosen: `bitAnd(all_marks, ${markMask('product_option')}) != 0`,
      order_status_delivered: "first_answer != 0 AND primary_intent = 'order_status'",
      return_answered_or_started: "first_answer != 0 AND primary_intent = 'return_policy'",
      handed_to_right_team: "last_human >= handed_at AND primary_intent != ''",
      issue_answered: SEEMS_RESOLVED,
    }),
    meaning: 'What happened that is some goal: a lead, a booking, an order, an answer, a resolution.',
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
  told_keys: {
    sql: `arraySlice(arraySort(booking_keys), 1, ${BOOKING_STEPS})`,
    meaning: 'Order keys of what was said of bookings, in order.',
  },
  told_steps: {
    sql: `arraySlice(arraySort((x, t) -> t, booking_steps, booking_keys), 1, ${BOOKING_STEPS})`,
    meaning: 'What was said, in the same order.',
  },
  told_ids: {
    sql: `arraySlice(arraySort((i, t) -> t, booking_ids, booking_keys), 1, ${BOOKING_STEPS})`,
    meaning: 'Of which booking.',
  },
  told_before: {
    sql: 'arrayMap((i, n) -> if(i = 0, 0, told_steps[arrayLastIndex((j, m) -> j = i AND m < n, told_ids, arrayEnumerate(told_ids))]), told_ids, arrayEnumerate(told_ids))',
    meaning: 'What was last said of the same booking before; 0 = nothing.',
  },
  told_nameless: {
    sql: `arrayMap((x, i, t) -> i = 0 AND NOT arrayExists((y, j, u) -> j != 0 AND y = x AND abs(${instantOf('u')} - ${instantOf('t')}) <= ${ONE_TELLING_MS}, told_steps, told_ids, told_keys), told_steps, told_ids, told_keys)`,
    meaning: 'It names none, and no other system that names one said the same within ten minutes.',
  },
  told_changes: {
    sql: `arrayMap((x, i, before, alone, n) -> multiIf(i = 0, if(alone, x, 0), before = x, 0, x = 1 OR before = 1, x, arrayExists((y, other, m) -> other AND y = 1 AND m < n, told_steps, told_nameless, arrayEnumerate(told_ids)), x, 0), told_steps, told_ids, told_before, told_nameless, arrayEnumerate(told_ids))`,
    meaning:
      'What each changed: a booking told twice is one, and what was never booked here takes back only what names no booking.',
  },
  meetings: {
    sql: 'arrayCumSum(told_changes)',
    meaning: 'Bookings less cancellations so far, in order.',
  },
  still_booked: {
    // A cancellation of what was booked elsewhere takes nothing from the bookings that follow it.
    sql: 'meetings[-1] > least(0, arrayMin(meetings))',
    meaning: 'At least one booking stands.',
  },
  last_escalated: { sql: 'greatest(last_handoff, human_joined)', meaning: 'The last sign of a handoff.' },
  open_fallback: {
    sql: 'if(last_fallback > last_answer, last_fallback, 0)',
    meaning: 'The last fallback, unless a useful answer followed it.',
  },
});
