import { identifier, raw, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';

/** Each fold adds a part to these; the more parts, the dearer is FINAL (20 of them: 1.6 times). */
const foldedTables = ['conversations', 'identities', 'links', 'strays', 'exposures', 'person_days'] as const;
const FEW_PARTS = 3;
/** Above it one part is no longer written in a moment; the engine's own merges go on. */
const MOST_ROWS = 5_000_000;

export const compactRows = async (store: EventStore): Promise<void> => {
  const parts = await store.rows<{ name: string; parts: string; rows: string }>(
    raw(
      'SELECT table AS name, count() AS parts, sum(rows) AS rows FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table',
    ),
    { tag: 'fold parts', lane: 'fold' },
  );
  for (const table of foldedTables) {
    const found = parts.find(({ name }) => name === table);
    if (found === undefined || Number(found.parts) <= FEW_PARTS || Number(found.rows) > MOST_ROWS) continue;
    await store.run(sql`OPTIMIZE TABLE ${identifier(table)} FINAL`, {
      tag: `fold compact ${table}`,
      lane: 'fold',
    });
  }
};
