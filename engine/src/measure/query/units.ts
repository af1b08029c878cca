import { type Fragment, join, nothing, raw, sql } from '../../sql/fragment.ts';
import type { Count } from './counts.ts';
import { groupKeys, hasCells, maxCells, names, questionRows, settings } from './lower.ts';
import type { MedianPlan, RatioPlan } from './plan.ts';
import type { Question } from './resolve.ts';

/** What is asked about people: the sums of each for the ratio's interval, which counts they belong to, their values. */
export interface UnitsAsked {
  readonly ratio: RatioPlan | null;
  /** One bit each: the person has a conversation that the count holds. */
  readonly masks: readonly Count[];
  readonly medians: readonly MedianPlan[];
}

const unitColumns = ({ ratio, masks, medians }: UnitsAsked): Fragment[] => [
  ...(ratio === null ? [] : [sql`sum(${ratio.numerator.sql}) AS y, sum(${ratio.denominator.sql}) AS x`]),
  ...(masks.length === 0
    ? []
    : [
        sql`groupBitOr(${join(
          masks.map(({ sql: holds }, index) => sql`bitShiftLeft(toUInt64(${holds}), ${raw(String(index))})`),
          ' + ',
        )}) AS mask`,
      ]),
  ...medians.map(
    ({ value, of }, index) => sql`groupArrayIf(${raw(value)}, ${of.sql}) AS values${raw(String(index))}`,
  ),
];

/** The question's rows with what is asked of them, to be grouped by person. */
const unitSource = (question: Question, { ratio, masks, medians }: UnitsAsked): Fragment => {
  const counts = [
    ...(ratio === null ? [] : [ratio.numerator, ratio.denominator]),
    ...masks,
    ...medians.map(({ of }) => of),
  ];
  const readsTurns = ratio !== null || masks.some(({ key }) => key.startsWith('n_'));
  const columns = new Set([
    'person',
    ...medians.map(({ value }) => value),
    ...(readsTurns ? ['n_fallback', 'n_bot'] : []),
  ]);
  return questionRows(question, names(counts), [...columns]);
};

/** Each person of each cell as a row: for few people, whose resampling is done here and not in the engine. */
export const unitRowsStatement = (question: Question, asked: UnitsAsked, most: number): Fragment => {
  const keys = [...groupKeys(question), 'person'];
  return sql`SELECT ${join([...keys.map(raw), ...unitColumns(asked)], ', ')} FROM (${unitSource(question, asked)}) GROUP BY ${raw(keys.join(', '))}${raw(` LIMIT ${most + 1}`)}${settings}`;
};

/** Every one-in-k-th person: a key is a hash above its three bits of kind, so any of its bits choose evenly. */
const someOf = (oneIn: number): Fragment =>
  oneIn === 1 ? nothing : raw(` WHERE bitAnd(person, ${(BigInt(oneIn) - 1n) << 3n}) = 0`);

/** Up to so many conversations every person counts towards the variance of a ratio. */
const mostForAll = 125_000;

/**
 * A variance needs no more people than that: of more conversations, the smallest power of two that leaves at most
 * so many. The figure itself always counts everybody.
 */
export const oneInOf = (conversations: number): number => {
  let oneIn = 1;
  while (conversations / oneIn > mostForAll) oneIn *= 2;
  return oneIn;
};

/**
 * Only the sums over people: for many, whose interval has a closed form. Cells and totals in one scan: a person of two
 * cells is one person in the total, so totals group people anew (`is_total`).
 */
export const unitSumsStatement = (question: Question, asked: UnitsAsked, oneIn = 1): Fragment => {
  const keys = groupKeys(question);
  const cells = hasCells(question);
  const sets = [
    [...keys, 'person'],
    [...keys.filter((key) => key !== 'v_cell'), 'person'],
  ];
  const perUnit = cells
    ? raw(` GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})`)
    : raw(` GROUP BY ${sets[0]?.join(', ') ?? ''}`);
  const units = sql`SELECT ${join([...keys.map(raw), ...(cells ? [raw('grouping(v_cell) AS is_total')] : []), ...unitColumns({ ...asked, medians: [] })], ', ')} FROM (${unitSource(question, { ...asked, medians: [] })})${someOf(oneIn)}${perUnit}`;
  const groups = [...keys, ...(cells ? ['is_total'] : [])];
  const select: Fragment[] = [
    ...groups.map(raw),
    raw('count() AS units'),
    ...(asked.ratio === null
      ? []
      : [
          raw(
            'sum(x > 0 OR y > 0) AS with_amount, sum(y) AS sy, sum(x) AS sx, sum(y * y) AS syy, sum(x * y) AS sxy, sum(x * x) AS sxx',
          ),
        ]),
    ...asked.masks.map((_, index) => raw(`sum(bitTest(mask, ${index})) AS p${index}`)),
  ];
  const group = groups.length === 0 ? nothing : raw(` GROUP BY ${groups.join(', ')}`);
  return sql`SELECT ${join(select, ', ')} FROM (${units})${group}${raw(` LIMIT ${maxCells + 3}`)}${settings}`;
};

export const asksForUnits = ({ ratio, masks, medians }: UnitsAsked): boolean =>
  ratio !== null || masks.length > 0 || medians.length > 0;
