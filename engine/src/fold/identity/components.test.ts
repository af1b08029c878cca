import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPeople, type Pair } from './components.ts';

const key = (number: number, type: number): bigint => BigInt(number * 8 + type);
const pair = (a: bigint, b: bigint): Pair => (a < b ? [a, b] : [b, a]);

test('a person is the smallest key of the connected set', () => {
  const { personOf } = findPeople(
    [pair(key(5, 0), key(2, 5)), pair(key(2, 5), key(9, 1)), pair(key(7, 0), key(8, 5))],
    10,
  );
  expect(personOf.get(key(9, 1))).toBe(key(2, 5));
  expect(personOf.get(key(8, 5))).toBe(key(7, 0));
});

test('a kiosk tied to eleven user ids ties none of them, ten it ties', () => {
  const kiosk = key(1, 5);
  const users = (count: number): Pair[] =>
    Array.from({ length: count }, (_, place) => pair(kiosk, key(10 + place, 0)));
  expect(new Set(findPeople(users(10), 10).personOf.values()).size).toBe(1);
  const eleven = findPeople(users(11), 10);
  expect([...eleven.capped]).toEqual([kiosk]);
  expect(new Set(eleven.personOf.values()).size).toBe(12);
});

test('anonymous ids do not count towards the cap', () => {
  const user = key(1, 0);
  const devices: Pair[] = Array.from({ length: 30 }, (_, place) => pair(user, key(10 + place, 5)));
  expect(findPeople(devices, 10).capped.size).toBe(0);
});

test('no order and no repetition of ties changes anybody', () => {
  const node = fc.tuple(fc.nat(12), fc.nat(5)).map(([number, type]) => key(number + 1, type));
  const edges = fc.array(
    fc
      .tuple(node, node)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => pair(a, b)),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(edges, fc.infiniteStream(fc.nat()), (pairs, numbers) => {
      const shuffled = [...pairs, ...pairs.slice(0, 5)]
        .map((one) => [numbers.next().value ?? 0, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      const first = findPeople(pairs, 3);
      const second = findPeople(shuffled, 3);
      expect([...second.personOf].sort()).toEqual([...first.personOf].sort());
      expect([...second.capped].sort()).toEqual([...first.capped].sort());
    }),
    { numRuns: 200 },
  );
});
