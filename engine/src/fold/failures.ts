import type { Clock } from '../base/clock.ts';

export interface StuckFold {
  /** Null: the fold as a whole, which fails before it comes to any workspace. */
  readonly workspaceNumber: number | null;
  /** The first of the failures since which nothing succeeded. */
  readonly sinceMs: number;
}

/** What fails, and since when. */
export interface Failures {
  note(workspaceNumber: number | null): void;
  /** It was folded, or there is nothing of it to fold. */
  settle(workspaceNumber: number | null): void;
  /** A workspace that is owed nothing any more is not tried again, so nothing else would settle it. */
  keepOnly(workspaceNumbers: readonly number[]): void;
  stuck(): readonly StuckFold[];
}

/** A failure that goes over by itself, as a full disk or a restart of the store, is not yet a state. */
const STUCK_AFTER_MS = 3 * 60_000;

export const createFailures = (clock: Clock): Failures => {
  const since = new Map<number | null, number>();
  return {
    note: (workspaceNumber) => {
      if (!since.has(workspaceNumber)) since.set(workspaceNumber, clock.nowMs());
    },
    settle: (workspaceNumber) => void since.delete(workspaceNumber),
    keepOnly: (workspaceNumbers) => {
      for (const known of [...since.keys()])
        if (known !== null && !workspaceNumbers.includes(known)) since.delete(known);
    },
    stuck: () =>
      [...since]
        .filter(([, sinceMs]) => clock.nowMs() - sinceMs >= STUCK_AFTER_MS)
        .map(([workspaceNumber, sinceMs]) => ({ workspaceNumber, sinceMs })),
  };
};
