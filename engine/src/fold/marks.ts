import { bind, raw, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';

/** How far a workspace is folded, and with what. */
export interface FoldMark {
  /** All events up to this commit sequence are in the rows. */
  readonly seq: bigint;
  /** Counts rebuilds. */
  readonly generation: number;
  /** The fold settings that the rows were made with, as text. */
  readonly settings: string;
  /** Version of the rows that were written last. */
  readonly version: bigint;
}

const options = { tag: 'fold marks', lane: 'fold' } as const;

export const readMarks = async (store: EventStore): Promise<Map<number, FoldMark>> => {
  const rows = await store.rows<{
    workspace_id: number;
    seq: string;
    generation: number;
    settings: string;
    version: string;
  }>(raw('SELECT workspace_id, seq, generation, settings, version FROM fold_marks FINAL'), options);
  return new Map(
    rows.map((row) => [
      row.workspace_id,
      {
        seq: BigInt(row.seq),
        generation: row.generation,
        settings: row.settings,
        version: BigInt(row.version),
      },
    ]),
  );
};

/** Written last: whatever a crash leaves half done is done again from the old mark. */
export const writeMark = (
  store: EventStore,
  workspaceNumber: number,
  mark: FoldMark,
  atMs: number,
): Promise<void> =>
  store.run(
    sql`INSERT INTO fold_marks (workspace_id, seq, generation, settings, at, version)
SELECT ${bind('UInt32', workspaceNumber)}, ${bind('UInt64', mark.seq)}, ${bind('UInt32', mark.generation)}, ${bind('String', mark.settings)}, fromUnixTimestamp64Milli(${bind('Int64', atMs)}, 'UTC'), ${bind('UInt64', mark.version)}`,
    options,
  );
