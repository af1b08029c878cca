import { startOfLocalDayMs } from '../../base/zone.ts';
import type { ParsedFilter } from '../query/parse.ts';
import type { Rules } from './rules.ts';

const tunedAfterDays = 60;

/**
 * The bot's age at the end of the period: from the day the policy says it went live, else from its first
 * conversation. A question about several bots takes the oldest: the programme's age.
 */
export const stageOf = (
  rules: Rules,
  where: readonly ParsedFilter[],
  firstStarts: ReadonlyMap<string, number>,
  atS: number,
): 'first_60_days' | 'tuned' => {
  const filtered = where.find(({ cut, negate }) => cut === 'bot' && !negate)?.values;
  const bots = filtered ?? [...new Set([...firstStarts.keys(), ...Object.keys(rules.launchedOn)])];
  const launches = bots.flatMap((bot) => {
    const day = Object.hasOwn(rules.launchedOn, bot) ? rules.launchedOn[bot] : undefined;
    const first = firstStarts.get(bot);
    if (day !== undefined) return [startOfLocalDayMs(rules.zone, day) / 1000];
    return first === undefined ? [] : [first];
  });
  if (launches.length === 0) return 'first_60_days';
  return atS - Math.min(...launches) >= tunedAfterDays * 86_400 ? 'tuned' : 'first_60_days';
};
