import { vocabulary } from '@botworth/contract/vocabulary';
import { zoneSpans } from '../../base/zone.ts';
import { type BoundValue, bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
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
/** A hash finds the few that need a closer look: grouping by the three columns themselves costs four times as much. */
const dayHash = (day: string): string => `cityHash64(person, ${day})`;
const botDayHash = 'cityHash64(person, day, bot)';
/**
 * Where and how it was first seen that day, all of one event, impressions before page views. Most are seen once a
 * day; of the others that event is found by its number: to carry eight texts through the grouping took the engine
 * four times as long.
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

const local = (seconds: string, { starts, offsets }: Offsets): Fragment =>
  sql`(${raw(seconds)} + ${offsets}[greatest(arrayLastIndex(s -> s <= ${raw(seconds)}, ${starts}), 1)])`;

/** Impressions and page views with their person and local time → `fold_seen`. */
const gatherSeen = (run: FoldRun, exposures: Fragment, offsets: Offsets): Promise<void> => {
  const known = run.whole ? sql`` : sql` AND key IN (SELECT key FROM fold_keys)`;
  return prepare(
    run,
    'seen',
    sql`INSERT INTO fold_seen SELECT if(k.tied = 0, x.key, k.tied) AS person, toDate(intDiv(local_s, 86400)) AS day,
  toUInt8(intDiv(${local('toUnixTimestamp(x.ts)', offsets)} AS local_s % 86400, 3600)) AS hour,
  x.code = ${raw(String(IMPRESSION))} AS is_impression, bitAnd(x.flags, ${raw(String(eventFlags.test | eventFlags.crawler))}) != 0 AS is_test,
  bitOr(${raw(firstKey)}, if(is_impression, toUInt64(0), bitShiftLeft(toUInt64(1), 63))) AS t,
  bot, ${columnList(seenColumns)}
FROM (${exposures}) AS x
LEFT JOIN (SELECT key, person AS tied FROM identities FINAL WHERE ${workspaceIs(run)}${known}) AS k USING key`,
  );
};

/** Conversations that are more than a greeting and no test, on local days on which their person is seen → `fold_talks`. */
const gatherTalks = (run: FoldRun, offsets: Offsets): Promise<void> => {
  const persons = run.whole ? sql`` : sql` AND (c.day, c.conv) IN (SELECT day, conv FROM fold_people)`;
  return prepare(
    run,
    'talks',
    sql`INSERT INTO fold_talks SELECT person, local_day AS day, bot, n_user FROM (
  SELECT person, toDate(intDiv(${local('toInt64(started_s)', offsets)}, 86400)) AS local_day, bot, n_user
  FROM conversations AS c FINAL WHERE ${workspaceIs(run)}${persons} AND bitAnd(facts, ${bind('UInt64', factMask('meaningful_turn') | factMask('test'))}) = ${bind('UInt64', factMask('meaningful_turn'))}
) WHERE ${raw(dayHash('local_day'))} IN (SELECT ${raw(dayHash('day'))} FROM fold_seen)`,
  );
};

/** One row per person, bot and local day with an impression or a page view; those that are gone are deleted. */
export const foldPersonDays = async (run: FoldRun): Promise<void> => {
  const exposures = run.whole
    ? sql`SELECT * FROM exposures FINAL WHERE ${workspaceIs(run)}`
    : sql`SELECT * FROM exposures FINAL WHERE ${workspaceIs(run)} AND key IN (SELECT key FROM fold_keys)`;
  const zone = await offsetsOf(run);
  await gatherSeen(run, exposures, zone);
  await gatherTalks(run, zone);
  const persons = run.whole ? sql`` : sql` AND person IN (SELECT person FROM fold_persons)`;
  await step(
    run,
    'person days',
    sql`INSERT INTO person_days (${columnList(dayColumns)})
SELECT ${bind('UInt32', run.workspaceNumber)} AS workspace_id, day, person, bot,
  if(g.t = 0, toUInt16(is_impression), g.impressions) AS impressions,
  if(g.t = 0, toUInt16(NOT is_impression), g.page_views) AS page_views,
  toUInt16(if(bot = '', a.turns, arrayMax(arrayMap((b, n) -> if(b = bot OR b = '', n, 0), a.bots, a.bot_turns)))) AS engaged_turns,
  if(g.t = 0, toUInt8(is_test), g.test) AS test, hour, ${raw(seenColumns.join(', '))}, ${versionOf(run)}, 0
FROM fold_seen AS d
LEFT JOIN (
  SELECT person, day, bot, min(t) AS t,
    toUInt16(least(countIf(is_impression), 65535)) AS impressions,
    toUInt16(least(countIf(NOT is_impression), 65535)) AS page_views,
    toUInt8(if(impressions > 0, minIf(is_test, is_impression), min(is_test))) AS test
  FROM fold_seen WHERE ${raw(botDayHash)} IN (SELECT ${raw(botDayHash)} AS h FROM fold_seen GROUP BY h HAVING count() > 1)
  GROUP BY person, day, bot
) AS g USING (person, day, bot)
LEFT JOIN (
  SELECT person, day, max(n_user) AS turns, groupArray(bot) AS bots, groupArray(n_user) AS bot_turns FROM fold_talks GROUP BY person, day
) AS a USING (person, day)
WHERE g.t = 0 OR g.t = d.t`,
  );
  await step(
    run,
    'person days that are gone',
    sql`INSERT INTO person_days (${columnList(dayColumns)})
SELECT ${deletionOf('person_days', ['workspace_id', 'day', 'person', 'bot'])}
FROM (SELECT workspace_id, day, person, bot, version AS old_version, ${versionOf(run)} AS new_version FROM person_days FINAL WHERE ${workspaceIs(run)}${persons}) WHERE old_version < new_version`,
  );
};
