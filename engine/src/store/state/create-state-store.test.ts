import { expect, test } from 'vitest';
import { createStateStore } from './create-state-store.ts';
import type { StateDatabase } from './state-database.ts';

test('what cannot be a token is refused without asking the database', async () => {
  const asked = new Error('asked');
  const database = new Proxy({} as StateDatabase, {
    get: () => {
      throw asked;
    },
  });
  const store = createStateStore({ kind: 'pglite', database, secret: 's', close: async () => undefined });
  for (const token of [
    '',
    'x',
    'bwt_',
    `bwt_${'a'.repeat(39)}`,
    `bwt_${'a'.repeat(41)}`,
    `bwt_${'é'.repeat(40)}`,
  ])
    expect([token, await store.matchToken(token, new Date(0))]).toEqual([token, null]);
  await expect(store.matchToken(`bwt_${'a'.repeat(40)}`, new Date(0))).rejects.toThrow();
});
