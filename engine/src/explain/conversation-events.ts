import type { ConversationEvent } from '@botworth/contract/api';
import { orderKeyExpression } from '../fold/facts/order-key.ts';
import type { Episode, FoldedEpisode } from '../fold/read-episode.ts';
import { foldedCodes } from '../fold/statement.ts';
import { bind, type Fragment, nothing, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import type { StoredRow } from './conversation-rows.ts';

/** An event as a row of the store has it, with its place in the fold's order. */
export interface EpisodeEvent extends ConversationEvent {
  readonly orderKey: bigint;
}

const columns = sql`event_id, name, toUnixTimestamp64Milli(ts) AS at_ms, toUnixTimestamp64Milli(received_at) AS received_ms, toString(actor) AS actor_word, toString(kind) AS kind_word, text, step, intent, properties, via, ${raw(orderKeyExpression())} AS k`;

/**
 * What of the thread happened from the start (the first episode: from ever) to the start of the next, or named it.
 */
const inItsTime = async (
  store: EventStore,
  { workspace, thread, startedMs }: Episode,
  options: QueryOptions,
): Promise<Fragment> => {
  const starts = await store.rows<StoredRow>(
    sql`SELECT started_ms FROM conversations FINAL WHERE workspace_id = ${bind('UInt32', workspace)} AND thread = ${bind('UInt64', thread)} ORDER BY started_ms`,
    options,
  );
  const all = starts.map(({ started_ms }) => Number(started_ms));
  const isFirst = all.every((start) => start >= startedMs);
  const next = all.find((start) => start > startedMs);
  const from = isFirst ? nothing : sql` AND ts >= fromUnixTimestamp64Milli(${bind('Int64', startedMs)})`;
  const to = next === undefined ? nothing : sql` AND ts < fromUnixTimestamp64Milli(${bind('Int64', next)})`;
  return sql`(episode_ms = ${bind('Int64', startedMs)} OR episode_ms = 0${from}${to})`;
};

/**
 * The events of one conversation in the fold's order, one row per event id: the copy received first. Those that its
 * row was folded from, and what else the thread had in its time (costs, identities, names that nobody mapped yet).
 */
export const readEpisodeEvents = async (
  store: EventStore,
  episode: Episode,
  folded: FoldedEpisode | null,
  adopted: readonly { readonly thread: string; readonly eid: string }[],
  options: QueryOptions,
): Promise<EpisodeEvent[]> => {
  const ours = sql`workspace_id = ${bind('UInt32', episode.workspace)}`;
  const around = await inItsTime(store, episode, options);
  const which =
    folded === null
      ? around
      : sql`(k IN (SELECT arrayJoin(${bind('Array(UInt64)', folded.keys)})) AND code IN (${raw(foldedCodes)}) OR code NOT IN (${raw(foldedCodes)}) AND ${around})`;
  const own = sql`SELECT ${columns}, 'thread' AS joined_word FROM events FINAL WHERE ${ours} AND thread = ${bind('UInt64', episode.thread)} AND ${which}`;
  const more =
    adopted.length === 0
      ? nothing
      : sql` UNION ALL SELECT ${columns}, 'person' AS joined_word FROM events FINAL WHERE ${ours} AND thread IN (SELECT arrayJoin(${bind(
          'Array(UInt64)',
          adopted.map(({ thread }) => BigInt(thread)),
        )})) AND eid IN (SELECT toUUID(arrayJoin(${bind(
          'Array(String)',
          adopted.map(({ eid }) => eid),
        )})))`;
  const rows = await store.rows<StoredRow>(sql`SELECT * FROM (${own}${more}) ORDER BY k`, options);
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
    joined: row.joined_word === 'person' ? ('person' as const) : ('thread' as const),
    orderKey: BigInt(String(row.k)),
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
