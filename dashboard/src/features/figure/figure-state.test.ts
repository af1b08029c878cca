import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/client.ts';
import { resultForTest } from '../../app/result-for-test.ts';
import { figureTruth } from './figure-state.ts';

const kindOf = (change: Parameters<typeof resultForTest>[0]): string =>
  figureTruth({ result: resultForTest(change), error: null, minN: 30 }).kind;

describe('what can be true of a figure', () => {
  it('nothing has come yet: loading', () => {
    expect(figureTruth({ result: undefined, error: null, minN: 30 }).kind).toBe('loading');
  });

  it('a refusal is not a failure', () => {
    expect(
      figureTruth({ result: undefined, error: new ApiError(403, 'forbidden', '', null), minN: 30 }).kind,
    ).toBe('forbidden');
    expect(
      figureTruth({ result: undefined, error: new ApiError(422, 'query_too_heavy', '', null), minN: 30 })
        .kind,
    ).toBe('error');
    expect(figureTruth({ result: undefined, error: new TypeError('x'), minN: 30 }).kind).toBe('error');
  });

  it('the last good figure stays when a later question fails', () => {
    expect(
      figureTruth({ result: resultForTest(), error: new ApiError(0, 'unreachable', '', null), minN: 30 })
        .kind,
    ).toBe('plain');
  });

  it('no value is told by its reason, and without one it was not measurable', () => {
    for (const reason of ['no_data', 'not_matured', 'not_reached', 'not_measurable'] as const)
      expect(kindOf({ value: null, reason })).toBe(reason);
    expect(kindOf({ value: null })).toBe('not_measurable');
  });

  it('under the smallest sample it is too few, even where it is zero or unripe', () => {
    expect(kindOf({ n: 29, value: 0 })).toBe('too_few');
    expect(kindOf({ n: 30 })).toBe('plain');
  });

  it('more than a tenth inside the window is unripe', () => {
    expect(kindOf({ maturity: { matured: 89, all: 100, value: 0.89, not_matured: 11 } })).toBe('unripe');
    expect(kindOf({ maturity: { matured: 90, all: 100, value: 0.9, not_matured: 10 } })).toBe('plain');
  });

  it('a true zero is a value', () => {
    expect(kindOf({ value: 0, numerator: 0 })).toBe('zero');
  });
});
