import { expect, test } from 'vitest';
import { createRng } from './rng.ts';

test('the same seed tells the same story, another seed another one', () => {
  const story = (seed: number) => Array.from({ length: 5 }, createRng(seed).next);
  expect(story(1)).toEqual(story(1));
  expect(story(1)).not.toEqual(story(2));
});

test('chance is even enough to build on', () => {
  const rng = createRng(42);
  const counts = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 100_000; draw += 1) {
    const place = rng.between(0, 9);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});
