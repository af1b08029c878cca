import { addDays, asUtcDate, type LocalDate, localDateAt, weekdayOf } from './local-date.ts';

export type WeekStart = 'monday' | 'sunday' | 'saturday';

const firstWeekday: Readonly<Record<WeekStart, number>> = { sunday: 0, monday: 1, saturday: 6 };

/** A week is named by its first day. */
export const weekHolding = (date: LocalDate, start: WeekStart): LocalDate =>
  addDays(date, -((weekdayOf(date) - firstWeekday[start] + 7) % 7));

export const addWeeks = (week: LocalDate, weeks: number): LocalDate => addDays(week, weeks * 7);

/** ISO 8601: the week of the year that holds most of its days. Only for weeks that begin on Monday. */
export const isoWeekNumber = (week: LocalDate): number => {
  const thursday = addDays(week, 3);
  const yearStart = asUtcDate(`${thursday.slice(0, 4)}-01-01`).getTime();
  return Math.floor((asUtcDate(thursday).getTime() - yearStart) / (7 * 86_400_000)) + 1;
};

export interface WeekChoice {
  readonly week: LocalDate;
  readonly isOver: boolean;
  readonly previous: LocalDate;
  /** Null while the next week has not begun. */
  readonly next: LocalDate | null;
}

export const weekChoice = (week: LocalDate, nowMs: number, zone: string, start: WeekStart): WeekChoice => {
  const running = weekHolding(localDateAt(nowMs, zone), start);
  const next = addWeeks(week, 1);
  return { week, isOver: week < running, previous: addWeeks(week, -1), next: next <= running ? next : null };
};

/**
 * The week that a page opens with: the latest that is over and holds conversations. A workspace whose first
 * conversations came this week opens with this week, unripe as it is.
 */
export const openingWeek = (
  newestBefore: string | null,
  hasRunning: boolean,
  nowMs: number,
  zone: string,
  start: WeekStart,
): LocalDate => {
  const running = weekHolding(localDateAt(nowMs, zone), start);
  if (newestBefore !== null) return weekHolding(localDateAt(Date.parse(newestBefore), zone), start);
  return hasRunning ? running : addWeeks(running, -1);
};
