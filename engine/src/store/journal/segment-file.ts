import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../base/app-error.ts';
import { storageFull } from '../engine-error.ts';
import { systemCodeOf } from '../whole-file.ts';

const ENDING = '.log';
/** A sequence number has at most so many digits: names in order are segments in order. */
const DIGITS = 20;

/** Why the file system would not keep something, as the sender reads it. */
const explainFile = (cause: unknown): unknown => {
  const code = systemCodeOf(cause);
  if (code === '') return cause;
  if (code === 'ENOSPC' || code === 'EDQUOT') return storageFull({ system_code: code }, cause);
  return new AppError(
    'storage_unavailable',
    `The data folder cannot be written (${code}): nothing of this request was kept. Send it again in a moment.`,
    { system_code: code },
    cause,
  );
};

/** A file's name is durable only with its folder. */
const syncFolder = async (dir: string): Promise<void> => {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** One file of the journal, written from its end only. */
export interface SegmentFile {
  readonly path: string;
  /** Durable when it resolves; whatever happened, later records do not stand behind half of one. */
  append(record: Buffer): Promise<void>;
  close(): Promise<void>;
  remove(): Promise<void>;
}

const fileOf = (path: string, handle: FileHandle): SegmentFile => {
  let bytes = 0;
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  return {
    path,
    append: async (record) => {
      try {
        let written = 0;
        while (written < record.length) {
          const { bytesWritten } = await handle.write(
            record,
            written,
            record.length - written,
            bytes + written,
          );
          written += bytesWritten;
        }
        await handle.datasync();
        bytes += record.length;
      } catch (cause) {
        await handle.truncate(bytes).catch(() => undefined);
        throw explainFile(cause);
      }
    },
    close,
    remove: async () => {
      await close();
      await rm(path, { force: true });
    },
  };
};

export const createSegment = async (dir: string, firstSeq: bigint): Promise<SegmentFile> => {
  const path = join(dir, `${String(firstSeq).padStart(DIGITS, '0')}${ENDING}`);
  try {
    const handle = await open(path, 'w', 0o600);
    await syncFolder(dir);
    return fileOf(path, handle);
  } catch (cause) {
    throw explainFile(cause);
  }
};

/** What an earlier process left, oldest first. */
export const listSegments = async (dir: string): Promise<string[]> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const names = await readdir(dir);
  return names
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .map((name) => join(dir, name));
};
