import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { raw } from '../sql/fragment.ts';
import { openDataFolder } from './data-folder.ts';
import { explainEmbedded, openEventStore } from './open-stores.ts';

test('a folder whose engine is open in another process is refused with its pid, and opens after it ended', async () => {
  const path = mkdtempSync(join(tmpdir(), 'botworth-open-'));
  const folder = openDataFolder(path);
  const open = () => openEventStore(folder, {}, silentLog);
  const library = JSON.stringify(createRequire(import.meta.url).resolve('chdb'));
  const script = `const { Session } = require(${library});
    new Session(${JSON.stringify(folder.eventsPath)}).query('SELECT 1');
    console.log('open');
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(other.stdout, 'data');
    await expect(open()).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(new RegExp(`Another process \\(${other.pid}\\).*BOTWORTH_DATA`)),
    });
    other.kill('SIGKILL');
    await once(other, 'exit');
    const store = await open();
    expect(await store.rows(raw('SELECT count() AS n FROM events'), { tag: 'test' })).toEqual([{ n: '0' }]);
    await store.close();
  } finally {
    other.kill('SIGKILL');
    rmSync(path, { recursive: true, force: true });
  }
});

test.each([
  'chdb: no native binding for win32-x64. Windows is not supported; use WSL2. Tried: local build/Release/chdb_node.node (MODULE_NOT_FOUND)',
  'failed to load native binding from @chdb/lib-linux-x64-gnu: libresolv.so.2: cannot open shared object file.',
])('a platform without the engine ends with the way out: %s', (said) => {
  expect(explainEmbedded(new Error(said), 'events')).toMatchObject({
    exitCode: 6,
    message: expect.stringMatching(/does not run on this platform.*BOTWORTH_CLICKHOUSE_URL/),
  });
});

test('what has no way out stays as it is', () => {
  const cause = new Error('Code: 36. DB::Exception: Invalid storage definition');
  expect(explainEmbedded(cause, 'events')).toBe(cause);
});
