import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOT_OURS = new Set(['node_modules', 'dist', '.types', '.git', 'data', 'coverage']);

/**
 * Every file below a folder, as paths from the root with forward slashes, in a fixed order.
 * @param {string} root @param {string} folder
 * @returns {string[]}
 */
export function filesBelow(root, folder) {
  /** @type {import('node:fs').Dirent[]} */
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (!entry.isDirectory()) return [path];
      return NOT_OURS.has(entry.name) ? [] : filesBelow(root, path);
    });
}

/**
 * What a commit would hold: tracked files and new ones that are not ignored. Without git, every file
 * outside the folders that are made, not written.
 * @param {string} root
 */
export function keptFiles(root) {
  try {
    const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 << 20,
    });
    return [...new Set(list.split('\0').filter(Boolean))].sort();
  } catch {
    return filesBelow(root, '');
  }
}
