import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { StoreOpenError } from './store-error.ts';

export interface DataFolder {
  readonly path: string;
  readonly eventsPath: string;
  readonly statePath: string;
  /** Keyed hashes stand on it: losing it unties every stored e-mail and phone. */
  readonly secret: string;
  freeBytes(): number;
  release(): void;
}

/** Under this the engine can no longer merge, and a write may fail half way through the day. */
export const leastFreeBytes = 256 * 1024 * 1024;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it lives and belongs to somebody else.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
};

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : '';

const explainWrite = (path: string, cause: unknown): StoreOpenError => {
  const code = codeOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreOpenError(
      `The disk of the data folder ${path} is full. Free some space and start again.`,
      exitCodes.notWritable,
      cause,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StoreOpenError(
      `The data folder ${path} is not a folder. Set BOTWORTH_DATA to one.`,
      exitCodes.notWritable,
      cause,
    );
  }
  return new StoreOpenError(
    `The data folder ${path} cannot be written (${code === '' ? String(cause) : code}). Give this user the right to write there, or set BOTWORTH_DATA to another folder.`,
    exitCodes.notWritable,
    cause,
  );
};

/** Who holds the lock, as far as the file says; null for a lock that its holder left behind. */
const holderOf = (lockPath: string): number | null => {
  const pid = Number.parseInt(readFileSync(lockPath, 'utf8'), 10);
  return Number.isInteger(pid) && pid !== process.pid && isAlive(pid) ? pid : null;
};

const lock = (path: string): string => {
  const lockPath = join(path, 'lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = openSync(lockPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return lockPath;
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw explainWrite(path, cause);
      const holder = holderOf(lockPath);
      if (holder !== null) {
        throw new StoreOpenError(
          `Another Botworth (process ${holder}) already uses the data folder ${path}. Stop it, or set BOTWORTH_DATA to another folder.`,
          exitCodes.folderLocked,
          cause,
        );
      }
      rmSync(lockPath, { force: true });
    }
  }
  throw new StoreOpenError(
    `The lock file ${lockPath} could not be taken. Remove it if no Botworth is running.`,
    exitCodes.folderLocked,
  );
};

const readOrMakeSecret = (path: string): string => {
  const secretPath = join(path, 'secret');
  if (existsSync(secretPath)) {
    const secret = readFileSync(secretPath, 'utf8').trim();
    if (secret.length >= 16) return secret;
    throw new StoreOpenError(
      `${secretPath} is damaged: it holds less than 16 characters. Restore it from a backup; a new one would untie every stored e-mail and phone.`,
      exitCodes.failed,
    );
  }
  const secret = randomBytes(32).toString('base64url');
  const file = openSync(secretPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  writeSync(file, secret);
  closeSync(file);
  return secret;
};

export const openDataFolder = (path: string, configuredSecret?: string): DataFolder => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw explainWrite(path, cause);
  }
  const lockPath = lock(path);
  const release = () => rmSync(lockPath, { force: true });
  try {
    const freeBytes = () => {
      const stats = statfsSync(path);
      return stats.bavail * stats.bsize;
    };
    if (freeBytes() < leastFreeBytes) {
      throw new StoreOpenError(
        `The disk of the data folder ${path} is full: ${Math.floor(freeBytes() / 1024 / 1024)} MiB are free, ${leastFreeBytes / 1024 / 1024} MiB are needed. Free some space and start again.`,
        exitCodes.notWritable,
      );
    }
    let secret: string;
    try {
      secret = configuredSecret ?? readOrMakeSecret(path);
    } catch (cause) {
      throw cause instanceof StoreOpenError ? cause : explainWrite(path, cause);
    }
    return {
      path,
      eventsPath: join(path, 'events'),
      statePath: join(path, 'state'),
      secret,
      freeBytes,
      release,
    };
  } catch (cause) {
    release();
    throw cause;
  }
};
