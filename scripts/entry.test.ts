import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const bin = new URL('../engine/bin', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'botworth-entry-'));
cpSync(bin, join(folder, 'bin'), { recursive: true });
const entry = join(folder, 'bin/botworth.js');

afterAll(() => rmSync(folder, { recursive: true }));

test('without a build the command says what to run', () => {
  const { status, stderr } = spawnSync(process.execPath, [entry], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('npm run build');
});

test('the engine gets twelve threads for its statements, more when asked for, never fewer', ({ skip }) => {
  skip(process.platform !== 'linux', 'threads are counted through /proc, which only Linux has');
  mkdirSync(join(folder, 'dist'));
  // The first use of the pool starts all of its threads.
  writeFileSync(
    join(folder, 'dist/main.js'),
    `import { pbkdf2 } from 'node:crypto';
     import { readFileSync } from 'node:fs';
     const count = () => Number(/Threads:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
     pbkdf2('a', 'b', 1, 8, 'sha1', () => process.stdout.write(String(count())));`,
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const threads = (size: string) =>
    Number(
      execFileSync(process.execPath, [entry], {
        encoding: 'utf8',
        env: { ...process.env, UV_THREADPOOL_SIZE: size },
      }),
    );
  const atTwelve = threads('12');
  expect(threads('')).toBe(atTwelve);
  expect(threads('4')).toBe(atTwelve);
  expect(threads('20')).toBe(atTwelve + 8);
});
