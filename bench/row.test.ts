import { expect, test } from 'vitest';
import { row, tableOf } from './row.ts';
import { interleave, median, percentile } from './sample.ts';

test('a row meets its target only when every wish holds', () => {
  const against = { what: 'bare', value: 100 };
  const wish = { id: 'a', what: 'b', unit: 'ms', against, atMost: 90, ratioAtMost: 0.7 };
  expect(row({ ...wish, value: 60 })).toMatchObject({ ratio: 0.6, meets: true });
  expect(row({ ...wish, value: 80 })).toMatchObject({ ratio: 0.8, meets: false });
  expect(row({ ...wish, value: 95, against: { what: 'bare', value: 200 } }).meets).toBe(false);
});

test('a figure that could not be measured meets nothing', () => {
  expect(row({ id: 'a', what: 'b', value: Number.NaN, unit: 'ms', atMost: 90 }).meets).toBe(false);
  expect(
    row({ id: 'a', what: 'b', value: 1, unit: 'ms', against: { what: 'bare', value: 0 }, ratioAtMost: 1 })
      .meets,
  ).toBe(false);
});

test('where nothing was asked for, nothing is met and nothing is missed', () => {
  const noted = row({ id: 'a', what: 'b', value: 12_345.678, unit: 'ms' });
  expect(noted).toMatchObject({ value: 12_350, target: null, meets: null });
  expect(tableOf([noted])).toMatch(/a\s+b\s+12,350 ms$/);
});

test('a percentile is a value that was seen', () => {
  expect(percentile([5, 1, 3], 1)).toBe(5);
  expect(percentile([5, 1, 3], 0.01)).toBe(1);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([])).toBeNaN();
});

test('the sides of a comparison take turns', async () => {
  const seen: string[] = [];
  const side = (name: string) => async () => void seen.push(name);
  const times = await interleave(2, { a: side('a'), b: side('b') });
  expect(seen.join('')).toBe('ababab');
  expect(times.a).toHaveLength(2);
});
