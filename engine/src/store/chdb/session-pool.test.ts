import type { Session } from 'chdb';
import { expect, test } from 'vitest';
import { SessionPool } from './session-pool.ts';

const sessionCalled = (name: string, closed: string[] = []) =>
  ({ name, close: () => closed.push(name) }) as unknown as Session & { readonly name: string };

/** A piece of work that ends when told. */
const held = () => {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => promise, end };
};

test('a session is lent to one statement at a time, in the order of asking', async () => {
  const pool = new SessionPool([sessionCalled('only')]);
  const order: number[] = [];
  const noted = (place: number, work: () => Promise<void>) =>
    pool.with(() => {
      order.push(place);
      return work();
    });
  const first = held();
  const one = noted(1, first.work);
  const two = noted(2, async () => {});
  const three = noted(3, async () => {});
  await new Promise(setImmediate);
  expect(order).toEqual([1]);
  first.end();
  await Promise.all([one, two, three]);
  expect(order).toEqual([1, 2, 3]);
});

test('a statement that failed gives its session back', async () => {
  const pool = new SessionPool([sessionCalled('only')]);
  await expect(pool.with(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await pool.with(async () => 'answered')).toBe('answered');
});

test('closing waits for what is under way', async () => {
  const closed: string[] = [];
  const pool = new SessionPool([sessionCalled('a', closed), sessionCalled('b', closed)]);
  const long = held();
  const running = pool.with(long.work);
  const closing = pool.close();
  await new Promise(setImmediate);
  expect(closed).toEqual([]);
  long.end();
  await Promise.all([running, closing]);
  expect(closed.toSorted()).toEqual(['a', 'b']);
});
