import { expect, test } from 'vitest';
import { defaultEligibleIntents } from './policy.ts';
import { intentByName, intentIds, intentKey, taxonomy } from './taxonomy.ts';

test('no name or alias belongs to two intents', () => {
  const names = taxonomy.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

test('the eligible intents are those of the default policy', () => {
  expect(taxonomy.filter(({ eligible }) => eligible).map(({ id }) => id)).toEqual([
    ...defaultEligibleIntents,
  ]);
});

test('an intent has a name in each of five languages', () => {
  expect(intentIds).toHaveLength(36);
  for (const { names } of taxonomy) {
    expect(Object.values(names).filter((name) => name.length > 0)).toHaveLength(5);
  }
});

test('a platform name is found whatever its case and separators', () => {
  expect(intentByName.get(intentKey(' Where-Is my.Order '))).toBe('order_status');
  expect(intentByName.get(intentKey('nlu_fallback'))).toBe('unknown');
  expect(intentByName.get(intentKey('refund_exception'))).toBeUndefined();
});
