import type { Interval, Result } from '@botworth/contract/result';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { decimalsOffZero } from '../../numbers/decimals.ts';
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
  range(interval: Interval, decimals?: number): string | null;
  /** A change and its ends, in decimals that they share. */
  change(change: EvidentChange): ChangeText;
}

interface EvidentChange {
  readonly difference: number;
  readonly interval: Interval;
}

export interface ChangeText {
  /** +5.0 for the difference, in points or the figure's unit. */
  readonly difference: string;
  /** Null where an end is open. */
  readonly ends: { readonly low: string; readonly high: string } | null;
  /** 5.0 pts: the size of the difference. */
  readonly size: string;
  /** 5.0 points: the same in a sentence. */
  readonly spoken: string;
  /** 1–9: the sizes of the ends of an evident change, which lie on one side of zero. */
  readonly sizes: string | null;
}

/** Of a change, so that neighbouring changes look alike. */
const CHANGE_DECIMALS = 1;

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
  const rangeText = (interval: Interval, places = decimals): string | null => {
    const range = rangeOf(interval, { ...format, decimals: places }, numbers);
    return range === null ? null : t(`range.${range.kind}`, { ...range });
  };
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
    range: rangeText,
    change: (change) => {
      const places = decimalsOffZero(change, scale, CHANGE_DECIMALS);
      const signed = (value: number): string => signedBare(value, format, numbers, places);
      const size = Math.abs(change.difference) * scale;
      const n = numbers.plain(size, places);
      const [low, high] = change.interval ?? [null, null];
      const isClosed = low !== null && high !== null;
      const [least, most] = isClosed ? [Math.abs(low), Math.abs(high)].sort((a, b) => a - b) : [null, null];
      return {
        difference: signed(change.difference),
        ends: isClosed ? { low: signed(low), high: signed(high) } : null,
        size: t(`size.${measure}`, { n, count: size }),
        spoken: t(`spoken.${measure}`, { n, count: Number(size.toFixed(places)) }),
        sizes: rangeText([least ?? null, most ?? null], decimalsOffZero(change, scale, decimals)),
      };
    },
  };
};

export const useFigureWords = (result: Shown): FigureWords => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  return useMemo(() => figureWords(result, t, numbers), [result, t, numbers]);
};
