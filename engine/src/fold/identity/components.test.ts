import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPeople, type Pair } from './components.ts';

const key = (number: number, type: number): bigint => BigInt(number * 8 + type);
const pair = (a: bigint, b: bigint): Pair => (a < b ? [a, b] : [b, a]);

test('a person is the smallest key of the connected set', async () => {
  const { personOf } = await findPeople(
    [pair(key(5, 0), key(2, 5)), pair(key(2, 5), key(9, 1)), pair(key(7, 0), key(8, 5))],
    10,
  );
  expect(personOf.get(key(9, 1))).toBe(key(2, 5));
  expect(personOf.get(key(8, 5))).toBe(key(7, 0));
});

test('a kiosk tied to eleven user ids ties none of them, ten it ties', async () => {
  const kiosk = key(1, 5);
  const users = (count: number): Pair[] =>
    Array.from({ length: count }, (_, place) => pair(kiosk, key(10 + place, 0)));
  expect(new Set((await findPeople(users(10), 10)).personOf.values()).size).toBe(1);
  const eleven = await findPeople(users(11), 10);
  expect([...eleven.capped]).toEqual([kiosk]);
  expect(new Set(eleven.personOf.values()).size).toBe(12);
});

test('anonymous ids do not count towards the cap', async () => {
  const user = key(1, 0);
  const devices: Pair[] = Array.from({ length: 30 }, (_, place) => pair(user, key(10 + place, 5)));
  expect((await findPeople(devices, 10)).capped.size).toBe(0);
});

test('no order and no repetition of ties changes anybody', async () => {
  const node = fc.tuple(fc.nat(12), fc.nat(5)).map(([number, type]) => key(number + 1, type));
  const edges = fc.array(
    fc
      .tuple(node, node)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => pair(a, b)),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(edges, fc.infiniteStream(fc.nat()), async (pairs, numbers) => {
      const shuffled = [...pairs, ...pairs.slice(0, 5)]
        .map((one) => [numbers.next().value ?? 0, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      const first = await findPeople(pairs, 3);
      const second = await findPeople(shuffled, 3);
      expect([...second.personOf].sort()).toEqual([...first.personOf].sort());
      expect([...second.capped].sort()).toEqual([...first.capped].sort());
    }),
    { numRuns: 200 },
  );
});

test('a large workspace does not hold up others: between its steps they get their turn', async () => {
  const pairs = Array.from({ length: 100_000 }, (_, place) => pair(key(place + 1, 0), key(place + 2, 5)));
  let turns = 0;
  let isDone = false;
  const others = (): void => {
    turns += 1;
    if (!isDone) setImmediate(others);
  };
  setImmediate(others);
  await findPeople(pairs, 10);
  isDone = true;
  expect(turns).toBeGreaterThan(50);
});
