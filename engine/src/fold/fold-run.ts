import { bind, type Fragment, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import type { FlowSigns } from './flow-signs.ts';
import type { FoldSettings } from './settings.ts';
import type { IntentNames } from './statement.ts';

/** One fold of one workspace: of some threads and the persons around them, or of everything. */
export interface FoldRun {
  readonly store: EventStore;
  readonly workspaceNumber: number;
  readonly settings: FoldSettings;
  readonly intents: IntentNames;
  readonly flows: FlowSigns;
  readonly whole: boolean;
  /** Greater than that of every row written before. */
  readonly version: bigint;
  /** What the new events hold at all: most ticks need not ask who is whom. A whole fold looks at everything. */
  readonly holds: { readonly ties: boolean; readonly exposures: boolean };
}

export const workspaceIs = (run: FoldRun): Fragment =>
  sql`workspace_id = ${bind('UInt32', run.workspaceNumber)}`;

export const versionOf = (run: FoldRun): Fragment => sql`${bind('UInt64', run.version)}`;

/** A few threads' rows are fewer than a second core is worth, and the door wants that core. */
export const options = (run: FoldRun, step: string): QueryOptions => ({
  tag: `fold ${step} workspace ${run.workspaceNumber}`,
  lane: 'fold',
  ...(run.whole ? {} : { maxThreads: 1 }),
});

/**
 * Compiling such statements takes the engine seconds: more than a whole fold gains by it, and a few threads gain nothing.
 * A fold makes no key twice, so looking for doubles before the write costs four fifths of a million rows' time for nothing.
 */
const settings =
  ' SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_on_insert = 0, optimize_and_compare_chain = 0';
/** Merging expressions costs the planner more than a small fold gains by it. */
const small = raw(`${settings}, query_plan_merge_expressions = 0`);
const large = raw(`${settings}, preferred_block_size_bytes = 8388608, max_insert_threads = 2`);
/** Into memory the blocks go as they come: gluing them together would copy them once more. */
const unglued = raw(
  `${settings}, preferred_block_size_bytes = 8388608, max_insert_threads = 2, min_insert_block_size_rows = 16384, min_insert_block_size_bytes = 0`,
);

/** Expressions over plain columns: to spare a branch its rows costs more than to evaluate it for all. */
const eager = raw(", short_circuit_function_evaluation = 'disable'");

export const step = (run: FoldRun, name: string, statement: Fragment): Promise<void> =>
  run.store.run(sql`${statement}${run.whole ? large : small}`, options(run, name));

/** A step that reads events into a work table. */
export const prepareEvents = (run: FoldRun, name: string, statement: Fragment): Promise<void> =>
  run.store.run(sql`${statement}${run.whole ? unglued : small}${eager}`, options(run, name));

/** A step that writes into a work table. */
export const prepare = (run: FoldRun, name: string, statement: Fragment): Promise<void> =>
  run.store.run(sql`${statement}${run.whole ? unglued : small}`, options(run, name));

/**
 * Steps of which none reads what another makes, side by side: a small fold is mostly the engine's reading of its
 * statements, each on one core. What fails waits for the others, since the next fold uses the same tables.
 */
export const together = async <const Steps extends readonly Promise<unknown>[]>(
  ...steps: Steps
): Promise<{ -readonly [Place in keyof Steps]: Awaited<Steps[Place]> }> => {
  await Promise.allSettled(steps);
  return Promise.all(steps);
};

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
