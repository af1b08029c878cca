import { vocabulary } from '@botworth/contract/vocabulary';
import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { factMask } from '../facts/bits.ts';
import { type FoldRun, options, prepare, resolvedKeys, workspaceIs } from '../fold-run.ts';
import { columnsOf } from '../work-tables.ts';

/**
 * Whom a small fold touches: persons of the threads made anew and of the rows that stood there, of keys whose ties
 * changed, and of strays and impressions that just came. The events say more keys than their rows will, but they say
 * it while the rows are being made.
 */
export const gatherPersons = (run: FoldRun, touchedKeys: readonly bigint[]): Promise<void> => {
  const keys = sql`(
    SELECT key FROM fold_events WHERE key != 0
    UNION DISTINCT SELECT key FROM fold_batch WHERE key != 0
    UNION DISTINCT SELECT key FROM strays WHERE ${workspaceIs(run)} AND thread IN (SELECT thread FROM fold_threads)
    UNION DISTINCT SELECT arrayJoin(${bind('Array(UInt64)', touchedKeys)}) AS key
  )`;
  return prepare(
    run,
    'persons',
    sql`INSERT INTO fold_persons SELECT DISTINCT person FROM (
      SELECT person FROM ${resolvedKeys(run, keys)}
      UNION ALL SELECT arrayJoin(${bind('Array(UInt64)', touchedKeys)})
      UNION ALL SELECT person FROM conversations WHERE ${workspaceIs(run)} AND thread IN (SELECT thread FROM fold_threads)
    )`,
  );
};

/** Rows that stand in the dirty threads or belong to the persons → `fold_old`. */
export const findStanding = (run: FoldRun): Promise<void> =>
  // The greatest version of a row may belong to nobody we look for any more: FINAL over whole keys decides.
  prepare(
    run,
    'rows that stand',
    sql`INSERT INTO fold_old SELECT * FROM conversations FINAL
WHERE ${workspaceIs(run)} AND (day, conv) IN (
  SELECT day, conv FROM conversations
  WHERE ${workspaceIs(run)} AND (thread IN (SELECT thread FROM fold_threads) OR person IN (SELECT person FROM fold_persons))
)`,
  );

const strayColumns = columnsOf('strays');

/** Place of a start among the person's conversations: the instant, then the conversation. */
export const startKey = 'bitOr(bitShiftLeft(toUInt64(started_ms), 22), bitAnd(conv, 4194303))';

/** All conversations of those persons, whether made anew or not → `fold_people`. */
export const gatherPeople = (run: FoldRun): Promise<void> => {
  const standing = sql`SELECT conv, day, thread, thread_id, key, started_ms, ended_ms, intent, intents, facts FROM fold_old WHERE thread NOT IN (SELECT thread FROM fold_threads)`;
  const rows = sql`(
    SELECT conv, day, thread, thread_id, key, started_ms, ended_ms, intent, intents, facts FROM fold_rows
    UNION ALL ${standing}
  )`;
  // A small fold has looked up all keys of these persons: what is not among them stands for itself.
  const known = run.whole ? resolvedKeys(run, rows) : sql`fold_keys`;
  return prepare(
    run,
    'people',
    sql`INSERT INTO fold_people
SELECT conv, day, thread, thread_id, if(k.person = 0, key, k.person) AS person, started_ms, ended_ms, ${raw(startKey)} AS start_key, intent,
  arrayFilter(i -> i NOT IN ('smalltalk', 'human_request'), intents) AS topics, facts
FROM ${rows} AS r LEFT JOIN ${known} AS k USING key`,
  );
};

/** Keys whose strays and exposures matter, with their persons → `fold_keys`. */
export const gatherKeys = async (run: FoldRun): Promise<void> => {
  if (run.whole) {
    const ofStrays = resolvedKeys(run, sql`(SELECT key FROM strays WHERE ${workspaceIs(run)})`);
    await prepare(run, 'keys', sql`INSERT INTO fold_keys SELECT key, person FROM ${ofStrays}`);
    return;
  }
  // Whose key a key is, is said by its latest row: which keys to ask for, any row may say.
  const isOurs = sql`person IN (SELECT person FROM fold_persons)`;
  await prepare(
    run,
    'keys',
    sql`INSERT INTO fold_keys SELECT key, person FROM identities FINAL
PREWHERE ${workspaceIs(run)} AND key IN (SELECT key FROM identities WHERE ${workspaceIs(run)} AND ${isOurs}) WHERE ${isOurs}`,
  );
  await prepare(
    run,
    'persons of one key',
    sql`INSERT INTO fold_keys SELECT person, person FROM fold_persons WHERE person NOT IN (SELECT key FROM fold_keys)`,
  );
};

interface Kept {
  readonly strays: boolean;
  readonly exposures: boolean;
  /** Conversations that took something in before, and may have to give it back. */
  readonly adopters: boolean;
}

const isAdopter = sql`bitAnd(facts, ${bind('UInt64', factMask('adopted'))}) != 0`;

/** What there is of these persons besides conversations: for most there is nothing, and the steps for it are spared. */
export const countKept = async (run: FoldRun): Promise<Kept> => {
  const ofKeys = sql`${workspaceIs(run)} AND key IN (SELECT key FROM fold_keys)`;
  const [found] = await run.store.rows<{ [Name in keyof Kept]: number }>(
    sql`SELECT (SELECT count() > 0 FROM (SELECT 1 FROM strays WHERE ${ofKeys} LIMIT 1)) AS strays,
  (SELECT count() > 0 FROM (SELECT 1 FROM exposures WHERE ${ofKeys} LIMIT 1)) AS exposures,
  (SELECT count() > 0 FROM (SELECT 1 FROM fold_people WHERE ${isAdopter} LIMIT 1)) AS adopters`,
    options(run, 'kept'),
  );
  return {
    strays: found?.strays === 1,
    exposures: found?.exposures === 1,
    adopters: found?.adopters === 1,
  };
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
export const adoptStrays = async (run: FoldRun, kept: Kept): Promise<{ readonly threads: number }> => {
  if (kept.strays) {
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
      UNION ALL SELECT thread FROM fold_people WHERE ${isAdopter}
    )`,
  );
  const [again] = await run.store.rows<{ threads: string }>(
    sql`SELECT count() AS threads FROM fold_again`,
    options(run, 'threads again'),
  );
  return { threads: Number(again?.threads ?? 0) };
};
