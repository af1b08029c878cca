import type { ConversationRow, Verdict } from '@botworth/contract/api';
import { type FactName, factMask } from '../fold/facts/bits.ts';
import type { FoldedEpisode } from '../fold/read-episode.ts';
import { meaningOfFlow } from '../measure/policy/flow-table.ts';
import type { Rules } from '../measure/policy/rules.ts';
import type { EpisodeEvent } from './conversation-events.ts';
import type { StoredRow } from './conversation-rows.ts';
import { stuckMoment } from './stuck-moment.ts';

/** What the reasons are read from: the row, its verdicts as the figures use them, the rules and the events. */
export interface Evidence {
  readonly row: ConversationRow;
  readonly stored: StoredRow;
  readonly rules: Rules;
  readonly asOfS: number;
  readonly events: readonly EpisodeEvent[];
  readonly folded: FoldedEpisode | null;
}

type Facts = Verdict['facts'];

const holds = ({ stored }: Evidence, verdict: string): boolean => Number(stored[`v_${verdict}`]) === 1;
const isFact = ({ stored }: Evidence, name: FactName): boolean =>
  (BigInt(String(stored.facts ?? 0)) & factMask(name)) !== 0n;

/** The first condition that holds names the reason; the last entry holds always. */
const firstOf = (...reasons: readonly (readonly [holds: boolean, because: string])[]): string =>
  reasons.find(([is]) => is)?.[1] ?? 'unknown';

const verdict = (name: string, value: Verdict['value'], because: string, facts: Facts = {}): Verdict => ({
  name,
  value,
  because,
  facts,
});

const never = 4_294_967_295;
const seconds = (ms: unknown): number | null =>
  Number(ms) === never || ms === undefined ? null : Number(ms) / 1000;

/** Every verdict of a conversation with the rule that led to it. The values are the ones that the figures count. */
export const verdictReasons = (evidence: Evidence): Verdict[] => {
  const { row, stored, rules, asOfS } = evidence;
  const is = (name: FactName): boolean => isFact(evidence, name);
  const v = (name: string): boolean => holds(evidence, name);
  const rule = String(stored.v_rule);
  const windowHours = rules.returnWindowS / 3600;
  const meaning = meaningOfFlow(row.flow, rules);
  const returnS = Number(stored.return_s);
  const cameBack = {
    returned: v('returned'),
    return_hours: returnS === 0 ? null : Math.round((returnS / 3600) * 100) / 100,
    return_intent_unknown: is('return_unknown'),
    window_hours: windowHours,
  };

  return [
    verdict('job', row.job, jobReason(evidence), { flow: row.flow, intent: row.intent }),
    verdict(
      'contact',
      v('contact'),
      firstOf(
        [is('human_from_start'), 'human_from_the_start'],
        [is('meaningful_turn'), 'visitor_turn'],
        [is('visitor_turn'), 'only_a_greeting'],
        [true, 'no_visitor_turn'],
      ),
      {
        visitor_turns: row.visitor_turns,
      },
    ),
    verdict(
      'reached',
      v('reached'),
      firstOf(
        [v('reached'), 'bot_acted_first'],
        [!v('contact'), 'no_contact'],
        [is('human_from_start'), 'human_from_the_start'],
        [true, 'bot_never_acted'],
      ),
    ),
    verdict('eligible', row.eligible, rule, {
      job: row.job,
      intent: row.intent,
      on_list: rules.eligibleIntents.includes(row.intent),
      excluded: rules.excludedIntents.includes(row.intent),
    }),
    verdict(
      'bot_handled',
      v('handled'),
      firstOf(
        [v('handled'), 'bot_did_something'],
        [!v('reached'), 'not_reached'],
        [true, 'only_greeted_or_handed_off'],
      ),
    ),
    verdict(
      'answered',
      is('answered'),
      firstOf(
        [is('answered') && is('kinds_sent'), 'reply_of_kind_answer'],
        [is('answered'), 'reply_taken_for_an_answer'],
        [true, 'no_useful_answer'],
      ),
      {
        first_answer_seconds: row.first_answer_seconds,
      },
    ),
    verdict('resolution', row.resolution, resolutionReason(evidence), {
      answered: is('answered'),
      handed_off: is('handed_off'),
      human_turns: row.human_turns,
      ...cameBack,
    }),
    verdict('matured', row.matured, row.matured ? 'window_elapsed' : 'window_open', {
      ended_at: row.ended_at,
      ripe_at: new Date((Number(stored.ended_s) + rules.returnWindowS) * 1000).toISOString(),
      as_of: new Date(asOfS * 1000).toISOString(),
      window_hours: windowHours,
    }),
    verdict(
      'deflected',
      row.deflected,
      firstOf(
        [row.deflected, 'eligible_and_resolved'],
        [!row.eligible, 'not_eligible'],
        [row.resolution === 'pending', 'window_open'],
        [true, 'not_resolved'],
      ),
      {
        rule,
        resolution: row.resolution,
      },
    ),
    verdict(
      'durable',
      v('durable'),
      firstOf(
        [v('durable'), 'nobody_came_back'],
        [!row.deflected, 'not_deflected'],
        [!row.matured, 'window_open'],
        [true, 'came_back'],
      ),
      cameBack,
    ),
    verdict(
      'handed_off',
      is('handed_off'),
      firstOf(
        [is('handed_off') && is('picked_up'), 'picked_up'],
        [is('handed_off'), 'waiting'],
        [true, 'not_handed_off'],
      ),
      {
        reason: String(stored.handoff_reason ?? ''),
        by: String(stored.handoff_by ?? ''),
        pickup_seconds: seconds(stored.pickup_ms),
        ticket: is('ticket'),
      },
    ),
    trappedVerdict(evidence),
    verdict(
      'engaged',
      v('engaged'),
      firstOf(
        [v('engaged'), 'enough_turns'],
        [!is('meaningful_turn'), 'only_a_greeting'],
        [true, 'too_few_turns'],
      ),
      {
        visitor_turns: row.visitor_turns,
        needed: rules.minVisitorTurns,
      },
    ),
    verdict(
      'goal',
      v('has_goal') ? v('goal') : null,
      firstOf([!v('has_goal'), 'no_goal_declared'], [v('goal'), 'goal_reached'], [true, 'goal_not_reached']),
      {
        flow: row.flow,
        goal: meaning.goal,
        guessed: meaning.guessed,
      },
    ),
    verdict(
      'bounced',
      v('bounced'),
      firstOf(
        [v('bounced'), 'left_with_nothing'],
        [!v('opened'), 'not_opened'],
        [is('answered'), 'answered'],
        [row.trapped, 'trapped_instead'],
        [is('handed_off') || is('human_turn'), 'met_a_person'],
        [true, 'reached_something'],
      ),
    ),
    verdict('knowledge_gap', is('gap_any'), is('gap_any') ? 'no_approved_answer' : 'none_reported', {
      fallbacks: row.fallbacks,
    }),
    csatVerdict(evidence),
    verdict('state', row.state, row.state),
    verdict('outcome', row.outcome, row.outcome),
    verdict('test_traffic', row.test, row.test ? 'flagged' : 'not_flagged'),
  ];
};

