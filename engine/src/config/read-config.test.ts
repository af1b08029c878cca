import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'botworth-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without any setting the documented defaults hold', () => {
  expect(readConfig({}, folder)).toEqual({
    port: 4680,
    host: '127.0.0.1',
    dataDir: join(folder, 'data'),
    roles: 'all',
    logLevel: 'info',
    allowedHosts: [],
  });
});

test('the environment wins over the file, and an empty variable is not set', () => {
  writeFileSync(join(folder, 'botworth.config.json'), JSON.stringify({ port: 5000, host: '0.0.0.0' }));
  expect(readConfig({ BOTWORTH_PORT: '6000', BOTWORTH_HOST: '' }, folder)).toMatchObject({
    port: 6000,
    host: '0.0.0.0',
  });
  rmSync(join(folder, 'botworth.config.json'));
});

test('a wrong value is named with its place, and a secret one is not repeated', () => {
  expect(() => readConfig({ BOTWORTH_PORT: 'eighty' }, folder)).toThrow(/BOTWORTH_PORT is "eighty"/);
  for (const port of ['-1', '65536', '4680.5', ' ', '0x50', '99999999']) {
    expect(() => readConfig({ BOTWORTH_PORT: port }, folder), port).toThrow(/whole number from 0 to 65535/);
  }
  expect(() => readConfig({ BOTWORTH_POSTGRES_URL: 'mysql://user:hunter2@host' }, folder)).toThrow(
    /postgres:\/\//,
  );
  try {
    readConfig({ BOTWORTH_POSTGRES_URL: 'mysql://user:hunter2@host' }, folder);
  } catch (cause) {
    expect(String(cause)).not.toContain('hunter2');
  }
});

test('a key that is not a setting is refused with the nearest one', () => {
  writeFileSync(join(folder, 'botworth.config.json'), JSON.stringify({ prot: 1 }));
  expect(() => readConfig({}, folder)).toThrow(/"prot".*did you mean.*port/);
  writeFileSync(join(folder, 'botworth.config.json'), '{');
  expect(() => readConfig({}, folder)).toThrow(/is not JSON/);
  rmSync(join(folder, 'botworth.config.json'));
});
