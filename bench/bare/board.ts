import { plainConversations, plainPersonDays } from './plain-tables.ts';

/**
 * The twelve metrics of the support board over the plain tables, written by hand for the default policy: the same
 * numerators, denominators and medians as the product's answer, without its intervals, bands, people and companions.
 */
export interface BareQuestion {
  readonly workspace: number;
  readonly zone: string;
  /** Local dates, inclusive and exclusive. */
  readonly from: string;
  readonly to: string;
  readonly asOfS: number;
  /** Expressions over the plain conversation (`started_at`, `channel`) and over the plain person-day (`day`, `channel`). */
  readonly conversationKeys: string;
  readonly personDayKeys: string;
}

const supportIntents = [
  'order_status',
  'delivery_window',
  'shipping_cost',
  'return_policy',
  'refund_status',
  'business_hours',
  'store_location',
  'payment_methods',
  'pricing_basics',
  'booking_rules',
  'how_to_use',
  'account_login',
  'return_start',
  'order_change',
  'invoice_request',
  'technical_problem',
  'billing_problem',
  'refund_request',
  'damaged_item',
  'complaint',
];
const eligibleIntents = supportIntents.slice(0, 12);
const list = (values: readonly string[]): string => `(${values.map((value) => `'${value}'`).join(', ')})`;
const windowS = 72 * 3600;

/** One week beside the one before: the period is the key. */
export const twoPeriods = (
  zone: string,
  boundary: string,
): Pick<BareQuestion, 'conversationKeys' | 'personDayKeys'> => ({
  conversationKeys: `started_at >= toDateTime('${boundary} 00:00:00', '${zone}')`,
  personDayKeys: `day >= toDate('${boundary}')`,
});

export const weekAndChannel = (zone: string): Pick<BareQuestion, 'conversationKeys' | 'personDayKeys'> => ({
  conversationKeys: `toMonday(started_at, '${zone}'), channel`,
  personDayKeys: 'toMonday(day), channel',
});

