import { factBits } from '../../src/fold/facts/bits.ts';
import { bind, sql } from '../../src/sql/fragment.ts';
import type { EventStore } from '../../src/store/port.ts';

type StoredRow = Readonly<Record<string, string | number | readonly string[]>>;

/** A row as readers see it, its facts by name; without the version, which says only when it was written. */
export const readRows = async (
  store: EventStore,
  workspace: number,
): Promise<(StoredRow & { facts: readonly string[] })[]> => {
  const rows = await store.rows<StoredRow>(
    sql`SELECT * EXCEPT (version, is_deleted, facts), toString(facts) AS bits FROM conversations FINAL WHERE workspace_id = ${bind('UInt32', workspace)} ORDER BY conversation_id`,
    { tag: 'test rows' },
  );
  return rows.map(({ bits, ...row }) => ({
    ...row,
    facts: factBits
      .flatMap(([name], place) => ((BigInt(bits as string) >> BigInt(place)) & 1n ? [name] : []))
      .sort(),
  }));
};
