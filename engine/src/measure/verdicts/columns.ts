import type { FactName } from '../../fold/facts/bits.ts';
import { type BoundValue, bind, type Fragment, join, raw, sql } from '../../sql/fragment.ts';
import { type FlowTable, unlistedFlow } from '../policy/flow-table.ts';
import type { Rules } from '../policy/rules.ts';
import { composedCondition, partsOf } from './composed.ts';
import { anyFact, fact, factsAre, maskOf } from './facts.ts';

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

/**
 * What counts as a flow's goal beside the event that names it (goals.json, `counts_when`): any of these facts, or
 * the sign. The signs are bits of a flow's code; those that ask for an intent are bits of the intent's class too.
 */
const goalRules: Readonly<Record<string, { readonly facts: readonly FactName[]; readonly sign: number }>> = {
  issue_answered: { facts: [], sign: 8 },
  order_status_delivered: { facts: ['goal_event'], sign: 16 },
  return_answered_or_started: { facts: ['goal_event'], sign: 32 },
  handed_to_right_team: { facts: [], sign: 64 },
  contact_captured: { facts: ['lead'], sign: 0 },
  meeting_booked: { facts: ['booked'], sign: 0 },
  product_chosen: { facts: ['product_chosen'], sign: 0 },
  order_completed: { facts: ['ordered_soon'], sign: 0 },
};
const whereResolved = 8;
// A map: an intent may be called "constructor".
const whereAnswered: ReadonlyMap<string, number> = new Map([
  ['order_status', 16],
  ['return_policy', 32],
]);
const wherePickedUp = 64;
const hasGoal = 128;

const flowCode = (job: number, goal: string): number =>
  job + (goal === '' ? 0 : hasGoal) + (goalRules[goal]?.sign ?? 0);

/** Flow → something of it, looked up once per distinct flow and not per row. */
const ofFlow = ({ flows }: VerdictContext, values: BoundValue, otherwise: string): Fragment =>
  sql`transform(flow, ${bind('Array(String)', flows.flows)}, ${values}, ${raw(otherwise)})`;

/**
 * A number looked up for a text that is stored by dictionary comes as a dictionary of numbers, of which every further
 * step makes another: as plain numbers the same steps cost a tenth.
 */
const plainNumbers = (type: 'UInt8' | 'UInt16' | 'UInt64', lookedUp: Fragment): Fragment =>
  sql`CAST(${lookedUp}, ${raw(`'${type}'`)})`;

/**
 * Verdicts are yes (1) or no (0) about one row of conversations, under the policy and as of an instant. Metrics,
 * drill, lists and the conversation page all read these, and nothing else says what a word means.
 * No `if` and no `multiIf` here: the engine would evaluate them lazily, row by row, at twice the price.
 */
