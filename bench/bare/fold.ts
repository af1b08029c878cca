/**
 * What a careful person would write to fold the same events with one statement and no product around it: first
 * copies only, threads cut at the gap, one GROUP BY, a window for the next contact of the same person. It has the core
 * columns of a conversation, but no links between a person's keys, no adoption of loose events, no verdict that
 * depends on order beyond first and last, and it is right only for a table that is built from nothing.
 */
export interface BareFold {
  readonly events: string;
  readonly into: string;
  readonly workspace: number;
}

export const bareFoldTable = (name: string): string => `CREATE TABLE ${name} (
 workspace_id UInt32, conversation_id String, thread_id String, person UInt64,
 started_at DateTime64(3, 'UTC'), ended_at DateTime64(3, 'UTC'), next_at Nullable(DateTime64(3, 'UTC')),
 first_asked_at Nullable(DateTime64(3, 'UTC')), first_answered_at Nullable(DateTime64(3, 'UTC')),
 visitor_turns UInt32, bot_turns UInt32, human_turns UInt32, fallbacks UInt32, clarifications UInt32, repeats UInt32,
 opened Bool, answered Bool, human_requested Bool, handed_off Bool, picked_up Bool, thumbs_up Bool, thumbs_down Bool, gap Bool,
 lead Bool, booked Bool, survey_shown Bool, closed Bool, goal_reached Bool, first_by_human Bool, meaningful Bool, last_bot_fallback Bool,
 csat_score Nullable(Float32), csat_scale Nullable(UInt16),
 channel LowCardinality(String), bot LowCardinality(String), bot_version LowCardinality(String), flow LowCardinality(String),
 intent LowCardinality(String), intents Array(LowCardinality(String)), goals Array(LowCardinality(String)),
 language LowCardinality(String), device LowCardinality(String), country LowCardinality(String), page LowCardinality(String),
 source LowCardinality(String), medium LowCardinality(String), campaign LowCardinality(String), handoff_reason LowCardinality(String),
 pickup_ms Nullable(UInt32)
) ENGINE = MergeTree ORDER BY (workspace_id, conversation_id)`;

const botReply = "code = 11 AND actor = 'bot'";
const humanReply = "code = 11 AND actor = 'human'";
const turn = 'code IN (3, 10, 11, 12, 13, 16)';
const fallback = "code = 16 OR code = 11 AND kind = 'fallback'";
const first = (column: string): string => `argMinIf(${column}, order, ${column} != '') AS first_${column}`;

/** When that last happened in the thread, before this event. */
const latest = (condition: string): string =>
  `max(if(${condition}, toInt64(toUnixTimestamp64Milli(ts)), 0)) OVER (PARTITION BY thread ORDER BY order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;

/** `episodes` off: every thread is one conversation, as if no thread were endless. */
export const bareFoldStatement = ({ events, into, workspace }: BareFold, episodes = true): string => {
  const columns = `thread, thread_id, ts, code, actor, kind, flags, key, bot, bot_version, flow, intent, confidence, goal, reason, language,
   device, country, page, source, medium, campaign, channel, score, scale, text_hash,
   toUnixTimestamp64Milli(ts) * 1048576 + bitAnd(toUInt64(seq), 1048575) AS order`;
  const from = `FROM ${events} FINAL WHERE workspace_id = ${workspace} AND thread_id != '' AND code NOT IN (0, 1, 2, 5)`;
  const cut = `SELECT *, sum(opens) OVER (PARTITION BY thread ORDER BY order ROWS UNBOUNDED PRECEDING) AS episode FROM (
   SELECT *, toUInt32((${turn}) AND before > 0 AND toInt64(toUnixTimestamp64Milli(ts)) - before
    > transform(channel, ['whatsapp', 'messenger', 'instagram', 'email'], [toInt64(86400000), 86400000, 86400000, 259200000], toInt64(1800000))
    AND NOT (handed > helped AND toInt64(toUnixTimestamp64Milli(ts)) - handed <= 604800000)) AS opens FROM (
    SELECT ${columns}, ${latest(turn)} AS before, ${latest('code = 19')} AS handed, ${latest(humanReply)} AS helped
    ${from}))`;
  return `INSERT INTO ${into}
