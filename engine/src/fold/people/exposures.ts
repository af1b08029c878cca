import { vocabulary } from '@botworth/contract/vocabulary';
import { zoneSpans } from '../../base/zone.ts';
import { type BoundValue, bind, raw, sql } from '../../sql/fragment.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { factMask } from '../facts/bits.ts';
import { type FoldRun, options, prepare, step, versionOf, workspaceIs } from '../fold-run.ts';
import { columnList, columnsOf, deletionOf } from '../work-tables.ts';

const PAGE = vocabulary.page_viewed.code;
const IMPRESSION = vocabulary.chat_impression.code;
const copied = columnsOf('exposures');

/** Impressions and page views as they came, by person key. */
export const keepExposures = async (run: FoldRun): Promise<void> => {
  if (!run.holds.exposures) return;
  const scope = run.whole
    ? sql``
    : sql` AND thread IN (SELECT thread FROM fold_batch WHERE code IN (${raw(`${PAGE}, ${IMPRESSION}`)})) AND eid IN (SELECT eid FROM fold_batch WHERE code IN (${raw(`${PAGE}, ${IMPRESSION}`)}))`;
  // The name is asked after FINAL: before it, a later copy of another name would stand in for the first.
  await step(
    run,
    'exposures',
    sql`INSERT INTO exposures (${columnList(copied)}) SELECT ${columnList(copied)} FROM events FINAL
PREWHERE ${workspaceIs(run)}${scope} WHERE code IN (${raw(`${PAGE}, ${IMPRESSION}`)}) AND key != 0`,
  );
};

interface Offsets {
  readonly starts: BoundValue;
  readonly offsets: BoundValue;
}

const FROM_MS = Date.UTC(2000, 0, 1);
const TO_MS = Date.UTC(2040, 0, 1);

/** The zone's changes of offset. The engine looks through them for every row: for all rows, only those that matter. */
const offsetsOf = async (run: FoldRun): Promise<Offsets> => {
  const [row] = run.whole
    ? await run.store.rows<{ from_ms: string; to_ms: string }>(
        sql`SELECT toUnixTimestamp64Milli(min(ts)) AS from_ms, toUnixTimestamp64Milli(max(ts)) AS to_ms FROM events WHERE ${workspaceIs(run)}`,
        options(run, 'span'),
      )
    : [];
  const spans = zoneSpans(
    run.settings.zone,
    Number(row?.from_ms ?? FROM_MS),
    Number(row?.to_ms ?? TO_MS) + 1,
  );
  return {
    starts: bind(
      'Array(Int64)',
      spans.map(({ fromMs }) => Math.floor(fromMs / 1000)),
    ),
    offsets: bind(
      'Array(Int64)',
      spans.map(({ offsetSeconds }) => offsetSeconds),
    ),
  };
};

const dayColumns = columnsOf('person_days');
/** One number to order by: the instant, then the event's id. A pair would cost the engine three times as much. */
const firstKey =
  'bitOr(bitShiftLeft(toUInt64(toUnixTimestamp64Milli(x.ts)), 20), bitAnd(reinterpretAsUInt64(x.eid), 1048575))';
/**
 * Where and how it was first seen that day, all of one event, impressions before page views. That event is found
 * by its number and read again: to carry eight texts through the grouping took the engine four times as long.
 */
const seenColumns = [
  'channel',
  'page',
  'source',
  'medium',
  'campaign',
  'device',
  'language',
  'country',
] as const;

/** Conversations that are more than a greeting and no test, by the local day of their start → `fold_talks`. */
const gatherTalks = (run: FoldRun, { starts, offsets }: Offsets): Promise<void> => {
  const rows = run.whole
    ? sql`conversations AS c FINAL WHERE ${workspaceIs(run)}`
    : sql`conversations AS c FINAL WHERE ${workspaceIs(run)} AND (c.day, c.conv) IN (SELECT day, conv FROM fold_people)`;
  return prepare(
    run,
    'talks',
    sql`INSERT INTO fold_talks SELECT person, toDate(intDiv(toInt64(started_s) + ${offsets}[greatest(arrayLastIndex(s -> s <= started_s, ${starts}), 1)], 86400)) AS day, bot, n_user
FROM ${rows} AND bitAnd(facts, ${bind('UInt64', factMask('meaningful_turn') | factMask('test'))}) = ${bind('UInt64', factMask('meaningful_turn'))}`,
  );
};

