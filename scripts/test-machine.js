/**
 * What some tests need from the machine: a browser, a PostgreSQL server and a C compiler. Each is found, or
 * got where that is possible, or its tests are skipped with the reason. Tests read the outcome from their
 * environment, one pair of names for each: where it is, or why there is none.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/** @typedef {{ found: string, none: string, what: string, find: () => string | undefined, get: () => string | undefined }} Need */

const BROWSERS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'msedge',
];
const BROWSER_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
];

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string[]} names */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  const files = names.flatMap((name) =>
    folders.flatMap((at) => endings.map((ending) => join(at, name + ending))),
  );
  return files.find(isProgram);
}

/** A browser that is there may still be unable to start: a library is missing, or it is only a launcher. @param {string} file */
function canStart(file) {
  // Chrome on Windows opens a window for --version.
  if (process.platform === 'win32') return true;
  return spawnSync(file, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

function findBrowser() {
  const file = onPath(BROWSERS) ?? BROWSER_PLACES.find(isProgram);
  return file && canStart(file) ? file : undefined;
}

/** The folder with initdb and postgres; Debian keeps both off the path. */
function findPostgres() {
  const versions = '/usr/lib/postgresql';
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...(existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : []).map(
      (version) => join(versions, version, 'bin'),
    ),
  ];
  return folders.find((at) => isProgram(join(at, 'postgres')) && isProgram(join(at, 'initdb')));
}

/** @param {string} name */
function getFromDebian(name) {
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0 && onPath(['apt-get']);
  if (!isDebianRoot) return;
  process.stdout.write(`  installing Debian's ${name} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
  }
}

function getPlaywrightBrowser() {
  process.stdout.write('  downloading a browser with Playwright …\n');
  const require = createRequire(import.meta.url);
  const cli = join(require.resolve('playwright-core/package.json'), '../cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  });
  const file = require('playwright-core').chromium.executablePath();
  return existsSync(file) && canStart(file) ? file : undefined;
}

/** @type {Need[]} */
const NEEDS = [
  {
    found: 'BOTWORTH_TEST_CHROMIUM',
    none: 'BOTWORTH_TEST_NO_BROWSER',
    what: 'no Chrome or Chromium found or installable',
    find: findBrowser,
    get() {
      getFromDebian('chromium');
      return findBrowser() ?? getPlaywrightBrowser();
    },
  },
  {
    found: 'BOTWORTH_TEST_POSTGRES',
    none: 'BOTWORTH_TEST_NO_POSTGRES',
    what: 'no PostgreSQL server (initdb, postgres) found or installable',
    find: findPostgres,
    get() {
      getFromDebian('postgresql');
      return findPostgres();
    },
  },
  {
    found: 'BOTWORTH_TEST_CC',
    none: 'BOTWORTH_TEST_NO_CC',
    what: 'no C compiler (cc) on the path, which the ClickHouse listener is built with',
    find: () => onPath(['cc', 'gcc', 'clang']),
    get: () => undefined,
  },
];

/**
 * The names above with their values. What the environment says already stays as it is.
 * @param {{ mayInstall: boolean }} how @param {NodeJS.ProcessEnv} env @param {Need[]} needs
 * @returns {Record<string, string>}
 */
export function testMachine({ mayInstall }, env = process.env, needs = NEEDS) {
  /** @type {Record<string, string>} */
  const machine = {};
  for (const { found, none, what, find, get } of needs) {
    const said = env[found] ? found : env[none] ? none : undefined;
    if (said) {
      machine[said] = env[said] ?? '';
      continue;
    }
    const place = find() ?? (mayInstall ? get() : undefined);
    if (place) machine[found] = place;
    else machine[none] = what;
  }
  return machine;
}
