import { expect, test } from 'vitest';
import { KeyCache } from './key-cache.ts';

test('an answer is forgotten after its time', () => {
  const cache = new KeyCache<string>(2_000, 10);
  cache.set('key', 'shop', 1_000);
  expect(cache.get('key', 2_999)).toBe('shop');
  expect(cache.get('key', 3_000)).toBeUndefined();
});

test('"there is no such key" is an answer too', () => {
  const cache = new KeyCache<string | null>(2_000, 10);
  cache.set('wrong', null, 0);
  expect(cache.get('wrong', 1)).toBeNull();
});

test('a flood of wrong keys cannot grow it', () => {
  const cache = new KeyCache<null>(60_000, 100);
  for (let place = 0; place < 1_000; place += 1) cache.set(`wrong ${place}`, null, 0);
  const kept = Array.from({ length: 1_000 }, (_, place) => cache.get(`wrong ${place}`, 1)).filter(
    (one) => one === null,
  );
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThanOrEqual(100);
});
