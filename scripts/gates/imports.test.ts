import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkImports } from './imports.js';

const roots: string[] = [];

function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'botworth-imports-'));
  roots.push(root);
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  return root;
}

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

const FAULTY: [law: string, path: string, source: string][] = [
  ['an early folder never imports a late one', 'engine/src/base/a.ts', `import { b } from '../store/b.ts';`],
  ['types obey the order too', 'engine/src/base/a.ts', `import type { B } from '../store/b.ts';`],
  ['inline type imports obey the order', 'engine/src/sql/a.ts', `let b: import('../fold/b.ts').B;`],
  ['passing on an export is an import', 'engine/src/store/a.ts', `export { b } from '../measure/b.ts';`],
  [
    'passing on every export is an import',
    'engine/src/store/a.ts',
    `export * from '../measure/b.ts';\nlet a;`,
  ],
  ['a lazy import is an import', 'engine/src/measure/a.ts', `const b = await import('../show/b.ts');`],
  [
    'collect and fold never import each other',
    'engine/src/fold/a.ts',
    `import { b } from '../collect/b.ts';`,
  ],
  ['nothing imports the composition root', 'engine/src/cli/a.ts', `import { b } from '../main.ts';`],
  [
    'product code never imports a test folder',
    'engine/src/fold/a.ts',
    `import { b } from '../../test/b.ts';`,
  ],
  ['a folder without a place is refused', 'engine/src/misc/a.ts', `export const a = 1;`],
  ['database clients stay in the store', 'engine/src/fold/a.ts', `import { Session } from 'chdb';`],
  [
    'a client by subpath stays in the store',
    'engine/src/fold/a.ts',
    `import { x } from 'drizzle-orm/pg-core';`,
  ],
  ['a required client stays in the store', 'engine/src/show/a.ts', `const at = require.resolve('pg');`],
  ['pure folders do no I/O', 'engine/src/stats/a.ts', `import { readFileSync } from 'node:fs';`],
  ['only config reads the environment', 'engine/src/store/a.ts', `const a = process.env['A'];`],
  ['taking env out of process is reading it', 'engine/src/store/a.ts', `const { env } = process;`],
  ['globalThis is no way round', 'engine/src/store/a.ts', `const a = globalThis.process.env.A;`],
  ['importing process is no way round', 'engine/src/store/a.ts', `import { env } from 'node:process';`],
  ['the clock has one home', 'engine/src/fold/a.ts', `const now = Date.now;`],
  ['a date without an argument is the clock', 'engine/src/fold/a.ts', `const now = new Date();`],
  ['chance has one home', 'engine/src/base/clock.ts', `const x = Math.random();`],
  ['a computed import is refused', 'engine/src/fold/a.ts', "const x = await import('./' + name);"],
  [
    'the contract imports nothing of ours',
    'contract/src/a.ts',
    `import { b } from '@botworth/engine/base/b';`,
  ],
  [
    'the dashboard imports only the contract',
    'dashboard/src/a.tsx',
    `import { b } from '@botworth/engine/b';`,
  ],
  ['no path leads out of a workspace', 'dashboard/src/a.tsx', `import { b } from '../../contract/src/b.ts';`],
  ['the snippet depends on nothing', 'sdk/src/a.ts', `import { z } from 'zod';`],
  ['extensions are written', 'dashboard/src/a.tsx', `import { b } from './b';`],
  ['a query must be awaited', 'engine/src/store/a.ts', `db.insert(t).values(v).onConflictDoNothing();`],
  ['a barrel is refused', 'engine/src/fold/a.ts', `export { b } from './b.ts';\nexport * from './c.ts';`],
  ['a file that cannot be read is a fault', 'engine/src/fold/a.ts', `export const = ;`],
];

test.each(FAULTY)('%s', (_law, path, source) => {
  const { faults } = checkImports(plant({ [path]: source }));
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(path);
});

test('imports along the order pass, and are counted', () => {
  const root = plant({
    'contract/src/query.ts': `import { z } from 'zod';\nexport const query = z.object({});`,
    'engine/src/base/clock.ts': `export const systemClock = () => Date.now() + new Date().getTime();`,
    'engine/src/base/rng.ts': `export const chance = () => Math.random();`,
    'engine/src/config/settings.ts': `export const settings = process.env['BOTWORTH_PORT'];`,
    'engine/src/store/chdb/open.ts': `import { Session } from 'chdb';\nexport const open = Session;\nawait db.select().from(t);`,
    'engine/src/fold/fold.ts': `import { open } from '../store/chdb/open.ts';\nexport const fold = new Date(open);`,
    'engine/src/show/query.ts': `import { query } from '@botworth/contract/query';\nexport const q = query;`,
    'engine/src/main.ts': `import { q } from './show/query.ts';\nimport './fold/fold.ts';\nq;`,
    'engine/src/fold/fold.test.ts': `import { x } from '../show/query.ts';\nconst now = Date.now();`,
    'dashboard/src/app.tsx': `import './app.css';\nimport type { Query } from '@botworth/contract/query';`,
  });
  expect(checkImports(root)).toEqual({ seen: { files: 9, imports: 8 }, faults: [] });
});

test('words in strings and comments are not code', () => {
  const source = `// process.env and import '../show/a.ts'\nexport const text = "Date.now() from '../show/b.ts'";`;
  expect(checkImports(plant({ 'engine/src/base/a.ts': source })).faults).toEqual([]);
});
