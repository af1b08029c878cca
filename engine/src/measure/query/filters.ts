import { bind, type Fragment, join, sql } from '../../sql/fragment.ts';
import type { Rules } from '../policy/rules.ts';
import type { VerdictName } from '../verdicts/columns.ts';
import { codeOf, cutColumns, isTimeCut, unknownWord } from './cuts.ts';
import { instantOfLocalS } from './local-time.ts';
import type { ParsedFilter } from './parse.ts';
import { bucketOfLabel } from './time-axis.ts';

export const filterNeeds = (where: readonly ParsedFilter[]): VerdictName[] =>
  where.flatMap(({ cut }) => (isTimeCut(cut) ? [] : [...cutColumns[cut].needs]));

/** Texts as rows hold them: the word for "none" stands for the empty text too. */
export const storedTexts = (values: readonly string[]): string[] =>
  values.flatMap((value) => (value === unknownWord ? ['', unknownWord] : [value]));

export const filterCondition = ({ cut, negate, values }: ParsedFilter, rules: Rules): Fragment => {
  const any = isTimeCut(cut) ? inBuckets(cut, values, rules) : isAnyOf(cut, values);
  return negate ? sql`NOT (${any})` : any;
};

const isAnyOf = (cut: keyof typeof cutColumns, values: readonly string[]): Fragment => {
  const { kind, sql: column } = cutColumns[cut];
  if (kind === 'open') return sql`${column} IN ${bind('Array(String)', storedTexts(values))}`;
  return sql`has(${bind(
    'Array(UInt8)',
    values.map((value) => codeOf(cut, value)),
  )}, ${column})`;
};

const inBuckets = (
  grain: Parameters<typeof bucketOfLabel>[0],
  labels: readonly string[],
  rules: Rules,
): Fragment => {
  const ranges = labels.map((label) => {
    const [fromS, toS] = bucketOfLabel(grain, label, rules.weekStart) ?? [0, 0];
    return sql`(started_s >= ${bind('UInt32', instantOfLocalS(rules.zone, fromS))} AND started_s < ${bind('UInt32', instantOfLocalS(rules.zone, toS))})`;
  });
  return join(ranges, ' OR ');
};
