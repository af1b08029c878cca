import { expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';

// Benjamini & Hochberg 1995, section 3.2: fifteen p values, of which the procedure keeps four at 0.05.
const thrombolysis = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];

it('keeps the first four of the published example at 0.05, and nine at the default 0.10', () => {
  const kept = (q?: number) => benjaminiHochberg(thrombolysis, q).filter((one) => one.kept).length;
  expect(kept(0.05)).toBe(4);
  expect(kept()).toBe(9);
});

it.each([
  [
    [0.045, 0.01, 0.04],
    [0.045, 0.03, 0.045],
  ],
  [
    [0.01, 0.02, 0.03, 0.5],
    [0.04, 0.04, 0.04, 0.5],
  ],
])('%j is adjusted to %j: in the order given, never below a smaller p value', (given, adjusted) => {
  const found = benjaminiHochberg(given);
  expect(found).toHaveLength(adjusted.length);
  found.forEach((one, i) => {
    expect(one.adjusted).toBeCloseTo(adjusted[i] ?? Number.NaN, 12);
  });
});

it('a p value on the edge of the rate is kept, one beside it is not', () => {
  expect(benjaminiHochberg([0.1]).map((one) => one.kept)).toEqual([true]);
  expect(benjaminiHochberg([0.1001]).map((one) => one.kept)).toEqual([false]);
  expect(benjaminiHochberg([])).toEqual([]);
});

it('what is no p value is refused', () => {
  expect(() => benjaminiHochberg([0.2, Number.NaN])).toThrow('within 0–1');
});
