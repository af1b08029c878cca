import { describe, expect, it } from 'vitest';
import { createDates } from './dates.ts';
import { addDays, isLocalDate, localDateAt } from './local-date.ts';
import { isoWeekNumber, openingWeek, weekChoice, weekHolding } from './week.ts';

describe('local dates', () => {
  it('the day of an instant is the day of its zone', () => {
    const lateUtcMs = Date.parse('2026-03-29T22:30:00Z');
    expect(localDateAt(lateUtcMs, 'Europe/Berlin')).toBe('2026-03-30');
    expect(localDateAt(lateUtcMs, 'America/New_York')).toBe('2026-03-29');
  });

  it('days are added across a change of the clocks and the end of a year', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  });

  it('only a real ISO date is one', () => {
    expect(isLocalDate('2026-04-27')).toBe(true);
    expect(isLocalDate('2026-13-01')).toBe(false);
    expect(isLocalDate('2026-02-30')).toBe(false);
    expect(isLocalDate('27.4.2026')).toBe(false);
  });
});

describe('weeks', () => {
  it.each([
    ['monday', '2026-04-27'],
    ['sunday', '2026-04-26'],
    ['saturday', '2026-05-02'],
  ] as const)('begin on %s', (start, first) => {
    expect(weekHolding('2026-05-02', start)).toBe(first);
  });

  it('are numbered as ISO 8601 does, over the turn of the year', () => {
    expect(isoWeekNumber('2026-04-27')).toBe(18);
    expect(isoWeekNumber('2025-12-29')).toBe(1);
    expect(isoWeekNumber('2026-12-28')).toBe(53);
  });

  it('the next one exists once it has begun', () => {
    const mondayMs = Date.parse('2026-05-04T10:00:00Z');
    expect(weekChoice('2026-04-27', mondayMs, 'Europe/Berlin', 'monday')).toMatchObject({
      isOver: true,
      next: '2026-05-04',
    });
    expect(weekChoice('2026-05-04', mondayMs, 'Europe/Berlin', 'monday')).toMatchObject({
      isOver: false,
      next: null,
    });
  });

  it('a page opens with the latest week that is over and holds conversations', () => {
    const nowMs = Date.parse('2026-05-06T10:00:00Z');
    expect(openingWeek('2026-04-15T09:00:00Z', true, nowMs, 'Europe/Berlin', 'monday')).toBe('2026-04-13');
    expect(openingWeek(null, true, nowMs, 'Europe/Berlin', 'monday')).toBe('2026-05-04');
    expect(openingWeek(null, false, nowMs, 'Europe/Berlin', 'monday')).toBe('2026-04-27');
  });
});

describe('dates', () => {
  it('are day month in English, with both ends of a span inside', () => {
    const span = createDates('en-GB', 'Europe/Berlin').span('2026-04-27', '2026-05-04', false);
    expect(span.replace(/\u2009/g, ' ')).toBe('27 Apr – 3 May');
  });

  it('an instant is told in the zone of the workspace', () => {
    expect(createDates('en-GB', 'Asia/Tokyo').clock('2026-05-03T18:14:00Z')).toBe('03:14');
  });
});
