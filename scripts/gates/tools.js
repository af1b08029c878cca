import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { keptFiles } from './source-files.js';

/** @param {string} root @param {string} file @param {string[]} args @returns {Promise<{ status: number, output: string }>} */
function run(root, file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, file), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** @param {string} output @param {RegExp} pattern */
function countIn(output, pattern) {
  return Number(pattern.exec(output)?.[1] ?? 0);
}

/**
 * Every project, from nothing: tsc's own record of what is up to date does not see a changed dependency.
 * @param {string} root
 */
export async function checkTypes(root) {
  const { status, output } = await run(root, 'node_modules/typescript/bin/tsc', [
    '-b',
    '--force',
    '--listFiles',
  ]);
  const lines = output.split(/\r?\n/).filter(Boolean);
  // A file is listed by its whole path; errors begin with a path from the root, their details with a space.
  const listed = lines.filter((line) => isAbsolute(line) && !/\berror TS\d/.test(line));
  const read = new Set(listed.map((line) => relative(root, line).split(sep).join('/')));
  const ours = keptFiles(root).filter((path) => /\.tsx?$/.test(path) && existsSync(join(root, path)));
  const unread = ours.filter((path) => !read.has(path));
  const errors = lines.filter((line) => !listed.includes(line));
  return {
    seen: { files: ours.length - unread.length },
    faults: [
      ...(status === 0 ? [] : errors),
      ...unread.map(
        (path) => `${path} is in no TypeScript project: add it to the include of a tsconfig.json`,
      ),
    ],
  };
}

/** @param {string} root */
export async function checkStyle(root) {
  const args = ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=20', '.'];
  const { status, output } = await run(root, 'node_modules/@biomejs/biome/bin/biome', args);
  return {
    seen: { files: countIn(output, /Checked (\d+) files?/) },
    faults: status === 0 ? [] : [output],
  };
}

/** @param {string} root */
export async function checkUnused(root) {
  // --performance tells how many files were read.
  const { status, output } = await run(root, 'node_modules/knip/bin/knip.js', [
    '--no-progress',
    '--performance',
  ]);
  const report = output.split(/\n\s*Name +size/)[0]?.trim() ?? '';
  return {
    seen: { files: countIn(output, /^getImportsAndExports +(\d+)/m) },
    faults: status === 0 ? [] : [report],
  };
}

/** The generated pages of docs/ are what the sources say now. @param {string} root */
export async function checkDocs(root) {
  const { status, output } = await run(root, 'scripts/docs.js', ['--check']);
  return {
    seen: { pages: countIn(output, /(\d+) pages?/) },
    faults: status === 0 ? [] : [output.trim()],
  };
}
