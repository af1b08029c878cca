import type { DrillPage } from '@botworth/contract/api';
import { questionRows, settings } from '../measure/query/lower.ts';
import { type Question, verdictContext } from '../measure/query/resolve.ts';
import type { VerdictName } from '../measure/verdicts/columns.ts';
import { bind, type Fragment, nothing, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import { conversationRows, readRow, type StoredRow } from './conversation-rows.ts';
import { type Cursor, writeCursor } from './cursor.ts';

/** Which of a question's rows make the page, and what each adds. */
export interface Selection {
  readonly needs: readonly VerdictName[];
  /** Columns of the table that `holds` and `contribution` read. */
  readonly columns: readonly string[];
  /** What is joined to the rows, where `holds` and `contribution` read more than they have. */
  readonly joined?: Fragment;
  readonly holds: Fragment;
  readonly contribution: Fragment;
  /** Drills say what each row adds; a plain list does not. */
  readonly contributes: boolean;
}

export interface PageWish {
  readonly after: Cursor | null;
  readonly limit: number;
}

/**
 * The keys of a page first, its rows second: sorting a million rows with all their texts would read them all. The
 * total and the sum come beside, over exactly the same condition.
 */
export const readPage = async (
  store: EventStore,
  question: Question,
  selection: Selection,
  { after, limit }: PageWish,
  options: QueryOptions,
): Promise<DrillPage> => {
  const inner = questionRows(question, selection.needs, ['day', 'started_s', 'conv', ...selection.columns]);
  // Contributions before the cursor: the rank of a row among others must not depend on the page.
  const held = sql`SELECT day, started_s, conv, toUInt64(${selection.contribution}) AS adds FROM (${inner})${selection.joined ?? nothing} WHERE ${selection.holds}`;
  const beyond =
    after === null
      ? nothing
      : sql` WHERE (started_s, conv) < (${bind('UInt32', after.startedS)}, ${bind('UInt64', after.conv)})`;
  const [counted, keys] = await Promise.all([
    store.rows<StoredRow>(
      sql`SELECT count() AS total, sum(adds) AS contributed FROM (${held})${settings}`,
      options,
    ),
    store.rows<StoredRow>(
      sql`SELECT day, started_s, conv, adds FROM (${held})${beyond} ORDER BY started_s DESC, conv DESC LIMIT ${raw(String(limit + 1))}${settings}`,
      options,
    ),
  ]);
  const shown = keys.slice(0, limit);
  const rows = shown.length === 0 ? [] : await store.rows<StoredRow>(rowsOf(question, shown), options);
  const byConv = new Map(rows.map((row) => [String(row.conv), row]));
  const last = shown.at(-1);
  return {
    total: Number(counted[0]?.total ?? 0),
    sum: Number(counted[0]?.contributed ?? 0),
    rows: shown.flatMap((key) => {
      const row = byConv.get(String(key.conv));
      return row === undefined
        ? []
        : [readRow(selection.contributes ? { ...row, contribution: key.adds } : row)];
    }),
    next:
      keys.length > limit && last !== undefined
        ? writeCursor({ startedS: Number(last.started_s), conv: String(last.conv) })
        : null,
  };
};

const rowsOf = (question: Question, keys: readonly StoredRow[]): Fragment => {
  const days = keys.map(({ day }) => String(day)).sort();
  const convs = keys.map(({ conv }) => String(conv));
  const from = sql` FROM conversations FINAL WHERE workspace_id = ${bind('UInt32', question.workspace)} AND day BETWEEN ${bind('Date', days[0] ?? '')} AND ${bind('Date', days.at(-1) ?? '')} AND conv IN ${bind('Array(UInt64)', convs)}`;
  return sql`${conversationRows(verdictContext(question), from)}${settings}`;
};
