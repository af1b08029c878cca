/**
 * One stored event as a JSONEachRow object: what collect writes and the fold reads. 64-bit numbers are decimal
 * strings. Field meanings stand in `tables.ts`, beside the columns.
 */
export interface EventRow {
  workspace_id: number;
  thread: string;
  eid: string;
  seq: string;
  first: string;
  digest: string;
  ts: string;
  received_at: string;
  code: number;
  name: string;
  event_id: string;
  thread_id: string;
  episode_ms: string;
  actor: number;
  kind: number;
  channel: number;
  job: number;
  flags: number;
  key: string;
  ties: string[];
  bot: string;
  bot_version: string;
  flow: string;
  step: string;
  intent: string;
  confidence: number;
  goal: string;
  reason: string;
  by: string;
  language: string;
  device: string;
  country: string;
  page: string;
  referrer: string;
  source: string;
  medium: string;
  campaign: string;
  variant: string;
  continued_from: string;
  score: number;
  scale: number;
  text_hash: string;
  text: string;
  properties: string;
  context: string;
  via: string;
}

/** Bits of `flags`. A flagged event is stored and counted; metrics leave it out by default. */
export const eventFlags = {
  /** Declared test or internal traffic (query flag, e-mail domain, `test: true`). */
  test: 1 << 0,
  /** A known crawler's user agent. */
  crawler: 1 << 1,
  /** A visitor message that only greets, thanks or acknowledges. */
  smalltalk: 1 << 2,
  /** A private note or status change: no turn, not handling. Its actor is `system`. */
  private_note: 1 << 3,
  /** The event carried no thread: `thread` is then the hash of its best person key. */
  loose: 1 << 4,
  /** `chat_opened` by the widget itself: not a start. */
  self_opened: 1 << 5,
  /** answer_rated up, conversation_resolved by the visitor, or the like. */
  positive: 1 << 6,
  /** answer_rated down. */
  negative: 1 << 7,
  /** The intent is on the list that asks for a person. */
  wants_human: 1 << 8,
} as const;
