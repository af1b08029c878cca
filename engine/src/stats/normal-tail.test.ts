import { expect, it } from 'vitest';
import { twoSidedNormalTail } from './normal-tail.ts';

// scipy 1.17, 2·norm.sf(z), on both sides of the seam at 2.5
it.each([
  [0.1, 0.920344325445942],
  [1, 0.31731050786291415],
  [1.959963984540054, 0.05],
  [2.4999, 0.012422836749889175],
  [2.5, 0.012419330651552265],
  [5, 5.733031437583866e-7],
  [10, 1.523970604832094e-23],
  [37, 1.1451142445047853e-299],
])('the normal tail beyond ±%f is %f', (z, tail) => {
  expect(Math.abs(twoSidedNormalTail(z) / tail - 1)).toBeLessThan(1e-12);
  expect(twoSidedNormalTail(-z)).toBe(twoSidedNormalTail(z));
});

it('nothing is beyond zero, and nothing is left far out', () => {
  expect(twoSidedNormalTail(0)).toBe(1);
  expect(twoSidedNormalTail(60)).toBe(0);
});
