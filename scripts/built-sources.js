import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './gates/source-files.js';

/** Written last by a build: what it was made from. */
const STAMP = 'engine/dist/.sources';
const FOLDERS = ['contract/src', 'engine/src', 'engine/bin', 'dashboard', 'sdk'];
const SINGLE = ['package-lock.json', 'scripts/build.js', 'scripts/built-sources.js'];

/**
 * One hash of every file a build reads. By content, because a checkout or an unpacked archive gives every
 * file a new time.
 * @param {string} root
 */
export function hashSources(root) {
  const hash = createHash('sha256');
  const isRead = (/** @type {string} */ path) => !/\.test(-data)?\.tsx?$|^(dashboard|sdk)\/test\//.test(path);
  const below = FOLDERS.flatMap((folder) => filesBelow(root, folder)).filter(isRead);
  for (const path of [...SINGLE, ...below]) {
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** @param {string} root */
export function isBuilt(root) {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources(root);
}

/** @param {string} root @param {string} hash */
export function markBuilt(root, hash) {
  writeFileSync(join(root, STAMP), hash);
}
