import { mkdirSync } from 'node:fs';
import { exitCodes } from '../base/exit-codes.ts';
import type { Log } from '../base/log.ts';
import { openChdbStore } from './chdb/chdb-store.ts';
import { openClickhouseStore } from './clickhouse/clickhouse-store.ts';
import type { DataFolder } from './data-folder.ts';
import type { EventStore, StateStore } from './port.ts';
import { migrate } from './schema/migrate.ts';
import { StoreOpenError } from './store-error.ts';

export interface StoreAddresses {
  readonly clickhouseUrl?: string;
  readonly postgresUrl?: string;
}

const openEmbeddedEvents = async (folder: DataFolder): Promise<EventStore> => {
  try {
    mkdirSync(folder.eventsPath, { recursive: true });
    return await openChdbStore({ path: folder.eventsPath });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/Cannot lock file|Another server instance/i.test(message)) {
      throw new StoreOpenError(
        `Another process already uses the event store in ${folder.eventsPath}. Stop it, or set BOTWORTH_DATA to another folder.`,
        exitCodes.folderLocked,
        cause,
      );
    }
    if (/Cannot find module|@chdb\/lib|\.node|GLIBC|ERR_DLOPEN|libchdb/i.test(message)) {
      throw new StoreOpenError(
        `The embedded event store does not run on this platform (${process.platform} ${process.arch}): it needs Linux with glibc or macOS. Set BOTWORTH_CLICKHOUSE_URL to a ClickHouse server instead.`,
        exitCodes.unsupportedPlatform,
        cause,
      );
    }
    throw cause;
  }
};

export const openEventStore = async (
  folder: DataFolder,
  addresses: StoreAddresses,
  log: Log,
): Promise<EventStore> => {
  const store =
    addresses.clickhouseUrl === undefined
      ? await openEmbeddedEvents(folder)
      : await openClickhouseStore({ url: addresses.clickhouseUrl, log });
  try {
    const { from, to } = await migrate(store, { kind: 'single' });
    if (from !== to) log.info({ from, to }, 'The event store was brought to its newest schema.');
  } catch (cause) {
    await store.close();
    throw cause;
  }
  return store;
};

/** Each driver is loaded only when it is used: half a second of start belongs to the other one. */
export const openStateStore = async (
  folder: DataFolder,
  addresses: StoreAddresses,
  log: Log,
): Promise<StateStore> => {
  if (addresses.postgresUrl === undefined) {
    const { openPgliteStore } = await import('./pglite/pglite-store.ts');
    return openPgliteStore({ path: folder.statePath, secret: folder.secret });
  }
  const { openPostgresStore } = await import('./postgres/postgres-store.ts');
  return openPostgresStore({ url: addresses.postgresUrl, secret: folder.secret, log });
};
