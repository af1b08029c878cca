import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { keptFiles } from './source-files.js';

/** Folders so usual that naming one says nothing about the machine a file was written on. */
const USUAL = new Set([
  '/',
  '/app',
  '/build',
  '/builds',
  '/code',
  '/home',
  '/opt',
  '/src',
  '/srv',
  '/tmp',
  '/usr/src',
  '/var/tmp',
  '/Users',
  '/workspace',
  '/workspaces',
]);
const BINARY = /\.(png|jpe?g|gif|ico|woff2?|gz|zip|parquet|wasm)$/i;
const CODE = /\.(tsx?|js|mjs)$/;
const PRODUCT_CODE = /^(contract|engine|dashboard|sdk)\/.*\.tsx?$/;
const DATA = /\b(golden|generated|locales)\b|\.test(-data)?\.tsx?$/;

/** Lines of a file before it must be split. Aim for 150, think at 300. */
const MAX_LINES = 400;

// The patterns are put together from parts, so that this file does not match itself.
/** @type {{ pattern: RegExp, fault: string }[]} */
const EVERYWHERE = [
  { pattern: /^(<{7}|>{7}) /, fault: 'a merge conflict' },
  { pattern: new RegExp(`BEGIN [A-Z ]*PRIVATE${' '}KEY`), fault: 'a private key' },
];

/** @type {{ pattern: RegExp, fault: string }[]} */
const IN_CODE = [
  {
    pattern: new RegExp(`\\b(TO${'DO'}|FIX${'ME'}|XX${'X'}|HA${'CK'})\\b`),
    fault: 'finish it, or write the limit down as one',
  },
  {
    pattern: new RegExp(`@ts-(ig${'nore'}|no${'check'}|expect-${'error'})`),
    fault: 'the type checker is not silenced',
  },
  {
    pattern: new RegExp(`biome-ig${'nore'}(?!(-all|-start|-end)? [\\w/]+: \\S+ \\S+)`),
    fault: 'a silenced rule says why',
  },
  { pattern: new RegExp(`\\b(it|test|describe)\\.(on${'ly'}|to${'do'})\\(`), fault: 'every test runs' },
  {
    pattern: new RegExp(`\\b(it|test|describe)\\.(sk${'ip'})\\(`),
    fault: 'skip inside the test with a reason: skip(condition, reason)',
  },
];

const VAGUE_NAMES = /(^|\/)(utils?|helpers?|common|services?|managers?|misc|index)\.tsx?$/;

/** What would tell whose machine a file was written on. @param {string} root @param {NodeJS.ProcessEnv} env */
export function machineMarks(root, env) {
  const folders = [root, dirname(root), homedir()].filter((folder) => !USUAL.has(folder));
  const registry = env.npm_config_registry;
  return [...folders.map((folder) => `${folder}/`), ...(registry ? [new URL(registry).host] : [])];
}

/**
 * @param {string} path @param {string} text @param {string[]} marks
 * @returns {string[]}
 */
export function textFaults(path, text, marks) {
  const faults = [];
  if (PRODUCT_CODE.test(path) && VAGUE_NAMES.test(path))
    faults.push(`${path}: name the file after what it exports`);
  const lines = text.split('\n');
  if (CODE.test(path) && !DATA.test(path) && lines.length > MAX_LINES) {
    faults.push(`${path} has ${lines.length} lines, more than ${MAX_LINES}: it is several files`);
  }
  const rules = CODE.test(path) ? [...EVERYWHERE, ...IN_CODE] : EVERYWHERE;
  for (const [index, line] of lines.entries()) {
    const mark = marks.find((each) => line.includes(each));
    if (mark) faults.push(`${path}:${index + 1} names a place of this machine, ${mark}`);
    for (const { pattern, fault } of rules) {
      if (pattern.test(line)) faults.push(`${path}:${index + 1} has ${pattern.exec(line)?.[0]}: ${fault}`);
    }
  }
  return faults;
}

/** @param {string} root */
export function checkTexts(root) {
  const marks = machineMarks(root, process.env);
  const faults = [];
  let files = 0;
  let lines = 0;
  for (const path of keptFiles(root)) {
    if (BINARY.test(path)) continue;
    const file = join(root, path);
    // Removed but not yet committed, or a link: nothing to read.
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const text = readFileSync(file, 'utf8');
    files += 1;
    lines += text.split('\n').length;
    faults.push(...textFaults(path, text, marks));
  }
  return { seen: { files, lines }, faults };
}
