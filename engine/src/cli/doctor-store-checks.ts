import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../base/log.ts';
import type { Config } from '../config/read-config.ts';
import type { EventStore } from '../store/port.ts';
import { NewerSchemaError } from '../store/store-error.ts';
import type { Check } from './tools.ts';

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** 0: none. */
const schemaWords = (version: number, known: number): string => {
  if (version === 0) return 'the first start makes its tables';
  return version === known ? 'its schema is the newest' : 'the next start brings its schema to the newest';
};

/** Makes no table and moves no schema: the next start does, and that is its business. */
const lookAtEvents = async (store: EventStore): Promise<string> => {
  await store.ping();
  const { readSchemaVersion } = await import('../store/schema/migrate.ts');
  const { found, known } = await readSchemaVersion(store, { tag: 'doctor' });
  const version = found ?? 0;
  if (version > known) throw new NewerSchemaError('event store', version, known);
  return schemaWords(version, known);
};

/** A folder elsewhere for what is not there yet, or must not be changed; it is gone afterwards. */
const aside = async <Result>(work: (path: string) => Promise<Result>): Promise<Result> => {
  const path = await mkdtemp(join(tmpdir(), 'botworth-doctor-'));
  try {
    return await work(path);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const checkEvents = async ({ clickhouseUrl, dataDir }: Config): Promise<string> => {
  const look = async (opening: Promise<EventStore>): Promise<string> => {
    const store = await opening;
    try {
      return `${store.kind} opens, ${await lookAtEvents(store)}.`;
    } finally {
      await store.close();
    }
  };
  if (clickhouseUrl !== undefined) {
    const { openClickhouseStore } = await import('../store/clickhouse/clickhouse-store.ts');
    return look(openClickhouseStore({ url: clickhouseUrl, log: silentLog }));
  }
  const [{ openChdbStore }, { explainEmbedded }] = await Promise.all([
    import('../store/chdb/chdb-store.ts'),
    import('../store/open-stores.ts'),
  ]);
  const open = (path: string) =>
    look(
      openChdbStore({ path }).catch((cause: unknown) => {
        throw explainEmbedded(cause, path);
      }),
    );
  const path = join(dataDir, 'events');
  return (await isThere(path)) ? open(path) : aside(open);
};

/** Nothing is written with it: no key is made and none is matched. */
const unusedSecret = 'a doctor only looks';

/** The embedded one is migrated where it is opened, so it, which is small, is opened as a copy. A server is only asked. */
const checkState = async (config: Config): Promise<string> => {
  if (config.postgresUrl !== undefined) {
    const { lookAtPostgres } = await import('../store/postgres/postgres-store.ts');
    const { version, known } = await lookAtPostgres({ url: config.postgresUrl, log: silentLog });
    return `postgres opens, ${schemaWords(version, known)}.`;
  }
  const { openStateStore } = await import('../store/open-stores.ts');
  const kept = join(config.dataDir, 'state');
  const isCopied = await isThere(kept);
  return aside(async (path) => {
    const statePath = join(path, 'state');
    if (isCopied) await cp(kept, statePath, { recursive: true });
    const folder = {
      path,
      statePath,
      eventsPath: '',
      journalPath: '',
      secret: unusedSecret,
      freeBytes: () => 0,
      release: () => undefined,
    };
    const store = await openStateStore(folder, config, silentLog);
    try {
      await store.ping();
      return `${store.kind} opens${!isCopied ? ', the first start makes its tables' : ''}.`;
    } finally {
      await store.close();
    }
  });
};

/** What does not open now would not open at a start. Nothing of it stays behind. */
export async function* storeChecks(config: Config): AsyncGenerator<Check> {
  let release = (): void => undefined;
  if (await isThere(config.dataDir)) {
    const { lockFolder } = await import('../store/folder-lock.ts');
    try {
      release = lockFolder(config.dataDir);
    } catch (error) {
      yield { name: 'lock', state: 'failed', sentence: messageOf(error) };
      return;
    }
  }
  try {
    for (const [name, check] of [
      ['event store', checkEvents],
      ['state store', checkState],
    ] as const) {
      try {
        yield { name, state: 'ok', sentence: await check(config) };
      } catch (error) {
        yield { name, state: 'failed', sentence: messageOf(error) };
      }
    }
  } finally {
    release();
  }
}
