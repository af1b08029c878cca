import { eventFlags } from '../../store/schema/event-row.ts';
import type { FactName } from './bits.ts';
import type { MarkName } from './event-marks.ts';
import { markMask } from './event-marks.ts';
import { FAR, ORDERED_SOON } from './moments.ts';

/** Third step: the yes/no facts, each over moments and what was gathered. Their meanings stand in `bits.ts`. */
const has = (...names: readonly MarkName[]): string => `bitAnd(all_marks, ${markMask(...names)}) != 0`;

const isMarked = (marks: string, ...names: readonly MarkName[]): string =>
  `bitAnd(${marks}, ${markMask(...names)}) != 0`;

const trappedAt = (fallbacks: number): string => {
  const stuck = `least(stuck_at, if(fallback_keys[${fallbacks}] = 0, ${FAR}, fallback_keys[${fallbacks}]))`;
  return `${stuck} != ${FAR} AND ${stuck} >= helped_at`;
};

/** Null: what the person's other conversations say, added when they are known. */
export const factExpressions: Readonly<Record<FactName, string | null>> = {
  opened: `first_visitor != 0 OR ${has('opening')}`,
  visitor_turn: 'first_visitor != 0',
  meaningful_turn: 'first_meaningful != 0',
  reached: 'first_visitor != 0 AND first_bot != 0 AND (first_human = 0 OR first_bot < first_human)',
  bot_handled:
    'first_bot != 0 AND (first_human = 0 OR first_bot < first_human) AND first_meaningful != 0 AND last_handling > first_meaningful',
  answered: 'first_answer != 0',
  kinds_sent: 'kinds_sent',
  replies_sent: 'bot_replies != 0',
  human_requested: 'first_ask != 0',
  handed_off: `handed_at != ${FAR}`,
  human_turn: 'first_human != 0',
  human_from_start: 'first_human != 0 AND (first_bot = 0 OR first_human < first_bot)',
  picked_up: 'last_human >= handed_at',
  verdict_positive: isMarked('last_verdict_marks', 'positive'),
  verdict_rating: isMarked('last_verdict_marks', 'rating'),
  verdict_stands: 'verdict_stands',
  thumbs_down: has('negative'),
  last_bot_fallback: 'ended_in_fallback',
  fallback_any: 'last_fallback != 0',
  gap_any: has('gap_event', 'gap_fallback'),
  lead: has('lead'),
  lead_qualified: 'last_qualified != 0 AND last_qualified = last_stage',
  booked: 'still_booked',
  ordered: has('order'),
  ticket: has('ticket'),
  reopened: has('reopened'),
  survey_shown: has('survey'),
  returning: null,
  return_unknown: null,
  continued: 'any_continued',
  test: `bitAnd(any_flags, ${eventFlags.test | eventFlags.crawler}) != 0`,
  closed: has('closed'),
  trapped_1: trappedAt(1),
  trapped_2: trappedAt(2),
  trapped_3: trappedAt(3),
  trapped_4: trappedAt(4),
  trapped_5: trappedAt(5),
  person_known: 'best_key != 0 AND bitAnd(best_key, 7) != 6',
  step_passed: 'first_visitor != 0 AND last_step > first_visitor',
  goal_event: has('goal'),
  resolved_event: has('resolved'),
  adopted: 'any_adopted',
  verdict_after_repeat: 'first_repeat != 0 AND last_verdict > first_repeat',
  plain_verdict_stands: `plain_stands AND last_verdict > last_plain AND arrayCount(t -> t > last_plain, rating_keys) = 1 AND ${isMarked('last_plain_marks', 'positive')}`,
  plain_verdict_after_repeat: 'first_repeat != 0 AND last_plain > first_repeat',
  product_chosen: has('product_option'),
  ordered_soon: ORDERED_SOON,
};
