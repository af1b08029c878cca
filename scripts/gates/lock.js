import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, resolved?: string, link?: boolean, optional?: boolean, integrity?: string,
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>,
 *   devDependencies?: Record<string, string>, peerDependencies?: Record<string, string>,
 *   peerDependenciesMeta?: Record<string, { optional?: boolean }>, hasInstallScript?: boolean,
 *   inBundle?: boolean }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

/**
 * The lock's path of a package as Node would find it from another package, innermost first.
 * @param {Lock} lock @param {string} from @param {string} name
 */
function locate(lock, from, name) {
  for (let at = from; ; ) {
    const path = `${at ? `${at}/` : ''}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (!at) return undefined;
    const nested = at.lastIndexOf('/node_modules/');
    at = nested < 0 ? '' : at.slice(0, nested);
  }
}

/** @param {Lock} lock */
export function missingPackages(lock) {
  const missing = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.link) continue;
    const isOurs = !path.includes('node_modules/');
    const asked = [
      ...Object.entries(entry.dependencies ?? {}),
      ...Object.entries((isOurs && entry.devDependencies) || {}),
      ...Object.entries(entry.peerDependencies ?? {}).filter(
        ([name]) => !entry.peerDependenciesMeta?.[name]?.optional,
      ),
      ...Object.entries(entry.optionalDependencies ?? {}),
    ];
    for (const [name, range] of asked) {
      if (locate(lock, path, name)) continue;
      const isOptional = Boolean(entry.optionalDependencies?.[name]);
      missing.push({ name, range, askedBy: path || 'package.json', isOptional });
    }
  }
  return missing;
}

/** @param {Lock} lock @param {Record<string, boolean>} allowScripts */
export function lockFaults(lock, allowScripts) {
  const faults = missingPackages(lock).map(
    ({ name, range, askedBy }) =>
      `lacks ${name}@${range}, asked for by ${askedBy}: run \`node scripts/complete-lock.js\``,
  );
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!entry.link && entry.resolved !== undefined) {
      faults.push(`${path} carries the address ${entry.resolved}: run \`node scripts/complete-lock.js\``);
    }
    const isInstalled = path.includes('node_modules/') && !entry.link;
    if (isInstalled && !entry.version) faults.push(`${path} has no version`);
    if (isInstalled && !entry.integrity && !entry.optional && !entry.inBundle) {
      faults.push(`${path} has no integrity hash: reinstall it from a registry that gives one`);
    }
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (entry.hasInstallScript && !(name in allowScripts)) {
      faults.push(
        `${name} has an install script; say true or false for it under allowScripts in package.json`,
      );
    }
  }
  return faults;
}

/** npm ci must work on every system from this lock alone, whichever registry made it. @param {string} root */
export function checkLock(root) {
  /** @type {Lock} */
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    seen: { packages: Object.keys(lock.packages).length },
    faults: lockFaults(lock, manifest.allowScripts ?? {}).map((fault) => `package-lock.json: ${fault}`),
  };
}
