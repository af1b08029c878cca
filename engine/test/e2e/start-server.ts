import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/botworth.js', import.meta.url));
const built = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ServerWishes {
  /** Absent: a fresh folder that `stop` deletes. */
  readonly dataDir?: string;
  /** Null: none, so the browser enters by the link that the start prints. */
  readonly adminToken?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly adminToken: string;
  readonly dataDir: string;
  readonly pid: number;
  /** From the start of the process to the first 200 of /readyz. */
  readonly readyMs: number;
  /** All that it wrote so far, both streams. */
  output(): string;
  /** Graceful; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** As a power cut would; the folder stays. */
  kill(): Promise<void>;
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The address is in the file that the server writes for the command line. */
const addressFrom = async (dataDir: string, pid: number): Promise<string | null> => {
  const text = await readFile(join(dataDir, 'server.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const found = JSON.parse(text) as { url: string; pid: number };
  return found.pid === pid ? found.url : null;
};

/** The built server as a process of its own, on a free port, in a folder of its own. */
export const startServer = async (wishes: ServerWishes = {}): Promise<RunningServer> => {
  if (!existsSync(built)) throw new Error('The server is not built: run `npm run build` first.');
  const dataDir = wishes.dataDir ?? (await mkdtemp(join(tmpdir(), 'botworth-e2e-')));
  const adminToken = wishes.adminToken === undefined ? 'token-of-the-tests' : wishes.adminToken;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [bin, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      BOTWORTH_PORT: '0',
      BOTWORTH_HOST: '127.0.0.1',
      BOTWORTH_DATA: dataDir,
      BOTWORTH_LOG_LEVEL: 'warn',
      ...(adminToken === null ? {} : { BOTWORTH_ADMIN_TOKEN: adminToken }),
      ...wishes.env,
    },
  });
  let written = '';
  const keep = (chunk: Buffer) => {
    written += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // So that an interrupted test run leaves no server behind.
  const killNow = () => void child.kill('SIGKILL');
  process.once('exit', killNow);

  const until = startedAt + (wishes.deadlineMs ?? 60_000);
  let url: string | null = null;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${written}`);
    if (performance.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`The server was not ready in time:\n${written}`);
    }
    url ??= await addressFrom(dataDir, child.pid ?? -1);
    const answer = url === null ? null : await fetch(`${url}/readyz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) break;
    await pause(20);
  }
  if (url === null) throw new Error('unreachable: ready without an address');
  const readyMs = performance.now() - startedAt;

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    process.off('exit', killNow);
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exitOf(child);
  };
  return {
    url,
    adminToken: adminToken ?? '',
    dataDir,
    pid: child.pid ?? -1,
    readyMs,
    output: () => written,
    stop: async () => {
      const code = await end('SIGTERM');
      if (wishes.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
      return code;
    },
    kill: async () => {
      await end('SIGKILL');
    },
  };
};
