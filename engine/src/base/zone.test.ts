import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  isZone,
  localDateOf,
  startOfLocalDayMs,
  startOfWeek,
  zoneSpans,
} from './zone.ts';

const hour = 3_600_000;

describe('local calendar', () => {
  test('a day has 23 hours when the clock jumps and 25 when it falls back', () => {
    const length = (day: string) =>
      startOfLocalDayMs('Europe/Berlin', addDays(day, 1)) - startOfLocalDayMs('Europe/Berlin', day);
    expect(length('2026-03-29')).toBe(23 * hour);
    expect(length('2026-10-25')).toBe(25 * hour);
    expect(length('2026-06-01')).toBe(24 * hour);
  });

  test('where midnight is skipped the day begins at the first moment there is', () => {
    expect(new Date(startOfLocalDayMs('Africa/Cairo', '2026-04-24')).toISOString()).toBe(
      '2026-04-23T22:00:00.000Z',
    );
  });

  test('a zone with half hours keeps them', () => {
    expect(localDateOf('Asia/Kolkata', Date.UTC(2026, 3, 1, 18, 30))).toBe('2026-04-02');
    expect(localDateOf('Asia/Kolkata', Date.UTC(2026, 3, 1, 18, 29))).toBe('2026-04-01');
  });

  test('weeks begin where the policy says, across the turn of the year', () => {
    expect(startOfWeek('2026-01-01', 'monday')).toBe('2025-12-29');
    expect(startOfWeek('2026-01-01', 'sunday')).toBe('2025-12-28');
    expect(startOfWeek('2026-01-01', 'saturday')).toBe('2025-12-27');
    expect(startOfWeek('2025-12-29', 'monday')).toBe('2025-12-29');
  });

  test('months are added by the calendar, and days counted', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(daysBetween('2026-02-01', '2026-03-01')).toBe(28);
  });

  test('an offset is not a zone, and neither is nonsense', () => {
    expect(['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/Port-au-Prince', 'Etc/GMT+5'].every(isZone)).toBe(
      true,
    );
    expect(
      [
        '+02:00',
        'Europe/Atlantis',
        '',
        "'; DROP TABLE events",
        '2026-01-01T00:00Z[Europe/Berlin]',
        '2026-01-01T00:00Z',
      ].some(isZone),
    ).toBe(false);
  });

  test('spans name every change of offset inside the range', () => {
    const spans = zoneSpans('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
    expect(spans.map((span) => span.offsetSeconds)).toEqual([3600, 7200, 3600]);
    expect(zoneSpans('UTC', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toHaveLength(1);
  });
});
