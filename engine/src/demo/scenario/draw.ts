import type { Rng } from '../../base/rng.ts';
import type { Weighted } from './shop.data.ts';

/** A place in the list by its weight. */
export const drawPlace = (rng: Rng, weights: readonly number[]): number => {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = rng.next() * total;
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return place;
  }
  return weights.length - 1;
};

/** One value by its weight. */
export const draw = <Value>(rng: Rng, options: readonly Weighted<Value>[]): Value => {
  let total = 0;
  for (const { weight } of options) total += weight;
  let left = rng.next() * total;
  for (const { value, weight } of options) {
    left -= weight;
    if (left < 0) return value;
  }
  return rng.pick(options).value;
};
