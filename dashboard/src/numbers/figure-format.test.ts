import { describe, expect, it } from 'vitest';
import { decimalsFor, decimalsOffZero } from './decimals.ts';
import { bare, figureFormat, rangeOf } from './figure-format.ts';
import { createNumbers } from './numbers.ts';

const numbers = createNumbers('en-GB');

describe('decimals follow the interval', () => {
  it('whole from a half-width of 0.95 points, else one', () => {
    expect(decimalsFor([0.4405, 0.4595], 100)).toBe(0);
    expect(decimalsFor([0.441, 0.459], 100)).toBe(1);
  });

  it('whole where nothing bounds the figure', () => {
    expect(decimalsFor(null, 100)).toBe(0);
    expect(decimalsFor([0.4, null], 100)).toBe(0);
  });
});

describe('a change that excludes zero does not read as zero', () => {
  const decimals = (difference: number, low: number | null, high: number | null, least = 1): number =>
    decimalsOffZero({ difference, interval: [low, high] }, 100, least);

  it('it has as many decimals as its end next to zero takes', () => {
    expect(decimals(-0.093, -0.186, -0.0004)).toBe(2);
    expect(decimals(0.001, 0.00002, 0.002)).toBe(3);
    expect(decimals(0.05, 0.009, 0.091)).toBe(1);
    expect(decimals(0.05, 0.004, 0.091, 0)).toBe(1);
  });

  it('an interval that holds zero, or that is open, takes no more', () => {
    expect(decimals(-0.05, -0.1, 0.0001)).toBe(1);
    expect(decimals(-0.05, null, -0.0001)).toBe(1);
  });
});

describe('a figure', () => {
  it('prints its interval in its own decimals and without a second unit', () => {
    const format = figureFormat({ unit: 'rate', value: 0.117, interval: [0.109, 0.126] });
    expect(bare(0.117, format, numbers)).toBe('11.7');
    expect(rangeOf([0.109, 0.126], format, numbers)).toEqual({ kind: 'closed', low: '10.9', high: '12.6' });
  });

  it('says an open end as such', () => {
    const format = figureFormat({ unit: 'seconds', value: 4, interval: [3, null] });
    expect(rangeOf([3, null], format, numbers)).toEqual({ kind: 'from', low: '3' });
    expect(rangeOf([null, 9], format, numbers)).toEqual({ kind: 'to', high: '9' });
    expect(rangeOf([null, null], format, numbers)).toBeNull();
  });

  it('counts seconds in minutes from two minutes on', () => {
    expect(figureFormat({ unit: 'seconds', value: 119, interval: null }).measure).toBe('seconds');
    expect(figureFormat({ unit: 'seconds', value: 180, interval: [170, 200] })).toMatchObject({
      measure: 'minutes',
      decimals: 1,
    });
  });

  it('gives a median of counts a decimal only where it lies on a half', () => {
    expect(figureFormat({ unit: 'turns', value: 5, interval: [4, 6] }).decimals).toBe(0);
    expect(figureFormat({ unit: 'turns', value: 5.5, interval: [4, 6] }).decimals).toBe(1);
  });
});
