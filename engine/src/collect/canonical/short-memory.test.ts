import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { refusalOf, rowOf, track } from '../delivery.test-data.ts';
import { createContactHasher } from './contact-hash.ts';
import { taxonomyIntent } from './dimensions.ts';
import { readUserAgent } from './user-agent.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What stays alive afterwards would be some 200 MB if each of these were remembered. */
const BIG = 1_000_000;
const heldMiB = (work: (index: number) => void): number => {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 200; index += 1) work(index);
  // The engine's own record of an object's keys goes with a later collection.
  for (let round = 0; round < 4; round += 1) collectGarbage();
  return (process.memoryUsage().heapUsed - before) / 1024 / 1024;
};

it('a text as long as a body is not remembered once its event is done', () => {
  const hasher = createContactHasher('secret');
  const long = (index: number) => `${index}${'x'.repeat(BIG)}${index}`;
  expect(heldMiB((index) => hasher.email(long(index)))).toBeLessThan(50);
  expect(heldMiB((index) => readUserAgent(long(index)))).toBeLessThan(50);
  expect(heldMiB((index) => taxonomyIntent(long(index)))).toBeLessThan(50);
  expect(
    heldMiB((index) => rowOf(track('message_sent', { [long(index).slice(0, BIG / 2)]: 1, email: '' }))),
  ).toBeLessThan(50);
});

it('what is too long to be remembered is still read', () => {
  const hasher = createContactHasher('secret');
  const long = `${'x'.repeat(400)}@example.test`;
  expect(hasher.email(long)).toEqual(hasher.email(long));
  expect(hasher.email(long).usable).toBe(false);
  expect(readUserAgent(`Mozilla/5.0 (iPhone) ${'x'.repeat(5000)}`).device).toBe('mobile');
  expect(taxonomyIntent('x'.repeat(300))).toBe('');
});

it('a score outside its scale is refused: it would count as the best of all', () => {
  for (const score of [-1, 6, 700])
    expect([score, refusalOf(track('csat_submitted', { score, scale: 5 })).field]).toEqual([
      score,
      'properties.score',
    ]);
  for (const score of [0, 5]) expect(rowOf(track('csat_submitted', { score, scale: 5 })).score).toBe(score);
});

it('a merge by a name that every object has names no key', () => {
  const merge = {
    type: 'merge',
    messageId: 'm',
    userId: 'u',
    mergeProperties: [{ type: 'constructor', value: 'x' }],
  };
  expect(rowOf(merge).ties).toEqual([]);
});
