import { describe, expect, it } from 'vitest';
import { resultForTest } from '../../app/result-for-test.ts';
import { type Change, changeWords } from './change-words.ts';
import { targetWord } from './target-words.ts';

const change = (rest: Partial<Change>): Change => ({ ...(resultForTest().change as Change), ...rest });

describe('a change', () => {
  it('the arrow is the direction, the word the judgement', () => {
    expect(changeWords(change({ difference: -0.014, verdict: 'better' }))).toEqual({
      tone: 'better',
      arrow: 'down',
      key: 'better',
    });
    expect(changeWords(change({ difference: 0.009, verdict: 'worse' }))).toEqual({
      tone: 'worse',
      arrow: 'up',
      key: 'worse',
    });
  });

  it('a metric without a good side only moved', () => {
    expect(changeWords(change({ difference: 0.06, verdict: 'higher' }))).toEqual({
      tone: 'moved',
      arrow: 'up',
      key: 'moved',
    });
    expect(changeWords(change({ difference: -0.06, verdict: 'lower' }))).toEqual({
      tone: 'moved',
      arrow: 'down',
      key: 'moved',
    });
  });

  it('without evidence there is neither arrow nor colour', () => {
    expect(changeWords(change({ verdict: 'no evidence of change' }))).toEqual({
      tone: 'none',
      arrow: null,
      key: 'none',
    });
    expect(changeWords(change({ verdict: 'not compared' }))).toEqual({
      tone: 'none',
      arrow: null,
      key: 'not_compared',
    });
    expect(changeWords(change({ verdict: 'no evidence of change', difference: null }))).toMatchObject({
      key: 'nothing_before',
    });
  });
});

describe('a target', () => {
  it.each([
    ['up', [0.46, 0.5], 'met'],
    ['up', [0.4, 0.44], 'missed'],
    ['up', [0.44, 0.5], 'open'],
    ['down', [0.4, 0.44], 'met'],
    ['down', [0.46, 0.5], 'missed'],
  ] as const)('going %s with an interval of %j is %s', (direction, interval, word) => {
    expect(targetWord({ value: 0.45, interval: [...interval], target: 0.45 }, direction)).toBe(word);
  });

  it('is not judged where there is no good side, no target or no value', () => {
    expect(targetWord({ value: 0.5, interval: null, target: 0.45 }, 'none')).toBeNull();
    expect(targetWord({ value: 0.5, interval: null, target: null }, 'up')).toBeNull();
    expect(targetWord({ value: null, interval: null, target: 0.45 }, 'up')).toBeNull();
  });
});
