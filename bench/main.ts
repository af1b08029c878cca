/**
 * `npm run bench [-- stages] [--quick] [--out file]`: makes its data, measures, prints a table and writes
 * bench/results.json. Compare the ratios: both sides of each were measured in this run, on this machine.
 */
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Row, tableOf } from './row.ts';
import { cacheDir, isPrepared, preparedDir } from './seed/prepare.ts';
import { sizes } from './size.ts';
import type { Order } from './stage-process.ts';
import { stageNames } from './stages.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
});
const size = options.quick ? sizes.quick : sizes.full;
const unknown = positionals.filter((name) => !stageNames.has(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no stage ${unknown.join(', ')}. Stages: ${[...stageNames.keys()].join(', ')}.\n`,
  );
  process.exit(2);
}
/** Without conversations there is nothing to ask: what was not asked for runs once, unmeasured, as a preparation. */
const stages = [...stageNames.keys()].filter(
  (name) => positionals.length === 0 || positionals.includes(name) || name === 'rebuild',
);

const runStage = (order: Order): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('stage-process.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
      // The embedded engine runs each statement on a thread of libuv's pool.
      env: { ...process.env, UV_THREADPOOL_SIZE: '12' },
    });
    let rows: Row[] | undefined;
    child.once('message', (answer: { rows: Row[] }) => {
      rows = answer.rows;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      rows === undefined ? reject(new Error(`The stage ${order.stage} ended with ${code}.`)) : resolve(rows),
    );
    child.send(order);
  });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (!isPrepared(size)) {
  say(`Making ${size.conversations.toLocaleString('en')} conversations (kept in bench/.cache) …`);
  await runStage({ stage: 'prepare', size: size.name, dataDir: '', isMeasured: false });
}
mkdirSync(cacheDir, { recursive: true });
const dataDir = mkdtempSync(join(cacheDir, 'run-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));
cpSync(preparedDir(size), dataDir, { recursive: true });

const rows: Row[] = [];
const failed: string[] = [];
for (const stage of stages) {
  const startedAt = performance.now();
  try {
    const isMeasured = positionals.length === 0 || positionals.includes(stage);
    rows.push(...(await runStage({ stage, size: size.name, dataDir, isMeasured })));
    say(`${stage}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  } catch (cause) {
    failed.push(stage);
    say(`${stage}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

const engineVersion = (): string => {
  const manifest = new URL('../node_modules/chdb/package.json', import.meta.url);
  return existsSync(manifest)
    ? `chdb ${(JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version}`
    : 'unknown';
};
const results = {
  machine: { cores: availableParallelism(), node: process.version, engine: engineVersion() },
  size: size.name,
  at: new Date().toISOString(),
  rows,
};
say(`\n${tableOf(rows)}`);
const out = options.out ?? fileURLToPath(new URL('results.json', import.meta.url));
// Half a run would replace a whole one by less.
if (options.out !== undefined || (size.name === 'full' && positionals.length === 0)) {
  writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
}
if (failed.length > 0) {
  say(`\nNot measured: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
