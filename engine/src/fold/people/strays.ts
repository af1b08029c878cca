import { type EventName, vocabulary } from '@botworth/contract/vocabulary';
import { raw, sql } from '../../sql/fragment.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { type FoldRun, step, versionOf, workspaceIs } from '../fold-run.ts';

/** What a conversation can take in through its person, and that changes its row. */
const adoptable: readonly EventName[] = [
  'survey_shown',
  'csat_submitted',
  'answer_rated',
  'lead_captured_chat',
  'lead_qualified',
  'meeting_booked',
  'meeting_cancelled',
  'ticket_created',
  'ticket_reopened',
  'order_completed',
  'purchase_after_chat',
];
const adoptableCodes = adoptable.map((name) => vocabulary[name].code).join(', ');

const columns = [
  'workspace_id',
  'key',
  'eid',
  'thread',
  'ts',
  'code',
  'actor',
  'flags',
  'step',
  'intent',
  'confidence',
  'score',
  'scale',
];

/**
 * Ratings and the like that name no thread, or whose thread has no conversation that began at or before them: kept
 * by person, so that the person's latest conversation can take them in. Those that found one meanwhile are deleted.
 */
export const keepStrays = async (run: FoldRun): Promise<void> => {
  const threads = run.whole ? sql`` : sql` AND thread IN (SELECT thread FROM fold_threads)`;
  // What an event is called is asked after FINAL: before it, a copy of another name would stand in for the first.
  const found = sql`(
    SELECT ${raw(columns.join(', '))}
    FROM (
      SELECT ${raw(columns.join(', '))}, if(episode_ms > 0, episode_ms, toUnixTimestamp64Milli(ts)) AS at_ms
      FROM events FINAL PREWHERE ${workspaceIs(run)}${threads} WHERE code IN (${raw(adoptableCodes)}) AND key != 0
    ) AS e
    LEFT JOIN (SELECT thread, min(started_ms) AS first_ms FROM fold_rows GROUP BY thread) AS own USING thread
    WHERE bitAnd(flags, ${raw(String(eventFlags.loose))}) != 0 OR first_ms = 0 OR at_ms < first_ms
  )`;
  await step(
    run,
    'strays',
    sql`INSERT INTO strays (${raw(columns.join(', '))}, version, is_deleted) SELECT ${raw(columns.join(', '))}, ${versionOf(run)}, 0 FROM ${found}`,
  );
  await step(
    run,
    'strays that found a home',
    sql`INSERT INTO strays (${raw(columns.join(', '))}, version, is_deleted)
SELECT ${raw(columns.join(', '))}, ${versionOf(run)}, 1 FROM strays FINAL
WHERE ${workspaceIs(run)}${threads} AND version < ${versionOf(run)}`,
  );
};
