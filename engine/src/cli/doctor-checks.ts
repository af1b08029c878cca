import { access, constants, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { leastFreeBytes, readSecret, secretPathIn } from '../store/data-folder.ts';
import { storeChecks } from './doctor-store-checks.ts';
import type { Check } from './tools.ts';

const OLDEST_NODE = [20, 19] as const;
const GiB = 1024 ** 3;
/** Under this there is a warning; the data folder opens all the same. */
const WARN_FREE_GIB = 1;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const refusalOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return messageOf(error);
  }
};

const nodeCheck = (version: string): Check => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    name: 'node',
    state: isNew ? 'ok' : 'failed',
    sentence: isNew
      ? `${version}.`
      : `${version} is too old; ${OLDEST_NODE.join('.')} or newer is needed, from nodejs.org.`,
  };
};

const libraryCheck = async ({ clickhouseUrl }: Config): Promise<Check> => {
  const name = 'event engine';
  if (clickhouseUrl !== undefined)
    return { name, state: 'ok', sentence: `a ClickHouse server, ${new URL(clickhouseUrl).host}.` };
  try {
    const { loadChdb } = await import('../store/chdb/chdb-store.ts');
    loadChdb();
    return { name, state: 'ok', sentence: `the embedded one runs on ${process.platform} ${process.arch}.` };
  } catch (error) {
    return {
      name,
      state: 'failed',
      sentence: `the embedded one does not load on ${process.platform} ${process.arch} (${messageOf(error)}). It needs Linux with glibc or macOS; set BOTWORTH_CLICKHOUSE_URL to a ClickHouse server instead.`,
    };
  }
};

/** The nearest folder above that exists: where the data folder would be made. */
const existing = async (path: string): Promise<string> =>
  (await stat(path).catch(() => null)) === null ? existing(join(path, '..')) : path;

async function* folderChecks({ dataDir }: Config): AsyncGenerator<Check> {
  const place = await existing(dataDir);
  const isWritable = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  yield {
    name: 'data folder',
    state: isWritable ? 'ok' : 'failed',
    sentence: isWritable
      ? `${dataDir}${place === dataDir ? '' : ' (will be made)'}.`
      : `${dataDir} cannot be written. Give this user the right to write there, or set BOTWORTH_DATA.`,
  };
  const { bavail, bsize } = await statfs(place);
  const freeBytes = bavail * bsize;
  const freeGib = freeBytes / GiB;
  yield {
    name: 'disk',
    state: freeBytes < leastFreeBytes ? 'failed' : freeGib < WARN_FREE_GIB ? 'warning' : 'ok',
    sentence: `${freeGib.toFixed(1)} GiB free${freeGib < WARN_FREE_GIB ? '; some hundred bytes go to every event, and merges need room: free some' : ''}.`,
  };
  const secretPath = secretPathIn(dataDir);
  const secret = await stat(secretPath).catch(() => null);
  if (secret !== null) {
    const refusal = refusalOf(() => readSecret(dataDir));
    const isPrivate = (secret.mode & 0o077) === 0;
    yield {
      name: 'secret',
      state: refusal !== null ? 'failed' : isPrivate ? 'ok' : 'warning',
      sentence:
        refusal ??
        (isPrivate ? 'readable by its owner alone.' : `${secretPath} can be read by others: chmod 600.`),
    };
  }
}

const portCheck = (config: Config): Promise<Check> =>
  new Promise((resolve) => {
    const name = 'port';
    const probe = createServer();
    probe.once('error', (error) => {
      resolve({
        name,
        state: 'failed',
        sentence: `${config.host}:${config.port} cannot be listened on (${'code' in error ? String(error.code) : error.message}). Stop what uses it, or set BOTWORTH_PORT.`,
      });
    });
    probe.listen(config.port, config.host, () =>
      probe.close(() => resolve({ name, state: 'ok', sentence: `${config.host}:${config.port} is free.` })),
    );
  });

/** `running`: the server that holds the data folder, whose own word about its stores counts then. */
export async function* doctorChecks(
  config: Config,
  running: { readonly url: string; readonly pid: number } | null,
  hasPages: boolean,
): AsyncGenerator<Check> {
  yield nodeCheck(process.versions.node);
  yield await libraryCheck(config);
  yield* folderChecks(config);
  yield {
    name: 'pages',
    state: hasPages ? 'ok' : 'failed',
    sentence: hasPages ? 'built.' : 'not built: run npm run build.',
  };
  if (running === null) {
    yield await portCheck(config);
    yield* storeChecks(config);
    return;
  }
  const ready = await fetch(`${running.url}/readyz`).then(
    async (answer) => ({ ok: answer.ok, text: await answer.text() }),
    (error: unknown) => ({ ok: false, text: messageOf(error) }),
  );
  yield {
    name: 'server',
    state: ready.ok ? 'ok' : 'failed',
    sentence: ready.ok
      ? `process ${running.pid} is ready at ${running.url}.`
      : `process ${running.pid} at ${running.url} is not ready: ${ready.text.slice(0, 300)}`,
  };
}
