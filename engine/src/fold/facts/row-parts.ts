import { goalSigns } from '../flow-signs.ts';
import { bitSum } from './bit-sum.ts';
import { markMask } from './event-marks.ts';
import { GOAL_EVENT } from './moments.ts';
import { instantOf } from './order-key.ts';

/**
 * Third step: what the facts and the columns of a row share, over moments and what was gathered. What a moment need
 * not know stands here: whatever stands there is handed through all of its layers.
 */
export interface RowPart {
  readonly sql: string;
  readonly meaning: string;
}

const declareParts = <const Name extends string>(parts: Readonly<Record<Name, RowPart>>) => parts;

/** Where "never" must not be the earliest. */
export const FAR = '18446744073709551615';
const orFar = (key: string): string => `if(${key} = 0, ${FAR}, ${key})`;
const firstAfter = (keys: string, after: string): string =>
  `if(${after} = 0, 0, arrayMin(arrayFilter(t -> t > ${after}, ${keys})))`;

const stands = (verdict: string): string =>
  `${verdict} > last_spoiler AND (bot_replies = 0 OR (first_answer != 0 AND first_answer < ${verdict}))`;

const isPositive = `bitAnd(last_verdict_marks, ${markMask('positive')}) != 0`;

const DAY_MS = 86_400_000;
const ENDED = 'if(last_turn != 0, last_turn, last_opening)';
/** An order counts for a checkout within a day of the last turn. */
export const ORDERED_SOON = `first_order != 0 AND ${instantOf('first_order')} - ${instantOf(ENDED)} <= ${DAY_MS}`;

/** Those that the default policy lists; which others mean anything, only a policy says. */
const usualScales = '(2, 3, 5, 7, 10, 100)';
const signsOf = (when: Readonly<Record<keyof typeof goalSigns, string>>): string =>
  bitSum(
    (Object.keys(goalSigns) as (keyof typeof goalSigns)[]).map(
      (goal) => [when[goal], BigInt(goalSigns[goal])] as const,
    ),
  );

/** The bot resolved it, as far as the conversation itself says: nobody knows yet who comes back. */
const SEEMS_RESOLVED = `(first_human = 0 AND first_handoff = 0 AND first_bot != 0 AND first_meaningful != 0 AND last_handling > first_meaningful
    AND (verdict_stands AND (${isPositive} OR well_rated)
      OR first_answer != 0 AND first_ask = 0 AND bitAnd(all_marks, ${markMask('negative')}) = 0 AND NOT ended_in_fallback AND NOT badly_rated))`;

/** The place of the last started flow that reached its goal; 0 = none did. */
export const REACHED_PLACE = `arrayMax((g, p) -> if(bitAnd(g, goal_signs + ${GOAL_EVENT}) != 0, p, 0), flow_goals, flow_starts)`;

export const rowParts = declareParts({
  verdict_stands: {
    sql: stands('last_verdict'),
    meaning: 'The last verdict came after a useful answer (where replies are sent), and nothing spoiled it.',
  },
  plain_stands: {
    sql: stands('last_plain'),
    meaning: 'The same of the last verdict that needs no scale.',
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
  last_escalated: { sql: 'greatest(last_handoff, human_joined)', meaning: 'The last sign of a handoff.' },
  stuck_at: {
    sql: `least(${orFar('first_ask')}, ${orFar('first_repeat')})`,
    meaning: 'The first moment of being stuck, fallbacks apart.',
  },
  helped_at: {
    sql: `greatest(last_human, if(${isPositive} AND ${stands('last_verdict')}, last_verdict, 0), if(first_ask = 0, last_answer, 0))`,
    meaning:
      'The last help: a person, a confirmation that stands, or a useful answer where no person was asked for.',
  },
  trapped_from: {
    sql: `if(stuck_at >= helped_at, arrayCount(t -> t < helped_at, fallback_keys) + 1, 4294967295)`,
    meaning: 'The first fallback that no help followed, where none followed being stuck otherwise.',
  },
  trapped_to: {
    sql: `if(stuck_at != ${FAR}, 4294967295, length(fallback_keys))`,
    meaning: 'The last fallback; who was stuck otherwise needs none.',
  },
  open_fallback: {
    sql: 'if(last_fallback > last_answer, last_fallback, 0)',
    meaning: 'The last fallback, unless a useful answer followed it.',
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
      handed_to_right_team:
        "last_human != 0 AND (human_joined != 0 OR (first_handoff != 0 AND last_human >= first_handoff)) AND primary_intent != ''",
      issue_answered: SEEMS_RESOLVED,
    }),
    meaning: 'What happened that is some goal: a lead, a booking, an order, an answer, a resolution.',
  },
});
