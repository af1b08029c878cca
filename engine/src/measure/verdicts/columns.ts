import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { type FlowTable, unlistedFlow } from '../policy/flow-table.ts';
import type { Rules } from '../policy/rules.ts';
import { anyFact, fact, factsAre } from './facts.ts';

export interface VerdictContext {
  readonly rules: Rules;
  readonly flows: FlowTable;
  /** Unix seconds as of which maturity and returns are judged. */
  readonly asOfS: number;
  /**
   * Greatest `ended_s` that counts as matured, where it differs by period: a part-ripe period is compared with the
   * same ripe part of the period before. Absent: as_of less the window.
   */
  readonly ripeS?: Fragment;
}

export interface VerdictColumn<Names extends string> {
  /** What it means, for the catalogue's readers and for whoever reviews the SQL. */
  readonly sentence: string;
  /** Other verdicts that its SQL names, as `v_<name>`. */
  readonly needs?: readonly NoInfer<Names>[];
  readonly sql: (context: VerdictContext) => Fragment;
}

const declareVerdicts = <Names extends string>(
  columns: Readonly<Record<Names, VerdictColumn<Names>>>,
): Readonly<Record<Names, VerdictColumn<Names>>> => columns;

/** Seconds that a window reaches back from `as_of`; never before 1970, where the engine's numbers would wrap. */
const before = (asOfS: number, seconds: number): Fragment =>
  sql`${bind('UInt32', Math.max(0, asOfS - seconds))}`;

/** What counts as a flow's goal beside the event that names it (goals.json, `counts_when`). */
const goalFacts: Readonly<Record<string, Fragment>> = {
  issue_answered: raw('v_resolved'),
  order_status_delivered: sql`(${fact('goal_event')} OR ${fact('answered')} AND intent = 'order_status')`,
  return_answered_or_started: sql`(${fact('goal_event')} OR ${fact('answered')} AND intent = 'return_policy')`,
  handed_to_right_team: sql`(${fact('picked_up')} AND intent != '')`,
  contact_captured: fact('lead'),
  meeting_booked: fact('booked'),
  order_completed: fact('ordered'),
};

/**
 * Verdicts are yes (1) or no (0) about one row of conversations, under the policy and as of an instant. Metrics,
 * drill, lists and the conversation page all read these, and nothing else says what a word means.
 * No `if` and no `multiIf` here: the engine would evaluate them lazily, row by row, at twice the price.
 */
