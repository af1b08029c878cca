import { channels } from '@botworth/contract/dimensions';
import { bind, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import { irregularThreads } from './episodes.ts';
import { createIntentBook } from './intent-names.ts';
import { type FoldSettings, readSettingsText } from './settings.ts';
import { findEpisode, ownEvents, readEvents } from './statement.ts';

export interface Episode {
  readonly workspace: number;
  readonly thread: string;
  readonly startedMs: number;
}

/** One conversation as the fold sees it: its events by their order keys; 0 stands for "it never came". */
export interface FoldedEpisode {
  readonly keys: readonly bigint[];
  readonly firstAsk: bigint;
  readonly firstRepeat: bigint;
  /** The first sign of each fallback turn. */
  readonly fallbacks: readonly bigint[];
}

/** The rows say what they were folded with; `standard` is for rows that no mark speaks of. */
const readSettings = async (
  store: EventStore,
  workspace: number,
  standard: FoldSettings,
  options: QueryOptions,
): Promise<FoldSettings> => {
  const [mark] = await store.rows<{ settings: string }>(
    sql`SELECT settings FROM fold_marks FINAL WHERE workspace_id = ${bind('UInt32', workspace)}`,
    options,
  );
  return mark === undefined ? standard : readSettingsText(mark.settings);
};

interface ReadEvent {
  readonly k: string;
  readonly m: string;
  readonly text_hash: string;
  readonly episode_ms: string;
  readonly talk: number;
  readonly channel: number;
}

/** Few events in a long statement: whatever the engine does to make it faster takes longer than the statement. */
const plain = raw(
  ' SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, query_plan_merge_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0, max_threads = 1',
);
const channelType = `Enum8(${channels.map((name, code) => `\\'${name}\\' = ${code}`).join(', ')})`;

/** Threads of more events than a statement should carry as text stay where they are. */
const MOST_BROUGHT_HOME = 10_000;

/** Asked for by a reader, by the statements that the rows are made with. Null: its events make another start by now. */
export const readEpisode = async (
  store: EventStore,
  { workspace, thread, startedMs }: Episode,
  standard: FoldSettings,
  options: QueryOptions,
  mostBroughtHome = MOST_BROUGHT_HOME,
): Promise<FoldedEpisode | null> => {
  const ofThread = sql`thread = ${bind('UInt64', BigInt(thread))}`;
  const [settings, sent] = await Promise.all([
    readSettings(store, workspace, standard, options),
    store.rows<{ intent: string }>(
      sql`SELECT DISTINCT intent FROM events WHERE workspace_id = ${bind('UInt32', workspace)} AND ${ofThread}`,
      options,
    ),
  ]);
  const book = createIntentBook(settings);
  book.learn(sent.map(({ intent }) => intent));
  const inStore = readEvents(ownEvents(workspace, ofThread), settings, book.names());
  // Once to the reader and back: in one statement the engine would copy what a mark is into each place that asks for
  // it, and be three times as long about a few events.
  const read = await store.rows<ReadEvent>(
    sql`SELECT toString(k) AS k, toString(m) AS m, toString(text_hash) AS text_hash, toString(episode_ms) AS episode_ms, toUInt8(talk) AS talk, toInt8(channel) AS channel FROM (${inStore})${raw(` LIMIT ${mostBroughtHome + 1}`)}${plain}`,
    options,
  );
  const column = (name: keyof ReadEvent): (string | number)[] => read.map((event) => event[name]);
  const broughtHome = sql`(SELECT ${bind('UInt64', BigInt(thread))} AS thread, '' AS thread_id, '' AS flow, '' AS meant, e.1 AS k, e.2 AS m, e.3 AS text_hash, e.4 AS episode_ms, e.5 AS talk, CAST(e.6, '${raw(channelType)}') AS channel
    FROM (SELECT arrayJoin(arrayZip(${bind('Array(UInt64)', column('k'))}, ${bind('Array(UInt64)', column('m'))}, ${bind('Array(UInt64)', column('text_hash'))}, ${bind('Array(Int64)', column('episode_ms'))}, ${bind('Array(UInt8)', column('talk'))}, ${bind('Array(UInt8)', column('channel'))})) AS e))`;
  const events = read.length > mostBroughtHome ? sql`(${inStore})` : broughtHome;
  const found = findEpisode(events, sql`(${irregularThreads(events, settings)})`, startedMs, [
    'first_ask',
    'first_repeat',
    'fallback_keys',
  ]);
  const [row] = await store.rows<{
    keys: string[];
    first_ask: string;
    first_repeat: string;
    fallback_keys: string[];
  }>(sql`${found}${plain}`, options);
  return row === undefined
    ? null
    : {
        keys: row.keys.map(BigInt),
        firstAsk: BigInt(row.first_ask),
        firstRepeat: BigInt(row.first_repeat),
        fallbacks: row.fallback_keys.map(BigInt),
      };
};
