import type { Result } from '@botworth/contract/result';
import { isUnripe } from '../figure/figure-state.ts';

/** One sentence of the verdict: a key of the word lists and the results that fill its gaps. */
export interface Sentence {
  readonly key: string;
  readonly figures: readonly Result[];
  /** Size of a move that such a week would reliably show, in the unit of a rate. */
  readonly detectable?: number;
}

export interface Verdict {
  readonly head: Sentence;
  /** What goes with it, and what spoils it. */
  readonly then: readonly Sentence[];
}

export type Figures = ReadonlyMap<string, Result>;

/** 95 % two-sided and 80 % power: 1.96 + 0.84. */
const DETECTION_Z = 2.8;

/** The smallest move between two weeks of this size that would show four times in five. */
export const detectableMove = (rate: number, n: number, nBefore: number): number =>
  DETECTION_Z * Math.sqrt(rate * (1 - rate) * (1 / n + 1 / nBefore));

const isEvident = (result: Result | undefined, ...verdicts: readonly string[]): boolean =>
  result?.change != null && verdicts.includes(result.change.verdict);

/** Alarms go before the good news: a handoff rate that falls because people are held back is no success. */
const alarmOf = (figures: Figures): Sentence | null => {
  const csat = figures.get('csat');
  const handoff = figures.get('handoff_rate');
  const fallback = figures.get('fallback_rate');
  if (!csat || !isEvident(csat, 'worse')) return null;
  if (handoff && isEvident(handoff, 'lower')) return { key: 'blocking', figures: [handoff, csat] };
  if (fallback && isEvident(fallback, 'worse')) return { key: 'understanding', figures: [csat, fallback] };
  return null;
};

const changeOf = (result: Result): Sentence => {
  const { change, value, n } = result;
  if (isEvident(result, 'better')) return { key: 'better', figures: [result] };
  if (isEvident(result, 'worse')) return { key: 'worse', figures: [result] };
  if (isEvident(result, 'not compared')) return { key: 'not_compared', figures: [result] };
  if (change === null || change.difference === null || value === null)
    return { key: 'alone', figures: [result] };
  const pooled = (value + (change.value ?? value)) / 2;
  return { key: 'no_evidence', figures: [result], detectable: detectableMove(pooled, n, change.n) };
};

const headOf = (figures: Figures, minN: number): Sentence => {
  const main = figures.get('deflection_rate');
  if (!main || (main.value === null && main.reason !== 'not_matured' && main.reason !== 'no_data')) {
    return { key: 'not_measurable', figures: main ? [main] : [] };
  }
  if (main.reason === 'no_data') return { key: 'nothing', figures: [main] };
  if (main.value === null) return { key: 'nothing_ripe', figures: [main] };
  if (isUnripe(main)) return { key: 'too_early', figures: [main] };
  if (main.n < minN) return { key: 'scarce', figures: [main] };
  return alarmOf(figures) ?? changeOf(main);
};

const satisfactionOf = (csat: Result | undefined, minN: number): Sentence | null => {
  if (csat?.value == null || csat.n < minN) return null;
  if (isEvident(csat, 'better')) return { key: 'csat_better', figures: [csat] };
  if (isEvident(csat, 'worse')) return { key: 'csat_worse', figures: [csat] };
  return { key: csat.change?.difference == null ? 'csat_alone' : 'csat_held', figures: [csat] };
};

const trappedOf = (trapped: Result | undefined): Sentence | null => {
  if (trapped?.value == null) return null;
  if (trapped.numerator === 0) return { key: 'trapped_nobody', figures: [trapped] };
  if (isEvident(trapped, 'worse')) return { key: 'trapped_more', figures: [trapped] };
  if (isEvident(trapped, 'better')) return { key: 'trapped_fewer', figures: [trapped] };
  return { key: 'trapped', figures: [trapped] };
};

/**
 * The page's first sentences, from the same results as its cards. Precedence: not measurable, too early, alarm,
 * change, no evidence. Then satisfaction, unless the alarm spoke of it, and the people who were trapped.
 */
export const verdictOf = (figures: Figures, minN: number): Verdict => {
  const head = headOf(figures, minN);
  const isAlarm = head.key === 'blocking' || head.key === 'understanding';
  const then = [
    isAlarm ? null : satisfactionOf(figures.get('csat'), minN),
    trappedOf(figures.get('trapped_rate')),
  ].filter((sentence) => sentence !== null);
  return { head, then };
};
