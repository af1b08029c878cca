import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { factMask } from '../facts/bits.ts';
import { dirtyThreads, type FoldRun, freshRows, step, versionOf, workspaceIs } from '../fold-run.ts';
import { columnList, columnsOf, columnTypesOf } from '../work-tables.ts';

const columns = columnsOf('conversations');

/** A deletion needs its key and nothing else: reading the rest of a million rows would take seconds. */
const deletion = [...columnTypesOf('conversations')]
  .map(([name, type]) => {
    if (name === 'workspace_id' || name === 'day' || name === 'conv') return name;
    if (name === 'is_deleted') return '1 AS is_deleted';
    if (name === 'version') return 'done_version AS version';
    return `defaultValueOfTypeName('${type.replaceAll("'", "\\'")}') AS \`${name}\``;
  })
  .join(', ');

/** Rows with what their person's other conversations say. */
const completed = (run: FoldRun, rows: Fragment): Fragment => {
  const ofPersons = factMask('returning') | factMask('return_unknown');
  return sql`
SELECT ${raw(columns.map((name) => (name === 'facts' || name === 'person' || name === 'return_s' || name === 'version' ? `done_${name} AS ${name}` : name)).join(', '))}
FROM (
  SELECT r.*, v.person AS done_person,
    r.reopened_s != 0 AND (v.return_s = 0 OR r.reopened_s <= v.return_s) AS reopened_first,
    if(reopened_first, r.reopened_s, v.return_s) AS done_return_s,
    bitOr(bitAnd(r.facts, bitNot(${bind('UInt64', ofPersons)})), if(reopened_first, bitAnd(v.facts, ${bind('UInt64', factMask('returning'))}), v.facts)) AS done_facts,
    ${versionOf(run)} AS done_version
  FROM ${rows} AS r INNER JOIN fold_verdicts AS v ON r.conv = v.conv
)`;
};

/**
 * All of a fold becomes visible by one insert: rows made anew, rows of the same persons that now say something
 * else, and the deletion of rows whose start moved or that merged into another.
 */
export const publish = (run: FoldRun): Promise<void> => {
  const fresh = completed(run, freshRows);
  const changed = sql`SELECT ${columnList(columns)} FROM (
    SELECT c.*, o.person AS was_person, o.facts AS was_facts, o.return_s AS was_return_s
    FROM (${completed(run, sql`(SELECT * FROM fold_old WHERE thread NOT IN ${dirtyThreads})`)}) AS c
    INNER JOIN fold_old AS o ON c.conv = o.conv
  ) WHERE person != was_person OR facts != was_facts OR return_s != was_return_s`;
  const standing = run.whole
    ? sql`(SELECT workspace_id, day, conv FROM conversations FINAL WHERE ${workspaceIs(run)})`
    : sql`(SELECT workspace_id, day, conv FROM fold_old WHERE thread IN ${dirtyThreads})`;
  const gone = sql`SELECT ${raw(deletion)}
  FROM (SELECT *, ${versionOf(run)} AS done_version FROM ${standing} WHERE (day, conv) NOT IN (SELECT day, conv FROM ${freshRows}))`;
  return step(
    run,
    'publish',
    sql`INSERT INTO conversations (${columnList(columns)})
${fresh}
UNION ALL ${run.whole ? sql`` : sql`${changed} UNION ALL `}${gone}`,
  );
};
