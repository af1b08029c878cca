import type { ConversationEvent } from '@botworth/contract/api';
import { bind, nothing, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import { eventFlags } from '../store/schema/event-row.ts';
import type { StoredRow } from './conversation-rows.ts';

export interface Episode {
  readonly workspace: number;
  readonly thread: string;
  readonly startedMs: number;
}

/** An event as a row of the store has it; the verdicts' moments are found among these. */
export interface EpisodeEvent extends ConversationEvent {
  readonly textHash: string;
  /** Below 0: none was sent. */
  readonly confidence: number;
  /** The sender says of the intent that it asks for a person. */
  readonly wantsHuman: boolean;
}

/**
 * The events of one episode: those that name it, and those of its thread from its start (the first episode: from
 * ever) to the start of the next. One row per event id: the copy received first.
 */
export const readEpisodeEvents = async (
  store: EventStore,
  { workspace, thread, startedMs }: Episode,
  options: QueryOptions,
): Promise<EpisodeEvent[]> => {
  const starts = await store.rows<StoredRow>(
    sql`SELECT started_ms FROM conversations FINAL WHERE workspace_id = ${bind('UInt32', workspace)} AND thread = ${bind('UInt64', thread)} ORDER BY started_ms`,
    options,
  );
  const all = starts.map(({ started_ms }) => Number(started_ms));
  const isFirst = all.every((start) => start >= startedMs);
  const next = all.find((start) => start > startedMs);
  const from = isFirst ? nothing : sql` AND ts >= fromUnixTimestamp64Milli(${bind('Int64', startedMs)})`;
  const to = next === undefined ? nothing : sql` AND ts < fromUnixTimestamp64Milli(${bind('Int64', next)})`;
  const rows = await store.rows<StoredRow>(
    sql`SELECT event_id, name, toUnixTimestamp64Milli(ts) AS at_ms, toUnixTimestamp64Milli(received_at) AS received_ms, toString(actor) AS actor_word, toString(kind) AS kind_word, text, step, intent, properties, via, text_hash, confidence, bitAnd(flags, ${raw(String(eventFlags.wants_human))}) != 0 AS wants_human, eid
FROM events FINAL WHERE workspace_id = ${bind('UInt32', workspace)} AND thread = ${bind('UInt64', thread)} AND (episode_ms = ${bind('Int64', startedMs)} OR episode_ms = 0${from}${to}) ORDER BY ts, eid`,
    options,
  );
  return rows.map((row) => ({
    event_id: String(row.event_id),
    name: String(row.name),
    occurred_at: new Date(Number(row.at_ms)).toISOString(),
    received_at: new Date(Number(row.received_ms)).toISOString(),
    actor: String(row.actor_word),
    kind: String(row.kind_word),
    text: String(row.text),
    step: String(row.step),
    intent: String(row.intent),
    properties: readProperties(String(row.properties)),
    source: String(row.via),
    textHash: String(row.text_hash),
    confidence: Number(row.confidence),
    wantsHuman: Number(row.wants_human) === 1,
  }));
};

const readProperties = (text: string): Record<string, unknown> => {
  if (text === '') return {};
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : { value: read };
  } catch {
    return { unreadable: text };
  }
};
