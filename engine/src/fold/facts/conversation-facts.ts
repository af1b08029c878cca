import { eventFlags } from '../../store/schema/event-row.ts';
import { bitSum } from './bit-sum.ts';
import { type FactName, factBits, factMask } from './bits.ts';
import type { MarkName } from './event-marks.ts';
import { markMask, markPlace } from './event-marks.ts';
import { FAR, ORDERED_SOON, rowParts } from './row-parts.ts';

/** Third step: the yes/no facts, each over moments and what was gathered. Their meanings stand in `bits.ts`. */
const isMarked = (marks: string, name: MarkName, ...names: readonly MarkName[]): string =>
  names.length === 0
    ? `bitTest(${marks}, ${markPlace(name)})`
    : `bitAnd(${marks}, ${markMask(name, ...names)}) != 0`;

const has = (name: MarkName, ...names: readonly MarkName[]): string => isMarked('all_marks', name, ...names);

const trappedAt = (fallbacks: number): string =>
  `trapped_from <= ${fallbacks} AND ${fallbacks} <= trapped_to`;

/** Null: what the person's other conversations say, added when they are known. */
const factExpressions: Readonly<Record<FactName, string | null>> = {
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

const parts = new Set(Object.keys(rowParts));
const isPlain = (expression: string): boolean =>
  (expression.match(/\w+/g) ?? []).every((word) => !parts.has(word));

const bitsOf = (which: (expression: string) => boolean): string =>
  bitSum(
    factBits.flatMap(([name]) => {
      const expression = factExpressions[name];
      return expression === null || !which(expression) ? [] : [[expression, factMask(name)] as const];
    }),
  );

/** Those that need no part: what only they read goes no further. Handing forty columns on costs more than all facts. */
export const plainFacts = bitsOf(isPlain);
export const otherFacts = bitsOf((expression) => !isPlain(expression));
