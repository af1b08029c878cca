import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readModule } from './read-module.js';
import { filesBelow } from './source-files.js';

/** A folder may import folders of earlier rows; folders of one row never import each other. */
const ORDER = [
  ['base'],
  ['config', 'sql', 'stats', 'attribution', 'learn'],
  ['store'],
  ['collect', 'fold'],
  ['measure'],
  ['explain'],
  ['show', 'cli', 'demo'],
  ['main.ts'],
];

/** Same input, same output: these folders reach for nothing outside the process. */
const PURE = new Set(['base', 'sql', 'stats', 'attribution', 'learn']);
const PURE_BUILTINS = new Set(['node:assert', 'node:buffer', 'node:crypto', 'node:util']);

const DATABASE_CLIENTS =
  /^(chdb|@chdb\/[^/]+|@clickhouse\/[^/]+|@electric-sql\/[^/]+|pg|pg-boss|drizzle-orm)(\/|$)/;
const OUR_WORKSPACES = ['contract', 'dashboard', 'engine', 'sdk'];

/** Which of our workspaces each may import. */
/** @type {Record<string, string[]>} */
const MAY_IMPORT = { contract: [], engine: ['contract'], dashboard: ['contract'], sdk: [] };

/** @param {string} path */
function workspaceOf(path) {
  return path.slice(0, path.indexOf('/'));
}

/** The folder (or file) directly below engine/src that a path belongs to. @param {string} path */
function roomOf(path) {
  return path.startsWith('engine/src/') ? path.split('/')[2] : undefined;
}

/** @param {string} room */
function rankOf(room) {
  return ORDER.findIndex((row) => row.includes(room));
}

/**
 * A path from the root when the import stays in the project, else the name of a package.
 * @param {string} from @param {string} specifier
 */
function target(from, specifier) {
  if (specifier.startsWith('.')) return { path: posix.join(posix.dirname(from), specifier) };
  const ours = /^@botworth\/([^/]+)(?:\/(.*))?$/.exec(specifier);
  return ours ? { path: `${ours[1]}/src/${ours[2] ?? ''}.ts` } : { name: specifier };
}

/** @param {string} from @param {string} specifier @returns {string | undefined} */
function importFault(from, specifier) {
  const { path, name } = target(from, specifier);
  const room = roomOf(from);
  if (name !== undefined) {
    if (name === 'node:process' || name === 'process')
      return 'use the global process; its env only in config/';
    if (DATABASE_CLIENTS.test(name) && room !== 'store')
      return 'database clients are imported only in engine/src/store';
    if (workspaceOf(from) === 'sdk') return 'the snippet has no dependencies';
    const isOutside = name.startsWith('node:') && !PURE_BUILTINS.has(name);
    if (room && PURE.has(room) && isOutside) return `${room}/ holds values without I/O`;
    return undefined;
  }
  const here = workspaceOf(from);
  const there = workspaceOf(path);
  if (there !== here) {
    if (!OUR_WORKSPACES.includes(there)) return `it leaves the workspace ${here}`;
    if (specifier.startsWith('.')) return `another workspace is imported by its name, @botworth/${there}`;
    const allowed = MAY_IMPORT[here] ?? [];
    if (!allowed.includes(there)) return `${here} imports ${allowed.join(', ') || 'nothing'} of ours`;
    return undefined;
  }
  if (!/\.(tsx?|json|css|svg)(\?\w+)?$/.test(path)) return 'a file is imported with its extension';
  const otherRoom = roomOf(path);
  if (room === undefined) return undefined;
  if (otherRoom === undefined) return 'product code imports only product code';
  if (room === otherRoom || rankOf(otherRoom) < rankOf(room)) return undefined;
  return rankOf(room) === rankOf(otherRoom)
    ? `${room} and ${otherRoom} never import each other; they meet in the tables or in main.ts`
    : `imports run ${ORDER.map((row) => row.join(', ')).join(' → ')}`;
}

/** @param {string} path @param {string} effect */
function isEffectAllowed(path, effect) {
  if (effect === 'process.env') return roomOf(path) === 'config';
  const home = effect === 'Math.random' ? 'rng.ts' : 'clock.ts';
  // The engine's one clock is in base/; the browser workspaces have one of their own at the top.
  return path === `engine/src/base/${home}` || path === `dashboard/src/${home}` || path === `sdk/src/${home}`;
}

/** @param {string} path */
function isTest(path) {
  return /\.test(-data)?\.tsx?$/.test(path) || /^(contract|dashboard|engine|sdk)\/test\//.test(path);
}

/**
 * Imports run one way, clients and the environment have one home each. Tests may meet anyone.
 * @param {string} root
 */
export function checkImports(root) {
  const files = OUR_WORKSPACES.flatMap((workspace) => filesBelow(root, workspace)).filter(
    (path) => /^[^/]+\/src\/.*\.tsx?$/.test(path) && !isTest(path),
  );
  const faults = [];
  let imports = 0;
  for (const path of files) {
    const module = readModule(path, readFileSync(join(root, path), 'utf8'));
    const room = roomOf(path);
    if (room !== undefined && rankOf(room) < 0)
      faults.push(`${path}: ${room} has no place in the order of imports`);
    faults.push(...module.faults.map((fault) => `${path}: ${fault}`));
    for (const { specifier, line } of module.imports) {
      imports += 1;
      const fault = importFault(path, specifier);
      if (fault) faults.push(`${path}:${line} imports '${specifier}': ${fault}`);
    }
    for (const line of module.computed)
      faults.push(`${path}:${line} imports a computed name, which cannot be checked`);
    for (const line of module.forgotten) {
      faults.push(`${path}:${line} makes a query that nobody awaits, so it never runs`);
    }
    for (const { name, line } of module.effects) {
      if (isEffectAllowed(path, name)) continue;
      const home = name === 'process.env' ? 'engine/src/config' : 'engine/src/base/clock.ts or rng.ts';
      faults.push(`${path}:${line} uses ${name}: only ${home} does; take it as an argument`);
    }
    if (module.isBarrel) faults.push(`${path} only passes on other files' exports: import those files`);
  }
  return { seen: { files: files.length, imports }, faults };
}
