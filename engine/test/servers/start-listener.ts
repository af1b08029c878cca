import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Listener {
  readonly url: string;
  stop(): Promise<void>;
}

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });

const libraryPath = (): string => {
  const fromChdb = createRequire(createRequire(import.meta.url).resolve('chdb'));
  const platformPackage = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
  return join(dirname(fromChdb.resolve(`${platformPackage}/package.json`)), 'libchdb.so');
};

/** A real ClickHouse over HTTP, from the library that the product ships. */
export const startListener = async (compiler: string): Promise<Listener> => {
  const folder = mkdtempSync(join(tmpdir(), 'botworth-listener-'));
  const binary = join(folder, 'listener');
  execFileSync(compiler, [
    '-O1',
    '-o',
    binary,
    fileURLToPath(new URL('listener.c', import.meta.url)),
    '-ldl',
  ]);
  const port = await freePort();
  const child = spawn(
    binary,
    [
      libraryPath(),
      `--path=${join(folder, 'data')}`,
      `--http_port=${port}`,
      '--listen_host=127.0.0.1',
      '--query',
      'SYSTEM START LISTEN HTTP; SELECT sleepEachRow(1) FROM system.numbers SETTINGS function_sleep_max_microseconds_per_block = 0, max_block_size = 1 FORMAT Null',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const url = `http://127.0.0.1:${port}`;
  const until = performance.now() + 20_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The listener ended with ${child.exitCode}: ${said}`);
    const alive = await fetch(`${url}/ping`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (alive) break;
    if (performance.now() > until) throw new Error(`The listener does not answer: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        // It has no other end: its query never finishes.
        child.kill('SIGKILL');
      }),
  };
};