export const bareConversationFigures = ({
  workspace,
  zone,
  from,
  to,
  asOfS,
  conversationKeys,
}: BareQuestion): string => `
SELECT key,
 countIf(eligible AND matured) AS deflection_den, countIf(eligible AND matured AND resolved) AS deflection_num,
 countIf(support AND reached AND matured) AS over_reached_den, countIf(support AND contact AND matured) AS over_all_den,
 countIf(handled AND matured) AS resolution_den, countIf(handled AND matured AND resolved) AS resolution_num,
 sum(fallbacks) AS fallback_num, sum(bot_turns) AS fallback_den,
 countIf(reached) AS reached_den, countIf(reached AND is_handed_off) AS handoff_num, countIf(reached AND is_gap_any) AS gap_num,
 countIf(reached AND trapped) AS trapped_num,
 countIf(handled_by = 'bot' AND rated) AS csat_den, countIf(handled_by = 'bot' AND rated AND rated_positive) AS csat_num,
 countIf(opened AND goal_due) AS goal_den, countIf(opened AND goal_due AND goal_reached) AS goal_num,
 countIf(opened) AS opened_den, countIf(bounced) AS bounce_num,
 countIf(completed) AS completed_n, quantileExactInclusiveIf(0.5)(visitor_turns, completed) AS session_length,
 countIf(is_visitor_turn) AS visitor_n, quantileExactInclusiveIf(0.5)(ifNull(first_answer_ms, 4294967295), is_visitor_turn) AS first_answer_ms
FROM (
 SELECT tuple(${conversationKeys}) AS key, fallbacks, bot_turns, handled_by, is_handed_off, is_gap_any, is_visitor_turn, visitor_turns, first_answer_ms,
  multiIf(job != 'unknown', job, flow IN ('faq', 'order_tracking', 'returns', 'triage'), 'support', flow = 'lead_capture', 'lead', flow = 'demo_call', 'booking',
   flow = 'product_finder', 'sales', intent IN ${list(supportIntents)}, 'support', 'unknown') = 'support' AS support,
  is_meaningful_turn OR is_human_from_start AS contact, is_reached AND is_meaningful_turn AS reached, is_opened OR is_visitor_turn AS opened,
  support AND reached AND intent IN ${list(eligibleIntents)} AS eligible, toUnixTimestamp64Milli(ended_at) <= ${(asOfS - windowS) * 1000} AS matured,
  reached AND is_bot_handled AS handled,
  ifNull(csat_scale IN (2, 3, 5, 7, 10, 100), false) AS rated,
  rated AND csat_score >= multiIf(csat_scale = 2, 2, csat_scale = 3, 3, csat_scale = 5, 4, csat_scale = 7, 6, csat_scale = 10, 8, 80) AS rated_positive,
  handled AND is_verdict_stands AND NOT is_human_turn AND NOT is_handed_off AND (is_verdict_positive OR is_verdict_rating AND rated_positive) AS confirmed,
  handled AND NOT confirmed AND is_answered AND NOT is_handed_off AND NOT is_human_turn AND NOT is_thumbs_down AND NOT is_human_requested
   AND NOT is_last_bot_fallback AND (NOT rated OR rated_positive) AS assumable,
  ifNull(returned_after_s <= ${windowS} AND ceil(toUnixTimestamp64Milli(ended_at) / 1000) + returned_after_s <= ${asOfS}, false) AS returned,
  confirmed OR assumable AND matured AND NOT returned AS resolved,
  multiIf(flow = 'faq', 'issue_answered', flow = 'order_tracking', 'order_status_delivered', flow = 'returns', 'return_answered_or_started',
   flow = 'triage', 'handed_to_right_team', flow = 'lead_capture', 'contact_captured', flow = 'demo_call', 'meeting_booked', flow = 'product_finder', 'product_chosen', '') AS goal,
  goal != '' AND (goal != 'issue_answered' OR matured) AS goal_due,
  is_trapped_2 AND NOT (is_verdict_stands AND is_verdict_rating AND rated_positive AND (is_human_requested OR is_verdict_after_repeat OR fallbacks >= 2)) AS trapped,
  goal != '' AND (has(goals, goal) OR multiIf(flow = 'faq', resolved, flow = 'order_tracking', is_goal_event OR is_answered AND intent = 'order_status',
   flow = 'returns', is_goal_event OR is_answered AND intent = 'return_policy', flow = 'triage', is_picked_up AND intent != '',
   flow = 'lead_capture', is_lead, flow = 'demo_call', is_booked, false)) AS goal_reached,
  opened AND NOT goal_reached AND NOT trapped AND NOT is_answered AND NOT is_lead AND NOT is_handed_off AND NOT is_human_turn AND NOT is_goal_event AS bounced,
  (is_closed OR toUnixTimestamp64Milli(ended_at) < (${asOfS} - multiIf(channel IN ('messenger', 'instagram', 'whatsapp'), 86400, channel = 'email', 259200, channel = 'voice', 600, 1800)) * 1000)
   AND (goal_reached OR resolved) AS completed
 FROM ${plainConversations} FINAL
 WHERE workspace_id = ${workspace} AND started_at >= toDateTime('${from} 00:00:00', '${zone}') AND started_at < toDateTime('${to} 00:00:00', '${zone}') AND NOT is_test
) GROUP BY key ORDER BY key`;

export const barePersonDayFigures = ({ workspace, from, to, personDayKeys }: BareQuestion): string => `
SELECT tuple(${personDayKeys}) AS key, count() AS engagement_den, countIf(engaged_turns >= 1) AS engagement_num
FROM ${plainPersonDays} FINAL
WHERE workspace_id = ${workspace} AND day >= '${from}' AND day < '${to}' AND impressions > 0 AND NOT test
GROUP BY key ORDER BY key`;
