import { describe, expect, it } from 'vitest';
import { type Change, judgeChange } from './change.ts';

const rise: Change = {
  difference: 0.06,
  interval: [0.02, 0.1],
  nNow: 30,
  nBefore: 30,
  minN: 30,
  direction: 'up',
};
const fall: Change = { ...rise, difference: -0.06, interval: [-0.1, -0.02] };

describe('judgeChange', () => {
  it.each([
    ['up', 'better', 'worse'],
    ['down', 'worse', 'better'],
    ['none', 'higher', 'lower'],
  ] as const)('where the good direction is %s, a rise is %s and a fall %s', (direction, up, down) => {
    expect(judgeChange({ ...rise, direction })).toBe(up);
    expect(judgeChange({ ...fall, direction })).toBe(down);
  });

  it('is no evidence while zero is inside or on the edge of the interval', () => {
    expect(judgeChange({ ...rise, interval: [-0.01, 0.1] })).toBe('no evidence of change');
    expect(judgeChange({ ...rise, interval: [0, 0.1] })).toBe('no evidence of change');
    expect(judgeChange({ ...fall, interval: [-0.1, 0] })).toBe('no evidence of change');
    // the specification's mix-and-rate case
    expect(judgeChange({ ...fall, difference: -0.12, interval: [-0.251701, 0.017956], minN: 2 })).toBe(
      'no evidence of change',
    );
  });

  it('is no evidence without an interval or under the minimum n on either side', () => {
    expect(judgeChange({ ...rise, interval: null })).toBe('no evidence of change');
    expect(judgeChange({ ...rise, nNow: 29 })).toBe('no evidence of change');
    expect(judgeChange({ ...rise, nBefore: 29 })).toBe('no evidence of change');
  });

  it('an open end leaves zero inside only on its own side', () => {
    expect(judgeChange({ ...rise, interval: [0.02, null] })).toBe('better');
    expect(judgeChange({ ...rise, interval: [null, 0.1] })).toBe('no evidence of change');
    expect(judgeChange({ ...fall, interval: [null, -0.02] })).toBe('worse');
  });
});
