import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newcombe10, newcombeFromIntervals } from './newcombe.ts';
import { wilson } from './wilson.ts';

const counts = fc.integer({ min: 1, max: 5_000 }).chain((n) => fc.tuple(fc.nat({ max: n }), fc.constant(n)));

describe('newcombe10', () => {
  it.each([
    // Newcombe, Stat Med 1998;17:873–890, table II, method 10
    [56, 70, 48, 80, 0.0524, 0.3339, 4],
    [9, 10, 3, 10, 0.1705, 0.809, 4],
    [6, 7, 2, 7, 0.0582, 0.8062, 4],
    [5, 56, 0, 29, -0.0381, 0.1926, 4],
    [0, 10, 0, 20, -0.1611, 0.2775, 4],
    [0, 10, 0, 10, -0.2775, 0.2775, 4],
    [10, 10, 0, 20, 0.6791, 1, 4],
    [10, 10, 0, 10, 0.6075, 1, 4],
    // the specification's mix-and-rate case
    [47, 100, 59, 100, -0.251701, 0.017956, 6],
  ])('%i/%i − %i/%i lies within %f–%f', (k1, n1, k0, n0, low, high, digits) => {
    const figure = newcombe10(k1, n1, k0, n0);
    expect(figure?.value).toBeCloseTo(k1 / n1 - k0 / n0, 12);
    expect(figure?.low).toBeCloseTo(low, digits);
    expect(figure?.high).toBeCloseTo(high, digits);
  });

  it('a side without units gives no difference', () => {
    expect(newcombe10(0, 0, 1, 2)).toBeNull();
    expect(newcombe10(1, 2, 0, 0)).toBeNull();
  });

  it('all against none ends exactly at 1, none against all at −1', () => {
    expect(newcombe10(7, 7, 0, 5)?.high).toBe(1);
    expect(newcombe10(0, 5, 7, 7)?.low).toBe(-1);
  });

  it('the interval holds the point, stays within −1…1 and turns round with the sides', () => {
    fc.assert(
      fc.property(counts, counts, ([k1, n1], [k0, n0]) => {
        const there = newcombe10(k1, n1, k0, n0);
        const back = newcombe10(k0, n0, k1, n1);
        if (there === null || back === null) throw new Error('no difference for n > 0');
        expect(there.low).toBeGreaterThanOrEqual(-1);
        expect(there.low).toBeLessThanOrEqual(there.value);
        expect(there.high).toBeGreaterThanOrEqual(there.value);
        expect(there.high).toBeLessThanOrEqual(1);
        expect(there.low + back.high).toBe(0);
        expect(there.high + back.low).toBe(0);
      }),
    );
  });
});

describe('newcombeFromIntervals', () => {
  it('is method 10 when given two Wilson intervals', () => {
    const now = wilson(56, 70);
    const before = wilson(48, 80);
    if (now === null || before === null) throw new Error('no figure for n > 0');
    expect(newcombeFromIntervals(now, before)).toEqual(newcombe10(56, 70, 48, 80));
  });

  it('holds a bot to a standardised human baseline', () => {
    const bot = wilson(82, 100);
    // Of a weighted share, as the specification prints them: to six places, so the ends are compared to five.
    const human = { value: 0.9, low: 0.746241, high: 0.964966 };
    if (bot === null) throw new Error('no figure for n > 0');
    const difference = newcombeFromIntervals(bot, human);
    expect(difference.value).toBeCloseTo(-0.08, 12);
    expect(difference.low).toBeCloseTo(-0.188319, 5);
    expect(difference.high).toBeCloseTo(0.086164, 5);
  });

  it('an end that rests on an open end is open', () => {
    const closed = { value: 5, low: 4, high: 7 };
    expect(newcombeFromIntervals({ ...closed, high: null }, closed)).toMatchObject({ high: null });
    expect(newcombeFromIntervals({ ...closed, high: null }, closed).low).toBeCloseTo(-Math.hypot(1, 2), 12);
    expect(newcombeFromIntervals(closed, { ...closed, high: null }).low).toBeNull();
    expect(newcombeFromIntervals(closed, { ...closed, low: null }).high).toBeNull();
  });
});
