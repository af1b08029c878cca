import { vocabulary } from '@botworth/contract/vocabulary';
import { zoneSpans } from '../../base/zone.ts';
import { bind, raw, sql } from '../../sql/fragment.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { factMask } from '../facts/bits.ts';
import { type FoldRun, resolvedKeys, step, versionOf, workspaceIs } from '../fold-run.ts';
import { columnList, columnsOf } from '../work-tables.ts';

const PAGE = vocabulary.page_viewed.code;
const IMPRESSION = vocabulary.chat_impression.code;
const copied = columnsOf('exposures');

/** Impressions and page views as they came, by person key. */
export const keepExposures = (run: FoldRun): Promise<void> => {
  const scope = run.whole
    ? sql``
    : sql` AND thread IN (SELECT thread FROM fold_batch WHERE code IN (${raw(`${PAGE}, ${IMPRESSION}`)})) AND eid IN (SELECT eid FROM fold_batch WHERE code IN (${raw(`${PAGE}, ${IMPRESSION}`)}))`;
  return step(
    run,
    'exposures',
    sql`INSERT INTO exposures (${columnList(copied)}) SELECT ${columnList(copied)} FROM events FINAL
PREWHERE ${workspaceIs(run)}${scope} AND code IN (${raw(`${PAGE}, ${IMPRESSION}`)}) WHERE key != 0`,
  );
};

/** The zone's changes of offset in the time that the events span: the engine looks through them for every row. */
const spansOf = async (run: FoldRun) => {
  const [row] = await run.store.rows<{ from_ms: string; to_ms: string }>(
    sql`SELECT toUnixTimestamp64Milli(min(ts)) AS from_ms, toUnixTimestamp64Milli(max(ts)) AS to_ms FROM events WHERE ${workspaceIs(run)}`,
    { tag: 'fold span', lane: 'fold' },
  );
  const spans = zoneSpans(run.settings.zone, Number(row?.from_ms ?? 0), Number(row?.to_ms ?? 0) + 1);
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
const firstKnown = (column: string): string =>
  `argMinIf(${column}, t, toString(${column}) NOT IN ('', 'unknown')) AS ${column}`;

/** One row per person, bot and local day with an impression or a page view; those that are gone are deleted. */
export const foldPersonDays = async (run: FoldRun): Promise<void> => {
  const { starts, offsets } = await spansOf(run);
  const local = (seconds: string) =>
    sql`(${raw(seconds)} + ${offsets}[greatest(arrayLastIndex(s -> s <= ${raw(seconds)}, ${starts}), 1)])`;
  const flagged = eventFlags.test | eventFlags.crawler;
  const persons = run.whole ? sql`` : sql` AND person IN (SELECT person FROM fold_persons)`;
  const exposures = run.whole
    ? sql`SELECT * FROM exposures FINAL WHERE ${workspaceIs(run)}`
    : sql`SELECT * FROM exposures FINAL WHERE ${workspaceIs(run)} AND key IN (SELECT key FROM fold_keys)`;
  await step(
    run,
    'person days',
    sql`INSERT INTO person_days (${columnList(dayColumns)})
SELECT ${bind('UInt32', run.workspaceNumber)} AS workspace_id, day, person, bot, impressions, page_views, toUInt8(greatest(same_bot, any_bot)) AS engaged_turns,
  test, hour, channel, page, source, medium, campaign, device, language, country, ${versionOf(run)}, 0
FROM (
  SELECT day, person, bot, impressions, page_views, test, hour, channel, page, source, medium, campaign, device, language, country,
    if(bot = '', 0, e.turns) AS same_bot, if(bot = '', a.turns, u.turns) AS any_bot
  FROM (
    SELECT day, person, bot,
      toUInt16(least(countIf(code = ${raw(String(IMPRESSION))}), 65535)) AS impressions,
      toUInt16(least(countIf(code = ${raw(String(PAGE))}), 65535)) AS page_views,
      toUInt8(if(impressions > 0, minIf(bitAnd(flags, ${raw(String(flagged))}) != 0, code = ${raw(String(IMPRESSION))}), min(bitAnd(flags, ${raw(String(flagged))}) != 0))) AS test,
      toUInt8(intDiv(argMin(local_s, bitOr(t, if(code = ${raw(String(IMPRESSION))}, toUInt64(0), bitShiftLeft(toUInt64(1), 63)))) % 86400, 3600)) AS hour,
      ${raw(['channel', 'page', 'source', 'medium', 'campaign', 'device', 'language', 'country'].map(firstKnown).join(',\n      '))}
    FROM (
      SELECT x.*, k.person AS person, ${raw(firstKey)} AS t, ${local('toUnixTimestamp(x.ts)')} AS local_s, toDate(intDiv(local_s, 86400)) AS day
      FROM (${exposures}) AS x INNER JOIN ${resolvedKeys(run, sql`(SELECT key FROM (${exposures}))`)} AS k USING key
    ) GROUP BY day, person, bot
  ) AS d
  LEFT JOIN (SELECT person, day, bot, max(n_user) AS turns FROM fold_talks GROUP BY person, day, bot) AS e USING (person, day, bot)
  LEFT JOIN (SELECT person, day, max(n_user) AS turns FROM fold_talks WHERE bot = '' GROUP BY person, day) AS u USING (person, day)
  LEFT JOIN (SELECT person, day, max(n_user) AS turns FROM fold_talks GROUP BY person, day) AS a USING (person, day)
)`,
  );
  await step(
    run,
    'person days that are gone',
    sql`INSERT INTO person_days (${columnList(dayColumns)})
SELECT ${raw(dayColumns.map((name) => (name === 'version' ? 'new_version AS version' : name === 'is_deleted' ? '1 AS is_deleted' : name)).join(', '))}
FROM (SELECT *, version AS old_version, ${versionOf(run)} AS new_version FROM person_days FINAL WHERE ${workspaceIs(run)}${persons}) WHERE old_version < new_version`,
  );
};

/** Conversations that are more than a greeting, by the local day of their start → `fold_talks`. */
export const gatherTalks = async (run: FoldRun): Promise<void> => {
  const { starts, offsets } = await spansOf(run);
  const rows = run.whole
    ? sql`conversations AS c FINAL WHERE ${workspaceIs(run)}`
    : sql`conversations AS c FINAL WHERE ${workspaceIs(run)} AND (c.day, c.conv) IN (SELECT day, conv FROM fold_people)`;
  return step(
    run,
    'talks',
    sql`INSERT INTO fold_talks SELECT person, toDate(intDiv(toInt64(started_s) + ${offsets}[greatest(arrayLastIndex(s -> s <= started_s, ${starts}), 1)], 86400)) AS day, bot, n_user
FROM ${rows} AND bitAnd(facts, ${bind('UInt64', factMask('meaningful_turn'))}) != 0`,
  );
};
