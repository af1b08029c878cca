/**
 * `npm test`: every gate, then every test, one line at the end that counts both. `--gates` runs the gates only.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkImports } from './gates/imports.js';
import { checkLock } from './gates/lock.js';
import { checkTexts } from './gates/texts.js';
import { checkDocs, checkStyle, checkTypes, checkUnused } from './gates/tools.js';
import { gateFaults, lastLine, suiteFaults } from './tally.js';
import { testMachine } from './test-machine.js';

/**
 * @typedef {import('./tally.js').Verdict} Verdict
 * @typedef {import('./vitest-summary.ts').Summary} Summary
 */

// Without the slash at the end, so that the folder above can be told from it.
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const total = { passed: 0, failed: 0 };
/** @type {Summary['skipped']} */
const skipped = [];

/** @type {[name: string, gate: (root: string) => Verdict | Promise<Verdict>][]} */
const GATES = [
  ['lock file', checkLock],
  ['texts', checkTexts],
  ['imports', checkImports],
  ['types', checkTypes],
  ['style', checkStyle],
  ['unused code', checkUnused],
  ...(existsSync(join(root, 'scripts/docs.js'))
    ? [/** @type {[string, typeof checkDocs]} */ (['generated pages', checkDocs])]
    : []),
];

const SUITES = [
  { name: 'tests', projects: ['contract', 'engine', 'dashboard', 'tools'] },
  { name: 'end to end', projects: ['e2e'] },
];

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {number} startedAt */
function since(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** @param {string} name @param {(root: string) => Verdict | Promise<Verdict>} gate */
async function runGate(name, gate) {
  const startedAt = performance.now();
  /** @type {Verdict} */
  let verdict;
  try {
    verdict = await gate(root);
  } catch (error) {
    verdict = { seen: {}, faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
  const faults = gateFaults(verdict);
  const looked = Object.entries(verdict.seen)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
  say(`${faults.length === 0 ? '✓' : '✗'} ${name}: ${looked} (${since(startedAt)})`);
  for (const fault of faults) say(`    ${fault.replaceAll('\n', '\n    ')}`);
  if (faults.length === 0) total.passed += 1;
  else total.failed += 1;
}

/** @param {string[]} projects @param {Record<string, string>} env @param {string} file @returns {Promise<number>} */
function runVitest(projects, env, file) {
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=./scripts/vitest-summary.ts',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, BOTWORTH_TEST_SUMMARY: file },
    });
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}

/** @param {typeof SUITES[number]} suite @param {Record<string, string>} env @param {string} folder */
async function runSuite({ name, projects }, env, folder) {
  const startedAt = performance.now();
  say(`\n${name}`);
  const file = join(folder, `${projects[0]}.json`);
  const exitCode = await runVitest(projects, env, file);
  /** @type {Summary | undefined} */
  const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const faults = suiteFaults(summary, exitCode);
  for (const fault of faults) say(`✗ ${fault}`);
  total.passed += summary?.passed ?? 0;
  total.failed += (summary?.failed ?? 0) + faults.length;
  skipped.push(...(summary?.skipped ?? []));
  say(`${name}: ${since(startedAt)}`);
}

say('gates');
// One after another: the tools use every core themselves.
for (const [name, gate] of GATES) await runGate(name, gate);

if (!process.argv.includes('--gates')) {
  const machine = testMachine({ mayInstall: true });
  const folder = mkdtempSync(join(tmpdir(), 'botworth-test-'));
  try {
    for (const suite of SUITES) await runSuite(suite, machine, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (skipped.length > 0) say('');
for (const { name, reason } of skipped) say(`skipped: ${name} (${reason ?? 'no reason given'})`);
say(`\n${lastLine({ ...total, skipped: skipped.length })}`);
process.exitCode = total.failed > 0 ? 1 : 0;
