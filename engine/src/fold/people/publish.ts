import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { factMask } from '../facts/bits.ts';
import { dirtyThreads, type FoldRun, freshRows, step, versionOf, workspaceIs } from '../fold-run.ts';
import { columnList, columnsOf, deletionOf } from '../work-tables.ts';

const columns = columnsOf('conversations');

/** `made` tells the rows made anew (1) from those that stand and may change (0). */
const candidates = (run: FoldRun): Fragment =>
  run.whole
    ? sql`(SELECT *, 1 AS made FROM ${freshRows})`
    : sql`(SELECT *, 1 AS made FROM ${freshRows} UNION ALL SELECT *, 0 AS made FROM fold_old WHERE thread NOT IN ${dirtyThreads})`;

/** Rows with what their person's other conversations say. */
const completed = (run: FoldRun): Fragment => {
  const ofPersons = factMask('returning') | factMask('return_unknown');
  const done = new Set(['facts', 'person', 'return_s', 'version']);
  return sql`
SELECT ${raw(columns.map((name) => (done.has(name) ? `done_${name} AS ${name}` : name)).join(', '))}
FROM (
  SELECT r.*, v.person AS done_person,
    r.reopened_s != 0 AND (v.return_s = 0 OR r.reopened_s <= v.return_s) AS reopened_first,
    if(reopened_first, r.reopened_s, v.return_s) AS done_return_s,
    bitOr(bitAnd(r.facts, bitNot(${bind('UInt64', ofPersons)})), if(reopened_first, bitAnd(v.facts, ${bind('UInt64', factMask('returning'))}), v.facts)) AS done_facts,
    ${versionOf(run)} AS done_version,
    made OR v.person != r.person OR done_facts != r.facts OR done_return_s != r.return_s AS says_more
  FROM ${candidates(run)} AS r INNER JOIN fold_verdicts AS v ON r.conv = v.conv
)
WHERE says_more`;
};

/**
 * All of a fold becomes visible by one insert: rows made anew, rows of the same persons that now say something
 * else, and the deletion of rows whose start moved or that merged into another.
 */
export const publish = (run: FoldRun): Promise<void> => {
  const standing = run.whole
    ? sql`(SELECT workspace_id, day, conv FROM conversations FINAL WHERE ${workspaceIs(run)})`
    : sql`(SELECT workspace_id, day, conv FROM fold_old WHERE thread IN ${dirtyThreads})`;
  const gone = sql`SELECT ${deletionOf('conversations', ['workspace_id', 'day', 'conv'])}
  FROM (SELECT *, ${versionOf(run)} AS new_version FROM ${standing} WHERE (day, conv) NOT IN (SELECT day, conv FROM ${freshRows}))`;
  return step(
    run,
    'publish',
    sql`INSERT INTO conversations (${columnList(columns)})
${completed(run)}
UNION ALL ${gone}`,
  );
};
