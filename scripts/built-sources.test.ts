import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hashSources, isBuilt, markBuilt } from './built-sources.js';

const root = mkdtempSync(join(tmpdir(), 'botworth-sources-'));

afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('a build is stale when what it reads has changed, and only then', () => {
  for (const path of ['package-lock.json', 'scripts/build.js', 'scripts/built-sources.js']) write(path, '');
  write('engine/src/main.ts', 'one');
  expect(isBuilt(root)).toBe(false);
  write('engine/dist/main.js', 'built');
  markBuilt(root, hashSources(root));
  expect(isBuilt(root)).toBe(true);
  write('engine/src/main.ts', 'one');
  write('engine/src/main.test.ts', 'a test is not built');
  write('engine/dist/main.js', 'nor is what was built');
  expect(isBuilt(root)).toBe(true);
  write('engine/src/main.ts', 'two');
  expect(isBuilt(root)).toBe(false);
  write('engine/src/main.ts', 'one');
  write('contract/src/query.ts', 'a new file');
  expect(isBuilt(root)).toBe(false);
});
