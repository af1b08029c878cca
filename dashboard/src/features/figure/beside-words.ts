import type { Result } from '@botworth/contract/result';
import type { Numbers } from '../../numbers/numbers.ts';
import { figureWords } from './use-figure-words.ts';

export type Beside = Result['beside'][string];

/** Companions that are no shares. */
const besideUnits: Readonly<Record<string, Result['unit']>> = {
  session_duration: 'seconds',
  handoff_wait: 'seconds',
};

/** Shown as a picture of its own: the split on the card, the bases below the board. */
const drawnElsewhere: ReadonlySet<string> = new Set(['confirmed_share', 'containment_rate']);

type Translate = Parameters<typeof figureWords>[1];

export const besideText = (name: string, small: Beside, t: Translate, numbers: Numbers): string => {
  if (small.value === null) return t('none_known');
  const words = figureWords(
    { unit: besideUnits[name] ?? 'rate', value: small.value, interval: small.interval },
    t,
    numbers,
  );
  return words.value(small.value);
};

/** A response rate that is a share of what ended, not of who was asked, says so. */
export const besideName = (name: string, { of }: Beside): string =>
  of === 'ended' ? `${name}_of_ended` : name;

export const shownBeside = (result: Result): readonly (readonly [string, Beside])[] =>
  Object.entries(result.beside).filter(([name, small]) => !drawnElsewhere.has(name) && small.value !== null);