/** One row per person, bot and local day with an impression or a page view; those that are gone are deleted. */
export const foldPersonDays = async (run: FoldRun): Promise<void> => {
  const exposures = run.whole
    ? sql`SELECT * FROM exposures FINAL WHERE ${workspaceIs(run)}`
    : sql`SELECT * FROM exposures FINAL WHERE ${workspaceIs(run)} AND key IN (SELECT key FROM fold_keys)`;
  const [first] = await run.store.rows(
    sql`SELECT 1 AS found FROM (${exposures}) LIMIT 1`,
    options(run, 'exposed'),
  );
  // Where none of these persons ever saw the widget or a page, they have no days, and never had any.
  if (first === undefined && !run.whole) return;
  const zone = await offsetsOf(run);
  await gatherTalks(run, zone);
  const { starts, offsets } = zone;
  const local = (seconds: string) =>
    sql`(${raw(seconds)} + ${offsets}[greatest(arrayLastIndex(s -> s <= ${raw(seconds)}, ${starts}), 1)])`;
  const flagged = eventFlags.test | eventFlags.crawler;
  const persons = run.whole ? sql`` : sql` AND person IN (SELECT person FROM fold_persons)`;
  const known = run.whole ? sql`` : sql` AND key IN (SELECT key FROM fold_keys)`;
  const seen = sql`
    SELECT x.*, if(k.tied = 0, x.key, k.tied) AS person, bitAnd(x.flags, ${raw(String(flagged))}) != 0 AS is_test,
      bitOr(${raw(firstKey)}, if(x.code = ${raw(String(IMPRESSION))}, toUInt64(0), bitShiftLeft(toUInt64(1), 63))) AS t,
      ${local('toUnixTimestamp(x.ts)')} AS local_s, toDate(intDiv(local_s, 86400)) AS day
    FROM (${exposures}) AS x
    LEFT JOIN (SELECT key, person AS tied FROM identities FINAL WHERE ${workspaceIs(run)}${known}) AS k USING key`;
  await step(
    run,
    'person days',
    sql`INSERT INTO person_days (${columnList(dayColumns)})
SELECT ${bind('UInt32', run.workspaceNumber)} AS workspace_id, day, person, bot, impressions, page_views,
  toUInt16(if(bot = '', a.turns, greatest(e.turns, u.turns))) AS engaged_turns, test, hour,
  ${raw(seenColumns.join(', '))}, ${versionOf(run)}, 0
FROM (
  SELECT x.*, toUInt8(intDiv(x.local_s % 86400, 3600)) AS hour, g.impressions AS impressions, g.page_views AS page_views, g.test AS test
  FROM (${seen}) AS x
  INNER JOIN (
    SELECT person, min(t) AS t,
      toUInt16(least(countIf(code = ${raw(String(IMPRESSION))}), 65535)) AS impressions,
      toUInt16(least(countIf(code = ${raw(String(PAGE))}), 65535)) AS page_views,
      toUInt8(if(impressions > 0, minIf(is_test, code = ${raw(String(IMPRESSION))}), min(is_test))) AS test
    FROM (${seen}) GROUP BY day, person, bot
  ) AS g USING (person, t)
) AS d
LEFT JOIN (SELECT person, day, bot, max(n_user) AS turns FROM fold_talks GROUP BY person, day, bot) AS e USING (person, day, bot)
LEFT JOIN (SELECT person, day, max(n_user) AS turns FROM fold_talks WHERE bot = '' GROUP BY person, day) AS u USING (person, day)
LEFT JOIN (SELECT person, day, max(n_user) AS turns FROM fold_talks GROUP BY person, day) AS a USING (person, day)`,
  );
  await step(
    run,
    'person days that are gone',
    sql`INSERT INTO person_days (${columnList(dayColumns)})
SELECT ${deletionOf('person_days', ['workspace_id', 'day', 'person', 'bot'])}
FROM (SELECT workspace_id, day, person, bot, version AS old_version, ${versionOf(run)} AS new_version FROM person_days FINAL WHERE ${workspaceIs(run)}${persons}) WHERE old_version < new_version`,
  );
};
