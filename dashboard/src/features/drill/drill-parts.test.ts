import { describe, expect, it } from 'vitest';
import { resultForTest } from '../../app/result-for-test.ts';
import { agreement, drillParts } from './drill-parts.ts';

describe('the lists behind a figure', () => {
  it('numerator, denominator, and what is still inside its window', () => {
    expect(drillParts(resultForTest(), { isMedian: false, isPersonDays: false })).toEqual([
      { name: 'numerator', count: 530 },
      { name: 'denominator', count: 1128 },
      { name: 'not_matured', count: 76 },
    ]);
  });

  it('a median has no numerator', () => {
    expect(
      drillParts(resultForTest({ numerator: null, maturity: null }), { isMedian: true, isPersonDays: false }),
    ).toEqual([{ name: 'denominator', count: 1128 }]);
  });
});

describe('days of a person', () => {
  it('open into the conversations of their numerator only', () => {
    const kind = { isMedian: false, isPersonDays: true };
    expect(drillParts(resultForTest({ maturity: null }), kind).map(({ name }) => name)).toEqual([
      'numerator',
    ]);
  });
});

describe('list and figure', () => {
  it('agree by their count, or by the sum of contributions, or say that they do not', () => {
    expect(agreement(530, 530, 530)).toBe('same');
    expect(agreement(612, 371, 612)).toBe('sum');
    expect(agreement(530, 531, 531)).toBe('other');
    expect(agreement(null, 531, 531)).toBe('same');
  });
});
