import { factBits } from '../../engine/src/fold/facts/bits.ts';

/**
 * The same conversations and person-days as anybody would lay them out first: keyed by their ids, LowCardinality texts,
 * real times, Nullable where something may be missing, one Bool for each fact, and ReplacingMergeTree because rows are
 * corrected. Filled from the product's own tables, so that both sides hold the same facts.
 */
const facts = factBits.map(([name]) => name);

const texts = [
  'channel',
  'job',
  'handled_by',
  'state',
  'bot',
  'bot_version',
  'flow',
  'intent',
  'language',
  'device',
  'country',
  'page',
  'source',
  'medium',
  'campaign',
  'variant',
  'handoff_reason',
  'handoff_by',
] as const;

export const plainConversations = 'bench_conversations';
export const plainPersonDays = 'bench_person_days';

export const plainTableStatements: readonly string[] = [
  `DROP TABLE IF EXISTS ${plainConversations}`,
  `CREATE TABLE ${plainConversations} (
 workspace_id UInt32, conversation_id String, thread_id String, person_id String,
 started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)), ended_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
 returned_after_s Nullable(UInt32), duration_ms UInt32, first_answer_ms Nullable(UInt32), pickup_ms Nullable(UInt32),
 visitor_turns UInt32, bot_turns UInt32, human_turns UInt32, fallbacks UInt32, clarifications UInt32, repeats UInt32,
 csat_score Nullable(Float32), csat_scale Nullable(UInt16),
 ${texts.map((name) => `${name} LowCardinality(String)`).join(', ')},
 intents Array(LowCardinality(String)), goals Array(LowCardinality(String)),
 ${facts.map((name) => `is_${name} Bool`).join(', ')},
 version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (workspace_id, conversation_id)`,
  `INSERT INTO ${plainConversations}
SELECT workspace_id, conversation_id, thread_id, hex(person), fromUnixTimestamp64Milli(started_ms, 'UTC'), fromUnixTimestamp64Milli(ended_ms, 'UTC'),
 nullIf(return_s, 0), duration_ms, nullIf(ttfua_ms, 4294967295), nullIf(pickup_ms, 4294967295),
 n_user, n_bot, n_human, n_fallback, n_clarify, n_repeat, if(csat_scale = 0, NULL, csat_score / 100), nullIf(csat_scale, 0),
 ${texts.map((name) => `toString(${name})`).join(', ')}, intents, goals,
 ${facts.map((_, place) => `bitTest(facts, ${place})`).join(', ')}, version
FROM conversations FINAL`,
  `OPTIMIZE TABLE ${plainConversations} FINAL`,
  `DROP TABLE IF EXISTS ${plainPersonDays}`,
  `CREATE TABLE ${plainPersonDays} (
 workspace_id UInt32, person_id String, day Date, bot LowCardinality(String), impressions UInt32, page_views UInt32, engaged_turns UInt32, test Bool,
 channel LowCardinality(String), page LowCardinality(String), source LowCardinality(String), medium LowCardinality(String),
 campaign LowCardinality(String), device LowCardinality(String), language LowCardinality(String), country LowCardinality(String), version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (workspace_id, person_id, day, bot)`,
  `INSERT INTO ${plainPersonDays}
SELECT workspace_id, hex(person), day, bot, impressions, page_views, engaged_turns, test, toString(channel), page, source, medium, campaign, device,
 language, country, version FROM person_days FINAL`,
  `OPTIMIZE TABLE ${plainPersonDays} FINAL`,
];
