import type { Freshness } from '@botworth/contract/api';
import { bind, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { aboveMark } from './backlog.ts';

/**
 * How much of what was acknowledged is in the rows. `acknowledged` was read before this asks: what comes in between
 * makes it look less fresh, never fresher than it is. Without it, what is stored is counted.
 */
export const readFreshness = async (
  store: EventStore,
  workspaceNumber: number,
  folded: { readonly upTo: bigint; readonly acknowledged: number | undefined; readonly nowMs: number },
): Promise<Freshness> => {
  const above = aboveMark(workspaceNumber, folded.upTo);
  const [row] = await store.rows<{ waiting: string; stored: string; oldest_ms: string }>(
    folded.acknowledged === undefined
      ? sql`SELECT countIf(${above}) AS waiting, count() AS stored, toUnixTimestamp64Milli(minIf(received_at, ${above})) AS oldest_ms FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`
      : sql`SELECT count() AS waiting, 0 AS stored, toUnixTimestamp64Milli(min(received_at)) AS oldest_ms FROM events WHERE ${above}`,
    { tag: 'freshness' },
  );
  const waiting = Number(row?.waiting ?? 0);
  const acknowledged = folded.acknowledged ?? Number(row?.stored ?? 0);
  return {
    acknowledged,
    folded: Math.max(0, acknowledged - waiting),
    lag_ms: waiting === 0 ? 0 : Math.max(0, folded.nowMs - Number(row?.oldest_ms ?? 0)),
  };
};
