import { expect, it } from 'vitest';
import { medianWithLongest } from './median-with-longest.ts';

it('the unanswered rank as longest and leave the upper end open', () => {
  const figure = medianWithLongest([9, 3, 5, 4, 8, 6], 4);
  expect(figure).toEqual({
    value: 8.5,
    reason: null,
    interval: [4, null],
    n: 10,
    answeredShare: 0.6,
    answeredOnlyMedian: 5.5,
  });
});

it('a median that falls among the unanswered is not reached', () => {
  expect(medianWithLongest([3, 4, 5, 6, 8], 5)).toMatchObject({ value: null, reason: 'not_reached' });
  expect(medianWithLongest([3, 4, 5, 6, 8], 5).interval).toEqual([4, null]);
  expect(medianWithLongest([3, 4, 5, 6, 8], 4)).toMatchObject({ value: 8, reason: null });
  expect(medianWithLongest([], 7)).toMatchObject({ value: null, reason: 'not_reached', interval: null });
});

it('everybody answered gives the plain median, nobody there no data', () => {
  expect(medianWithLongest([4, 5, 5, 6, 7, 9, 10, 12, 15, 30], 0)).toMatchObject({
    value: 8,
    interval: [5, 15],
    answeredShare: 1,
  });
  expect(medianWithLongest([], 0)).toMatchObject({ value: null, reason: 'no_data', answeredShare: null });
});
