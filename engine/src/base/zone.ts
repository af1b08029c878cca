import { Temporal } from 'temporal-polyfill';

/** Local calendar arithmetic in a named zone. Days are not 24 hours: all of it goes through the zone's rules. */
export const isZone = (zone: string): boolean => {
  try {
    // Offsets such as +02:00 would parse too, and know nothing of summer time; whole instants as well, for the
    // zone that they end in, which browsers do not read.
    if (!/^[a-z][\w+/-]*$/i.test(zone)) return false;
    Temporal.ZonedDateTime.from({ year: 2026, month: 1, day: 1, timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** The instant at which a local day begins: midnight, or the first moment after it where midnight is skipped. */
export const startOfLocalDayMs = (zone: string, isoDate: string): number =>
  Temporal.PlainDate.from(isoDate).toZonedDateTime(zone).startOfDay().epochMilliseconds;

export const localDateOf = (zone: string, instantMs: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDate().toString();

export const addDays = (isoDate: string, days: number): string =>
  Temporal.PlainDate.from(isoDate).add({ days }).toString();

export const addMonths = (isoDate: string, months: number): string =>
  Temporal.PlainDate.from(isoDate).add({ months }).toString();

export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;

export type WeekStart = 'monday' | 'sunday' | 'saturday';
const firstWeekday: Readonly<Record<WeekStart, number>> = { monday: 1, saturday: 6, sunday: 7 };

/** The first day of the week that holds the date. */
export const startOfWeek = (isoDate: string, weekStart: WeekStart): string => {
  const date = Temporal.PlainDate.from(isoDate);
  return date.subtract({ days: (date.dayOfWeek - firstWeekday[weekStart] + 7) % 7 }).toString();
};

export const startOfMonth = (isoDate: string): string =>
  Temporal.PlainDate.from(isoDate).with({ day: 1 }).toString();

/** Offset from UTC in seconds at an instant, and the instants in [from, to) at which it changes. */
export interface ZoneSpan {
  readonly fromMs: number;
  readonly offsetSeconds: number;
}

export const zoneSpans = (zone: string, fromMs: number, toMs: number): ZoneSpan[] => {
  let moment = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone);
  const spans: ZoneSpan[] = [{ fromMs, offsetSeconds: moment.offsetNanoseconds / 1e9 }];
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= toMs) return spans;
    spans.push({ fromMs: next.epochMilliseconds, offsetSeconds: next.offsetNanoseconds / 1e9 });
    moment = next;
  }
};
