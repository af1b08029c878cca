import type { ConversationDetail } from '@botworth/contract/api';
import { fail } from '../base/app-error.ts';
import { conversationHash } from '../base/hash.ts';
import { factMask } from '../fold/facts/bits.ts';
import { readAdopted } from '../fold/people/read-adopted.ts';
import { readEpisode } from '../fold/read-episode.ts';
import type { FoldSettings } from '../fold/settings.ts';
import type { FlowTable } from '../measure/policy/flow-table.ts';
import type { Rules } from '../measure/policy/rules.ts';
import { settings } from '../measure/query/lower.ts';
import { type VerdictContext, type VerdictName, verdicts } from '../measure/verdicts/columns.ts';
import { bind, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import { readEpisodeEvents } from './conversation-events.ts';
import { conversationRows, readRow, type StoredRow } from './conversation-rows.ts';
import { verdictReasons } from './verdict-reasons.ts';

export interface ConversationAsked {
  readonly workspace: number;
  readonly id: string;
  readonly rules: Rules;
  readonly flows: FlowTable;
  readonly asOfS: number;
  /** For rows that no mark of the fold speaks of. */
  readonly foldedWith: FoldSettings;
}

const everyVerdict = Object.keys(verdicts) as VerdictName[];

/** One conversation with its events and the reason for each verdict; flagged test traffic opens as well. */
export const readConversation = async (
  store: EventStore,
  { workspace, id, rules, flows, asOfS, foldedWith }: ConversationAsked,
  options: QueryOptions,
): Promise<ConversationDetail> => {
  const context: VerdictContext = { rules, flows, asOfS };
  const [stored] = await store.rows<StoredRow>(
    sql`${conversationRows(context, sql` FROM conversations FINAL WHERE workspace_id = ${bind('UInt32', workspace)} AND conv = ${bind('UInt64', conversationHash(workspace, id))} AND conversation_id = ${bind('String', id)}`, everyVerdict)} LIMIT 1${settings}`,
    options,
  );
  if (stored === undefined) {
    const named = id.slice(0, 80);
    return fail(
      'conversation_not_found',
      `There is no conversation “${named}” in this workspace; a late event may have folded it under another id.`,
      { conversation: id.slice(0, 512) },
    );
  }
  const row = readRow(stored);
  const episode = { workspace, thread: String(stored.thread), startedMs: Number(stored.started_ms) };
  const [folded, adopted] = await Promise.all([
    readEpisode(store, episode, foldedWith, options),
    (BigInt(String(stored.facts)) & factMask('adopted')) === 0n
      ? []
      : readAdopted(store, { workspace, conv: String(stored.conv), person: String(stored.person) }, options),
  ]);
  const events = await readEpisodeEvents(store, episode, folded, adopted, options);
  return {
    conversation: row,
    verdicts: verdictReasons({ row, stored, rules, asOfS, events, folded }),
    events: events.map(({ orderKey: _, ...event }) => event),
    policy: rules.version,
  };
};
