import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config/read-config.ts';
import { openDataFolder } from '../store/data-folder.ts';
import { openTestStateStore } from '../store/test-store.ts';
import { doctorChecks } from './doctor-checks.ts';
import type { Check } from './tools.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'botworth-test-'));
  folders.push(folder);
  return folder;
};

const look = async (dataDir: string): Promise<Map<string, Check>> => {
  const found = new Map<string, Check>();
  for await (const check of doctorChecks(
    readConfig({ BOTWORTH_DATA: dataDir, BOTWORTH_PORT: '0' }, tmpdir()),
    null,
    true,
  ))
    found.set(check.name, check);
  return found;
};

/** Every file below a folder with what is in it. */
const contentOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  );

test('a data folder that is not there is not made, and what a start would open is tried all the same', async () => {
  const dataDir = join(await freshFolder(), 'data');
  const found = await look(dataDir);
  expect(existsSync(dataDir)).toBe(false);
  expect(found.get('data folder')?.sentence).toContain('(will be made)');
  for (const name of ['event store', 'state store'])
    expect(found.get(name)).toMatchObject({
      state: 'ok',
      sentence: expect.stringContaining('the first start makes its tables'),
    });
});

test('in a data folder that is there every file stays as it was, and none is added', async () => {
  const dataDir = await freshFolder();
  await (await openTestStateStore(join(dataDir, 'state'))).close();
  writeFileSync(join(dataDir, 'secret'), 'too short', { mode: 0o600 });
  const before = contentOf(dataDir);
  const found = await look(dataDir);
  expect(found.get('state store')).toMatchObject({ state: 'ok', sentence: 'pglite opens.' });
  expect(found.get('secret')).toMatchObject({ state: 'failed' });
  const after = contentOf(dataDir);
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect([...before].filter(([name, content]) => after.get(name) !== content).map(([name]) => name)).toEqual(
    [],
  );
});

test('a secret is damaged in the words in which a start would refuse it, and at the same length', async () => {
  const dataDir = await freshFolder();
  const refusal = (): string | null => {
    try {
      openDataFolder(dataDir).release();
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const length of [0, 15, 16]) {
    writeFileSync(join(dataDir, 'secret'), 'x'.repeat(length), { mode: 0o600 });
    const refused = refusal();
    expect(refused === null).toBe(length === 16);
    expect((await look(dataDir)).get('secret')).toMatchObject(
      refused === null ? { state: 'ok' } : { state: 'failed', sentence: refused },
    );
  }
});

test('a data folder that another process holds is left alone', async () => {
  const dataDir = await freshFolder();
  // The first process of the machine lives as long as the machine does.
  writeFileSync(join(dataDir, 'lock'), '1');
  const found = await look(dataDir);
  expect(found.get('lock')).toMatchObject({
    state: 'failed',
    sentence: expect.stringContaining('process 1'),
  });
  expect(found.has('event store')).toBe(false);
  expect(readdirSync(dataDir)).toEqual(['lock']);
});
