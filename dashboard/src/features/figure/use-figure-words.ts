import type { Interval, Result } from '@botworth/contract/result';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { bare, type FigureFormat, figureFormat, rangeOf, signedBare } from '../../numbers/figure-format.ts';

/** Everything that is printed of one figure, in its decimals and unit. */
export interface FigureWords {
  readonly format: FigureFormat;
  /** The value with its unit: 47%, 4.2 s, 6 turns. */
  value(value: number): string;
  /** The value alone, where the unit stands elsewhere. */
  bare(value: number): string;
  /** A number that somebody wrote down, such as a target: no decimals that it does not have. */
  constant(value: number): string;
  constantBare(value: number): string;
  /** 40–60, ≥ 80: ends that somebody wrote down. */
  constantRange(low: number | null, high: number | null): string;
  /** 44–50; null when nothing bounds the figure. */
  range(interval: Interval): string | null;
  /** +5.0 for a difference, in points or the figure's unit. */
  signed(difference: number): string;
  /** 5.0 pts: the size of a difference. */
  size(difference: number): string;
  /** 5.0 points: the same in a sentence. */
  spoken(difference: number): string;
}

type Translate = ReturnType<typeof useTranslation>['t'];
type Shown = Pick<Result, 'unit' | 'value' | 'interval'>;

export const figureWords = (
  result: Shown,
  t: Translate,
  numbers: ReturnType<typeof useReader>['numbers'],
): FigureWords => {
  const format = figureFormat(result);
  const { measure, scale, decimals } = format;
  const text = (value: number): string => bare(value, format, numbers);
  const ownDecimals = (value: number): number =>
    Number.isInteger(Number((value * scale).toFixed(6))) ? 0 : 1;
  return {
    format,
    bare: text,
    constantRange: (low, high) => {
      const end = (value: number): string => numbers.plain(value * scale, ownDecimals(value));
      if (low !== null && high !== null) return t('range.closed', { low: end(low), high: end(high) });
      return low !== null ? t('range.from', { low: end(low) }) : t('range.to', { high: end(high ?? 0) });
    },
    constantBare: (value) => numbers.plain(value * scale, ownDecimals(value)),
    constant: (value) =>
      measure === 'percent'
        ? numbers.percent(value, ownDecimals(value))
        : t(`unit.${measure}`, { n: numbers.plain(value * scale, ownDecimals(value)), count: value * scale }),
    value: (value) => {
      if (measure === 'percent') return numbers.percent(value, decimals);
      return t(`unit.${measure}`, { n: text(value), count: value * scale });
    },
    range: (interval) => {
      const range = rangeOf(interval, format, numbers);
      return range === null ? null : t(`range.${range.kind}`, { ...range });
    },
    signed: (difference) => signedBare(difference, format, numbers),
    size: (difference) => {
      const size = Math.abs(difference) * scale;
      return t(`size.${measure}`, { n: numbers.plain(size, 1), count: size });
    },
    spoken: (difference) => {
      const size = Math.abs(difference) * scale;
      return t(`spoken.${measure}`, { n: numbers.plain(size, 1), count: Number(size.toFixed(1)) });
    },
  };
};

export const useFigureWords = (result: Shown): FigureWords => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  return useMemo(() => figureWords(result, t, numbers), [result, t, numbers]);
};
