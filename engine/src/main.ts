import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from './base/clock.ts';
import { isReaderGone } from './base/reader-gone.ts';
import type { Door } from './cli/door.ts';
import { runProgram } from './cli/run-program.ts';
import type { SettingOptions, Tools } from './cli/tools.ts';
import { processConfig } from './config/process-config.ts';
import type { Config } from './config/read-config.ts';
import type { Surroundings } from './show/server/open-parts.ts';
import { readServerFile } from './show/server/server-file.ts';
import { stopSignal } from './show/server/stop-signal.ts';

/** The same places from the bundle in dist/ and from the source in src/. */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const pagesDir = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

const configOf = ({ port, host, data }: SettingOptions): Config =>
  processConfig({ BOTWORTH_PORT: port, BOTWORTH_HOST: host, BOTWORTH_DATA: data });

/** A terminal is for people: there, the lines that only say that all is well stay away unless asked for. */
const levelOf = ({ logLevel }: Config) => (logLevel === 'info' && process.stderr.isTTY ? 'warn' : logLevel);

/** Ends at a signal, or when the work beside the serving says so or fails. */
const endOf = (stopped: Promise<unknown>, meanwhile: (() => Promise<boolean>) | undefined) => {
  let begin: () => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    begin = () => void meanwhile?.().then((isOver) => (isOver ? resolve() : undefined), reject);
  });
  return { begin, ended: Promise.race([stopped, done]) };
};

/** Without a token a server that other machines reach lets nobody in: better said at the start than found out at the door. */
const wayIn = (url: string, { adminToken }: Config): string =>
  adminToken === undefined
    ? 'Nobody can sign in: set BOTWORTH_ADMIN_TOKEN and start again, or leave BOTWORTH_HOST at 127.0.0.1 for a sign-in link.'
    : `Sign in at ${url}/enter with the admin token.`;

const serve: Tools['serve'] = async (settings, { isJson, isQuiet = false }, meanwhile) => {
  const stopped = stopSignal();
  const config = configOf(settings);
  const [{ runServer }, { createLog }, { createDemo }] = await Promise.all([
    import('./show/server/run-server.ts'),
    import('./show/server/create-log.ts'),
    import('./demo/create-demo.ts'),
  ]);
  const log = createLog(levelOf(config));
  const clock = systemClock;
  const surroundings: Surroundings = {
    clock,
    log,
    version,
    pagesDir,
    demo: (server) => createDemo({ ...server, clock, log }),
  };
  const { begin, ended } = endOf(stopped, meanwhile);
  await runServer(
    config,
    surroundings,
    ({ url, signIn, stores }) => {
      if (isQuiet) return begin();
      if (isJson) process.stdout.write(`${JSON.stringify({ url, sign_in: signIn, pid: process.pid })}\n`);
      else {
        process.stdout.write(
          `\n  Botworth is ready: ${url}\n\n  ${signIn === null ? wayIn(url, config) : `Open this once to sign in: ${signIn}\n  (npx botworth link makes another)`}\n  Data: ${config.dataDir} (${stores})\n\n`,
        );
      }
      begin();
    },
    ended,
  );
  return 0;
};

/** The server that holds the data folder, if it still answers. */
const runningServer = async ({ dataDir }: Config) => {
  const file = await readServerFile(dataDir);
  if (file === null) return null;
  const isAlive = await fetch(`${file.url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
  return isAlive ? file : null;
};

const headersFor = (token: string, body: unknown): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
});

const findServer = async (settings: SettingOptions): Promise<Door | null> => {
  const running = await runningServer(configOf(settings));
  if (running === null) return null;
  return {
    url: running.url,
    request: (method, path, body) =>
      fetch(`${running.url}${path}`, {
        method,
        headers: headersFor(running.token, body),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    close: async () => undefined,
  };
};

const openDoor = async (settings: SettingOptions): Promise<Door> => {
  const config = configOf(settings);
  const running = await findServer(settings);
  if (running !== null) return running;
  const [{ openDataFolder }, { openParts }, { createApp }, { createLog }] = await Promise.all([
    import('./store/data-folder.ts'),
    import('./show/server/open-parts.ts'),
    import('./show/http/create-app.ts'),
    import('./show/server/create-log.ts'),
  ]);
  const folder = openDataFolder(config.dataDir, config.secret);
  const { parts, close } = await openParts(
    config,
    folder,
    {
      clock: systemClock,
      log: createLog('error'),
      version,
      pagesDir,
    },
    null,
  ).catch((error: unknown) => {
    folder.release();
    throw error;
  });
  const app = createApp(parts);
  return {
    url: null,
    request: async (method, path, body) =>
      app.request(`http://localhost${path}`, {
        method,
        headers: { host: 'localhost', ...headersFor(parts.localToken, body) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    close,
  };
};

async function* checks(settings: SettingOptions): ReturnType<Tools['checks']> {
  const config = configOf(settings);
  const { doctorChecks } = await import('./cli/doctor-checks.ts');
  const hasPages = await access(`${pagesDir}/index.html`).then(
    () => true,
    () => false,
  );
  yield* doctorChecks(config, await runningServer(config), hasPages);
}

// Without a listener the end of a reader (`| head`) would be a stack; what still writes learns it by itself.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (!isReaderGone(error)) throw error;
  });

const exitCode = await runProgram(process.argv.slice(2), {
  version,
  nowMs: systemClock.nowMs,
  out: process.stdout,
  err: process.stderr,
  serve,
  findServer,
  openDoor,
  checks,
});
// The embedded stores leave threads behind that would keep the process alive; what was written is flushed first.
process.stdout.write('', () => process.exit(exitCode));
