import type { SparkTick } from './sparkline.tsx';

/** Percent of the plot's width on the narrowest card, about 200 px: a letter, and the air between two words. */
const LETTER = 3;
const AIR = 2.5;

const weightOf = (letter: string): number => {
  if (/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(letter)) return 2;
  return /[\p{P}\p{Z}\p{M}]/u.test(letter) ? 0.5 : 1;
};

const widthOf = (text: string): number =>
  LETTER * [...text].reduce((sum, letter) => sum + weightOf(letter), 0);

/** The first word and the last begin at their places, the last beside the plot; every other one lies around its own. */
const reachOf = ({ at, text }: SparkTick, last: number): readonly [number, number] => {
  const place = (at / Math.max(last, 1)) * 100;
  const width = widthOf(text);
  return at === 0 || at === last ? [place, place + width] : [place - width / 2, place + width / 2];
};

const haveRoom = (ticks: readonly SparkTick[], last: number): boolean =>
  ticks.every((tick, index) => {
    const next = ticks[index + 1];
    return next === undefined || reachOf(tick, last)[1] + AIR <= reachOf(next, last)[0];
  });

/**
 * Every month that begins, or every second, or every third: as many as have room, at one and the same step, so that
 * no month seems to be left out. The last tick is always there; a month that it would touch, and a first one that is
 * over at once, go without a word.
 */
export const evenTicks = (months: readonly SparkTick[], end: SparkTick): readonly SparkTick[] => {
  const last = end.at;
  const free = months
    .filter(({ at }) => at === 0 || at < last)
    .filter((month) => haveRoom([month, end], last));
  for (let step = 1; step <= free.length; step += 1) {
    for (const from of free.length > 1 ? [0, 1] : [0]) {
      const chosen = free.filter((_, index) => index >= from && (index - from) % step === 0);
      if (haveRoom([...chosen, end], last)) return [...chosen, end];
    }
  }
  return [end];
};
