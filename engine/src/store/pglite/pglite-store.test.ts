import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stateStoreCases } from '../state-store.case.ts';
import { openTestStateStore } from '../test-store.ts';
import { openPgliteStore } from './pglite-store.ts';

stateStoreCases('PGlite', openTestStateStore);

test('what was written is there after the store was closed and opened again', async () => {
  const path = mkdtempSync(join(tmpdir(), 'botworth-state-'));
  try {
    const first = await openPgliteStore({ path, secret: 'a secret for the tests' });
    await first.writeSetting('kept', 'yes');
    await first.close();
    const second = await openPgliteStore({ path, secret: 'a secret for the tests' });
    expect(await second.readSetting('kept')).toBe('yes');
    await second.close();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
