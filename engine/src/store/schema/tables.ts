import { actors, channels, handledBy, jobs, replyKinds } from '@botworth/contract/dimensions';

/**
 * The tables, each once. `{engine:…}` is rendered per target: a plain family member on a single node, the
 * Replicated one on a cluster. A column's comment says what it holds.
 */
const enumOf = (values: readonly string[]): string =>
  `Enum8(${values.map((value, code) => `'${value}' = ${code}`).join(', ')})`;

export interface TableTemplate {
  readonly name: string;
  /** Rendered as the engine clause; `replacing` keeps the row with the greatest version. */
  readonly engine:
    | { readonly kind: 'replacing'; readonly version: string; readonly deleted?: string }
    | { readonly kind: 'plain' };
  readonly columns: readonly string[];
  readonly indexes?: readonly string[];
  readonly orderBy: string;
  /** Shard key on a cluster: all of a thread (or a person) on one node. */
  readonly shardBy: string;
  readonly settings?: string;
}

export const tables: readonly TableTemplate[] = [
  {
    name: 'events',
    engine: { kind: 'replacing', version: 'first' },
    columns: [
      'workspace_id UInt32',
      'thread UInt64', // hash of the thread's id; of the best person key when the event is loose
      'eid UUID', // 128-bit hash of the event id
      'seq UInt64 CODEC(Delta, LZ4)', // commit sequence: the fold reads what lies above its watermark
      'first UInt64 CODEC(Delta, LZ4)', // max - seq: of two copies the first received has the greatest version
      'digest UInt64', // of the content: a later copy that differs is a conflicting duplicate
      "ts DateTime64(3, 'UTC') CODEC(Delta, LZ4)",
      "received_at DateTime64(3, 'UTC') CODEC(Delta, LZ4)",
      'code UInt8', // vocabulary code, 0 for a name nobody mapped yet
      'name LowCardinality(String)',
      'event_id String CODEC(ZSTD(1))',
      'thread_id String CODEC(ZSTD(1))',
      'episode_ms Int64', // the event named one episode of the thread by its start; 0 = the thread only
      `actor ${enumOf(actors)}`,
      `kind ${enumOf(replyKinds)}`,
      `channel ${enumOf(channels)}`,
      `job ${enumOf(jobs)}`,
      'flags UInt32',
      'key UInt64', // best person key; its low three bits are the type, strongest first; 0 = none
      'ties Array(UInt64)', // all keys of the event where it has several: they are one person
      'bot LowCardinality(String)',
      'bot_version LowCardinality(String)',
      'flow LowCardinality(String)',
      'step LowCardinality(String)',
      'intent LowCardinality(String)', // as sent; names are mapped in the fold
      'confidence Float32', // -1 = none sent
      'goal LowCardinality(String)',
      'reason LowCardinality(String)',
      '`by` LowCardinality(String)',
      'language LowCardinality(String)',
      'device LowCardinality(String)',
      'country LowCardinality(String)',
      'page LowCardinality(String)', // path only
      'referrer String CODEC(ZSTD(1))',
      'source LowCardinality(String)',
      'medium LowCardinality(String)',
      'campaign LowCardinality(String)',
      'variant LowCardinality(String)',
      'continued_from UInt64', // hash of the thread that this one continues; 0 = none
      'score Float32', // rating; meaning depends on the name
      'scale UInt16', // upper end of the rating's scale; 0 = none sent
      'text_hash UInt64', // of the visitor text after NFKC, lower case, without punctuation and spaces; 0 when under 3 characters
      'text String CODEC(ZSTD(1))',
      'properties String CODEC(ZSTD(1))', // JSON as sent, e-mail and phone replaced by their keyed hashes
      // The rest of the raw payload, kept 30 to 37 days. It ends by the week: whatever ends, the engine writes its whole part anew.
      'context String CODEC(ZSTD(1)) TTL toStartOfWeek(received_at) + INTERVAL 37 DAY',
      'via LowCardinality(String)', // adapter and key that delivered it
    ],
    indexes: ['INDEX ix_seq seq TYPE minmax GRANULARITY 1'],
    orderBy: '(workspace_id, thread, eid)',
    shardBy: 'thread',
    settings: 'index_granularity = 1024, min_compress_block_size = 8192, max_compress_block_size = 65536',
  },
  {
    name: 'conversations',
    engine: { kind: 'replacing', version: 'version', deleted: 'is_deleted' },
    columns: [
      'workspace_id UInt32',
      'day Date', // UTC day of the start
      'conv UInt64', // hash of the conversation id
      'thread UInt64',
      'started_s UInt32 CODEC(NONE)', // first turn or opening, Unix seconds
      'ended_s UInt32 CODEC(NONE)', // last turn, rounded up to the second
      'return_s UInt32', // seconds from the end to the next contact or ticket of the same person on the same or an unknown intent, at least 1; 0 = none
      'duration_ms UInt32 CODEC(NONE)',
      'ttfua_ms UInt32 CODEC(NONE)', // first visitor message to first useful answer; 4294967295 = never answered
      'facts UInt64 CODEC(NONE)', // named bits, see fold/facts/bits.ts
      'n_user UInt16 CODEC(NONE)', // visitor turns, saturating at 65535 like all counts of turns
      'n_bot UInt16 CODEC(NONE)',
      'n_human UInt16',
      'n_fallback UInt16 CODEC(NONE)', // fallback turns: several signs on one visitor turn are one
      'n_clarify UInt16',
      'n_repeat UInt16',
      'csat_score UInt16', // last rating × 100
      'csat_scale UInt8', // 0 = no rating; 255 = a scale larger than 254
      `channel ${enumOf(channels)} CODEC(NONE)`,
      `job ${enumOf(jobs)} CODEC(NONE)`, // event property only; policy and intent decide at question time when unknown
      `handled_by ${enumOf(handledBy)}`,
      `state Enum8('opened' = 0, 'engaged' = 1, 'completed' = 2, 'fallback' = 3, 'escalated' = 4, 'abandoned' = 5)`,
      'bot LowCardinality(String)',
      'bot_version LowCardinality(String)',
      'flow LowCardinality(String)',
      'intent LowCardinality(String)', // primary, mapped; '' = none recognised
      'intents Array(LowCardinality(String))', // all recognised, mapped
      'goals Array(LowCardinality(String))', // goals reached, by name
      'language LowCardinality(String)',
      'device LowCardinality(String)',
      'country LowCardinality(String)',
      'page LowCardinality(String)',
      'source LowCardinality(String)',
      'medium LowCardinality(String)',
      'campaign LowCardinality(String)',
      'variant LowCardinality(String)',
      'handoff_reason LowCardinality(String)',
      'handoff_by LowCardinality(String)',
      'pickup_ms UInt32', // handoff to the first human turn; 4294967295 = nobody came or no handoff
      'person UInt64',
      'key UInt64', // its strongest person key; the identities say whose that is
      'reopened_s UInt32', // seconds from the end to the first reopening of its ticket; 0 = never
      'started_ms Int64',
      'ended_ms Int64',
      'conversation_id String CODEC(ZSTD(1))',
      'thread_id String CODEC(ZSTD(1))',
      'version UInt64',
      'is_deleted UInt8',
    ],
    indexes: [
      'INDEX ix_conv conv TYPE bloom_filter(0.01) GRANULARITY 1',
      'INDEX ix_thread thread TYPE bloom_filter(0.01) GRANULARITY 1',
      'INDEX ix_person person TYPE bloom_filter(0.01) GRANULARITY 1',
    ],
    orderBy: '(workspace_id, day, conv)',
    shardBy: 'thread',
  },
  {
    // A person's keys, tied: written by the fold for keys that have ties; every other key is its own person.
    name: 'identities',
    engine: { kind: 'replacing', version: 'version', deleted: 'is_deleted' },
    columns: [
      'workspace_id UInt32',
      'key UInt64',
      'person UInt64',
      'capped UInt8',
      'version UInt64',
      'is_deleted UInt8',
    ],
    indexes: ['INDEX ix_person person TYPE bloom_filter(0.01) GRANULARITY 1'],
    orderBy: '(workspace_id, key)',
    shardBy: 'workspace_id',
  },
  {
    // Each pair of keys that was ever tied, as its latest event left it; that event is named.
    name: 'links',
    engine: { kind: 'replacing', version: 'version' },
    columns: [
      'workspace_id UInt32',
      'low UInt64',
      'high UInt64',
      'eid UUID', // the event that tied or untied them last
      "ts DateTime64(3, 'UTC')",
      'tied UInt8',
      'version UInt64', // of the event: its instant, then its id
    ],
    indexes: ['INDEX ix_high high TYPE bloom_filter(0.01) GRANULARITY 1'],
    orderBy: '(workspace_id, low, high)',
    shardBy: 'workspace_id',
  },
  {
    // Ratings, leads, meetings and tickets that no conversation of their own thread can take: their person's may.
    name: 'strays',
    engine: { kind: 'replacing', version: 'version', deleted: 'is_deleted' },
    columns: [
      'workspace_id UInt32',
      'key UInt64',
      'eid UUID',
      'thread UInt64',
      "ts DateTime64(3, 'UTC')",
      'code UInt8',
      `actor ${enumOf(actors)}`,
      'flags UInt32',
      'step LowCardinality(String)',
      'intent LowCardinality(String)',
      'confidence Float32',
      'score Float32',
      'scale UInt16',
      'version UInt64',
      'is_deleted UInt8',
    ],
    indexes: ['INDEX ix_thread thread TYPE bloom_filter(0.01) GRANULARITY 1'],
    orderBy: '(workspace_id, key, eid)',
    shardBy: 'key',
    settings: 'index_granularity = 1024',
  },
  {
    // Impressions and page views as they came, by person key: the raw material of person_days.
    name: 'exposures',
    engine: { kind: 'replacing', version: 'first' },
    columns: [
      'workspace_id UInt32',
      'key UInt64',
      'eid UUID',
      "ts DateTime64(3, 'UTC')",
      'code UInt8',
      'flags UInt32',
      `channel ${enumOf(channels)}`,
      'bot LowCardinality(String)',
      'page LowCardinality(String)',
      'source LowCardinality(String)',
      'medium LowCardinality(String)',
      'campaign LowCardinality(String)',
      'device LowCardinality(String)',
      'language LowCardinality(String)',
      'country LowCardinality(String)',
      'first UInt64',
    ],
    orderBy: '(workspace_id, key, eid)',
    shardBy: 'key',
    settings: 'index_granularity = 1024',
  },
  {
    // One row per person, bot and local day (of the workspace's zone) with an impression or a page view.
    name: 'person_days',
    engine: { kind: 'replacing', version: 'version', deleted: 'is_deleted' },
    columns: [
      'workspace_id UInt32',
      'day Date',
      'person UInt64',
      'bot LowCardinality(String)',
      'impressions UInt16',
      'page_views UInt16',
      'engaged_turns UInt16', // most visitor turns in a conversation of that person, bot and day that is not only a greeting
      'test UInt8', // all of its impressions were flagged
      'hour UInt8', // local hour of the first impression
      `channel ${enumOf(channels)}`,
      'page LowCardinality(String)',
      'source LowCardinality(String)',
      'medium LowCardinality(String)',
      'campaign LowCardinality(String)',
      'device LowCardinality(String)',
      'language LowCardinality(String)',
      'country LowCardinality(String)',
      'version UInt64',
      'is_deleted UInt8',
    ],
    indexes: ['INDEX ix_person person TYPE bloom_filter(0.01) GRANULARITY 1'],
    orderBy: '(workspace_id, day, person, bot)',
    shardBy: 'person',
  },
  {
    // How far the fold has come, per workspace; the newest row counts.
    name: 'fold_marks',
    engine: { kind: 'replacing', version: 'version' },
    columns: [
      'workspace_id UInt32',
      'seq UInt64',
      'generation UInt32',
      'settings String',
      "at DateTime64(3, 'UTC')",
      'version UInt64',
    ],
    orderBy: 'workspace_id',
    shardBy: 'workspace_id',
  },
];
