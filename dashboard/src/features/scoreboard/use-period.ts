import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { addDays, type LocalDate } from '../../time/local-date.ts';
import { addWeeks, isoWeekNumber } from '../../time/week.ts';
import type { Period } from '../figure/period.ts';

/** A year earlier is 364 days: the same weekdays. */
const YEAR_DAYS = 364;

export const usePeriod = (week: LocalDate | undefined, compare: 'previous' | 'year'): Period | null => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { weekStart, zone } = useWorkspace();
  if (week === undefined) return null;
  const nameOf = (first: LocalDate, place: 'bar' | 'inline'): string =>
    weekStart === 'monday'
      ? t(place === 'bar' ? 'bar.week' : 'inline.week', { n: numbers.plain(isoWeekNumber(first), 0) })
      : t(place === 'bar' ? 'bar.week_of' : 'inline.week_of', { day: dates(zone).day(first) });
  const earlier = compare === 'year' ? addDays(week, -YEAR_DAYS) : addWeeks(week, -1);
  return {
    from: week,
    to: addWeeks(week, 1),
    name: nameOf(week, 'bar'),
    inline: nameOf(week, 'inline'),
    against: nameOf(earlier, 'inline'),
  };
};
