import { bind, type Fragment, join, nothing, raw, sql } from '../../sql/fragment.ts';
import type { VerdictName } from '../verdicts/columns.ts';
import { verdictColumns, withNeeds } from '../verdicts/columns.ts';
import { notTest } from '../verdicts/words.ts';
import type { Count } from './counts.ts';
import { cutColumns } from './cuts.ts';
import { type Derived, derivedRows } from './derived-rows.ts';
import { filterCondition, filterNeeds } from './filters.ts';
import { bucketIndex, localSeconds } from './lower-time.ts';
import type { Period } from './periods.ts';
import type { MedianPlan, Plan } from './plan.ts';
import { type Question, verdictContext } from './resolve.ts';

/** More cells than this are no answer that anybody reads. */
export const maxCells = 20_000;

/**
 * Evaluate both sides of and, or: the lazy way filters rows one by one and takes twice as long (measured on a million
 * conversations). Compiling expressions gains nothing here, and costs a new shape of question 300 ms once. The two
 * rewrites find nothing to rewrite, and take a quarter of the time that the board's statement is analysed.
 */
export const settings = raw(
  " SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0",
);

/** Rows in reach of a question, replaced ones included: what the primary key knows without reading them. */
export const reachStatement = (question: Question): Fragment => {
  const { now, before, workspace } = question;
  const reach = before === null ? days(now) : sql`(${days(now)} OR ${days(before)})`;
  return sql`SELECT count() AS reach FROM conversations WHERE workspace_id = ${bind('UInt32', workspace)} AND ${reach}`;
};

export const names = (
  ...of: readonly (readonly { readonly needs: readonly VerdictName[] }[])[]
): VerdictName[] => of.flat().flatMap(({ needs }) => needs);

const within = ({ startS, endS }: Period): Fragment =>
  sql`started_s >= ${bind('UInt32', startS)} AND started_s < ${bind('UInt32', endS)}`;

/** The primary key knows UTC days: each period is one range of them. */
const days = ({ startS, endS }: Period): Fragment =>
  sql`day BETWEEN ${bind('Date', utcDay(startS))} AND ${bind('Date', utcDay(Math.max(startS, endS - 1)))}`;

const utcDay = (instantS: number): string => new Date(instantS * 1000).toISOString().slice(0, 10);

const inPeriods = ({ now, before }: Pick<Question, 'now' | 'before'>): Fragment =>
  before === null
    ? sql`${days(now)} AND ${within(now)}`
    : sql`(${days(now)} OR ${days(before)}) AND (${within(now)} OR ${within(before)})`;

/** Step 4a: the rows that a question is about, each with its verdicts, its period and its cell. */
export const questionRows = (
  question: Question,
  verdictNames: readonly VerdictName[],
  columns: readonly string[],
): Fragment => {
  const { before, ripe, axis, where, cuts, rules } = question;
  const needed = [...verdictNames, ...cuts.flatMap((cut) => cutColumns[cut].needs), ...filterNeeds(where)];
  const context = {
    ...verdictContext(question),
    ...(ripe.beforeS === null
      ? {}
      : { ripeS: sql`${bind('Int64', ripe.nowS)} - v_period * ${bind('Int64', ripe.nowS - ripe.beforeS)}` }),
  };
  const derived: Derived[] = [
    ...(before === null
      ? []
      : [{ name: 'v_period', sql: sql`toUInt8(started_s < ${bind('UInt32', question.now.startS)})` }]),
    ...(axis === null
      ? []
      : [
          { name: 'v_local', sql: localSeconds(question) },
          { name: 'v_bucket', sql: bucketIndex(question) },
        ]),
    ...verdictColumns(needed, context),
    ...cuts.map((cut, index) => ({ name: `v_cut${index}`, sql: cutColumns[cut].sql })),
    ...(hasCells(question) ? [{ name: 'v_cell', sql: cellKey(question) }] : []),
  ];
  const filters = where.map((filter) => sql` AND ${filterCondition(filter, rules)}`);
  const from = sql` FROM conversations FINAL WHERE workspace_id = ${bind('UInt32', question.workspace)} AND ${inPeriods(question)} AND ${notTest}${join(filters, '')}`;
  return derivedRows(derived, columns, from);
};

export const hasCells = ({ axis, cuts }: Question): boolean => axis !== null || cuts.length > 0;

/**
 * One number for the cell, so that the engine groups by a plain integer: bucket, closed cuts by their code, open ones
 * by the hash of their text. Of 20,000 cells two meet with a chance of 1 in 10^11.
 */
const cellKey = ({ axis, cuts }: Question): Fragment => {
  const factors = ['1000003', '4294967311'];
  const parts = cuts.map((cut, index) => {
    const value = cutColumns[cut].kind === 'open' ? `cityHash64(v_cut${index})` : `toUInt64(v_cut${index})`;
    return raw(`toUInt64(${value}) * ${factors[index] ?? '1'}`);
  });
  return join([...(axis === null ? [] : [raw('toUInt64(v_bucket)')]), ...parts], ' + ');
};