SELECT ${workspace}, conversation_id, thread_id, person, started_at, ended_at,
 nullIf(leadInFrame(started_at) OVER (PARTITION BY person, primary_intent ORDER BY started_at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), toDateTime64(0, 3, 'UTC')),
 first_asked_at, first_answered_at, visitor_turns, bot_turns, human_turns, fallbacks, clarifications, repeats, opened, answered, human_requested,
 handed_off, picked_up, thumbs_up, thumbs_down, gap, lead, booked, survey_shown, closed, goal_reached, first_by_human, meaningful, last_bot_fallback,
 csat_score, csat_scale, channel_kept, first_bot, first_bot_version, last_flow, primary_intent, all_intents, all_goals, first_language, first_device,
 first_country, first_page, first_source, first_medium, first_campaign, handoff_reason, pickup_ms
FROM (
 SELECT thread, any(thread_id) AS thread_id, ${episodes ? "episode, if(episode = 0, thread_id, concat(thread_id, '::', toString(started_at)))" : 'thread_id'} AS conversation_id,
  argMinIf(key, order, actor = 'visitor' AND key != 0) AS person,
  minIf(ts, ${turn}) AS started_at, maxIf(ts, ${turn}) AS ended_at,
  minOrNullIf(ts, code IN (10, 13)) AS first_asked_at, minOrNullIf(ts, ${botReply} AND kind = 'answer') AS first_answered_at,
  countIf(code IN (10, 13)) AS visitor_turns, countIf(${botReply} OR code = 16) AS bot_turns, countIf(${humanReply}) AS human_turns,
  countIf(${fallback}) AS fallbacks, countIf(code = 11 AND kind = 'clarification') AS clarifications,
  countIf(code = 10 AND text_hash != 0) - uniqExactIf(text_hash, code = 10 AND text_hash != 0) AS repeats,
  max(code = 3 OR code = 10) AS opened, first_answered_at IS NOT NULL AS answered, max(code = 18) AS human_requested,
  minOrNullIf(ts, code = 19) AS handed_at, minOrNullIf(ts, ${humanReply}) AS first_human_at, minOrNullIf(ts, ${botReply} OR code = 16) AS first_bot_at,
  handed_at IS NOT NULL OR max(code = 46) OR first_bot_at < first_human_at AS handed_off, coalesce(first_human_at >= handed_at, false) AS picked_up,
  max(code = 33 AND bitTest(flags, 6)) AS thumbs_up, max(code = 33 AND bitTest(flags, 7)) AS thumbs_down,
  max(code = 17 OR code = 16 AND reason IN ('no_answer', 'no_route')) AS gap, max(code = 40) AS lead, max(code = 42) AS booked,
  max(code = 30) AS survey_shown, max(code IN (4, 21)) AS closed, max(code = 20) AS goal_reached,
  coalesce(first_human_at < first_bot_at, first_human_at IS NOT NULL) AS first_by_human, max(code = 10 AND NOT bitTest(flags, 2)) AS meaningful,
  argMaxIf(${fallback}, order, ${botReply} OR code = 16) AS last_bot_fallback,
  argMaxOrNullIf(score, order, code = 31) AS csat_score, argMaxOrNullIf(scale, order, code = 31) AS csat_scale,
  argMinIf(channel, order, channel != 'unknown') AS channel_kept, ${first('bot')}, ${first('bot_version')}, argMaxIf(flow, order, flow != '') AS last_flow,
  argMinIf(intent, order, intent != '' AND confidence >= 0.5 AND intent NOT IN ('greeting', 'thanks', 'human_request')) AS primary_intent,
  groupUniqArrayIf(intent, intent != '' AND confidence >= 0.5) AS all_intents, groupUniqArrayIf(goal, code = 20) AS all_goals,
  ${['language', 'device', 'country', 'page', 'source', 'medium', 'campaign'].map(first).join(', ')},
  argMinIf(reason, order, code = 19) AS handoff_reason, dateDiff('millisecond', handed_at, first_human_at) AS pickup_ms
 FROM (${episodes ? cut : `SELECT ${columns} ${from}`})
 GROUP BY thread${episodes ? ', episode' : ''}
 HAVING max(actor = 'visitor' OR ${humanReply}))`;
};
