/**
 * Completes package-lock.json after a change of dependencies: `node scripts/complete-lock.js`.
 *
 * A registry may lack the packages that only other systems need. npm then leaves them out of the lock it
 * writes, and `npm ci` refuses that lock on those systems ("Missing: …"). This adds each missing optional
 * package with its exact version and platform, read from its name, and drops registry addresses.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { missingPackages } from './gates/lock.js';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];
const C_LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** @param {string} name */
function platformOf(name) {
  const parts = name.split(/[/-]/);
  const os = parts.filter((part) => SYSTEMS.includes(part));
  const cpu = parts.filter((part) => PROCESSORS.includes(part));
  const libc = Object.entries(C_LIBRARIES).flatMap(([part, library]) =>
    parts.includes(part) ? [library] : [],
  );
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) };
}

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const before = readFileSync(file, 'utf8');
const lock = JSON.parse(before);
const added = [];
for (const missing of missingPackages(lock)) {
  const isExact = /^\d+\.\d+\.\d+/.test(missing.range);
  if (!missing.isOptional || !isExact) {
    throw new Error(
      `package-lock.json lacks ${missing.name}@${missing.range}, asked for by ${missing.askedBy}, and it cannot be ` +
        `completed without a registry: run \`npm install --package-lock-only\` first.`,
    );
  }
  lock.packages[`node_modules/${missing.name}`] = {
    version: missing.range,
    optional: true,
    ...platformOf(missing.name),
  };
  added.push(missing.name);
}
for (const entry of Object.values(lock.packages)) {
  if (!entry.link && /^https?:/.test(entry.resolved ?? '')) delete entry.resolved;
}
const [root, ...rest] = Object.entries(lock.packages);
if (!root) throw new Error('package-lock.json has no packages: run `npm install --package-lock-only` first.');
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (after !== before) writeFileSync(file, after);
process.stdout.write(added.length ? `added ${added.join(', ')}\n` : 'the lock was complete\n');
