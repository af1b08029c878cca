import { startOfLocalDayMs, type ZoneSpan, zoneSpans } from '../../base/zone.ts';

/** Local wall time as a number: what a UTC clock would show, in seconds. Days of it are always 86,400 long. */
export const localDayS = (isoDate: string): number => Date.parse(`${isoDate}T00:00:00Z`) / 1000;

/** The days that a question may name: beyond them the engine's numbers wrap. */
export const earliestDay = '2000-01-01';
export const latestDay = '2100-01-01';

/** A day that the calendar has: JavaScript reads 2026-02-30 as the 2nd of March. */
export const isAskableDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return (
    !Number.isNaN(at) &&
    new Date(at).toISOString().slice(0, 10) === text &&
    text >= earliestDay &&
    text <= latestDay
  );
};

export const isoOfLocalDayS = (localS: number): string => new Date(localS * 1000).toISOString().slice(0, 10);

export const startOfDayS = (zone: string, isoDate: string): number =>
  Math.ceil(startOfLocalDayMs(zone, isoDate) / 1000);

const offsetAt = (zone: string, instantS: number): number =>
  zoneSpans(zone, instantS * 1000, instantS * 1000 + 1)[0]?.offsetSeconds ?? 0;

export const localOfInstantS = (zone: string, instantS: number): number =>
  instantS + offsetAt(zone, instantS);

/** The instant at which the zone's clocks show a wall time; in a skipped hour the moment after the jump, in a repeated one the first. */
export const instantOfLocalS = (zone: string, localS: number): number => {
  const before = offsetAt(zone, localS - 86_400);
  const early = localS - before;
  if (localOfInstantS(zone, early) === localS) return early;
  return localS - offsetAt(zone, localS + 86_400);
};

/** Offsets of the zone over a stretch, as whole seconds; the first holds from before it. */
export const offsetsOver = (
  zone: string,
  fromS: number,
  toS: number,
): { readonly fromS: number; readonly offsetS: number }[] =>
  zoneSpans(zone, fromS * 1000, Math.max(fromS + 1, toS) * 1000).map(
    ({ fromMs, offsetSeconds }: ZoneSpan) => ({
      fromS: Math.ceil(fromMs / 1000),
      offsetS: offsetSeconds,
    }),
  );
