/**
 * Builds what runs: the engine into engine/dist (one module and its lazy parts, packages left outside) and the
 * dashboard into dashboard/dist, from the TypeScript sources of all workspaces.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { build as buildPages } from 'vite';
import { hashSources, markBuilt } from './built-sources.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const startedAt = performance.now();

/** @param {string} workspace @returns {string[]} */
function dependenciesOf(workspace) {
  const manifest = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
  return Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@botworth/'));
}

async function buildEngine() {
  rmSync(join(root, 'engine/dist'), { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ['engine/src/main.ts'],
    outdir: 'engine/dist',
    bundle: true,
    // A command that needs no store must not wait for one to load.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['botworth-source'],
    // Named one by one: `packages: 'external'` would leave our own contract outside too.
    external: ['contract', 'engine'].flatMap(dependenciesOf),
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

async function buildDashboard() {
  if (!existsSync(join(root, 'dashboard/index.html'))) return;
  await buildPages({ root: join(root, 'dashboard'), logLevel: 'warn', mode: 'production' });
}

const hash = hashSources(root);
if (!existsSync(join(root, 'engine/src/main.ts'))) {
  process.stderr.write('engine/src/main.ts is missing: the checkout is not whole.\n');
  process.exit(1);
}
await Promise.all([buildEngine(), buildDashboard()]);
markBuilt(root, hash);
process.stdout.write(`built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