export const verdicts = declareVerdicts({
  flow_job: {
    sentence:
      "The job of the flow, by the policy or by the guess of its name; 255 for a flow that the question's table does not list.",
    sql: ({ flows }) =>
      sql`transform(flow, ${bind('Array(String)', flows.flows)}, ${bind('Array(UInt8)', flows.jobCodes)}, toUInt8(${raw(String(unlistedFlow))}))`,
  },
  intent_class: {
    sentence:
      'Bits of the primary intent: 1 a support intent, 2 on the list of what the bot may settle, 4 excluded.',
    sql: ({ rules }) => {
      const names = [
        ...new Set([...rules.supportIntents, ...rules.eligibleIntents, ...rules.excludedIntents]),
      ];
      const codes = names.map(
        (name) =>
          (rules.supportIntents.includes(name) ? 1 : 0) +
          (rules.eligibleIntents.includes(name) ? 2 : 0) +
          (rules.excludedIntents.includes(name) ? 4 : 0),
      );
      return sql`transform(intent, ${bind('Array(String)', names)}, ${bind('Array(UInt8)', codes)}, toUInt8(0))`;
    },
  },
  job: {
    sentence:
      'Code of the job: what the event said, else the flow by the policy or its name, else support when the primary intent is a support intent, else unknown (0).',
    needs: ['flow_job', 'intent_class'],
    sql: () => {
      const sent = "CAST(job, 'Int8')";
      const flow = `v_flow_job * (v_flow_job != ${unlistedFlow})`;
      return raw(`toUInt8(${sent} + (${sent} = 0) * (${flow} + (${flow} = 0) * bitAnd(v_intent_class, 1)))`);
    },
  },
  support: { sentence: 'Its job is support.', needs: ['job'], sql: () => raw('v_job = 1') },
  contact: {
    sentence: 'At least one visitor turn that is not only a greeting, or handled by a human from the start.',
    sql: () => anyFact('meaningful_turn', 'human_from_start'),
  },
  reached: {
    sentence: 'A bot conversation: a contact with a visitor turn, and a bot act before any human turn.',
    sql: () => factsAre(['reached', 'meaningful_turn']),
  },
  visitor: { sentence: 'It has a visitor turn.', sql: () => fact('visitor_turn') },
  opened: { sentence: 'Started: a row with a visitor act.', sql: () => anyFact('opened', 'visitor_turn') },
  human: { sentence: 'A person wrote something that the visitor can see.', sql: () => fact('human_turn') },
  bot_only: { sentence: 'Only the bot handled it.', sql: () => raw("handled_by = 'bot'") },
  engaged: {
    sentence: "At least the policy's number of visitor turns, not only a greeting.",
    sql: ({ rules }) => sql`n_user >= ${bind('UInt8', rules.minVisitorTurns)} AND ${fact('meaningful_turn')}`,
  },
  eligible: {
    sentence: 'A bot conversation with job support whose primary intent is on the list and not excluded.',
    needs: ['reached', 'support', 'intent_class'],
    sql: () => raw('v_reached AND v_support AND bitAnd(v_intent_class, 6) = 2'),
  },
  matured: {
    sentence: 'The last turn and the return window lie before as_of.',
    sql: ({ rules, asOfS, ripeS }) => sql`ended_s <= ${ripeS ?? before(asOfS, rules.returnWindowS)}`,
  },
  csat_floor: {
    sentence:
      'Lowest positive score × 100 on the scale of the last rating; 65535 where there is no rating or its scale is not listed.',
    sql: ({ rules }) =>
      sql`transform(csat_scale, ${bind(
        'Array(UInt8)',
        rules.csat.map(({ scale }) => scale),
      )}, ${bind(
        'Array(UInt16)',
        rules.csat.map(({ from }) => from),
      )}, toUInt16(65535))`,
  },
  rated: {
    sentence: 'Its last rating is on a scale that the policy lists.',
    needs: ['csat_floor'],
    sql: () => raw('v_csat_floor < 65535'),
  },
  rated_unlisted: {
    sentence: 'Its last rating is on a scale without a threshold: refused into the figure.',
    needs: ['csat_floor'],
    sql: () => raw('csat_scale > 0 AND v_csat_floor = 65535'),
  },
  rated_positive: {
    sentence: 'The last rating is positive on its scale.',
    needs: ['csat_floor'],
    sql: () => raw('csat_score >= v_csat_floor'),
  },
  surveyed: { sentence: 'A survey was shown.', sql: () => fact('survey_shown') },
  answered: { sentence: 'The bot gave a useful answer.', sql: () => fact('answered') },
  handled: {
    sentence:
      'The bot did anything after a visitor turn except greet or hand off at once; a fallback counts.',
    needs: ['reached'],
    sql: () => sql`v_reached AND ${fact('bot_handled')}`,
  },
  confirmed: {
    sentence:
      "Handled, and the visitor's last verdict is positive and stands; nobody handed it off and no human took part.",
    needs: ['handled', 'rated_positive'],
    sql: () =>
      sql`v_handled AND ${factsAre(['verdict_stands'], ['human_turn', 'handed_off'])} AND (${fact('verdict_positive')} OR ${fact('verdict_rating')} AND v_rated_positive)`,
  },
  assumable: {
    sentence:
      'Not confirmed, but a useful answer, no handoff, no human, no request for one, no negative rating, and the last bot turn was no fallback.',
    needs: ['handled', 'confirmed', 'rated', 'rated_positive'],
    sql: () =>
      sql`v_handled AND NOT v_confirmed AND ${factsAre(['answered'], ['handed_off', 'human_turn', 'thumbs_down', 'human_requested', 'last_bot_fallback'])} AND (NOT v_rated OR v_rated_positive)`,
  },
  returned: {
    sentence:
      'The same person came back on the same or an unknown intent inside the window (and before as_of).',
    sql: ({ rules, asOfS }) =>
      sql`return_s > 0 AND return_s <= ${bind('UInt32', rules.returnWindowS)} AND ended_s + return_s <= ${bind('UInt32', asOfS)}`,
  },
  settled: {
    sentence: 'Confirmed, or assumed but for a return: what return contacts are counted of.',
    needs: ['confirmed', 'assumable'],
    sql: () => raw('v_confirmed OR v_assumable'),
  },
  assumed: {
    sentence: 'Nothing speaks against it and the window passed without a return.',
    needs: ['assumable', 'returned', 'matured'],
    sql: () => raw('v_assumable AND NOT v_returned AND v_matured'),
  },
  pending: {
    sentence: 'As assumed, but the window has not elapsed.',
    needs: ['assumable', 'returned', 'matured'],
    sql: () => raw('v_assumable AND NOT v_returned AND NOT v_matured'),
  },
  resolved: {
    sentence: 'Confirmed or assumed.',
    needs: ['confirmed', 'assumed'],
    sql: () => raw('v_confirmed OR v_assumed'),
  },
  deflected: {
    sentence: 'Eligible and resolved.',
    needs: ['eligible', 'resolved'],
    sql: () => raw('v_eligible AND v_resolved'),
  },
  durable: {
    sentence: 'Deflected, matured, and nobody came back.',
    needs: ['deflected', 'matured', 'returned'],
    sql: () => raw('v_deflected AND v_matured AND NOT v_returned'),
  },
  has_goal: {
    sentence: 'Its flow has a goal of its own.',
    sql: ({ flows }) =>
      sql`transform(flow, ${bind('Array(String)', flows.flows)}, ${bind(
        'Array(UInt8)',
        flows.goals.map((goal) => (goal === '' ? 0 : 1)),
      )}, toUInt8(0)) = 1`,
  },
  goal_kind: {
    sentence:
      'Which of the goals with a rule of their own the flow has; 0 where only the event that names its goal counts.',
    sql: ({ flows }) =>
      sql`transform(flow, ${bind('Array(String)', flows.flows)}, ${bind(
        'Array(UInt8)',
        flows.goals.map((goal) => Object.keys(goalFacts).indexOf(goal) + 1),
      )}, toUInt8(0))`,
  },
  goal: {
    sentence:
      "It reached its flow's own goal: the event says so by name, or what counts as that goal happened.",
    needs: ['resolved', 'goal_kind'],
    sql: ({ flows }) => {
      const rules = Object.keys(goalFacts);
      const named = sql`has(goals, transform(flow, ${bind('Array(String)', flows.flows)}, ${bind('Array(String)', flows.goals)}, ''))`;
      return rules.reduce<Fragment>((any, goal, index) => {
        const happened = goalFacts[goal];
        // Only kinds that some flow has: a question about one flow should not compute eleven.
        if (happened === undefined || !flows.goals.includes(goal)) return any;
        return sql`${any} OR (v_goal_kind = ${raw(String(index + 1))} AND ${happened})`;
      }, named);
    },
  },
  handed: { sentence: 'Given to a person, or a ticket was made from it.', sql: () => fact('handed_off') },
  picked: { sentence: 'A person replied after the handoff.', sql: () => fact('picked_up') },
  asked: { sentence: 'The visitor asked for a person.', sql: () => fact('human_requested') },
  lead: { sentence: 'A lead was captured.', sql: () => fact('lead') },
  gap: { sentence: 'No approved answer existed.', sql: () => fact('gap_any') },
  fallback: { sentence: 'At least one fallback.', sql: () => fact('fallback_any') },
  trapped: {
    sentence:
      "Asked for a person, hit the policy's number of fallbacks, or repeated a message, and got neither a human nor a useful answer.",
    sql: ({ rules }) => {
      const names = ['trapped_1', 'trapped_2', 'trapped_3', 'trapped_4', 'trapped_5'] as const;
      return fact(names[rules.trappedFallbacks - 1] ?? 'trapped_2');
    },
  },
  left_empty: {
    sentence: 'No useful answer, no lead, no goal event, no handoff and no human.',
    sql: () => factsAre([], ['answered', 'lead', 'handed_off', 'human_turn', 'goal_event']),
  },
  bounced: {
    sentence:
      'Started, and left with no useful answer, no goal, no lead, no handoff, no human, and not trapped.',
    needs: ['opened', 'goal', 'trapped', 'left_empty'],
    sql: () => raw('v_opened AND NOT v_goal AND NOT v_trapped AND v_left_empty'),
  },
  closed: {
    sentence: "The platform ended it, it was resolved, or the channel's gap has passed.",
    sql: ({ rules, asOfS }) =>
      sql`${fact('closed')} OR ended_s < transform(CAST(channel, 'Int8'), ${bind(
        'Array(UInt8)',
        rules.gapS.map((_, code) => code),
      )}, ${bind(
        'Array(UInt32)',
        rules.gapS.map((gap) => Math.max(0, asOfS - gap)),
      )}, toUInt32(0))`,
  },
  completed: {
    sentence: 'Closed, and it reached its goal or was resolved.',
    needs: ['closed', 'goal', 'resolved'],
    sql: () => raw('v_closed AND (v_goal OR v_resolved)'),
  },
  kinds_unknown: {
    sentence: 'Its source sends replies without saying what kind they are.',
    sql: () => factsAre(['replies_sent', 'visitor_turn'], ['kinds_sent']),
  },
});

export type VerdictName = keyof typeof verdicts;

/** The verdicts asked for and what they need, each after its needs. */
export const withNeeds = (names: Iterable<VerdictName>): VerdictName[] => {
  const ordered: VerdictName[] = [];
  const visit = (name: VerdictName): void => {
    if (ordered.includes(name)) return;
    for (const need of verdicts[name].needs ?? []) visit(need);
    ordered.push(name);
  };
  for (const name of names) visit(name);
  return ordered;
};

/** Each verdict as `v_name`, with what it needs, in an order in which each comes after its needs. */
export const verdictColumns = (
  names: Iterable<VerdictName>,
  context: VerdictContext,
): { readonly name: string; readonly sql: Fragment }[] =>
  withNeeds(names).map((name) => ({ name: `v_${name}`, sql: sql`(${verdicts[name].sql(context)})` }));
