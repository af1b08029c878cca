import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { raw } from '../../sql/fragment.ts';
import { eventLine, eventStoreCases, expectNoStatementsIn } from '../event-store.case.ts';
import { migrate, readSchemaVersion } from '../schema/migrate.ts';
import { openChdbStore } from './chdb-store.ts';

const path = mkdtempSync(join(tmpdir(), 'botworth-chdb-'));
const open = () => openChdbStore({ path });

eventStoreCases('chDB', open);

test('what was answered is there after the store was closed and opened again', async () => {
  const first = await open();
  await first.run(raw('DROP TABLE IF EXISTS schema_migrations SYNC'), { tag: 'test' });
  // Twice: to look makes nothing.
  for (let look = 0; look < 2; look += 1)
    expect(await readSchemaVersion(first, { tag: 'test' })).toEqual({ found: null, known: 1 });
  await migrate(first, { kind: 'single' });
  await first.run(raw('TRUNCATE TABLE events'), { tag: 'test' });
  await first.insert('events', eventLine({ text: 'kept' }), { tag: 'test' });
  await first.close();
  const second = await open();
  expect(await second.rows(raw('SELECT text FROM events'), { tag: 'test' })).toEqual([{ text: 'kept' }]);
  await second.close();
  rmSync(path, { recursive: true, force: true });
});

test('the adapter knows transport, not statements', () => {
  expectNoStatementsIn(new URL('chdb-store.ts', import.meta.url));
});
