import { readFile, rename, rm } from 'node:fs/promises';
import type { Log } from '../../base/log.ts';
import { seqOf } from './journal.ts';
import { decodeRecords } from './record.ts';
import { listSegments } from './segment-file.ts';

export interface RecoverParts {
  readonly dir: string;
  /** The greatest sequence in the table; lines up to it are there already. Asked only when something was left. */
  readonly storedSeq: () => Promise<bigint>;
  readonly insert: (lines: Uint8Array) => Promise<void>;
  readonly log: Log;
}

const NEWLINE = 10;

/** The lines above that sequence. They rise, so that they are the end of it. */
const linesAbove = (lines: Buffer, storedSeq: bigint): Buffer => {
  let at = 0;
  while (at < lines.length && seqOf(lines.subarray(at)) <= storedSeq) {
    const end = lines.indexOf(NEWLINE, at);
    at = end < 0 ? lines.length : end + 1;
  }
  return lines.subarray(at);
};

/** Brings into the table what an earlier process kept and did not get there any more. Gives the number of bytes. */
export const recover = async ({ dir, storedSeq, insert, log }: RecoverParts): Promise<number> => {
  const paths = await listSegments(dir);
  if (paths.length === 0) return 0;
  const greatest = await storedSeq();
  let bytes = 0;
  for (const path of paths) {
    const segment = await readFile(path);
    const { records, unreadBytes, isDamaged } = decodeRecords(segment);
    for (const record of records) {
      const lines = linesAbove(record, greatest);
      if (lines.length === 0) continue;
      await insert(lines);
      bytes += lines.length;
    }
    if (isDamaged) {
      await rename(path, `${path}.damaged`);
      log.error(
        { path: `${path}.damaged`, unreadBytes },
        'A file of the journal is damaged: the disk gave back other bytes than were written. What could be read was stored; the file is kept.',
      );
    } else await rm(path, { force: true });
  }
  return bytes;
};
