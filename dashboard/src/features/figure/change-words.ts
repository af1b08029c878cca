import type { Result } from '@botworth/contract/result';

export type Change = NonNullable<Result['change']>;

/** What the change line shows: the arrow is the direction, the word the judgement, both only when evident. */
export interface ChangeWords {
  readonly tone: 'better' | 'worse' | 'moved' | 'none';
  readonly arrow: 'up' | 'down' | null;
  /** Key under `change`. */
  readonly key: 'better' | 'worse' | 'moved' | 'none' | 'not_compared' | 'nothing_before';
}

const arrowOf = (difference: number): 'up' | 'down' => (difference > 0 ? 'up' : 'down');

export const changeWords = (change: Change): ChangeWords => {
  const { verdict, difference } = change;
  if (verdict === 'not compared') return { tone: 'none', arrow: null, key: 'not_compared' };
  if (difference === null) return { tone: 'none', arrow: null, key: 'nothing_before' };
  if (verdict === 'better' || verdict === 'worse')
    return { tone: verdict, arrow: arrowOf(difference), key: verdict };
  if (verdict === 'higher' || verdict === 'lower')
    return { tone: 'moved', arrow: arrowOf(difference), key: 'moved' };
  return { tone: 'none', arrow: null, key: 'none' };
};