const jobReason = ({ row, stored, rules }: Evidence): string => {
  if (String(stored.job) !== 'unknown') return 'event_says_so';
  const meaning = meaningOfFlow(row.flow, rules);
  if (meaning.job !== 'unknown')
    return Object.hasOwn(rules.flowJobs, row.flow) ? 'policy_names_the_flow' : 'guess_of_the_flow_name';
  return row.job === 'support' ? 'support_intent' : 'nothing_says';
};

const resolutionReason = (evidence: Evidence): string => {
  const { row } = evidence;
  const is = (name: FactName): boolean => isFact(evidence, name);
  const rated = holds(evidence, 'rated');
  switch (row.resolution) {
    case null:
      return holds(evidence, 'reached') ? 'not_handled' : 'not_reached';
    case 'confirmed':
      return holds(evidence, 'rated_positive') && is('verdict_rating')
        ? 'positive_rating'
        : 'visitor_said_so';
    case 'assumed':
      return 'nothing_against_it';
    case 'pending':
      return 'window_open';
    default:
      return firstOf(
        [is('human_turn'), 'human_took_part'],
        [is('handed_off'), 'handed_off'],
        [is('human_requested'), 'asked_for_a_person'],
        [is('thumbs_down') || (rated && !holds(evidence, 'rated_positive')), 'negative_rating'],
        [is('last_bot_fallback'), 'ended_in_a_fallback'],
        [!is('answered'), 'no_useful_answer'],
        [holds(evidence, 'returned'), 'came_back'],
        [true, 'unknown'],
      );
  }
};

const trappedVerdict = (evidence: Evidence): Verdict => {
  const { row, rules } = evidence;
  const moment = stuckMoment(evidence.folded, evidence.events, rules);
  const facts = {
    at: moment?.event.occurred_at ?? null,
    event_id: moment?.event.event_id ?? null,
    stuck_because: moment?.because ?? null,
    fallbacks: row.fallbacks,
    limit: rules.trappedFallbacks,
    human_turns: row.human_turns,
  };
  if (row.trapped) return verdict('trapped', true, moment?.because ?? 'stuck', facts);
  return verdict('trapped', false, moment === null ? 'never_stuck' : 'found_a_way_out', facts);
};

const csatVerdict = (evidence: Evidence): Verdict => {
  const { row, rules } = evidence;
  if (row.csat === null)
    return verdict('csat', null, isFact(evidence, 'survey_shown') ? 'asked_and_not_answered' : 'not_rated');
  const listed = rules.csat.find(({ scale }) => scale === row.csat?.scale);
  const facts = {
    score: row.csat.score,
    scale: row.csat.scale,
    positive_from: listed === undefined ? null : listed.from / 100,
    bot_only: row.handled_by === 'bot',
  };
  if (listed === undefined) return verdict('csat', null, 'scale_not_listed', facts);
  const positive = holds(evidence, 'rated_positive');
  return verdict(
    'csat',
    positive ? 'positive' : 'not_positive',
    positive ? 'at_or_over_the_threshold' : 'under_the_threshold',
    facts,
  );
};
