import { describe, expect, it } from 'vitest';
import { resultForTest } from '../../app/result-for-test.ts';
import { createDates } from '../../time/dates.ts';
import { addDays } from '../../time/local-date.ts';
import { addWeeks } from '../../time/week.ts';
import { trendOf } from './trend.ts';

const ticksOf = (lastWeek: string, tag = 'en-GB', weeks = 26): readonly string[] => {
  const rows = Array.from({ length: weeks }, (_, at) => ({
    ...resultForTest(),
    cut: { week: addWeeks(lastWeek, at + 1 - weeks) },
  }));
  return trendOf(rows, createDates(tag, 'UTC')).ticks.map(({ text }) => text);
};

describe('the months below a trend', () => {
  it('are all named where there is room, with the last day at the end', () => {
    expect(ticksOf('2026-11-23')).toEqual(['Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', '29 Nov']);
  });

  it('follow each other at one step, whatever week it is and however long their names are', () => {
    for (const tag of ['en-GB', 'en-US', 'ru', 'ar-EG', 'ja', 'ko']) {
      const names = Array.from({ length: 12 }, (_, at) =>
        createDates(tag, 'UTC').month(`2026-${String(at + 1).padStart(2, '0')}-01`),
      );
      for (let age = 0; age < 52; age += 1) {
        const lastWeek = addWeeks('2026-11-23', -age);
        const months = ticksOf(lastWeek, tag).slice(0, -1);
        const steps = months
          .slice(1)
          .map((name, at) => (names.indexOf(name) - names.indexOf(months[at] ?? '') + 12) % 12);
        const lastDay = Number(addDays(lastWeek, 6).slice(5, 7)) - 1;
        const toEnd = (lastDay - names.indexOf(months.at(-1) ?? '') + 12) % 12;
        expect([tag, age, toEnd <= (steps[0] ?? 0)]).toEqual([tag, age, true]);
        expect([tag, age, new Set(steps).size]).toEqual([tag, age, 1]);
        expect([tag, age, (steps[0] ?? 0) <= 2]).toEqual([tag, age, true]);
      }
    }
  });

  it('a short trend has its first month and its last day', () => {
    expect(ticksOf('2026-04-27', 'en-GB', 3)).toEqual(['Apr', '3 May']);
  });
});
