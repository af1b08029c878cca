import { bind, type Fragment, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import type { FoldSettings } from './settings.ts';
import type { IntentNames } from './statement.ts';

/** One fold of one workspace: of some threads and the persons around them, or of everything. */
export interface FoldRun {
  readonly store: EventStore;
  readonly workspaceNumber: number;
  readonly settings: FoldSettings;
  readonly intents: IntentNames;
  readonly whole: boolean;
  /** Greater than that of every row written before. */
  readonly version: bigint;
}

export const workspaceIs = (run: FoldRun): Fragment =>
  sql`workspace_id = ${bind('UInt32', run.workspaceNumber)}`;

export const versionOf = (run: FoldRun): Fragment => sql`${bind('UInt64', run.version)}`;

export const options = (run: FoldRun, step: string): QueryOptions => ({
  tag: `fold ${step} workspace ${run.workspaceNumber}`,
  lane: 'fold',
});

/**
 * Compiling such statements takes the engine seconds: more than a whole fold gains by it, and a few threads gain nothing.
 * A fold makes no key twice, so looking for doubles before the write costs four fifths of a million rows' time for nothing.
 */
const settings = raw(
  ' SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_on_insert = 0',
);

export const step = (run: FoldRun, name: string, statement: Fragment): Promise<void> =>
  run.store.run(sql`${statement}${settings}`, options(run, name));

/** Threads whose rows are made anew by this fold. */
export const dirtyThreads = raw(
  '(SELECT thread FROM fold_threads UNION DISTINCT SELECT thread FROM fold_again)',
);

/** The rows made anew: where ratings and the like joined through a person, the second making stands. */
export const freshRows = raw(
  '(SELECT * FROM fold_rows WHERE thread NOT IN (SELECT thread FROM fold_again) UNION ALL SELECT * FROM fold_rows_again)',
);

/** `key, person` for the keys that a query names: a key without ties is its own person. */
export const resolvedKeys = (run: FoldRun, keys: Fragment): Fragment => sql`(
  SELECT key, if(tied = 0, key, tied) AS person
  FROM (SELECT DISTINCT key FROM ${keys}) AS asked
  LEFT JOIN (SELECT key, person AS tied FROM identities FINAL WHERE ${workspaceIs(run)}${run.whole ? sql`` : sql` AND key IN (SELECT key FROM ${keys})`}) AS known USING key
)`;
