import { afterAll, beforeAll, expect, test } from 'vitest';
import { raw } from '../../sql/fragment.ts';
import type { EventStore } from '../../store/port.ts';
import { openTestEventStore } from '../../store/test-store.ts';
import { verdicts } from './columns.ts';
import { type ComposedName, composed, composedCondition, composedNumber, partsOf } from './composed.ts';
import { needsOf } from './terms.ts';

const names = Object.keys(composed) as ComposedName[];
let store: EventStore;
beforeAll(async () => {
  store = await openTestEventStore();
});
afterAll(() => store?.close());

test.each(names)('%s needs the same verdicts wherever it is asked for', (name) => {
  expect(verdicts[name].needs).toEqual(partsOf(name));
  expect(needsOf(name)).toEqual(partsOf(name));
  expect(needsOf(`!${name}`)).toEqual(partsOf(name));
});

test.each(names)('%s as a condition and as a number say the same of every conversation', async (name) => {
  const parts: readonly string[] = partsOf(name);
  const bits = parts.map((part, place) => `toUInt8(bitTest(number, ${place})) AS v_${part}`);
  // Of two that exclude each other a conversation never has both.
  const possible =
    'oneOf' in composed[name] ? `WHERE ${parts.map((part) => `v_${part}`).join(' + ')} < 2` : '';
  const [counted] = await store.rows<{ all: string; equal: string; holds: string }>(
    raw(
      `SELECT count() AS all, countIf(toUInt8(${composedCondition(name)}) = ${composedNumber(name)}) AS equal, countIf(${composedCondition(name)}) AS holds FROM (SELECT ${bits.join(', ')} FROM numbers(${2 ** parts.length})) ${possible}`,
    ),
    { tag: 'test' },
  );
  expect(counted?.equal).toBe(counted?.all);
  expect(Number(counted?.holds)).toBeGreaterThan(0);
  expect(Number(counted?.holds)).toBeLessThan(Number(counted?.all));
});
