import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { StoreOpenError } from './store-error.ts';
import { createWhole, readIfThere, systemCodeOf } from './whole-file.ts';

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it lives and belongs to somebody else.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
};

/** When the process began, in ticks since boot: a pid that was given out again is another process. '' where unknown. */
const beginOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the start is the 22nd field, the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

/** Who holds the lock; null for one that its holder left behind. */
const holderOf = (content: string): number | null => {
  const [pidText = '', begin = ''] = content.trim().split(' ');
  const pid = Number.parseInt(pidText, 10);
  if (!Number.isInteger(pid) || pid === process.pid || !isAlive(pid)) return null;
  return begin === '' || begin === beginOf(pid) ? pid : null;
};

/** Two processes may find the same dead lock: the one that comes second must not remove the first one's new lock. */
const takeAway = (lockPath: string, dead: string): void => {
  const aside = `${lockPath}.${process.pid}`;
  try {
    renameSync(lockPath, aside);
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return;
    throw cause;
  }
  try {
    if (readIfThere(aside) !== dead) linkSync(aside, lockPath);
  } catch (cause) {
    if (systemCodeOf(cause) !== 'EEXIST') throw cause;
  } finally {
    rmSync(aside, { force: true });
  }
};

/** Takes the folder for this process, or says in a sentence who has it; the answer gives it back. */
export const lockFolder = (path: string): (() => void) => {
  const lockPath = join(path, 'lock');
  const mine = `${process.pid} ${beginOf(process.pid)}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      createWhole(lockPath, mine);
      return () => {
        if (readIfThere(lockPath) === mine) rmSync(lockPath, { force: true });
      };
    } catch (cause) {
      if (systemCodeOf(cause) !== 'EEXIST') throw cause;
    }
    const found = readIfThere(lockPath);
    if (found === null) continue;
    const holder = holderOf(found);
    if (holder !== null) {
      throw new StoreOpenError(
        `Another Botworth (process ${holder}) already uses the data folder ${path}. Stop it, or set BOTWORTH_DATA to another folder.`,
        exitCodes.folderLocked,
      );
    }
    takeAway(lockPath, found);
  }
  throw new StoreOpenError(
    `The lock file ${lockPath} could not be taken. Remove it if no Botworth is running.`,
    exitCodes.folderLocked,
  );
};
