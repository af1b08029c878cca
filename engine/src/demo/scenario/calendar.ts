import type { Rng } from '../../base/rng.ts';
import { addDays, startOfLocalDayMs } from '../../base/zone.ts';
import { drawPlace } from './draw.ts';
import { demoZone, type Plan } from './plan.ts';
import { hourWeights, weekdayWeights } from './shop.data.ts';

const HOUR_MS = 3_600_000;
/** Within the last hour of the day, so that a conversation which begins there still ends on its day. */
const LAST_START_MS = 22.5 * HOUR_MS;

export interface Calendar {
  readonly endMs: number;
  /** An instant of the week (from 1) at which people are awake. */
  moment(rng: Rng, week: number): number;
  /** Which local day, counted from the first, holds the instant; -1 before the first. */
  dayOf(ms: number): number;
}

export const createCalendar = (plan: Plan): Calendar => {
  const days = plan.weeks * 7;
  const starts = Array.from({ length: days + 1 }, (_, day) =>
    startOfLocalDayMs(demoZone, addDays(plan.startDate, day)),
  );
  const startOf = (day: number): number => starts[day] ?? 0;
  return {
    endMs: startOf(days),
    moment: (rng, week) => {
      const day = (week - 1) * 7 + drawPlace(rng, weekdayWeights);
      const inDay = (drawPlace(rng, hourWeights) + rng.next()) * HOUR_MS;
      return startOf(day) + Math.floor(Math.min(inDay, LAST_START_MS));
    },
    dayOf: (ms) => {
      // Days are 23 to 25 hours long, so the guess is off by one at most.
      const guess = Math.min(Math.floor((ms - startOf(0)) / (24 * HOUR_MS)), days - 1);
      if (guess >= 0 && startOf(guess) > ms) return guess - 1;
      return guess + 1 <= days && startOf(guess + 1) <= ms ? guess + 1 : guess;
    },
  };
};
