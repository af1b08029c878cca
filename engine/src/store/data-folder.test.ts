import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'botworth-folder-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const failure = (work: () => unknown): { message: string; exitCode: number } => {
  try {
    work();
  } catch (cause) {
    return cause as { message: string; exitCode: number };
  }
  throw new Error('It was expected to fail.');
};

test('a secret is made once, for the owner only, and found again', () => {
  const path = join(folder, 'data');
  const first = openDataFolder(path);
  first.release();
  const second = openDataFolder(path);
  expect(second.secret).toBe(first.secret);
  expect(first.secret.length).toBeGreaterThanOrEqual(40);
  expect(statSync(join(path, 'secret')).mode & 0o777).toBe(0o600);
  second.release();
  expect(readdirSync(path)).toEqual(['secret']);
});

test('a second process is refused with the pid of the first', () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    writeFileSync(join(folder, 'lock'), String(other.pid));
    const { message, exitCode } = failure(() => openDataFolder(folder));
    expect(message).toContain(`process ${other.pid}`);
    expect(exitCode).toBe(4);
  } finally {
    other.kill('SIGKILL');
  }
});

test('a lock that a dead process left behind is taken over', () => {
  const pid = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
  writeFileSync(join(folder, 'lock'), pid);
  const opened = openDataFolder(folder);
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  opened.release();
});

test('a lock whose pid now belongs to another process is taken over', ({ skip }) => {
  skip(!existsSync('/proc/1/stat'), 'this system does not tell when a process began');
  writeFileSync(join(folder, 'lock'), `${process.ppid} 1`);
  openDataFolder(folder).release();
});

test('a lock is only given back by its own: what another process took since stays', () => {
  const opened = openDataFolder(folder);
  writeFileSync(join(folder, 'lock'), `${process.ppid} `);
  opened.release();
  expect(existsSync(join(folder, 'lock'))).toBe(true);
});

test('a folder that is a file, or below one, is told in a sentence', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const answer = failure(() => openDataFolder(join(file, 'data')));
  expect(answer.message).toMatch(/is not a folder\. Set BOTWORTH_DATA/);
  expect(answer.exitCode).toBe(5);
});

test('a folder that cannot be written is told in a sentence', ({ skip }) => {
  // Root may write everywhere; a read-only file system is the only thing that stops it.
  skip(
    process.getuid?.() === 0 && !existsSync('/sys/kernel'),
    'runs as root and finds no read-only file system',
  );
  const path = process.getuid?.() === 0 ? '/sys/kernel/botworth' : folder;
  chmodSync(folder, 0o500);
  const answer = failure(() => openDataFolder(path));
  expect(answer.message).toMatch(/cannot be written/);
  expect(answer.exitCode).toBe(5);
});

test('a damaged secret is not replaced in silence', () => {
  writeFileSync(join(folder, 'secret'), 'short');
  expect(failure(() => openDataFolder(folder)).message).toMatch(/is damaged/);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
