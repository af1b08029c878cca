import { eventCode } from '@botworth/contract/vocabulary';
import type { Clock } from '../base/clock.ts';
import { bind, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { type FlowTable, flowTable } from './policy/flow-table.ts';
import type { Rules } from './policy/rules.ts';
import type { Presence } from './query/missing.ts';

/** Small facts about a workspace that questions lean on, kept for as long as they cannot mislead. */
export interface WorkspaceFacts {
  flows(workspace: number, rules: Rules, fresh: boolean): Promise<FlowTable>;
  presence(workspace: number): Promise<Presence>;
  /** Unix seconds of the first conversation of each bot. */
  firstStarts(workspace: number): Promise<ReadonlyMap<string, number>>;
}

/** A bot's first day does not move often; an import of older history shows within this time. */
const firstStartsForMs = 60_000;

export const createWorkspaceFacts = (store: EventStore, clock: Clock): WorkspaceFacts => {
  const flows = new Map<number, readonly string[]>();
  const arrived = new Map<number, { readonly codes: ReadonlySet<number>; readonly seq: string }>();
  const starts = new Map<number, { readonly atMs: number; readonly byBot: ReadonlyMap<string, number> }>();

  return {
    flows: async (workspace, rules, fresh) => {
      const held = fresh ? undefined : flows.get(workspace);
      if (held !== undefined) return flowTable(held, rules);
      const rows = await store.rows<{ flow: string }>(
        sql`SELECT DISTINCT flow FROM conversations WHERE workspace_id = ${bind('UInt32', workspace)}`,
        { tag: `flows workspace=${workspace}` },
      );
      const names = rows.map(({ flow }) => flow);
      flows.set(workspace, names);
      return flowTable(names, rules);
    },
    presence: async (workspace) => {
      const held = arrived.get(workspace) ?? { codes: new Set<number>(), seq: '0' };
      // Only what was committed since the last look: what arrived stays arrived.
      const [row] = await store.rows<{ codes: readonly number[]; last: string }>(
        sql`SELECT groupUniqArray(code) AS codes, max(seq) AS last FROM events WHERE workspace_id = ${bind('UInt32', workspace)} AND seq > ${bind('UInt64', held.seq)}`,
        { tag: `presence workspace=${workspace}` },
      );
      const seen =
        row === undefined || row.codes.length === 0
          ? held
          : { codes: new Set([...held.codes, ...row.codes.map(Number)]), seq: row.last };
      arrived.set(workspace, seen);
      return { has: (event) => seen.codes.has(eventCode(event)) };
    },
    firstStarts: async (workspace) => {
      const held = starts.get(workspace);
      if (held !== undefined && clock.nowMs() - held.atMs < firstStartsForMs) return held.byBot;
      const rows = await store.rows<{ bot: string; first: number }>(
        sql`SELECT bot, min(started_s) AS first FROM conversations WHERE workspace_id = ${bind('UInt32', workspace)} GROUP BY bot`,
        { tag: `first starts workspace=${workspace}` },
      );
      const byBot = new Map(rows.map(({ bot, first }) => [bot, Number(first)]));
      starts.set(workspace, { atMs: clock.nowMs(), byBot });
      return byBot;
    },
  };
};