export const verdicts = declareVerdicts({
  flow_code: {
    sentence: `What a flow means, by the policy or by the guess of its name: its job in the low three bits, then the signs of its goal; ${unlistedFlow} for a flow that the question's table does not list.`,
    sql: (context) =>
      plainNumbers(
        'UInt16',
        ofFlow(
          context,
          bind(
            'Array(UInt16)',
            context.flows.goals.map((goal, index) => flowCode(context.flows.jobCodes[index] ?? 0, goal)),
          ),
          `toUInt16(${unlistedFlow})`,
        ),
      ),
  },
  intent_class: {
    sentence:
      'Bits of the primary intent: 1 a support intent, 2 on the list of what the bot may settle, 4 excluded, 16 and 32 the intents that a goal asks for, 128 any other; 0 none recognised.',
    sql: ({ rules }) => {
      const names = new Set([
        '',
        ...rules.supportIntents,
        ...rules.eligibleIntents,
        ...rules.excludedIntents,
        ...whereAnswered.keys(),
      ]);
      const codes = [...names].map((name) =>
        name === ''
          ? 0
          : (rules.supportIntents.includes(name) ? 1 : 0) +
            (rules.eligibleIntents.includes(name) ? 2 : 0) +
            (rules.excludedIntents.includes(name) ? 4 : 0) +
            (whereAnswered.get(name) ?? 0),
      );
      return plainNumbers(
        'UInt8',
        sql`transform(intent, ${bind('Array(String)', [...names])}, ${bind('Array(UInt8)', codes)}, toUInt8(128))`,
      );
    },
  },
  job: {
    sentence:
      'Code of the job: what the event said, else the flow by the policy or its name, else support when the primary intent is a support intent, else unknown (0).',
    needs: ['flow_code', 'intent_class'],
    sql: () => {
      const sent = "CAST(job, 'Int8')";
      const flow = 'bitAnd(v_flow_code, 7)';
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
    sql: ({ rules }) =>
      sql`n_user >= ${bind('UInt16', rules.minVisitorTurns)} AND ${fact('meaningful_turn')}`,
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
      "Handled, and the visitor's last verdict is positive and stands; nobody handed it off and no human took part. A rating on a scale without a threshold is no verdict: it leaves the one before it as it was.",
    needs: ['handled', 'rated_positive', 'rated_unlisted'],
    sql: () =>
      sql`v_handled AND ${factsAre(['verdict_stands'], ['human_turn', 'handed_off'])} AND (${fact('verdict_positive')} OR ${fact('verdict_rating')} AND v_rated_positive OR ${fact('plain_verdict_stands')} AND v_rated_unlisted)`,
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
    needs: partsOf('settled'),
    sql: () => raw(composedCondition('settled')),
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
    needs: ['flow_code'],
    sql: () => raw(`bitAnd(v_flow_code, ${hasGoal}) != 0`),
  },
  goal_due: {
    sentence:
      'Whether it reached its goal can be said: a goal that is a resolution waits for the return window like every resolution.',
    needs: ['flow_code', 'matured'],
    sql: () => raw(`bitAnd(v_flow_code, ${whereResolved}) = 0 OR v_matured`),
  },
  goal: {
    sentence:
      "It reached its flow's own goal: the event says so by name, or what counts as that goal happened.",
    needs: ['flow_code', 'intent_class', 'resolved'],
    sql: (context) => {
      const { goals } = context.flows;
      const masks = goals.map((goal) => maskOf(goalRules[goal]?.facts ?? []));
      const asked = new Set(goals);
      // Only what some flow asks for: a question about one flow should not compute them all.
      const ways: readonly (readonly [boolean, () => Fragment])[] = [
        [
          goals.some((goal) => goal !== ''),
          () => sql`has(goals, ${ofFlow(context, bind('Array(String)', goals), "''")})`,
        ],
        [
          masks.some((mask) => mask !== 0n),
          () =>
            sql`bitAnd(facts, ${plainNumbers('UInt64', ofFlow(context, bind('Array(UInt64)', masks), 'toUInt64(0)'))}) != 0`,
        ],
        [asked.has('issue_answered'), () => raw(`bitAnd(v_flow_code, ${whereResolved}) != 0 AND v_resolved`)],
        [
          asked.has('order_status_delivered') || asked.has('return_answered_or_started'),
          () => sql`bitAnd(bitAnd(v_flow_code, v_intent_class), 48) != 0 AND ${fact('answered')}`,
        ],
        [
          asked.has('handed_to_right_team'),
          () =>
            sql`bitAnd(v_flow_code, ${raw(String(wherePickedUp))}) != 0 AND v_intent_class != 0 AND ${fact('picked_up')}`,
        ],
      ];
      const taken = ways.filter(([is]) => is).map(([, way]) => way());
      return taken.length === 0 ? raw('toUInt8(0)') : join(taken, ' OR ');
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
      "Asked for a person, hit the policy's number of fallbacks, or repeated a message, and got neither a human nor a useful answer nor said that it was settled.",
    needs: ['rated_positive', 'rated_unlisted'],
    sql: ({ rules }) => {
      const names = ['trapped_1', 'trapped_2', 'trapped_3', 'trapped_4', 'trapped_5'] as const;
      const stuck = fact(names[rules.trappedFallbacks - 1] ?? 'trapped_2');
      // Which ratings confirm is the policy's, so the row cannot know it. One that stands came after every request
      // and fallback; only of a repeated message the row has to say which was first.
      const sure = (afterRepeat: FactName) =>
        sql`(${anyFact('human_requested', afterRepeat)} OR n_fallback >= ${bind('UInt8', rules.trappedFallbacks)})`;
      const rated = sql`${factsAre(['verdict_stands', 'verdict_rating'])} AND v_rated_positive AND ${sure('verdict_after_repeat')}`;
      const said = sql`${fact('plain_verdict_stands')} AND v_rated_unlisted AND ${sure('plain_verdict_after_repeat')}`;
      return sql`${stuck} AND NOT (${rated} OR ${said})`;
    },
  },
  left_empty: {
    sentence: 'No useful answer, no lead, no goal event, no handoff and no human.',
    sql: () => factsAre([], ['answered', 'lead', 'handed_off', 'human_turn', 'goal_event']),
  },
  bounced: {
    sentence:
      'Started, and left with no useful answer, no goal, no lead, no handoff, no human, and not trapped.',
    needs: partsOf('bounced'),
    sql: () => raw(composedCondition('bounced')),
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
    needs: partsOf('completed'),
    sql: () => raw(composedCondition('completed')),
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
