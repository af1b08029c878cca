import { type Fragment, join, nothing, raw, sql } from '../../sql/fragment.ts';
import type { Count } from './counts.ts';
import { groupKeys, maxCells, names, questionRows, settings } from './lower.ts';
import type { MedianPlan, RatioPlan } from './plan.ts';
import type { Question } from './resolve.ts';

/** What is asked about people: the sums of each for the ratio's interval, which counts they belong to, their values. */
export interface UnitsAsked {
  readonly ratio: RatioPlan | null;
  /** One bit each: the person has a conversation that the count holds. At most 64. */
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

const perUnit = (question: Question, asked: UnitsAsked, keys: readonly string[]): Fragment => {
  const { ratio, masks, medians } = asked;
  const counts = [
    ...(ratio === null ? [] : [ratio.numerator, ratio.denominator]),
    ...masks,
    ...medians.map(({ of }) => of),
  ];
  const columns = new Set([
    'person',
    ...medians.map(({ value }) => value),
    ...(ratio === null && masks.every(({ key }) => !key.startsWith('n_')) ? [] : ['n_fallback', 'n_bot']),
  ]);
  return sql`SELECT ${join([...[...keys, 'person'].map(raw), ...unitColumns(asked)], ', ')} FROM (${questionRows(question, names(counts), [...columns])}) GROUP BY ${raw([...keys, 'person'].join(', '))}`;
};

/** Each person of each cell as a row: for few people, whose resampling is done here and not in the engine. */
export const unitRowsStatement = (question: Question, asked: UnitsAsked, most: number): Fragment =>
  sql`${perUnit(question, asked, groupKeys(question))}${raw(` LIMIT ${most + 1}`)}${settings}`;

/** A cell's counts and a person's turns fit: no row has more than 255 of either. */
const packedTurns = 4_294_967_296n;
const golden = '11400714819323198485';

/**
 * The same with one key and one sum per person, which halves the work: the key is a mix of person and cell (of a
 * million such keys two meet with a chance of 3 in 10^8), the sum holds both amounts.
 */
const perUnitPacked = (
  question: Question,
  { ratio, oneIn }: { readonly ratio: RatioPlan; readonly oneIn: number },
  keys: readonly string[],
): Fragment => {
  const key = ['person', ...keys.map((name, index) => `toUInt64(${name} + ${index + 1}) * ${golden}`)].reduce(
    (mixed, part) => `bitXor(${mixed}, ${part})`,
  );
  const columns = ['person', 'n_fallback', 'n_bot'];
  const kept = keys.map((name) => raw(`any(${name}) AS k_${name}`));
  const packed = sql`sum(${ratio.numerator.sql} + ${raw(String(packedTurns))} * ${ratio.denominator.sql}) AS yx`;
  return sql`SELECT ${join([...kept, packed], ', ')} FROM (${questionRows(question, names([ratio.numerator, ratio.denominator]), columns)})${someOf(oneIn)} GROUP BY ${raw(key)}`;
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

/** Only the sums over people: for many, whose interval has a closed form. `cells: false` asks for the totals. */
export const unitSumsStatement = (question: Question, asked: UnitsAsked, cells: boolean, oneIn = 1): Fragment => {
  const keys = cells ? groupKeys(question) : groupKeys(question).filter((key) => key !== 'v_cell');
  const packs = asked.masks.length === 0 && asked.ratio !== null;
  const [y, x] = packs ? [`bitAnd(yx, ${packedTurns - 1n})`, `intDiv(yx, ${packedTurns})`] : ['y', 'x'];
  const select: Fragment[] = [
    ...keys.map((key) => raw(packs ? `k_${key} AS ${key}` : key)),
    raw('count() AS units'),
    ...(asked.ratio === null
      ? []
      : [
          raw(
            `sum(${x} > 0 OR ${y} > 0) AS with_amount, sum(${y}) AS sy, sum(${x}) AS sx, sum(${y} * ${y}) AS syy, sum(${x} * ${y}) AS sxy, sum(${x} * ${x}) AS sxx`,
          ),
        ]),
    ...asked.masks.map((_, index) => raw(`sum(bitTest(mask, ${index})) AS p${index}`)),
  ];
  const from =
    packs && asked.ratio !== null
      ? perUnitPacked(question, { ratio: asked.ratio, oneIn }, keys)
      : perUnit(question, { ...asked, medians: [] }, keys);
  const group =
    keys.length === 0
      ? nothing
      : raw(` GROUP BY ${keys.map((key) => (packs ? `k_${key}` : key)).join(', ')}`);
  return sql`SELECT ${join(select, ', ')} FROM (${from})${group}${raw(` LIMIT ${maxCells + 3}`)}${settings}`;
};

export const asksForUnits = ({ ratio, masks, medians }: UnitsAsked): boolean =>
  ratio !== null || masks.length > 0 || medians.length > 0;
