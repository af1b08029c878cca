import type { Freshness } from '@botworth/contract/api';
import { bind, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { aboveMark } from './backlog.ts';

/** Events answered with 2xx, and those among them that the store cannot read yet. */
export interface Acknowledged {
  readonly events: number;
  readonly onTheWay: number;
  /** When the oldest of those on the way was acknowledged. */
  readonly sinceMs?: number;
}

interface Folded {
  readonly upTo: bigint;
  readonly acknowledged: Acknowledged | undefined;
  readonly nowMs: number;
}

/**
 * How much of what was acknowledged is in the rows. `acknowledged` was read before this asks: what comes in between
 * makes it look less fresh, never fresher than it is. Without it, what is stored is counted.
 */
export const readFreshness = async (
  store: EventStore,
  workspaceNumber: number,
  { upTo, acknowledged, nowMs }: Folded,
): Promise<Freshness> => {
  const above = aboveMark(workspaceNumber, upTo);
  const [row] = await store.rows<{ waiting: string; stored: string; oldest_ms: string }>(
    acknowledged === undefined
      ? sql`SELECT countIf(${above}) AS waiting, count() AS stored, toUnixTimestamp64Milli(minIf(received_at, ${above})) AS oldest_ms FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`
      : sql`SELECT count() AS waiting, 0 AS stored, toUnixTimestamp64Milli(min(received_at)) AS oldest_ms FROM events WHERE ${above}`,
    { tag: 'freshness' },
  );
  const unfolded = Number(row?.waiting ?? 0);
  const events = acknowledged?.events ?? Number(row?.stored ?? 0);
  const waiting = Math.min(events, unfolded + (acknowledged?.onTheWay ?? 0));
  const oldestMs = unfolded > 0 ? Number(row?.oldest_ms ?? 0) : (acknowledged?.sinceMs ?? nowMs);
  return {
    acknowledged: events,
    folded: events - waiting,
    lag_ms: waiting === 0 ? 0 : Math.max(0, nowMs - oldestMs),
  };
};
