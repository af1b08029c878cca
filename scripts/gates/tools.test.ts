import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkDocs, checkStyle, checkTypes, checkUnused } from './tools.js';

/** A small project with one fault for each tool, so that a tool that stops seeing is noticed. */
const FAULTY = {
  'package.json': '{ "name": "planted", "type": "module", "main": "src/main.ts" }',
  '.gitignore': 'node_modules\n.types\n',
  'tsconfig.json': '{ "files": [], "references": [{ "path": "./src" }] }',
  'src/tsconfig.json': '{ "compilerOptions": { "composite": true, "outDir": "../.types", "rootDir": "." } }',
  'src/main.ts': `import { used } from './used.js';\n\nasync function later(): Promise<void> {}\nlater();\nused();\n`,
  'src/used.ts': `export function used(): number {\n  return 'text';\n}\n\nexport const unused = 1;\n`,
  'outside.ts': 'export {};\n',
  'knip.json': '{ "project": ["src/**/*.ts"] }',
  'biome.json': `{ "linter": { "rules": { "nursery": { "noFloatingPromises": "error" } } } }`,
  'scripts/docs.js': `process.stdout.write('read 3 pages, docs/errors.md is stale');\nprocess.exit(1);\n`,
};

const root = mkdtempSync(join(tmpdir(), 'botworth-tools-'));

beforeAll(() => {
  for (const [path, text] of Object.entries(FAULTY)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(
    fileURLToPath(new URL('../../node_modules', import.meta.url)),
    join(root, 'node_modules'),
    'junction',
  );
  execFileSync('git', ['init', '--quiet'], { cwd: root });
});

afterAll(() => rmSync(root, { recursive: true }));

test('the compiler reports a wrong type, and a file that no project includes', async () => {
  const { seen, faults } = await checkTypes(root);
  expect(seen.files).toBe(2);
  expect(faults).toEqual([expect.stringContaining('src/used.ts'), expect.stringContaining('outside.ts')]);
});

test('the linter reports a promise nobody awaits', async () => {
  const { seen, faults } = await checkStyle(root);
  expect(seen.files).toBeGreaterThan(2);
  expect(faults.join()).toContain('noFloatingPromises');
});

test('an export nobody uses is reported', async () => {
  const { seen, faults } = await checkUnused(root);
  expect(seen.files).toBeGreaterThan(1);
  expect(faults.join()).toMatch(/unused +src\/used\.ts/);
});

test('a stale generated page is reported', async () => {
  const { seen, faults } = await checkDocs(root);
  expect(seen.pages).toBe(3);
  expect(faults.join()).toContain('docs/errors.md is stale');
});
