import { addDays, addMonths, daysBetween } from '../../base/zone.ts';
import { instantOfLocalS, localDayS, localOfInstantS, startOfDayS } from './local-time.ts';

/** A stretch of local days and the instants that bound it. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** Unix seconds, [startS, endS). */
  readonly startS: number;
  readonly endS: number;
}

export const periodOf = (zone: string, from: string, to: string): Period => ({
  from,
  to,
  startS: startOfDayS(zone, from),
  endS: startOfDayS(zone, to),
});

const isMonthFirst = (date: string): boolean => date.endsWith('-01');

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
  Number(to.slice(5, 7)) -
  Number(from.slice(5, 7));

/**
 * The dates compared with. Both ends on month firsts: as many months; everything else, whole weeks included, as
 * many local days. A year ago: the same dates for months, else 364 days, which keeps the weekdays.
 */
export const comparedDates = (
  kind: 'previous' | 'year',
  from: string,
  to: string,
): readonly [string, string] => {
  const months = isMonthFirst(from) && isMonthFirst(to) ? monthsBetween(from, to) : 0;
  if (kind === 'year') {
    return months > 0 ? [addMonths(from, -12), addMonths(to, -12)] : [addDays(from, -364), addDays(to, -364)];
  }
  return months > 0 ? [addMonths(from, -months), from] : [addDays(from, -daysBetween(from, to)), from];
};

/** The instant of the other period that lies as far into it, by local clocks, as `instantS` into this one. */
const sameElapsedS = (zone: string, instantS: number, now: Period, before: Period): number =>
  instantOfLocalS(zone, localOfInstantS(zone, instantS) - localDayS(now.from) + localDayS(before.from));

/** `to` in the future: the period compared with is cut at the same elapsed local time. */
export const comparedPeriod = (
  zone: string,
  kind: 'previous' | 'year',
  now: Period,
  nowS: number,
): Period => {
  const [from, to] = comparedDates(kind, now.from, now.to);
  const whole = periodOf(zone, from, to);
  if (nowS >= now.endS) return whole;
  const cutS = sameElapsedS(zone, nowS, now, whole);
  return { ...whole, endS: Math.max(whole.startS, Math.min(whole.endS, cutS)) };
};

/**
 * Greatest end that counts as matured in the period compared with: where the asked period is part-ripe, only the
 * part of the other that is as ripe; null where all of the asked period is ripe.
 */
export const comparedRipeS = (zone: string, ripeS: number, now: Period, before: Period): number | null =>
  ripeS >= now.endS ? null : Math.min(ripeS, sameElapsedS(zone, ripeS, now, before));
