import type { Result } from '@botworth/contract/result';
import { describe, expect, it } from 'vitest';
import { resultForTest } from '../../app/result-for-test.ts';
import { detectableMove, type Figures, verdictOf } from './verdict.ts';

type Change = NonNullable<Result['change']>;

const changed = (verdict: Change['verdict'], rest: Partial<Result> = {}): Result =>
  resultForTest({ ...rest, change: { ...(resultForTest().change as Change), verdict } });

const figures = (...results: readonly Result[]): Figures =>
  new Map(results.map((result) => [result.metric, result]));
const headOf = (...results: readonly Result[]): string => verdictOf(figures(...results), 30).head.key;

describe('the verdict, by precedence', () => {
  it('not measurable goes before all', () => {
    expect(
      headOf(resultForTest({ value: null, reason: 'not_measurable' }), changed('worse', { metric: 'csat' })),
    ).toBe('not_measurable');
    expect(headOf()).toBe('not_measurable');
  });

  it('too early goes before an alarm', () => {
    const unripe = { matured: 62, all: 100, value: 0.62, not_matured: 38 };
    expect(
      headOf(
        resultForTest({ maturity: unripe }),
        changed('worse', { metric: 'csat' }),
        changed('lower', { metric: 'handoff_rate' }),
      ),
    ).toBe('too_early');
    expect(headOf(resultForTest({ value: null, reason: 'not_matured' }))).toBe('nothing_ripe');
  });

  it('a handoff rate that falls together with satisfaction is an alarm before any good news', () => {
    expect(
      headOf(
        changed('better'),
        changed('worse', { metric: 'csat' }),
        changed('lower', { metric: 'handoff_rate' }),
      ),
    ).toBe('blocking');
  });

  it('so is satisfaction that falls as fallbacks rise', () => {
    expect(
      headOf(
        changed('better'),
        changed('worse', { metric: 'csat' }),
        changed('worse', { metric: 'fallback_rate' }),
      ),
    ).toBe('understanding');
  });

  it('then the change, or that there is no evidence of one', () => {
    expect(headOf(changed('better'))).toBe('better');
    expect(headOf(changed('worse'))).toBe('worse');
    expect(headOf(changed('no evidence of change'))).toBe('no_evidence');
    expect(headOf(resultForTest({ change: null }))).toBe('alone');
  });

  it('few conversations carry no verdict, and none at all are said to be none', () => {
    expect(headOf(resultForTest({ n: 18 }))).toBe('scarce');
    expect(headOf(resultForTest({ value: null, reason: 'no_data', n: 0 }))).toBe('nothing');
  });
});

describe('what goes with it', () => {
  it('satisfaction, and the people who were trapped', () => {
    const verdict = verdictOf(
      figures(
        changed('better'),
        changed('no evidence of change', { metric: 'csat' }),
        changed('worse', { metric: 'trapped_rate' }),
      ),
      30,
    );
    expect(verdict.then.map(({ key }) => key)).toEqual(['csat_held', 'trapped_more']);
  });

  it('an alarm that spoke of satisfaction does not repeat it', () => {
    const verdict = verdictOf(
      figures(
        changed('better'),
        changed('worse', { metric: 'csat' }),
        changed('lower', { metric: 'handoff_rate' }),
      ),
      30,
    );
    expect(verdict.then).toEqual([]);
  });

  it('nobody trapped is said, unknown is not', () => {
    expect(
      verdictOf(
        figures(changed('better'), resultForTest({ metric: 'trapped_rate', value: 0, numerator: 0 })),
        30,
      ).then[0]?.key,
    ).toBe('trapped_nobody');
    expect(
      verdictOf(figures(changed('better'), resultForTest({ metric: 'trapped_rate', value: null })), 30).then,
    ).toEqual([]);
  });
});

describe('the move that would show', () => {
  it('is about 14 points for two weeks of 210 at 45 %', () => {
    expect(detectableMove(0.455, 210, 210)).toBeCloseTo(0.136, 3);
  });
});
