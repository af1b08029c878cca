import { conversationStates, outcomes, resolutions } from '@botworth/contract/dimensions';
import { type Fragment, raw, sql } from '../../sql/fragment.ts';
import type { VerdictName } from './columns.ts';
import { fact, factsAre } from './facts.ts';

/** A verdict with more than two values: the code is the value's place in a closed list of the contract, plus one. */
export interface WordVerdict {
  readonly sentence: string;
  readonly needs: readonly VerdictName[];
  readonly sql: Fragment;
  readonly words: readonly string[];
}

const outcomeOrder: readonly (readonly [(typeof outcomes)[number], Fragment])[] = [
  ['goal', raw('v_goal')],
  ['purchase', fact('ordered')],
  ['booking', fact('booked')],
  ['qualified_lead', fact('lead_qualified')],
  ['lead', fact('lead')],
  ['deflected', raw('v_deflected')],
  ['resolved', raw('v_resolved')],
  ['handed_off', fact('handed_off')],
  ['knowledge_gap', fact('gap_any')],
  ['pending', raw('v_pending')],
  ['bounced', raw('v_bounced')],
  ['unresolved', raw('v_handled')],
  ['abandoned', raw('v_closed')],
];

/** 0 stands for "has none". */
export const wordVerdicts = {
  resolution: {
    sentence: 'Exists only where the bot handled the conversation.',
    needs: ['handled', 'confirmed', 'assumed', 'pending'],
    sql: raw(
      'toUInt8(v_handled * (v_confirmed + 2 * v_assumed + 3 * v_pending + 4 * (NOT (v_confirmed OR v_assumed OR v_pending))))',
    ),
    words: resolutions,
  },
  outcome: {
    sentence: 'The one business outcome: the first that holds.',
    needs: ['goal', 'deflected', 'resolved', 'pending', 'bounced', 'handled', 'closed'],
    sql: sql`toUInt8(multiIf(${outcomeOrder
      .map(([word, holds]) => sql`${holds}, ${raw(String(outcomes.indexOf(word) + 1))}`)
      .reduce((all, one) => sql`${all}, ${one}`)}, ${raw(String(outcomes.indexOf('open') + 1))}))`,
    words: outcomes,
  },
} as const satisfies Readonly<Record<string, WordVerdict>>;

const stateCode = (name: (typeof conversationStates)[number]): number => conversationStates.indexOf(name);

/**
 * The state as of an instant, by its place in the list: the row knows the events that reached one, and that an event
 * closed it; that the gap closed it shows only when somebody asks. By arithmetic: `if` is dearer here.
 */
export const stateAsOf: Pick<WordVerdict, 'needs' | 'sql'> = {
  needs: ['closed'],
  sql: raw(
    `toUInt8(CAST(state, 'Int8') + (state IN ('opened', 'engaged')) * v_closed * (${stateCode('abandoned')} - CAST(state, 'Int8')))`,
  ),
};

/** Why a conversation is eligible, or the first rule that put it out, in the order of the waterfall. */
export const eligibilityRule: Pick<WordVerdict, 'needs' | 'sql'> = {
  needs: ['support', 'contact', 'reached', 'intent_class'],
  sql: sql`multiIf(NOT v_support, 'job_not_support', NOT v_contact, 'no_contact', NOT v_reached AND ${fact('human_from_start')}, 'human_from_the_start', NOT v_reached, 'not_reached', intent = '', 'intent_unknown', bitAnd(v_intent_class, 4) > 0, 'intent_excluded', bitAnd(v_intent_class, 2) = 0, 'intent_not_listed', 'eligible')`,
};

export const notTest: Fragment = factsAre([], ['test']);
