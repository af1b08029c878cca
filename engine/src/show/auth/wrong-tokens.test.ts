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

test('wrong tokens are answered one after the other, a tenth of a second apart', async () => {
  const { pauses, pass, later } = heldTime();
  const wrongTokens = createWrongTokens(later);
  const answered: number[] = [];
  for (const guess of [1, 2, 3]) void wrongTokens.turn().then(() => answered.push(guess));
  await pass();
  for (const expected of [[], [1], [1, 2], [1, 2, 3]]) {
    expect(answered).toEqual(expected);
    expect(pauses.map(({ ms }) => ms)).toEqual(expected.length < 3 ? [100] : []);
    await pass();
  }
});

test('a hundred wait; who comes beyond that is told at once, until one has gone', async () => {
  const { pass, later } = heldTime();
  const wrongTokens = createWrongTokens(later);
  const waiting = Array.from({ length: 100 }, () => wrongTokens.turn());
  expect(await wrongTokens.turn()).toBe(false);
  await pass();
  expect(await waiting[0]).toBe(true);
  waiting.push(wrongTokens.turn());
  expect(await wrongTokens.turn()).toBe(false);
});
