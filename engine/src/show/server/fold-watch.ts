import type { Freshness } from '@botworth/contract/api';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

/** A workspace whose fold fails, and since when. */
export interface StuckFold {
  readonly workspaceNumber: number;
  readonly sinceMs: number;
}

export interface FoldWatch {
  /** What the fold is to log to: it reports each failure there, and tries again at most ten seconds later. */
  readonly log: Log;
  /** Workspaces of which nothing could be folded for some minutes; a failure of the fold as a whole has number 0. */
  stuck(): Promise<readonly StuckFold[]>;
}

/** A failure that goes over by itself, as a full disk or a restart of the store, is not yet a state. */
const STUCK_AFTER_MS = 3 * 60_000;
/** One try may take as long as its statements are allowed to; without a failure for longer than that it went well. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;
/** The fold as a whole fails at once, before it has read anything. */
const WHOLE_FORGOTTEN_AFTER_MS = 60_000;

const whole = 0;

interface Failure {
  readonly sinceMs: number;
  readonly lastMs: number;
  /** How much was in the figures when this was looked at first: more of it since then, and the fold works again. */
  folded: number | null;
}

const numberIn = (fields: unknown): number =>
  typeof fields === 'object' &&
  fields !== null &&
  'workspaceNumber' in fields &&
  typeof fields.workspaceNumber === 'number'
    ? fields.workspaceNumber
    : whole;

export interface FoldWatchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly freshness: (workspaceNumber: number) => Promise<Freshness>;
}

/** Notices when a fold fails again and again: its rows stay as they are, and nothing else would say so. */
export const createFoldWatch = ({ clock, log, freshness }: FoldWatchParts): FoldWatch => {
  const failures = new Map<number, Failure>();
  const isOver = (workspaceNumber: number, { lastMs }: Failure): boolean =>
    clock.nowMs() - lastMs > (workspaceNumber === whole ? WHOLE_FORGOTTEN_AFTER_MS : FORGOTTEN_AFTER_MS);

  const noteFailure = (workspaceNumber: number): void => {
    const known = failures.get(workspaceNumber);
    const lastMs = clock.nowMs();
    failures.set(
      workspaceNumber,
      known === undefined || isOver(workspaceNumber, known)
        ? { sinceMs: lastMs, lastMs, folded: null }
        : { ...known, lastMs },
    );
  };

  /** Whether what is in the figures says that the fold works again. */
  const works = async (workspaceNumber: number, failure: Failure): Promise<boolean> => {
    if (workspaceNumber === whole) return false;
    const now = await freshness(workspaceNumber).catch(() => null);
    if (now === null) return false;
    const { acknowledged, folded } = now;
    if (folded >= acknowledged) return true;
    const before = failure.folded;
    failure.folded = folded;
    return before !== null && folded > before;
  };

  return {
    log: {
      debug: log.debug.bind(log),
      info: log.info.bind(log),
      warn: log.warn.bind(log),
      error: (...said: [unknown]) => {
        noteFailure(numberIn(said[0]));
        (log.error as (...said: unknown[]) => void)(...said);
      },
    },
    stuck: async () => {
      const found: StuckFold[] = [];
      for (const [workspaceNumber, failure] of failures) {
        if (isOver(workspaceNumber, failure)) {
          failures.delete(workspaceNumber);
          continue;
        }
        const { sinceMs } = failure;
        if (clock.nowMs() - sinceMs < STUCK_AFTER_MS) continue;
        if (await works(workspaceNumber, failure)) failures.delete(workspaceNumber);
        else found.push({ workspaceNumber, sinceMs });
      }
      return found;
    },
  };
};
