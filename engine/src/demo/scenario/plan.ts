import { addDays, localDateOf, startOfWeek } from '../../base/zone.ts';

export interface ScenarioWish {
  readonly seed: number;
  /** Local Monday on which the simulation stops, exclusive. */
  readonly endDate: string;
  readonly weeks: number;
  /** About so many conversations in all. */
  readonly conversations: number;
}

export const demoZone = 'Europe/Berlin';
export const demoName = 'Demo shop';
export const defaultSeed = 7;
export const defaultWeeks = 26;
export const defaultConversations = 13_000;

/** The Monday that ends the last complete week. */
export const lastWeekEnd = (nowMs: number): string => startOfWeek(localDateOf(demoZone, nowMs), 'monday');

/** What changes when. Weeks count from 1. */
export interface Plan extends ScenarioWish {
  readonly startDate: string;
  /** Bot version 41 goes live and falls back far more often; 42 mends it two weeks later. */
  readonly regressionWeek: number;
  readonly mendedWeek: number;
  /** From here on people ask for instalments, and no article answers. */
  readonly gapWeek: number;
  /** Truths read whole weeks up to here, exclusive: the last week still waits for people who come back. */
  readonly truthEndWeek: number;
}

export const planOf = (wish: ScenarioWish): Plan => {
  const regressionWeek = Math.round((wish.weeks * 17) / 26);
  return {
    ...wish,
    startDate: addDays(wish.endDate, -7 * wish.weeks),
    regressionWeek,
    mendedWeek: Math.min(regressionWeek + 2, wish.weeks),
    gapWeek: Math.round(wish.weeks / 2),
    truthEndWeek: wish.weeks,
  };
};

/** First local day of a week. */
export const weekDate = (plan: Plan, week: number): string => addDays(plan.startDate, (week - 1) * 7);

export const versionInWeek = (plan: Plan, week: number): '40' | '41' | '42' =>
  week < plan.regressionWeek ? '40' : week < plan.mendedWeek ? '41' : '42';
