/**
 * What `npm start` and `npm test` need before they can begin, on a machine that has only Node and npm:
 * the packages of the lock file and, with --build, a build of the sources as they are. npm runs this before
 * there is a node_modules, so it imports nothing but Node, and says nothing when nothing is to be done.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './built-sources.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** @param {string} sentence @returns {never} */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** @param {string} file @param {string[]} args */
function run(file, args) {
  const { status, signal, error } = spawnSync(file, args, {
    cwd: root,
    stdio: 'inherit',
    // Windows starts npm.cmd only through a shell.
    shell: process.platform === 'win32' && file === 'npm',
  });
  if (error) stop(`${file} could not be started: ${error.message}.`);
  if (signal) process.kill(process.pid, signal);
  return status === 0;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Written after an install of ours: the lock it was made from. */
const stamp = join(root, 'node_modules/.botworth-lock');

function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockHash();
  // Installed by hand: npm wrote its own copy of the lock after reading ours.
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  stop(
    `Botworth needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Get it from nodejs.org.`,
  );
}

if (!isInstalled()) {
  process.stdout.write('Installing packages from the lock file (about a minute the first time) …\n');
  // The npm that runs us, if one does: another on the path may be too old for this lock.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const isDone = npm ? run(process.execPath, [npm, ...args]) : run('npm', args);
  if (!isDone) stop('The packages could not be installed: see the lines above. Nothing was started.');
  writeFileSync(stamp, lockHash());
}

if (process.argv.includes('--build') && !isBuilt(root)) {
  const isDone = run(process.execPath, [join(root, 'scripts/build.js')]);
  if (!isDone) stop('The build failed: see the lines above. Nothing was started.');
}
