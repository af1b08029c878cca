import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stateMigrations } from './schema/state-migrations.ts';
import { migrateState, type StateDatabase } from './state/state-database.ts';

export interface OpenDatabase {
  readonly database: StateDatabase;
  readonly close: () => Promise<void>;
}

/** What both databases promise about migrations. */
export const stateMigrationCases = (name: string, open: () => Promise<OpenDatabase>): void => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
    await migrateState(opened.database);
  }, 60_000);
  afterAll(() => opened?.close());

  const step = (statements: readonly string[]) => [
    ...stateMigrations,
    { version: (stateMigrations.at(-1)?.version ?? 0) + 1, statements },
  ];
  const good = ['CREATE TABLE half (n integer)', 'ALTER TABLE half ADD COLUMN m integer'];

  test(`${name}: a step that fails half way leaves nothing, and goes through once mended`, async () => {
    const { database } = opened;
    await expect(migrateState(database, step([...good, 'SELECT 1 / 0']))).rejects.toThrow();
    await expect(database.execute(sql`SELECT * FROM half`)).rejects.toThrow();
    await migrateState(database, step(good));
    await migrateState(database, step(good));
    await database.execute(sql`SELECT n, m FROM half`);
  });

  test(`${name}: a store of a newer release is refused in a sentence`, async () => {
    await migrateState(opened.database, step(good));
    await expect(migrateState(opened.database)).rejects.toThrow(
      /state store has schema version \d+.*newer release/,
    );
  });
};
