import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { stateSchema } from '../schema/state.ts';
import { type StateMigration, stateMigrations } from '../schema/state-migrations.ts';
import { NewerSchemaError } from '../store-error.ts';

/** What both drivers give: queries are written once. */
export type StateDatabase = PgDatabase<PgQueryResultHKT, typeof stateSchema>;

/** An arbitrary number that names the lock: two processes that start together migrate one after the other. */
const migrationLock = 4_680_001;

/** Both drivers answer with rows; their common type does not say so. */
const rowsOf = <Row>(answer: unknown): readonly Row[] => (answer as { readonly rows: readonly Row[] }).rows;

const newestVersion = async (database: Pick<StateDatabase, 'execute'>): Promise<number> => {
  const rows = rowsOf<{ version: number }>(
    await database.execute(sql`SELECT coalesce(max(version), 0) AS version FROM schema_migrations`),
  );
  return Number(rows[0]?.version ?? 0);
};

const requireKnown = (version: number, steps: readonly StateMigration[]): number => {
  const known = steps.at(-1)?.version ?? 0;
  if (version > known) throw new NewerSchemaError('state store', version, known);
  return known;
};

/** Looks, and makes nothing; 0 where no table stands. */
export const schemaVersion = async (
  database: Pick<StateDatabase, 'execute'>,
): Promise<{ readonly version: number; readonly known: number }> => {
  const [table] = rowsOf<{ found: boolean }>(
    await database.execute(sql`SELECT to_regclass('schema_migrations') IS NOT NULL AS found`),
  );
  const version = table?.found === true ? await newestVersion(database) : 0;
  return { version, known: requireKnown(version, stateMigrations) };
};

export const migrateState = async (
  database: StateDatabase,
  steps: readonly StateMigration[] = stateMigrations,
): Promise<void> => {
  await database.execute(
    sql.raw(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    ),
  );
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(${migrationLock})`);
    const from = await newestVersion(transaction);
    requireKnown(from, steps);
    for (const step of steps) {
      if (step.version <= from) continue;
      for (const statement of step.statements) await transaction.execute(sql.raw(statement));
      await transaction.execute(sql`INSERT INTO schema_migrations (version) VALUES (${step.version})`);
    }
  });
};
