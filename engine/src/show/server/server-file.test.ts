import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'botworth-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('what a server left for the command line is read back by its owner alone, over whatever lay there', async () => {
  const content = { url: 'http://127.0.0.1:4680', pid: 7, token: 'x' };
  await writeFile(join(folder, 'server.json'), 'half a f', { mode: 0o644 });
  await writeServerFile(folder, content);
  expect(await readServerFile(folder)).toEqual(content);
  expect((await stat(join(folder, 'server.json'))).mode & 0o077).toBe(0);
  await removeServerFile(folder);
  await removeServerFile(folder);
  expect(await readServerFile(folder)).toBeNull();
});

test('a file that cannot be read is no server', async () => {
  for (const text of [
    '',
    '{',
    '[]',
    '{"url":"x","pid":1,"token":"t"}',
    '{"url":"http://a","pid":-1,"token":"t"}',
  ]) {
    await writeFile(join(folder, 'server.json'), text);
    expect([text, await readServerFile(folder)]).toEqual([text, null]);
  }
});
