import { foldLimits } from '@botworth/contract/limits';
import { vocabulary } from '@botworth/contract/vocabulary';
import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { orderKeyExpression } from '../facts/order-key.ts';
import { type FoldRun, options, step, workspaceIs } from '../fold-run.ts';

/** Pairs grow with the square of the keys. */
const MOST_TIES = foldLimits.keysOfOneEvent.most;

/** Pairs of keys that events tie or untie, each as its latest event leaves it. */
const pairsOf = (run: FoldRun, scope: Fragment): Fragment => sql`
SELECT pair.1 AS low, pair.2 AS high, argMax(eid, k) AS eid, argMax(ts, k) AS ts, argMax(tied, k) AS tied, max(k) AS version
FROM (
  SELECT eid, ts, toUInt8(code != ${raw(String(vocabulary.unlink.code))}) AS tied, ${raw(orderKeyExpression())} AS k,
    arraySort(arraySlice(arrayDistinct(ties), 1, ${raw(String(MOST_TIES))})) AS keys,
    arrayJoin(arrayFlatten(arrayMap(a -> arrayMap(b -> (a, b), arrayFilter(b -> b > a, keys)), keys))) AS pair
  FROM events FINAL PREWHERE ${workspaceIs(run)}${scope} WHERE notEmpty(ties)
)
GROUP BY low, high`;

/**
 * Stores what the events say about pairs, and gives the keys of pairs that changed; all of them after a start or a
 * failure, when what was done with a change is not known.
 */
export const storeLinks = async (run: FoldRun, healing: boolean): Promise<bigint[]> => {
  if (!run.holds.ties) return [];
  const scope = run.whole
    ? sql``
    : sql` AND thread IN (SELECT thread FROM fold_batch WHERE notEmpty(ties)) AND eid IN (SELECT eid FROM fold_batch WHERE notEmpty(ties))`;
  const asked = run.whole ? sql`` : sql` AND low IN (SELECT arrayJoin(ties) FROM fold_batch)`;
  await step(
    run,
    'pairs',
    sql`INSERT INTO fold_pairs
SELECT p.low, p.high, p.eid, p.ts, p.tied, p.version, l.version != 0 AS known, l.tied AS was_tied, l.version AS was_version
FROM (${pairsOf(run, scope)}) AS p
LEFT JOIN (SELECT low, high, tied, version FROM links FINAL WHERE ${workspaceIs(run)}${asked}) AS l USING (low, high)`,
  );
  await step(
    run,
    'links',
    sql`INSERT INTO links (workspace_id, low, high, eid, ts, tied, version)
SELECT ${bind('UInt32', run.workspaceNumber)}, low, high, eid, ts, tied, version FROM fold_pairs WHERE version > was_version`,
  );
  if (run.whole) return [];
  const changed = healing ? sql`1` : sql`version > was_version AND (NOT known OR tied != was_tied)`;
  const rows = await run.store.rows<{ key: string }>(
    sql`SELECT DISTINCT arrayJoin([low, high]) AS key FROM fold_pairs WHERE ${changed}`,
    options(run, 'changed keys'),
  );
  return rows.map(({ key }) => BigInt(key));
};
