import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { exitCodes } from '../base/exit-codes.ts';
import type { Log } from '../base/log.ts';
import { openChdbStore } from './chdb/chdb-store.ts';
import { openClickhouseStore } from './clickhouse/clickhouse-store.ts';
import type { DataFolder } from './data-folder.ts';
import { isAlive } from './folder-lock.ts';
import { journaled } from './journal/journaled-store.ts';
import type { EventStore, StateStore } from './port.ts';
import { migrate } from './schema/migrate.ts';
import { StoreOpenError } from './store-error.ts';
import { readIfThere } from './whole-file.ts';

export interface StoreAddresses {
  readonly clickhouseUrl?: string;
  readonly postgresUrl?: string;
}

/** The engine notes its process in a file that it locks; null when that process is this one or gone. */
const engineHolder = (path: string): number | null => {
  const pid = Number(/PID: (\d+)/.exec(readIfThere(join(path, 'status')) ?? '')?.[1] ?? 0);
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : null;
};

/** Why the embedded engine does not open, where there is a way out; everything else stays as it is. */
export const explainEmbedded = (cause: unknown, path: string): unknown => {
  const message = cause instanceof Error ? cause.message : String(cause);
  // The engine prints why it refuses a folder and tells the caller only that it did.
  if (/Failed to create connection/.test(message)) {
    const holder = engineHolder(path);
    return holder === null
      ? new StoreOpenError(
          `The embedded event store in ${path} does not open; the engine printed its reason above. If files are damaged, restore a backup, or set BOTWORTH_DATA to another folder.`,
          exitCodes.failed,
          cause,
        )
      : new StoreOpenError(
          `Another process (${holder}) already uses the event store in ${path}. Stop it, or set BOTWORTH_DATA to another folder.`,
          exitCodes.folderLocked,
          cause,
        );
  }
  if (/no native binding|failed to load native binding|Cannot find module/i.test(message)) {
    return new StoreOpenError(
      `The embedded event store does not run on this platform (${process.platform} ${process.arch}): it needs Linux with glibc or macOS. Set BOTWORTH_CLICKHOUSE_URL to a ClickHouse server instead.`,
      exitCodes.unsupportedPlatform,
      cause,
    );
  }
  return cause;
};

const openEmbeddedEvents = async (path: string): Promise<EventStore> => {
  try {
    mkdirSync(path, { recursive: true });
    return await openChdbStore({ path });
  } catch (cause) {
    throw explainEmbedded(cause, path);
  }
};

export const openEventStore = async (
  folder: DataFolder,
  addresses: StoreAddresses,
  log: Log,
): Promise<EventStore> => {
  const store =
    addresses.clickhouseUrl === undefined
      ? await openEmbeddedEvents(folder.eventsPath)
      : await openClickhouseStore({ url: addresses.clickhouseUrl, log });
  try {
    const { from, to } = await migrate(store, { kind: 'single' });
    if (from !== to) log.info({ from, to }, 'The event store was brought to its newest schema.');
    if (store.kind === 'clickhouse') return store;
    return await journaled(store, { dir: folder.journalPath, log, nowMs: systemClock.nowMs });
  } catch (cause) {
    await store.close();
    throw cause;
  }
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
