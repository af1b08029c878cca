import { bind, type Fragment, join, nothing, raw, sql } from '../../sql/fragment.ts';
import { codeOf, cutColumns, isTimeCut } from './cuts.ts';
import { storedTexts } from './filters.ts';
import { localDayS, localOfInstantS } from './local-time.ts';
import { maxCells, settings } from './lower.ts';
import type { ParsedFilter } from './parse.ts';
import type { Period } from './periods.ts';
import type { Question } from './resolve.ts';
import { bucketOfLabel, stepOf, type TimeAxis } from './time-axis.ts';

/**
 * Person-days carry the local day itself, in the workspace's zone, so that no instants are needed. An impression
 * makes the denominator; enough visitor turns on that day with that bot make the numerator.
 */
export const personDayStatement = (question: Question, countsPeople: boolean): Fragment => {
  const { cuts, axis, before, rules } = question;
  const bucket = axis === null ? [] : [sql`${bucketOf(question)} AS v_bucket`];
  const values = cuts.map((cut, index) => sql`${cutColumns[cut].sql} AS v_cut${raw(String(index))}`);
  const period = before === null ? [] : [sql`toUInt8(day < ${bind('Date', question.now.from)}) AS v_period`];
  const keys = [
    ...period.map(() => 'v_period'),
    ...bucket.map(() => 'v_bucket'),
    ...cuts.map((_, index) => `v_cut${index}`),
  ];
  const engaged = sql`engaged_turns >= ${bind('UInt16', rules.minVisitorTurns)} AS v_engaged`;
  const rows = sql`SELECT ${join([...period, ...bucket, ...values, engaged, ...(countsPeople ? [raw('person')] : [])], ', ')} FROM person_days FINAL WHERE workspace_id = ${bind('UInt32', question.workspace)} AND ${inDays(question)} AND impressions > 0 AND test = 0${filters(question)}`;
  const select = [
    ...(before === null ? [] : [raw('v_period AS period')]),
    ...(axis === null ? [] : [raw('v_bucket AS bucket')]),
    ...cuts.map((_, index) => raw(`v_cut${index} AS cut${index}`)),
    raw('count() AS shown, sum(v_engaged) AS engaged'),
    ...(countsPeople
      ? [raw('uniqExact(person) AS people_shown, uniqExactIf(person, v_engaged) AS people_engaged')]
      : []),
  ];
  // Totals are asked for apart: a person of two cells is one person.
  const sets =
    keys.length === 0
      ? nothing
      : before === null
        ? raw(` GROUP BY GROUPING SETS ((${keys.join(', ')}), ())`)
        : raw(` GROUP BY GROUPING SETS ((${keys.join(', ')}), (v_period))`);
  const total = keys.length > (before === null ? 0 : 1) ? [raw(`grouping(${keys.at(-1)}) AS is_total`)] : [];
  const group = total.length > 0 ? sets : keys.length === 0 ? nothing : raw(` GROUP BY ${keys.join(', ')}`);
  return sql`SELECT ${join([...select, ...total], ', ')} FROM (${rows})${group}${raw(` LIMIT ${maxCells + 3}`)}${settings}`;
};

const dayRange = ({ from, to }: Pick<Period, 'from' | 'to'>): Fragment =>
  sql`(day >= ${bind('Date', from)} AND day < ${bind('Date', to)})`;

export const inDays = ({ now, before, rules }: Pick<Question, 'now' | 'before' | 'rules'>): Fragment =>
  before === null
    ? dayRange(now)
    : sql`(${dayRange(now)} OR ${dayRange(before)}${untilCut(before, rules.zone)})`;

/** A period compared with one that still runs ends where its end says, to the hour that a person-day knows. */
const untilCut = ({ to, endS }: Period, zone: string): Fragment => {
  const cutS = localOfInstantS(zone, endS);
  return cutS >= localDayS(to) ? nothing : sql` AND ${localDay} + hour * 3600 < ${bind('Int64', cutS)}`;
};

const localDay = raw('toInt64(toUInt16(day)) * 86400');

const bucketOf = ({ axis, axisBefore }: Question): Fragment => {
  if (axis === null) return raw('0');
  const at = (one: TimeAxis): Fragment => {
    if (one.grain === 'month')
      return sql`arrayElement(${bind('Array(UInt16)', one.bucketOfDay ?? [])}, intDiv(${localDay} - ${bind('Int64', one.originS)}, 86400) + 1)`;
    const seconds = one.grain === 'hour' ? sql`${localDay} + hour * 3600` : localDay;
    return sql`intDiv(${seconds} - ${bind('Int64', one.originS)}, ${raw(String(stepOf(one.grain)))})`;
  };
  return axisBefore === null
    ? sql`toUInt32(${at(axis)})`
    : sql`toUInt32(if(v_period = 1, ${at(axisBefore)}, ${at(axis)}))`;
};

const filters = ({ where, rules }: Question): Fragment =>
  where.length === 0
    ? nothing
    : sql` AND ${join(
        where.map((filter) => personDayFilter(filter, rules)),
        ' AND ',
      )}`;

/** The same filters over person-days; the caller has refused those that they do not have. */
export const personDayFilter = (
  { cut, negate, values }: ParsedFilter,
  rules: Question['rules'],
): Fragment => {
  const any = isTimeCut(cut)
    ? join(
        values.map((label) => {
          const [fromS, toS] = bucketOfLabel(cut, label, rules.weekStart) ?? [
            localDayS('2000-01-01'),
            localDayS('2000-01-01'),
          ];
          const at = cut === 'hour' ? sql`${localDay} + hour * 3600` : localDay;
          return sql`(${at} >= ${bind('Int64', fromS)} AND ${at} < ${bind('Int64', toS)})`;
        }),
        ' OR ',
      )
    : cutColumns[cut].kind === 'open'
      ? sql`${cutColumns[cut].sql} IN ${bind('Array(String)', storedTexts(values))}`
      : sql`has(${bind(
          'Array(UInt8)',
          values.map((value) => codeOf(cut, value)),
        )}, ${cutColumns[cut].sql})`;
  return negate ? sql`NOT (${any})` : sql`(${any})`;
};
