import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../port.ts';
import { NewerSchemaError } from '../store-error.ts';
import { quietSettingNames, renderTable, type Target } from './render.ts';
import { tables } from './tables.ts';

export interface Migration {
  readonly version: number;
  readonly says: string;
  /** Each statement may run again after a crash in the middle: CREATE … IF NOT EXISTS, ADD COLUMN IF NOT EXISTS. */
  readonly statements: (target: Target) => readonly Fragment[];
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    says: 'events, conversations and what the fold keeps beside them',
    statements: (target) => tables.flatMap((table) => renderTable(table, target)),
  },
];

const options = { tag: 'migrate', lane: 'write', maxSeconds: 600 } as const;

/**
 * The version that the store is at (null: it has no tables yet) and the newest that this program knows. Reads only;
 * a store that a newer program has moved on is refused.
 */
export const readSchemaVersion = async (
  store: EventStore,
  asked: QueryOptions,
  steps: readonly Migration[] = migrations,
): Promise<{ readonly found: number | null; readonly known: number }> => {
  const known = steps.at(-1)?.version ?? 0;
  const [table] = await store.rows<{ found: string }>(
    raw(
      "SELECT count() AS found FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
    ),
    asked,
  );
  if (Number(table?.found ?? 0) === 0) return { found: null, known };
  const [newest] = await store.rows<{ version: number }>(
    raw('SELECT max(version) AS version FROM schema_migrations'),
    asked,
  );
  const found = Number(newest?.version ?? 0);
  if (found > known) throw new NewerSchemaError('event store', found, known);
  return { found, known };
};

/** Brings the store to the newest version step by step; a step counts as done only after its last statement. */
export const migrate = async (
  store: EventStore,
  target: Target,
  steps: readonly Migration[] = migrations,
): Promise<{ readonly from: number; readonly to: number }> => {
  const { found, known } = await readSchemaVersion(store, options, steps);
  const from = found ?? 0;
  await store.run(
    raw(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version UInt32, says String) ENGINE = ReplacingMergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1',
    ),
    options,
  );
  const settingRows = await store.rows<{ name: string }>(
    sql`SELECT name FROM system.merge_tree_settings WHERE name IN ${bind('Array(String)', quietSettingNames)}`,
    options,
  );
  const knowing: Target = { ...target, knows: new Set(settingRows.map(({ name }) => name)) };
  for (const step of steps) {
    if (step.version <= from) continue;
    for (const statement of step.statements(knowing)) await store.run(statement, options);
    await store.run(
      sql`INSERT INTO schema_migrations SELECT ${bind('UInt32', step.version)}, ${bind('String', step.says)}`,
      options,
    );
  }
  return { from, to: known };
};
