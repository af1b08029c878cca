import { vocabulary } from '@botworth/contract/vocabulary';
import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { factMask } from '../facts/bits.ts';
import { type FoldRun, prepare, resolvedKeys, workspaceIs } from '../fold-run.ts';
import { columnsOf } from '../work-tables.ts';

/**
 * Whom this fold touches: persons of the rows made anew and of the rows that stood there, of keys whose ties
 * changed, and of strays and impressions that just came.
 */
export const gatherPersons = async (run: FoldRun, touchedKeys: readonly bigint[]): Promise<void> => {
  if (run.whole) return;
  const keys = sql`(
    SELECT key FROM fold_rows
    UNION DISTINCT SELECT key FROM fold_batch WHERE key != 0
    UNION DISTINCT SELECT key FROM strays WHERE ${workspaceIs(run)} AND thread IN (SELECT thread FROM fold_threads)
    UNION DISTINCT SELECT arrayJoin(${bind('Array(UInt64)', touchedKeys)}) AS key
  )`;
  await prepare(
    run,
    'persons',
    sql`INSERT INTO fold_persons SELECT DISTINCT person FROM (
      SELECT person FROM ${resolvedKeys(run, keys)}
      UNION ALL SELECT arrayJoin(${bind('Array(UInt64)', touchedKeys)})
      UNION ALL SELECT person FROM conversations WHERE ${workspaceIs(run)} AND thread IN (SELECT thread FROM fold_threads)
    )`,
  );
  // The greatest version of a row may belong to nobody we look for any more: FINAL over whole keys decides.
  await prepare(
    run,
    'rows that stand',
    sql`INSERT INTO fold_old SELECT * FROM conversations FINAL
WHERE ${workspaceIs(run)} AND (day, conv) IN (
  SELECT day, conv FROM conversations
  WHERE ${workspaceIs(run)} AND (thread IN (SELECT thread FROM fold_threads) OR person IN (SELECT person FROM fold_persons))
)`,
  );
};

const strayColumns = columnsOf('strays');

/** Place of a start among the person's conversations: the instant, then the conversation. */
export const startKey = 'bitOr(bitShiftLeft(toUInt64(started_ms), 22), bitAnd(conv, 4194303))';

/** All conversations of those persons, whether made anew or not → `fold_people`. */
export const gatherPeople = async (run: FoldRun): Promise<void> => {
  const standing = sql`SELECT conv, day, thread, thread_id, key, started_ms, ended_ms, intent, intents, facts FROM fold_old WHERE thread NOT IN (SELECT thread FROM fold_threads)`;
  const rows = sql`(
    SELECT conv, day, thread, thread_id, key, started_ms, ended_ms, intent, intents, facts FROM fold_rows
    UNION ALL ${standing}
  )`;
  await prepare(
    run,
    'people',
    sql`INSERT INTO fold_people
SELECT conv, day, thread, thread_id, person, started_ms, ended_ms, ${raw(startKey)} AS start_key, intent,
  arrayFilter(i -> i NOT IN ('smalltalk', 'human_request'), intents) AS topics, facts
FROM ${rows} AS r INNER JOIN ${resolvedKeys(run, rows)} AS k USING key`,
  );
};

/**
 * Which stray joins which conversation: its person's latest that began at or before it. A ticket belongs to a
 * conversation only while that lasts; later it is a return. Test traffic joins test traffic only. `strays` is a
 * subquery with one row of each, `keys` says whose key is whose, `people` has their conversations.
 */
export const adoptionOf = (strays: Fragment, keys: Fragment, people: Fragment): Fragment => sql`
SELECT ${raw(strayColumns.map((name) => `s.${name} AS ${name}`).join(', '))}, p.conv AS host, p.thread AS host_thread, p.thread_id AS host_thread_id, p.started_ms AS host_started_ms, s.person AS person,
  p.conv != 0 AND NOT (s.code = ${raw(String(vocabulary.ticket_created.code))} AND toUnixTimestamp64Milli(s.ts) > p.ended_ms) AS adopted
FROM (SELECT strays.*, k.person AS person, bitOr(bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts)), 22), 4194303) AS at_key,
    bitAnd(flags, ${raw(String(eventFlags.test | eventFlags.crawler))}) != 0 AS flagged
  FROM ${strays} AS strays INNER JOIN ${keys} AS k ON strays.key = k.key) AS s
ASOF LEFT JOIN (SELECT *, bitAnd(facts, ${bind('UInt64', factMask('test'))}) != 0 AS flagged FROM ${people}) AS p ON s.person = p.person AND s.flagged = p.flagged AND s.at_key >= p.start_key`;

/** Strays and whom they join → `fold_adopted`, and the threads concerned. */
export const adoptStrays = async (run: FoldRun): Promise<{ readonly threads: number }> => {
  // All keys of a person are found by a look through the identities, which is dear; whose key a key is, by its place.
  const found = run.whole
    ? resolvedKeys(run, sql`(SELECT key FROM strays WHERE ${workspaceIs(run)})`)
    : sql`(
    SELECT key, person FROM ${resolvedKeys(run, sql`(SELECT person AS key FROM fold_persons)`)}
    UNION DISTINCT SELECT key, person FROM identities FINAL WHERE ${workspaceIs(run)} AND person IN (SELECT person FROM fold_persons)
  )`;
  await prepare(run, 'keys', sql`INSERT INTO fold_keys SELECT key, person FROM ${found}`);
  const [strays] = await run.store.rows<{ found: string }>(
    sql`SELECT count() AS found FROM strays WHERE ${workspaceIs(run)} AND key IN (SELECT key FROM fold_keys)`,
    { tag: `fold strays workspace ${run.workspaceNumber}`, lane: 'fold' },
  );
  if (Number(strays?.found ?? 0) > 0) {
    await prepare(
      run,
      'adoption',
      sql`INSERT INTO fold_adopted ${adoptionOf(
        sql`(SELECT * FROM strays FINAL WHERE ${workspaceIs(run)} AND key IN (SELECT key FROM fold_keys))`,
        raw('fold_keys'),
        raw('fold_people'),
      )}`,
    );
  }
  await prepare(
    run,
    'threads again',
    sql`INSERT INTO fold_again SELECT DISTINCT thread FROM (
      SELECT host_thread AS thread FROM fold_adopted WHERE adopted
      UNION ALL SELECT thread FROM fold_people WHERE bitAnd(facts, ${bind('UInt64', factMask('adopted'))}) != 0
    )`,
  );
  const [again] = await run.store.rows<{ threads: string }>(sql`SELECT count() AS threads FROM fold_again`, {
    tag: 'fold threads again',
    lane: 'fold',
  });
  return { threads: Number(again?.threads ?? 0) };
};
