import { access, constants, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { silentLog } from '../base/log.ts';
import type { Config } from '../config/read-config.ts';
import type { Check } from './tools.ts';

const OLDEST_NODE = [20, 19] as const;
const GiB = 1024 ** 3;
/** Under this there is a warning; the data folder itself refuses to open under a quarter of it. */
const WARN_FREE_GIB = 1;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

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
  const freeGib = (bavail * bsize) / GiB;
  yield {
    name: 'disk',
    state: freeGib < WARN_FREE_GIB ? 'warning' : 'ok',
    sentence: `${freeGib.toFixed(1)} GiB free${freeGib < WARN_FREE_GIB ? '; some hundred bytes go to every event, and merges need room: free some' : ''}.`,
  };
  const secret = await stat(join(dataDir, 'secret')).catch(() => null);
  if (secret !== null) {
    const isPrivate = (secret.mode & 0o077) === 0;
    yield {
      name: 'secret',
      state: isPrivate ? 'ok' : 'warning',
      sentence: isPrivate
        ? 'readable by its owner alone.'
        : `${join(dataDir, 'secret')} can be read by others: chmod 600.`,
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

/** Opens them as a start would, migrations included: what does not open now would not open then. */
async function* storeChecks(config: Config): AsyncGenerator<Check> {
  const [{ openDataFolder }, { openEventStore, openStateStore }] = await Promise.all([
    import('../store/data-folder.ts'),
    import('../store/open-stores.ts'),
  ]);
  let folder: ReturnType<typeof openDataFolder>;
  try {
    folder = openDataFolder(config.dataDir, config.secret);
  } catch (error) {
    yield { name: 'lock', state: 'failed', sentence: messageOf(error) };
    return;
  }
  try {
    for (const [name, open] of [
      ['event store', openEventStore],
      ['state store', openStateStore],
    ] as const) {
      try {
        const store = await open(folder, config, silentLog);
        await store.ping();
        await store.close();
        yield { name, state: 'ok', sentence: `${store.kind} opens, its schema is the newest.` };
      } catch (error) {
        yield { name, state: 'failed', sentence: messageOf(error) };
      }
    }
  } finally {
    folder.release();
  }
}

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
