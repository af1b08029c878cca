import { addDays, asUtcDate, type LocalDate } from './local-date.ts';

/** Dates in the reader's words. Days of the workspace's calendar are already local; instants need its zone. */
export interface Dates {
  /** 27 Apr – 3 May, both ends inside. */
  span(from: LocalDate, toExclusive: LocalDate, withYear: boolean): string;
  day(date: LocalDate): string;
  month(date: LocalDate): string;
  weekdayAndDay(date: LocalDate): string;
  instant(iso: string): string;
  instantLong(iso: string): string;
  clock(iso: string): string;
}

export const createDates = (tag: string, zone: string): Dates => {
  const local = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options });
  const zoned = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, hourCycle: 'h23', ...options });
  const dayMonth = local({ day: 'numeric', month: 'short' });
  const dayMonthYear = local({ day: 'numeric', month: 'short', year: 'numeric' });
  const month = local({ month: 'short' });
  const weekdayDay = local({ weekday: 'short', day: 'numeric', month: 'short' });
  const instant = zoned({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const long = zoned({ dateStyle: 'medium', timeStyle: 'medium' });
  const clock = zoned({ hour: '2-digit', minute: '2-digit' });
  return {
    span: (from, toExclusive, withYear) =>
      (withYear ? dayMonthYear : dayMonth).formatRange(asUtcDate(from), asUtcDate(addDays(toExclusive, -1))),
    day: (date) => dayMonth.format(asUtcDate(date)),
    month: (date) => month.format(asUtcDate(date)),
    weekdayAndDay: (date) => weekdayDay.format(asUtcDate(date)),
    instant: (iso) => instant.format(new Date(iso)),
    instantLong: (iso) => long.format(new Date(iso)),
    clock: (iso) => clock.format(new Date(iso)),
  };
};
