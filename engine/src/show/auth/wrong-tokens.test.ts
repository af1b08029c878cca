import { expect, test } from 'vitest';
import { createWrongTokens } from './wrong-tokens.ts';

/** Time that passes when the test says so. */
const heldTime = () => {
  const pauses: { run: () => void; ms: number }[] = [];
  const pass = async () => {
    pauses.shift()?.run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pauses, pass, later: (run: () => void, ms: number) => void pauses.push({ run, ms }) };
};

test('wrong tokens of an address are answered one after the other, a tenth of a second apart', async () => {
  const { pauses, pass, later } = heldTime();
  const wrongTokens = createWrongTokens(later);
  const answered: number[] = [];
  for (const guess of [1, 2, 3]) void wrongTokens.turn('192.0.2.7').then(() => answered.push(guess));
  await pass();
  for (const expected of [[], [1], [1, 2], [1, 2, 3]]) {
    expect(answered).toEqual(expected);
    expect(pauses.map(({ ms }) => ms)).toEqual(expected.length < 3 ? [100] : []);
    await pass();
  }
});

test('twenty of an address fill its line until one has gone, and nobody else waits for them', async () => {
  const { pauses, pass, later } = heldTime();
  const wrongTokens = createWrongTokens(later);
  const waiting = Array.from({ length: 20 }, (_, guess) => wrongTokens.turn(`2001:db8::${guess}`));
  expect(wrongTokens.isFull('2001:db8::ffff')).toBe(true);
  expect(wrongTokens.isFull('2001:db8:1::1')).toBe(false);
  await pass();
  const other = wrongTokens.turn('192.0.2.7');
  await pass();
  await pass();
  await waiting[0];
  await other;
  expect(wrongTokens.isFull('2001:db8::ffff')).toBe(false);
  expect(pauses.length).toBeGreaterThan(0);
});

test('more addresses than have lines of their own share one, so that no crowd is a way past', async () => {
  const { later } = heldTime();
  const wrongTokens = createWrongTokens(later);
  const from = (address: number) => `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`;
  for (let address = 0; address < 1020; address += 1) void wrongTokens.turn(from(address));
  expect([wrongTokens.isFull(from(0)), wrongTokens.isFull(from(5000))]).toEqual([false, true]);
});
