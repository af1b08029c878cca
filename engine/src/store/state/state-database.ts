import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { stateSchema } from '../schema/state.ts';
import { type StateMigration, stateMigrations } from '../schema/state-migrations.ts';
import { NewerSchemaError } from '../store-error.ts';

/** What both drivers give: queries are written once. */
export type StateDatabase = PgDatabase<PgQueryResultHKT, typeof stateSchema>;

/** An arbitrary number that names the lock: two processes that start together migrate one after the other. */
const migrationLock = 4_680_001;

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
    // Both drivers answer with rows; their common type does not say so.
    const answer = (await transaction.execute(
      sql`SELECT coalesce(max(version), 0) AS version FROM schema_migrations`,
    )) as unknown as { rows: { version: number }[] };
    const from = Number(answer.rows[0]?.version ?? 0);
    const known = steps.at(-1)?.version ?? 0;
    if (from > known) throw new NewerSchemaError('state store', from, known);
    for (const step of steps) {
      if (step.version <= from) continue;
      for (const statement of step.statements) await transaction.execute(sql.raw(statement));
      await transaction.execute(sql`INSERT INTO schema_migrations (version) VALUES (${step.version})`);
    }
  });
};
