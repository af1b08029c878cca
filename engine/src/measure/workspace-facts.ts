import { eventCode } from '@botworth/contract/vocabulary';
import type { Clock } from '../base/clock.ts';
import { bind, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import type { Metric } from './catalogue/figure.ts';
import { type FlowTable, flowTable } from './policy/flow-table.ts';
import type { Rules } from './policy/rules.ts';
import type { Presence } from './query/missing.ts';

/** Small facts about a workspace that questions lean on, kept for as long as they cannot mislead. */
export interface WorkspaceFacts {
  flows(workspace: number, rules: Rules, fresh: boolean): Promise<FlowTable>;
  presence(workspace: number, metrics: readonly Metric[]): Promise<Presence>;
  /** Unix seconds of the first conversation of each bot. */
  firstStarts(workspace: number): Promise<ReadonlyMap<string, number>>;
}

/** A bot's first day does not move often; an import of older history shows within this time. */
const firstStartsForMs = 60_000;

export const createWorkspaceFacts = (store: EventStore, clock: Clock): WorkspaceFacts => {
  const flows = new Map<number, readonly string[]>();
  const codes = new Map<number, ReadonlySet<number>>();
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
    presence: async (workspace, metrics) => {
      const asked = metrics.flatMap(({ declaration, numeratorNeeds }) => [
        ...declaration.needs.map(({ event }) => event),
        ...(numeratorNeeds ?? []),
      ]);
      const held = codes.get(workspace);
      // What arrived stays arrived; only what is absent is worth another look.
      const complete =
        held !== undefined && asked.every((event) => eventCode(event) === 0 || held.has(eventCode(event)));
      const known =
        held !== undefined && complete
          ? held
          : new Set(
              (
                await store.rows<{ code: number }>(
                  sql`SELECT DISTINCT code FROM events WHERE workspace_id = ${bind('UInt32', workspace)}`,
                  {
                    tag: `presence workspace=${workspace}`,
                  },
                )
              ).map(({ code }) => Number(code)),
            );
      codes.set(workspace, known);
      return { has: (event) => known.has(eventCode(event)) };
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
