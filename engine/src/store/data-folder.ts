import { randomBytes } from 'node:crypto';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { lockFolder } from './folder-lock.ts';
import { StoreOpenError } from './store-error.ts';
import { createWhole, readIfThere, systemCodeOf } from './whole-file.ts';

export interface DataFolder {
  readonly path: string;
  readonly eventsPath: string;
  readonly journalPath: string;
  readonly statePath: string;
  /** Keyed hashes stand on it: losing it unties every stored e-mail and phone. */
  readonly secret: string;
  freeBytes(): number;
  release(): void;
}

/** Under this the engine can no longer merge, and a write may fail half way through the day. */
export const leastFreeBytes = 256 * 1024 * 1024;

const explainWrite = (path: string, cause: unknown): StoreOpenError => {
  const code = systemCodeOf(cause);
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

/** Shorter than any that was ever made: what is left of one. */
const leastSecretCharacters = 16;

export const secretPathIn = (path: string): string => join(path, 'secret');

/** Null: there is none yet. What is too short to be one is refused by a sentence. */
export const readSecret = (path: string): string | null => {
  const secretPath = secretPathIn(path);
  const found = readIfThere(secretPath)?.trim();
  if (found === undefined) return null;
  if (found.length < leastSecretCharacters)
    throw new StoreOpenError(
      `${secretPath} is damaged: it holds less than ${leastSecretCharacters} characters. Restore it from a backup; a new one would untie every stored e-mail and phone.`,
      exitCodes.failed,
    );
  return found;
};

const readOrMakeSecret = (path: string): string => {
  const found = readSecret(path);
  if (found !== null) return found;
  const secret = randomBytes(32).toString('base64url');
  createWhole(secretPathIn(path), secret);
  return secret;
};

export const openDataFolder = (path: string, configuredSecret?: string): DataFolder => {
  let release: () => void;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    release = lockFolder(path);
  } catch (cause) {
    throw cause instanceof StoreOpenError ? cause : explainWrite(path, cause);
  }
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
      journalPath: join(path, 'journal'),
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
