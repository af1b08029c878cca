import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stateMigrationCases } from '../state-migrations.case.ts';
import { stateStoreCases } from '../state-store.case.ts';
import { openTestStateDatabase, openTestStateStore, testSecret } from '../test-store.ts';
import { openPgliteStore } from './pglite-store.ts';

stateStoreCases('PGlite', () => openTestStateStore());
stateMigrationCases('PGlite', openTestStateDatabase);

test('what was written is there after the store was closed and opened again', async () => {
  const path = mkdtempSync(join(tmpdir(), 'botworth-state-'));
  try {
    const first = await openTestStateStore(path);
    await first.writeSetting('kept', 'yes');
    await first.close();
    const second = await openPgliteStore({ path, secret: testSecret });
    expect(await second.readSetting('kept')).toBe('yes');
    await second.close();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