/** What names a cell in the answer: any of its rows will do, they all agree. */
const cellColumns = (question: Question): Fragment[] => [
  ...(hasCells(question) ? [raw('v_cell AS cell')] : []),
  ...(question.axis === null ? [] : [raw('any(v_bucket) AS bucket')]),
  ...question.cuts.map((_, index) => raw(`any(v_cut${index}) AS cut${index}`)),
];

export const groupKeys = (question: Question): string[] => [
  ...(question.before === null ? [] : ['v_period']),
  ...(hasCells(question) ? ['v_cell'] : []),
];

/** Where the ranks of a median's interval lie, near enough: the exact rank is picked among these few (cells.ts). */
const rankSlices = ({ value, of }: MedianPlan, index: number): Fragment => {
  const sorted = `sorted${index}`;
  const n = `n${index}`;
  return sql`length(arraySort(groupArrayIf(${raw(value)}, ${of.sql})) AS ${raw(sorted)}) AS ${raw(n)}, ${raw(
    [
      `arraySlice(${sorted}, toInt64(greatest(1, floor(${n} / 2 - 0.98 * sqrt(${n})) - 2)), 6) AS low${index}`,
      `arraySlice(${sorted}, intDiv(${n} + 1, 2), 2) AS mid${index}`,
      `arraySlice(${sorted}, toInt64(greatest(1, floor(${n} / 2 + 0.98 * sqrt(${n})) - 2)), 6) AS high${index}`,
    ].join(', '),
  )}`;
};

/**
 * Step 4b: all counts and medians of a question in one statement. Totals come from the same scan: counts are added up
 * afterwards, medians by a roll-up of the sorted values.
 */
export const mainStatement = (plan: Plan): Fragment => {
  const { question, counts, medians } = plan;
  const extra: VerdictName[] = [
    ...(plan.watchJobs ? (['job'] as const) : []),
    ...(plan.watchKinds ? (['kinds_unknown'] as const) : []),
    ...(plan.watchScales ? (['rated_unlisted'] as const) : []),
  ];
  const counted = [
    ...names(
      counts,
      medians.map(({ of }) => of),
    ),
    ...extra,
  ];
  const watchFlows = readsFlows(counted, question);
  const verdictNames: VerdictName[] = watchFlows ? [...counted, 'flow_code'] : counted;
  const columns = [
    ...new Set([
      ...counts.flatMap(baseColumns),
      ...medians.map(({ value }) => value),
      ...(plan.watchScales ? ['csat_scale'] : []),
    ]),
  ];
  const keys = groupKeys(question);
  const rollUp = medians.length > 0 && hasCells(question);
  const select: Fragment[] = [
    ...(question.before === null ? [] : [raw('v_period AS period')]),
    ...(rollUp ? [raw('grouping(v_cell) AS is_total')] : []),
    ...(rollUp && question.before !== null ? [raw('grouping(v_period) AS is_all')] : []),
    ...cellColumns(question),
    raw('count() AS conversations'),
    ...counts.map(({ sql: value }, index) => sql`sum(${value}) AS s${raw(String(index))}`),
    ...(plan.watchJobs ? [raw('groupBitOr(bitShiftLeft(toUInt8(1), v_job)) AS jobs')] : []),
    ...(plan.watchKinds ? [raw('sum(v_kinds_unknown) AS without_kind')] : []),
    ...(plan.watchScales ? [raw('groupArrayIf(csat_scale, v_rated_unlisted) AS scales')] : []),
    ...(watchFlows ? [raw('max(v_flow_code) AS flow_code')] : []),
    ...medians.map(rankSlices),
  ];
  const group =
    keys.length === 0 ? nothing : raw(` GROUP BY ${keys.join(', ')}${rollUp ? ' WITH ROLLUP' : ''}`);
  const grouped = sql`SELECT ${join(select, ', ')} FROM (${questionRows(question, verdictNames, columns)})${group}`;
  return sql`${grouped}${raw(` LIMIT ${maxCells + 3}`)}${settings}`;
};

const baseColumns = ({ key }: Count): string[] =>
  ['n_fallback', 'n_bot'].filter((column) => key.split(' ').includes(column));

/** Verdicts that read the flow table: the question then watches for flows that its table does not list. */
const flowVerdicts: readonly VerdictName[] = ['flow_code'];

const readsFlows = (
  verdictNames: readonly VerdictName[],
  { cuts, where }: Pick<Question, 'cuts' | 'where'>,
): boolean =>
  withNeeds([...verdictNames, ...cuts.flatMap((cut) => cutColumns[cut].needs), ...filterNeeds(where)]).some(
    (name) => flowVerdicts.includes(name),
  );
